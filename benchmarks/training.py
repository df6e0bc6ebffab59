"""Training: one neuron, a hidden layer, many runs at once, and how time grows with epochs, samples and width."""

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from benchmarks import peers
from benchmarks.tables import fastest, installed, note, table
from nnlib import Dataset, NeuralNetwork, datasets, train, train_many
from nnlib.checks import Array

happiness = datasets.happiness()


def main() -> None:
    """Print four tables, in less than two minutes."""
    one_run(epochs=5_000)
    hidden_layer(epochs=5_000)
    many_runs(epochs=1_000)
    growth()


def one_run(epochs: int) -> None:
    """One neuron with its history, beside what else a person would use."""
    network = NeuralNetwork.random((3, 1), seed=0)
    without_history = "the tutorial’s program, no history"
    same = {
        without_history: peers.tutorial,
        "the same, history in lists": peers.textbook,
        "plain Python floats": peers.plain_python,
    }
    if installed("torch"):
        same["PyTorch: `SGD`, `MSELoss`"] = peers.pytorch
    other = {"scikit-learn: `MLPClassifier`": peers.scikit_learn} if installed("sklearn") else {}
    candidates = {name: partial(peer, network, happiness, 1.0, epochs) for name, peer in (same | other).items()}
    ours = partial(train, network, happiness, learning_rate=1.0, epochs=epochs)
    for name in same:
        check(name, candidates[name](), ours().cost[-1:] if name == without_history else ours().cost)
    times = fastest({"`nnlib.train`": ours, **candidates}, seconds=6)
    rows = [
        [name, f"{1e3 * time:,.1f}", f"{1e6 * time / epochs:,.2f}", ratio(time, times["`nnlib.train`"])]
        for name, time in times.items()
    ]
    table(f"One run of {epochs:,} epochs, history kept", ["", "ms", "µs per epoch", "÷ nnlib"], rows)
    note(
        "Before they were timed, all gave the same costs, but for scikit-learn: its classifier knows only the logistic "
        "loss, starts from weights of its own, and keeps no history of them."
    )


def hidden_layer(epochs: int) -> None:
    """Four tanh neurons learn parity, beside the tutorial’s third program and PyTorch; and 1,000 starts at once."""
    parity = datasets.plates(datasets.PRESETS["odd number (parity)"])
    # At this rate rounding does not yet decide where a run goes, so that others can be asked for the same costs.
    network, rate = NeuralNetwork.random((3, 4, 1), seed=0, activation="tanh", start="glorot"), 0.5
    program = "the tutorial’s third program, no history"
    peer: dict[str, peers.Peer] = {program: peers.third_program}
    if installed("torch"):
        peer["PyTorch: `SGD`, `MSELoss`"] = peers.pytorch
    ours = partial(train, network, parity, learning_rate=rate, epochs=epochs)
    candidates = {name: partial(run, network, parity, rate, epochs) for name, run in peer.items()}
    for name, run in candidates.items():
        check(name, run(), ours().cost[-1:] if name == program else ours().cost)
    starts = partial(train_many, parity, layers=(3, 4, 1), learning_rates=3.0, seeds=range(1_000), epochs=epochs)
    every: dict[str, Callable[[], object]] = {"`nnlib.train`": ours, **candidates}
    every["1,000 starts by `nnlib.train_many`"] = partial(starts, activation="tanh", start="glorot")
    times = fastest(every, seconds=6)
    rows = [
        [name, f"{1e3 * time:,.1f}", f"{1e6 * time / epochs:,.2f}", ratio(time, times["`nnlib.train`"])]
        for name, time in times.items()
    ]
    header = ["", "ms", "µs per epoch", "÷ nnlib"]
    table(f"One hidden layer, 3-4-1 on eight rows, {epochs:,} epochs, history kept", header, rows)


def many_runs(epochs: int) -> None:
    """From one run to 10,000 at once, each with a learning rate and a seed of its own."""
    textbook = partial(peers.textbook, NeuralNetwork.random((3, 1), seed=0), happiness, 1.0, epochs)
    variant, compiled = fastest_loop(epochs) if installed("numba") else ("", None)
    rows = []
    for runs in (1, 10, 100, 1_000, 10_000):
        ours = partial(train_many, happiness, layers=(3, 1), learning_rates=rates(runs), seeds=range(runs))
        candidates: dict[str, Callable[[], object]] = {
            "whole": partial(ours, epochs=epochs),
            "start": partial(ours, epochs=0),
            "textbook": textbook,
        }
        if compiled:
            candidates["compiled"] = partial(compiled, *loop_arguments(runs), epochs)
        times = fastest(candidates, seconds=2.5)
        per_epoch = {name: 1e9 * time / epochs / (1 if name == "textbook" else runs) for name, time in times.items()}
        own = per_epoch["whole"] - per_epoch["start"]
        row = [f"{runs:,}", f"{own:,.1f}", f"{per_epoch['textbook']:,.0f}", ratio(per_epoch["textbook"], own)]
        loop = per_epoch.get("compiled")
        rows.append([*row, *([f"{loop:,.1f}", ratio(loop, own)] if loop else ["", ""]), f"{per_epoch['start']:,.1f}"])
    header = ["runs", "nnlib", "tutorial’s loop", "÷ nnlib", "compiled loop", "÷ nnlib", "start"]
    table(f"Many runs of {epochs:,} epochs at once, ns per run and epoch", header, rows)
    note(
        "Start is what `train_many` takes for 0 epochs, most of it drawing each run's weights from its seed. "
        "It stands apart because it comes once a run, not once an epoch, and the loops are handed their weights. "
        "The tutorial’s loop keeps its history in lists."
    )
    if compiled:
        note(f"The compiled loop is Numba's `{variant}`, at 1,000 runs the fastest of four variants.")


