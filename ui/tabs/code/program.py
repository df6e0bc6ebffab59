"""The tutorial's program with the visitor's settings filled in, and its numbered parts."""

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from textwrap import dedent, wrap

import numpy as np
from numpy.typing import ArrayLike

from ui.settings import Settings

FILES = {"first": "first_attempt.py", "second": "second_generation.py", "third": "third_generation.py"}
# Characters of a line that fit beside the values on the page.
WIDTH = 66
# A part begins with a comment such as “# 2. Weights: nobody knows them yet.”
TITLE = re.compile(r"# (?P<number>\d+)\. (?P<title>[^:]+): (?P<why>.*)")


@dataclass(frozen=True)
class Part:
    """A numbered part of the program: its title, the reason for it, its code."""

    number: int
    title: str
    why: str
    code: str


def program(settings: Settings) -> str:
    """The source of the tutorial's program, with the values of `settings` filled in."""
    experiment = settings.experiment
    data, shape = experiment.data, experiment.architecture
    values = {
        "inputs": f"np.array({_rows(data.inputs)})",
        "labels": f"np.array({_rows(data.labels)})",
        "layers": str(list(shape.layers)),
        "bias": str(shape.bias),
        "activation": f'"{shape.activation.name}"',
        "start": f'"{experiment.start.name}"',
        "optimizer": f'"{experiment.optimizer.name}"',
        "seed": str(settings.seed),
        "learning_rate": repr(experiment.learning_rate),
        "epochs": str(settings.epochs),
        "epoch": str(settings.current_epoch),
        "plate": f"np.array({_rows([settings.plate])})",
    }
    source = (files("nnlib.tutorial") / FILES[settings.generation]).read_text("utf-8")
    return filled(source, values)


def filled(source: str, values: Mapping[str, str]) -> str:
    """`source` with the value of every assignment at its top level to one of the names in `values` replaced."""
    lines = source.splitlines()
    for statement in reversed(ast.parse(source).body):
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)]) if name in values:
                assignment = f"{name} = {values[name]}"
                indent = " " * (len(name) + len(" = np.array(["))
                lines[statement.lineno - 1 : statement.end_lineno] = wrap(assignment, WIDTH, subsequent_indent=indent)
    return "\n".join(lines) + "\n"


def parts(program: str) -> list[Part]:
    """The numbered parts of a program: each from its comment, or the class that begins there, up to the next."""
    lines = program.splitlines()
    titles = [(number, match) for number, line in enumerate(lines) if (match := TITLE.match(line.strip()))]
    begins = [number - 1 if lines[number - 1].startswith("class ") else number for number, _ in titles]
    return [
        Part(
            int(match["number"]),
            match["title"],
            match["why"],
            dedent("\n".join(line for line in lines[begin:end] if not TITLE.match(line.strip()))).strip("\n"),
        )
        for (_, match), begin, end in zip(titles, begins, [*begins[1:], len(lines)], strict=True)
    ]


def _rows(values: ArrayLike) -> str:
    """A table of numbers as Python writes it, whole numbers without a point."""
    rows: Sequence[Sequence[float]] = np.asarray(values, dtype=float).tolist()
    return f"[{', '.join('[' + ','.join(repr(value).removesuffix('.0') for value in row) + ']' for row in rows)}]"
