"""Am I happy? The first attempt: a neuron without a bias and without a learning rate."""

import numpy as np

# 1. Inputs and labels: a row for each plate (coffee, pizza, chili), and whether it made me happy.
inputs = np.array([[1, 1, 1], [1, 1, 0], [0, 0, 1], [1, 0, 1], [1, 0, 0]])
labels = np.array([[1], [1], [0], [1], [0]])
seed = 0
epochs = 5000
epoch = epochs  # the epoch to look at
plate = np.array([[1, 0, 1]])


# 2. Start weights: nobody knows yet how much each ingredient counts, so they are random.
def start_weights(seed):
    return np.random.default_rng(seed).standard_normal((3, 1))


# 3. Sigmoid: it turns any weighted sum z into a number between 0 and 1, a probability.
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


# 4. Its derivative: how steep the sigmoid is at z, so how much a small change of z changes the prediction.
def sigmoid_derivative(z):
    return sigmoid(z) * (1 - sigmoid(z))


# 5. Think (feed-forward): every input times its weight, added up, then the sigmoid.
def think(inputs, weights):
    return sigmoid(inputs @ weights)


# 6. Train: each epoch takes one step against the gradient of the cost, the mean of error².
def train(inputs, labels, weights, epochs):
    for _ in range(epochs):
        z = inputs @ weights
        prediction = sigmoid(z)
        error = prediction - labels
        delta = 2 * error * sigmoid_derivative(z) / len(labels)
        weights = weights - inputs.T @ delta
    return weights


# 7. Results: what the neuron has learned so far.
def show(epoch, weights):
    predictions = think(inputs, weights)
    print("epoch", epoch)
    print("cost", np.mean((predictions - labels) ** 2))
    print("weights", *weights.ravel())
    print("predictions", *predictions.ravel())
    print("plate", *think(plate, weights).ravel())


if __name__ == "__main__":
    weights = train(inputs, labels, start_weights(seed), epoch)
    show(epoch, weights)
    if epoch < epochs:
        show(epochs, train(inputs, labels, weights, epochs - epoch))