def fastest_loop(epochs: int) -> tuple[str, peers.Loop]:
    """The compiled loop that is fastest at 1,000 runs, after all are compiled and checked."""
    arguments = loop_arguments(1_000)
    ours = train_many(happiness, layers=(3, 1), learning_rates=rates(1_000), seeds=range(1_000), epochs=epochs)
    loops = peers.compiled_loops()
    for name, loop in loops.items():
        check(name, loop(*arguments, epochs), ours.cost.T)
    times = fastest({name: partial(loop, *arguments, epochs) for name, loop in loops.items()}, seconds=3)
    best = min(times, key=lambda name: times[name])
    return best, loops[best]


def loop_arguments(runs: int) -> tuple[Array, Array, Array, Array]:
    """The same runs as `train_many` makes, for the compiled loops: inputs, labels, weights, learning rates."""
    weights = [NeuralNetwork.random((3, 1), seed=seed).weights[0][:, 0] for seed in range(runs)]
    return happiness.inputs, happiness.labels[:, 0], np.array(weights), rates(runs)


def rates(runs: int) -> Array:
    """A learning rate for each run."""
    return np.linspace(0.1, 5, runs)


def growth() -> None:
    """How time grows with epochs, samples and hidden width, beside PyTorch."""
    peer = peers.pytorch if installed("torch") else None
    rows = [["epochs", f"{epochs:,}", *beside(peer, happiness, 0, epochs)] for epochs in (100, 1_000, 10_000)]
    for samples in (5, 100, 1_000, 10_000, 100_000):
        dataset, epochs = random_samples(samples), min(500, 2_000_000 // samples)
        rows.append(["samples", f"{samples:,}", *beside(peer, dataset, 0, epochs)])
    for width in (0, 1, 4, 16, 64, 256):
        rows.append(["hidden neurons", f"{width:,}", *beside(peer, happiness, width, 300)])
    header = ["grows", "to", "nnlib, ms", "µs per epoch", "PyTorch, ms", "÷ nnlib"]
    table("How the time of one run grows", header, rows)
    note("One neuron and five samples, but for what grows.")


def beside(peer: peers.Peer | None, dataset: Dataset, width: int, epochs: int) -> list[str]:
    """Cells of a row: a run of ours, of as many hidden neurons as `width`, and one of the peer."""
    network = NeuralNetwork.random((3, width, 1) if width else (3, 1), seed=0)
    ours = partial(train, network, dataset, learning_rate=0.1, epochs=epochs)
    candidates: dict[str, Callable[[], object]] = {"ours": ours}
    if peer:
        check("PyTorch", peer(network, dataset, 0.1, epochs), ours().cost)
        candidates["theirs"] = partial(peer, network, dataset, 0.1, epochs)
    times = fastest(candidates, seconds=0.6)
    own, theirs = times["ours"], times.get("theirs")
    cells = [f"{1e3 * own:,.1f}", f"{1e6 * own / epochs:,.1f}"]
    return [*cells, f"{1e3 * theirs:,.1f}", ratio(theirs, own)] if theirs else [*cells, "", ""]


def random_samples(samples: int) -> Dataset:
    """Points in a cube, labelled by the side of a plane they lie on."""
    inputs = np.random.default_rng(0).uniform(-1, 1, (samples, 3))
    return Dataset(inputs, inputs.sum(axis=1, keepdims=True) > 0)


def check(name: str, costs: ArrayLike, expected: ArrayLike) -> None:
    """Raise AssertionError unless `costs` are the `expected` ones: only the same arithmetic is timed beside ours."""
    difference = np.abs(np.asarray(costs) - expected).max()
    assert difference < 1e-10, f"{name} has another cost curve: {difference} apart"


def ratio(theirs: float, ours: float) -> str:
    """How many times as long as ours theirs takes, to the digits that count."""
    times = theirs / ours
    return f"{times:,.0f}×" if times >= 100 else f"{times:.1f}×" if times >= 1 else f"{times:.2f}×"
