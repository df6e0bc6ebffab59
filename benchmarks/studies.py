"""1,000 random starts of a network with a hidden layer: how long they take, and how long at a time."""

from time import perf_counter

from benchmarks.tables import note, table
from nnlib import Activation, Architecture, Experiment, Start, datasets
from nnlib.studies.starts import Starts
from nnlib.studies.widths import KINDS, WidthTable

PARITY = datasets.PRESETS["odd number (parity)"]


def main() -> None:
    """Print the tables."""
    rows = [
        [f"1,000 starts of 3-4-1, {activation.name}", *timed(Starts(experiment(activation, start)))]
        for activation, start in KINDS
    ]
    rows.append(["100 starts of each width and activation", *timed(WidthTable(experiment(*KINDS[1])))])
    header = ["", "s in all", "first progress, s", "longest slice, s"]
    table("Studies of 5,000 epochs, in slices of 0.05 s", header, rows)
    note("One row after the other, each once: on a machine that does something else, the slowest slice is not ours.")


def experiment(activation: Activation, start: Start) -> Experiment:
    """Parity at learning rate 3."""
    shape = Architecture((3, 4, 1), activation=activation)
    return Experiment(datasets.plates(PARITY), shape, learning_rate=3.0, epochs=5_000, seed=0, start=start)


def timed(study: Starts | WidthTable) -> list[str]:
    """How many seconds a study takes, until it has something to show, and its longest slice."""
    began, slices, shown = perf_counter(), [], 0.0
    while not study.complete:
        slice_began = perf_counter()
        study.ask_more(seconds=0.05)
        slices.append(perf_counter() - slice_began)
        shown = shown or (perf_counter() - began if study.done else 0.0)
    return [f"{seconds:.2f}" for seconds in (perf_counter() - began, shown, max(slices))]
