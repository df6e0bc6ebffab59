"""Am I happy? The third generation: layers of neurons, which learn what one neuron never can."""

import numpy as np

# 1. Inputs and labels: a row for each plate (coffee, pizza, chili), and whether it made me happy.
inputs = np.array([[1, 1, 1], [1, 1, 0], [0, 0, 1], [1, 0, 1], [1, 0, 0], [0, 0, 0], [0, 1, 0], [0, 1, 1]])
labels = np.array([[1], [0], [1], [0], [1], [0], [1], [0]])
layers = [3, 4, 1]
bias = True
activation = "tanh"
start = "glorot"
optimizer = "gradient descent"
seed = 0
learning_rate = 3.0
epochs = 5000
epoch = epochs  # the epoch to look at
plate = np.array([[1, 0, 1]])


class NeuralNetwork:
    # 2. Start weights and biases: random weights, for equal neurons would stay equal, and below them a row of biases.
    def __init__(self, seed):
        random = np.random.default_rng(seed)
        self.weights = [self.first_weights(random, m, n) for m, n in zip(layers, layers[1:])]
        self.activations = [activation] * (len(layers) - 2) + ["sigmoid"]
        self.memory = [[0, 0] for _ in self.weights]
        self.updates = 0

    def first_weights(self, random, m, n):
        weights = np.full((m, n), random.standard_normal()) if start == "equal" else random.standard_normal((m, n))
        spread = {"glorot": np.sqrt(2 / (m + n)), "he": np.sqrt(2 / m)}.get(start, 1)
        return np.vstack([spread * weights, np.zeros((int(bias), n))])

    # 3. Activation: what a neuron makes of its weighted sum z; the output's sigmoid makes a probability of it.
    @np.errstate(over="ignore")
    def activate(self, z, name):
        if name == "tanh":
            return np.tanh(z)
        if name == "relu":
            return np.maximum(z, 0)
        return 1 / (1 + np.exp(-z))

    # 4. Its derivative: how much a small change of z changes the activation a, which says it by itself.
    def derivative(self, a, name):
        if name == "tanh":
            return 1 - a**2
        if name == "relu":
            return a > 0
        return a * (1 - a)

    # 5. Think (feed-forward): what a layer answers is what the next is given, and a 1 for the biases.
    def think(self, inputs):
        a, self.given = inputs, []
        for w, name in zip(self.weights, self.activations):
            self.given.append(np.hstack([a, np.ones((len(a), int(bias)))]))
            a = self.activate(self.given[-1] @ w, name)
        return a

    # 6. Train (back-propagation): the error goes back through the weights, and each layer takes its step against it.
    def train(self, inputs, labels, learning_rate, epochs):
        for _ in range(epochs):
            self.updates += 1
            a = self.think(inputs)
            error = 2 * (a - labels) / len(labels)
            for layer in reversed(range(len(self.weights))):
                w, given = self.weights[layer], self.given[layer]
                delta = error * self.derivative(a, self.activations[layer])
                self.weights[layer] = w - learning_rate * self.step(given.T @ delta, self.memory[layer])
                a, error = given[:, : layers[layer]], delta @ w[: layers[layer]].T

    def step(self, gradient, memory):
        if optimizer == "momentum":
            memory[0] = 0.9 * memory[0] + gradient
            return memory[0]
        if optimizer == "adam":
            memory[0] = 0.9 * memory[0] + 0.1 * gradient
            memory[1] = 0.999 * memory[1] + 0.001 * gradient**2
            mean, square = memory[0] / (1 - 0.9**self.updates), memory[1] / (1 - 0.999**self.updates)
            return mean / (np.sqrt(square) + 1e-8)
        return gradient


# 7. Results: what the network has learned so far; the cost is the mean of error².
def show(epoch, network):
    predictions = network.think(inputs)
    print("epoch", epoch)
    print("cost", np.mean((predictions - labels) ** 2))
    for number, (w, rows) in enumerate(zip(network.weights, layers), 1):
        print(f"weights_{number}", *w[:rows].ravel())
        print(f"biases_{number}", *w[rows:].ravel())
    print("predictions", *predictions.ravel())
    print("plate", *network.think(plate).ravel())


if __name__ == "__main__":
    network = NeuralNetwork(seed)
    network.train(inputs, labels, learning_rate, epoch)
    show(epoch, network)
    if epoch < epochs:
        network.train(inputs, labels, learning_rate, epochs - epoch)
        show(epochs, network)
