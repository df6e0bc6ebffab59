"""The arithmetic of one training step, as pure functions of the step: each number printed once."""

from math import ceil, log10

import numpy as np

from nnlib.optimizers import GRADIENT_DESCENT, MOMENTUM
from ui.tabs.by_hand.functions import ON_PAPER
from ui.tabs.printed import Printed, decimals, difference, number, numbers, product, total, whole
from ui.tabs.step import View

# A result has a decimal less than what it is worked out from, where that keeps "=" true: weights 6, their sum 5.
WEIGHT, SUM = 6, 5
# What a hidden layer answers is worked with again, so that a network with hidden layers needs more of them.
DEEP_WEIGHT, DEEP_SUM = 8, 6


class Ledger:
    """Every number of one neuron in one step, as it is printed wherever the tab has it.

    A list has a number for each training row or for each parameter; `slopes` is a list of rows.
    """

    def __init__(self, view: View) -> None:
        self.view = view
        self.on_paper = ON_PAPER[view.activation.name]
        neuron, step = view.neuron, view.step
        self.weight_digits, self.sum_digits = (WEIGHT, SUM) if view.is_alone else (DEEP_WEIGHT, DEEP_SUM)
        self.rate = whole(step.learning_rate)
        self.inputs = [[self._input(x) for x in row] for row in neuron.inputs.tolist()]
        self.weights = numbers(neuron.old, self.weight_digits)
        self.z = numbers(neuron.z, self.sum_digits)
        if view.is_only_output:
            self._of_output()
        else:
            self._of_hidden()
        digits = decimals(neuron.cost_by_parameter, 3, self.least)
        # A row with an input of 0 asks nothing at all, and not just little.
        self.slopes = [
            [number(slope, digits) if slope else whole(0) for slope in row] for row in neuron.cost_by_parameter.tolist()
        ]
        self.means = numbers(neuron.gradient, digits)
        self.own = numbers(neuron.cost_by_z, decimals(neuron.cost_by_z, 3, self.least))
        self._of_step()

    def _of_output(self) -> None:
        """How it misses, and the slope of its answer."""
        neuron, step, finer = self.view.neuron, self.view.step, not self.view.is_alone
        errors = step.error[:, 0]
        digits = decimals(errors, 4 + finer, SUM + finer)
        self.labels = [whole(label) for label in step.dataset.labels[:, 0].tolist()]
        self.misses = numbers(errors, digits)
        self.squares = numbers(errors**2, decimals(errors**2, 3, 4))
        self.cost = number(float(np.mean(errors**2)), decimals(errors**2, 3, 4))
        self.handed_back = numbers(neuron.cost_by_activation, digits - 1)
        self.activations = numbers(neuron.activation, digits)
        self.slope_of_activation = numbers(neuron.slope, decimals(neuron.slope, 4, SUM))
        self.least = 4

    def _of_hidden(self) -> None:
        """What is handed back to it, and the slope of its answer."""
        neuron = self.view.neuron
        digits = decimals(neuron.slope, 4, 4)
        is_relu = self.view.activation.name == "relu"
        self.activations = numbers(neuron.activation, self.sum_digits if is_relu else max(digits + 1, SUM))
        slopes = neuron.slope.tolist()
        self.slope_of_activation = [whole(slope) if is_relu else number(slope, digits) for slope in slopes]
        self.handed_back_digits = decimals(neuron.cost_by_activation, 4, SUM)
        self.handed_back = numbers(neuron.cost_by_activation, self.handed_back_digits)
        self.least = 3

    def _of_step(self) -> None:
        """The step, with more decimals: a gradient that is multiplied by 30 needs two more than their product."""
        neuron, step = self.view.neuron, self.view.step
        taken = step.learning_rate * neuron.gradient if self.is_plain else neuron.old - neuron.new
        digits = min(decimals(taken, 3, 5), 7)
        self.finer = digits + 1 + max(0, ceil(log10(step.learning_rate)))
        self.old, self.new = numbers(neuron.old, digits + 1), numbers(neuron.new, digits)
        self.gradient = numbers(neuron.gradient, self.finer)
        self.steps = numbers(taken, digits + 1)
        self.last_steps = numbers(step.last_step(self.view.layer, self.view.number), digits + 2)

    def _input(self, x: float) -> Printed:
        return number(x, self.weight_digits) if self.view.layer and x not in (0, 1) else whole(x)

    @property
    def is_plain(self) -> bool:
        """Whether the step is learning rate · gradient."""
        return self.view.step.optimizer == GRADIENT_DESCENT and not self.view.step.diverged

    @property
    def has_momentum(self) -> bool:
        """Whether the step is 0.9 · the last one + learning rate · gradient."""
        return self.view.step.optimizer == MOMENTUM and not self.view.step.diverged

    def answer(self, row: int) -> Printed:
        """How the neuron's answer is worked out: σ(z)."""
        return self.on_paper.function(self.z[row])

    def slope_of_answer(self, row: int) -> Printed:
        """How the slope of the answer is worked out: p · (1 − p)."""
        return self.on_paper.slope(self.activations[row])

    def back(self, row: int) -> Printed:
        """How what is handed back to the answer is worked out: 2 · (p − y), or Σ weight · δ of where it goes."""
        if self.view.is_only_output:
            return product(whole(2), self.misses[row])
        terms = []
        for target in self.view.feeds:
            weight = number(float(target.neuron.old[self.view.number]), self.weight_digits)
            delta = number(float(target.neuron.cost_by_z[row]), self.handed_back_digits + 2)
            terms.append(product(weight, delta))
        return total(terms)

    def delta(self, row: int) -> Printed:
        """How the neuron's own δ is worked out: what is handed back · slope of the answer."""
        return product(self.handed_back[row], self.slope_of_activation[row])

    def slope(self, row: int, parameter: int) -> Printed:
        """How the slope of a row's own cost by a parameter is worked out: 2 · (p − y) · σ′(z) · x, or d · f′(z) · x."""
        x, by_z = self.inputs[row][parameter], self.slope_of_activation[row]
        if self.view.is_only_output:
            return product(whole(2), self.misses[row], by_z, x)
        return product(self.handed_back[row], by_z, x)

    def products(self, row: int) -> list[Printed]:
        """What each parameter adds to a row's weighted sum: weight · input."""
        return [product(weight, x) for weight, x in zip(self.weights, self.inputs[row], strict=True)]

    def parts(self, row: int) -> list[Printed]:
        """What these products come to. Where an input is 0 or 1 that is a number on the page already."""
        values = (self.view.neuron.old * self.view.neuron.inputs[row]).tolist()
        digits = self.weight_digits - 1
        return [
            w if x.text == "1" else x if x.text == "0" else number(value, digits)
            for w, x, value in zip(self.weights, self.inputs[row], values, strict=True)
        ]

    def step(self, parameter: int) -> Printed:
        """How the step of a parameter is worked out: learning rate · gradient, with momentum + 0.9 · the last step."""
        by_gradient = product(self.rate, self.gradient[parameter])
        if self.has_momentum:
            return total([product(whole(0.9), self.last_steps[parameter]), by_gradient])
        return by_gradient if self.is_plain else self.steps[parameter]

    def update(self, parameter: int) -> Printed:
        """How its new value is worked out: old value − step."""
        return difference(self.old[parameter], self.steps[parameter])
