"""The networks and a few steps of training: shapes, the same weights every time, and a file the runtime takes.

torch is the extra `train`, which users do not have.
"""

from argparse import Namespace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is the extra `train`")

from training.outpaint.export import graph, halved  # noqa: E402
from training.outpaint.networks import Discriminator, Generator  # noqa: E402
from training.outpaint.pictures import SHARES, Archive  # noqa: E402
from training.outpaint.train import Training, fit  # noqa: E402

from ddm.errors import Missing  # noqa: E402
from ddm.models import path  # noqa: E402
from ddm.models.runtime import Network  # noqa: E402


def archive() -> Archive:
    flat = np.random.default_rng(1).integers(0, 256, (4, 80, 96, 3), np.uint8)
    rows = np.array([(n * 80 * 96 * 3, 80, 96, 0, 0) for n in range(4)])
    return Archive(flat.reshape(-1), rows, tuple(SHARES))


def test_shapes() -> None:
    made = Generator()(torch.rand(2, 6, 48, 80))
    assert made.shape == (2, 3, 48, 80)
    score, features = Discriminator()(torch.rand(2, 4, 48, 80))
    assert score.shape == (2, 1, 3, 5)
    assert len(features) == 5


@pytest.mark.models
def test_steps_end_in_the_same_weights() -> None:
    try:
        path("efficientnet-lite0-trunk")
    except Missing as error:
        pytest.skip(str(error))
    asked = Namespace(steps=4, minutes=0, size=64, batch=2)
    ends = []
    for _ in range(2):
        torch.manual_seed(0)
        training = Training(torch.device("cpu"))
        losses = list(fit(training, archive(), asked))
        assert set(losses[0]) < set(losses[-1])  # first alone, then against the discriminator
        ends.append(training.mean.state_dict())
    assert all(torch.equal(ends[0][name], ends[1][name]) for name in ends[0])


def test_the_exported_file_does_the_same(tmp_path: Path) -> None:
    generator = Generator()
    (tmp_path / "made.onnx").write_bytes(halved(graph(generator)).SerializeToString())
    network = Network(tmp_path / "made.onnx", precision="f32")
    for size in ((48, 80), (96, 32)):
        canvas = torch.rand(1, 6, *size)
        (found,) = network.run(None, {network.input: canvas.numpy()})
        with torch.no_grad():
            assert np.abs(found - generator(canvas).numpy()).max() < 5e-3
