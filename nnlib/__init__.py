"""A neural network from scratch, in NumPy alone: build one, train it, look at every number of it."""

from nnlib import datasets, separability
from nnlib.activations import Activation, sigmoid
from nnlib.backpropagation import Gradient, cost, finite_differences, gradient
from nnlib.costs import Cost
from nnlib.datasets import Dataset
from nnlib.explanation import Explanation, Neuron, explain
from nnlib.history import History, Runs
from nnlib.network import Architecture, NeuralNetwork
from nnlib.optimizers import Optimizer
from nnlib.starts import Start
from nnlib.training import Experiment, train, train_many

__all__ = [
    "Activation",
    "Architecture",
    "Cost",
    "Dataset",
    "Experiment",
    "Explanation",
    "Gradient",
    "History",
    "NeuralNetwork",
    "Neuron",
    "Optimizer",
    "Runs",
    "Start",
    "cost",
    "datasets",
    "explain",
    "finite_differences",
    "gradient",
    "separability",
    "sigmoid",
    "train",
    "train_many",
]
