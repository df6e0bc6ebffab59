"""The page under load: a class of visitors, each moving the learning rate about once a second.

They speak Streamlit's own websocket protocol from this process; the server runs in another. Beside the page stands an
empty Streamlit page under the same settings. Then the server's memory after many visits.
"""

import asyncio
import random
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from itertools import count, cycle, islice, repeat
from time import perf_counter

import numpy as np
import psutil

from benchmarks.tables import table
from tests.server import Server
from tests.visitor import Visitor, WrongAnswerError, visit
from ui import words
from ui.settings import DEFAULTS, LEARNING_RATES

CLASSES = (1, 10, 40, 100)
SECONDS = 5.0
VISITS = (100, 1_000)
AT_ONCE = 8
FOLLOWERS = 3  # who come by one link


@dataclass(frozen=True)
class Target:
    """A page to visit: the stops of its slider, and the seeds that visitors come with."""

    name: str
    script: str
    stops: Sequence[str]
    seeds: Iterator[int]


RATES = [words.rate(rate) for rate in LEARNING_RATES if rate != DEFAULTS.lr]


@dataclass
class Answers:
    """What a class met with: the seconds each answer took, and how many visits failed."""

    seconds: list[float] = field(default_factory=list)
    failures: int = 0


def main() -> None:
    """Print both tables."""
    targets = [
        (Target("this page, all by one link", "app.py", RATES, repeat(DEFAULTS.seed)), CLASSES),
        (Target("this page, every run a new one", "app.py", RATES, count(1)), CLASSES[2:3]),
        (Target("empty page", "benchmarks/pages/empty.py", [str(rate) for rate in range(2, 101)], repeat(0)), CLASSES),
    ]
    rows = []
    for target, classes in targets:
        with Server(target.script) as server:
            for visitors in classes:
                answers = asyncio.run(lesson(server, target, visitors))
                p50, p95, slowest = 1000 * np.percentile(answers.seconds, [50, 95, 100])
                rate, memory = len(answers.seconds) / SECONDS, megabytes(server)
                row = (f"{p50:.0f}", f"{p95:.0f}", f"{slowest:.0f}", f"{rate:.0f}", str(answers.failures), memory)
                rows.append((target.name, str(visitors), *row))
    header = ("", "visitors", "p50, ms", "p95, ms", "slowest, ms", "answers/s", "failures", "server, MB")
    table("The page under load", header, rows)
    with Server() as server:
        few, many = VISITS
        asyncio.run(come_and_go(server, few))
        after_few = megabytes(server)
        asyncio.run(come_and_go(server, many - few))
        after_many = megabytes(server)
    ratio = f"{float(after_many) / float(after_few):.2f}"
    table(
        "Memory of the server, MB",
        (f"after {few} visits", f"after {many:,}", "ratio"),
        [(after_few, after_many, ratio)],
    )


def megabytes(server: Server) -> str:
    """The server's resident memory."""
    return f"{psutil.Process(server.pid).memory_info().rss / 1e6:.0f}"


async def lesson(server: Server, target: Target, visitors: int) -> Answers:
    """Let a class of so many visitors move their sliders for a while, once all have come.

    Each goes through the stops from a random one on, a move about a second after the answer to the one before.
    """
    answers = Answers()

    async def take_part(visitor: Visitor) -> None:
        until = perf_counter() + SECONDS
        begin = random.randrange(len(target.stops))
        await asyncio.sleep(random.random())
        for stop in cycle([*target.stops[begin:], *target.stops[:begin]]):
            began = perf_counter()
            if began > until:
                return
            try:
                await visitor.move("Learning rate", stop)
            except (WrongAnswerError, OSError, TimeoutError) as failure:
                print(f"An answer failed: {failure}")
                answers.failures += 1
                return
            answers.seconds.append(perf_counter() - began)
            await asyncio.sleep(random.uniform(0.7, 1.3))

    async with AsyncExitStack() as stack:
        seeds = islice(target.seeds, visitors)
        links = [{"seed": str(seed)} if seed != DEFAULTS.seed else {} for seed in seeds]
        here = [await stack.enter_async_context(visit(server.url, link)) for link in links]
        await asyncio.gather(*map(take_part, here))
    return answers


async def come_and_go(server: Server, visits: int) -> None:
    """So many visits, a few at a time: open the page by a link, move the slider to a rate, leave."""
    turns = asyncio.Semaphore(AT_ONCE)

    async def drop_in(link: int) -> None:
        async with turns, visit(server.url, {"seed": str(link)}) as visitor:
            await visitor.move("Learning rate", RATES[link % len(RATES)])

    await asyncio.gather(*(drop_in(number // FOLLOWERS) for number in range(visits)))
