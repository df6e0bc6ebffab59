"""What the benchmarks share: timing side by side, and tables in Markdown."""

import os
import platform
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from time import perf_counter


def fastest(candidates: Mapping[str, Callable[[], object]], *, seconds: float) -> dict[str, float]:
    """Each candidate's shortest time in seconds; all take turns of a tenth of a second until `seconds` are used up.

    What else the machine does can only add to a time, and taking turns lets it add to all alike. A candidate that needs
    longer than a turn runs once in it, and all have three turns at least.
    """
    times: dict[str, list[float]] = {name: [] for name in candidates}
    end, turns = perf_counter() + seconds, 0
    while perf_counter() < end or turns < 3:
        turns += 1
        for name, run in candidates.items():
            turn_end = perf_counter() + 0.1
            while (begin := perf_counter()) < turn_end:
                run()
                times[name].append(perf_counter() - begin)
    return {name: min(taken) for name, taken in times.items()}


def table(title: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a Markdown table: the first column to the left, the others, which are numbers, to the right."""
    widths = [max(3, *map(len, column)) for column in zip(header, *rows, strict=True)]

    def line(cells: Sequence[str]) -> str:
        others = [cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=True)]
        return f"| {' | '.join([cells[0].ljust(widths[0]), *others])} |"

    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    print(f"\n### {title}\n", *map(line, [header, rule, *rows]), sep="\n", flush=True)


def note(text: str) -> None:
    """Print a line of text beside a table."""
    print(f"\n{text}", flush=True)


def installed(package: str) -> bool:
    """Whether an optional package is there; if it is not, a line says so."""
    found = find_spec(package) is not None
    if not found:
        note(f"Skipped, because it is not installed (requirements-bench.txt): {package}.")
    return found


def machine(*packages: str) -> str:
    """One line on the machine and the versions of packages, without which figures mean nothing."""
    return ", ".join(
        [
            f"{os.cpu_count()} cores",
            f"{platform.system()} {platform.machine()}",
            f"Python {platform.python_version()}",
            *(f"{package} {_version(package)}" for package in packages),
        ]
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
