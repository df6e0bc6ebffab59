"""A neural network from scratch, in NumPy alone: build one, train it, look at every number of it."""

from nnlib import datasets
from nnlib.backpropagation import Gradient, cost, finite_differences, gradient
from nnlib.datasets import Dataset
from nnlib.explanation import Explanation, Neuron, explain
from nnlib.network import NeuralNetwork, sigmoid
from nnlib.training import History, Runs, train, train_many

__all__ = [
    "Dataset",
    "Explanation",
    "Gradient",
    "History",
    "NeuralNetwork",
    "Neuron",
    "Runs",
    "cost",
    "datasets",
    "explain",
    "finite_differences",
    "gradient",
    "sigmoid",
    "train",
    "train_many",
]
