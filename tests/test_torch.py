"""Every optimizer's cost curves are PyTorch's, from the same start: as recorded, and afresh where PyTorch is there."""

import numpy as np
import pytest

from nnlib import train
from nnlib.checks import Array
from tests.torch_curves import EPOCHS, Run, pytorch, recorded, runs

RUNS = runs()


def ours(run: Run) -> Array:
    network, data, rate, optimizer = run
    return train(network, data, learning_rate=rate, epochs=EPOCHS, optimizer=optimizer).cost


@pytest.mark.parametrize("name", RUNS)
def test_the_cost_curve_is_the_one_that_pytorch_recorded(name: str) -> None:
    curve = np.array(recorded()[name])
    assert np.abs(ours(RUNS[name]) - curve).max() < 1e-9
    assert np.ptp(curve) > 0.01, "a run that learns nothing would compare nothing"


def test_other_optimizers_have_other_curves() -> None:
    curves = list(map(np.array, recorded().values()))
    assert len(curves) == len(RUNS) == 12
    assert min(np.abs(one - other).max() for one in curves for other in curves if one is not other) > 1e-3


@pytest.mark.parametrize("name", RUNS)
def test_the_cost_curve_is_pytorchs(name: str) -> None:
    pytest.importorskip("torch")
    assert np.abs(ours(RUNS[name]) - pytorch(RUNS[name])).max() < 1e-9
