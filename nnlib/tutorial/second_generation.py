"""Am I happy? The second generation: a neuron as an object, with a bias and a learning rate."""

import numpy as np

# 1. Inputs and labels: a row for each plate (coffee, pizza, chili), and whether it made me happy.
inputs = np.array([[1, 1, 1], [1, 1, 0], [0, 0, 1], [1, 0, 1], [1, 0, 0]])
labels = np.array([[1], [1], [0], [1], [0]])
seed = 0
learning_rate = 1.0
epochs = 5000
epoch = epochs  # the epoch to look at
plate = np.array([[1, 0, 1]])


class NeuralNetwork:
    # 2. Start weights and bias: nobody knows yet how much each ingredient counts, so the weights are random.
    def __init__(self, seed):
        self.weights = np.random.default_rng(seed).standard_normal((3, 1))
        self.bias = 0.0

    # 3. Sigmoid: it turns any weighted sum z into a number between 0 and 1, a probability.
    def sigmoid(self, z):
        return 1 / (1 + np.exp(-z))

    # 4. Its derivative: how steep the sigmoid is at z, so how much a small change of z changes the prediction.
    def sigmoid_derivative(self, z):
        return self.sigmoid(z) * (1 - self.sigmoid(z))

    # 5. Think (feed-forward): every input times its weight, added up with the bias, then the sigmoid.
    def think(self, inputs):
        return self.sigmoid(inputs @ self.weights + self.bias)

    # 6. Train: each epoch takes one step against the gradient of the cost, as far as the learning rate says.
    def train(self, inputs, labels, learning_rate, epochs):
        for _ in range(epochs):
            z = inputs @ self.weights + self.bias
            prediction = self.sigmoid(z)
            error = prediction - labels
            delta = 2 * error * self.sigmoid_derivative(z) / len(labels)
            self.weights = self.weights - learning_rate * (inputs.T @ delta)
            self.bias = self.bias - learning_rate * delta.sum()


# 7. Results: what the neuron has learned so far; the cost is the mean of error².
def show(epoch, network):
    predictions = network.think(inputs)
    print("epoch", epoch)
    print("cost", np.mean((predictions - labels) ** 2))
    print("weights", *network.weights.ravel())
    print("bias", network.bias)
    print("predictions", *predictions.ravel())
    print("plate", *network.think(plate).ravel())


if __name__ == "__main__":
    network = NeuralNetwork(seed)
    network.train(inputs, labels, learning_rate, epoch)
    show(epoch, network)
    if epoch < epochs:
        network.train(inputs, labels, learning_rate, epochs - epoch)
        show(epochs, network)
