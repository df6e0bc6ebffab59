"""The benchmarks compare like with like, and print tables in Markdown."""

import numpy as np
import pytest

from benchmarks import peers
from benchmarks.tables import fastest, table
from nnlib import NeuralNetwork, datasets, train


@pytest.mark.parametrize("peer", [peers.textbook, peers.plain_python])
def test_peers_train_as_we_do(peer: peers.Peer) -> None:
    network, happiness = NeuralNetwork.random((3, 1), seed=5), datasets.happiness()
    expected = train(network, happiness, learning_rate=2.0, epochs=50).cost
    assert np.asarray(peer(network, happiness, 2.0, 50)) == pytest.approx(expected, abs=1e-13)


def test_the_tutorials_program_ends_where_we_do() -> None:
    network, happiness = NeuralNetwork.random((3, 1), seed=5), datasets.happiness()
    expected = train(network, happiness, learning_rate=2.0, epochs=50).cost[-1]
    assert np.asarray(peers.tutorial(network, happiness, 2.0, 50)) == pytest.approx(expected, abs=1e-13)


def test_the_third_program_ends_where_we_do() -> None:
    network = NeuralNetwork.random((3, 4, 1), seed=5, activation="tanh")
    happiness = datasets.happiness()
    expected = train(network, happiness, learning_rate=2.0, epochs=50).cost[-1]
    assert np.asarray(peers.third_program(network, happiness, 2.0, 50)) == pytest.approx(expected, abs=1e-13)


def test_candidates_take_turns_and_are_all_timed() -> None:
    turns: list[str] = []
    times = fastest({"one": lambda: turns.append("one"), "other": lambda: turns.append("other")}, seconds=0)
    assert set(times) == {"one", "other"}
    assert all(0 < time < 1 for time in times.values())
    changes = [name for name, before in zip(turns, ["", *turns]) if name != before]
    assert changes == ["one", "other"] * 3


def test_a_table_is_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    table("Times", ["", "ms"], [["ours", "1.5"], ["theirs, long", "12"]])
    assert capsys.readouterr().out.splitlines() == [
        "",
        "### Times",
        "",
        "|              |  ms |",
        "| ------------ | --: |",
        "| ours         | 1.5 |",
        "| theirs, long |  12 |",
    ]
