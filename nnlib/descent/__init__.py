"""Gradient descent for any number of networks side by side: `general` to be read, `neuron` a fast special case."""
