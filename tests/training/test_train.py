"""From pictures to a file of weights, end to end, on a few pictures made here."""

from pathlib import Path

import numpy as np
import pytest
from training.train import pools, samples, weights

from ddm.bench.perceive.pictures import real
from ddm.errors import Missing
from ddm.models import path
from ddm.perceive.heads import OUTPUTS


@pytest.mark.models
def test_ends_in_the_same_bytes(corpora: Path, tmp_path: Path) -> None:
    try:
        path("efficientnet-lite0-trunk")
    except Missing as error:
        pytest.skip(str(error))
    fit, tune = pools(real(corpora))
    counts = {"scene": 8, "collage": 8}
    found = samples(fit, counts, "fit"), samples(tune, counts, "tune")
    one, other = (weights(*found) for _ in range(2))
    assert one == other
    (tmp_path / "heads.npz").write_bytes(one)
    with np.load(tmp_path / "heads.npz") as archive:
        assert archive["cells.second"].shape[1] == 1
        assert archive["scene.second"].shape[1] == len(OUTPUTS["scene"])
