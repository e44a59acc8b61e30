"""From pictures to the network that finds marks, end to end, on a few pictures made here; needs the extra `train`."""

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="pip install torch: the extra `train`")

from training.marknet import MarkNet, exported  # noqa: E402
from training.train import pools, tuned  # noqa: E402

from ddm import fonts  # noqa: E402
from ddm.bench.perceive.pictures import real  # noqa: E402
from ddm.bench.perceive.pools import Made  # noqa: E402
from ddm.errors import Missing  # noqa: E402
from ddm.geometry import Box  # noqa: E402
from ddm.models import path  # noqa: E402
from ddm.models.runtime import Network  # noqa: E402
from ddm.perceive.texture import Texture  # noqa: E402
from training import marks  # noqa: E402


@pytest.fixture
def trunk() -> None:
    try:
        path("efficientnet-lite0-trunk")
        fonts.file("Inter")
    except Missing as error:
        pytest.skip(str(error))


def made(note: str) -> Made:
    pixels, cover = np.full((200, 120, 3), 90, np.uint8), np.zeros((200, 120), np.float32)
    cover[:50, 60:] = 0.4
    return Made(pixels, "marked", cover, note=note)


@pytest.mark.models
@pytest.mark.usefixtures("trunk")
def test_a_lesson_knows_its_own_kind() -> None:
    found = marks.lesson(made("line"), "watermark", 160, 96)
    given = marks.seen(found.seen, found.twice)
    assert [one.shape for one in given] == [(12, 160, 96), (40, 20, 12), (112, 10, 6)]
    assert found.cells[0].mean() == pytest.approx(1 / 8)
    assert found.cells[1].max() == 0
    assert found.whole.tolist() == [1, 0]
    assert found.known.tolist() == [1, 1]


@pytest.mark.models
@pytest.mark.usefixtures("trunk")
def test_a_faint_sign_says_nothing_of_logos() -> None:
    assert marks.lesson(made("sign"), "watermark", 160, 96).known.tolist() == [1, 0]


def test_hard_lessons_come_again() -> None:
    """Of twice as many as a batch the harder half; nothing as long as nothing was seen."""
    pixels = np.zeros((32, 32, 3), np.uint8)
    blank = [np.zeros(0, np.float32)] * 3
    texture = Texture(pixels, *blank[:2])
    lessons = [marks.Lesson(texture, pixels[..., 0], *blank, blank[0]) for _ in range(2 * marks.BATCH)]
    late = marks.Late()
    first, other = lessons[: marks.BATCH], lessons[marks.BATCH :]
    assert late.hard(first, np.full(marks.BATCH, 0.1, np.float32)) == []
    assert {id(one) for one in late.hard(other, np.full(marks.BATCH, 0.9, np.float32))} == {id(one) for one in first}
    assert {id(one) for one in late.hard(other, np.full(marks.BATCH, 0.9, np.float32))} == {id(one) for one in other}


def test_other_lamps_keep_black_and_white() -> None:
    pixels = np.array([[[0, 0, 0], [255, 255, 255], [90, 120, 200]]], np.uint8)
    bent = [marks.toned(np.random.default_rng(number), pixels) for number in range(20)]
    assert all((one[:, :2] == pixels[:, :2]).all() for one in bent)
    assert 4 < sum(bool((one != pixels).any()) for one in bent) < 16


def test_chances_become_honest() -> None:
    rng = np.random.default_rng(3)
    truths = (rng.random(2000) < 0.5).astype(float)
    logits = 3 * (rng.normal(0, 1, 2000) + 2 * truths - 1) + 2
    temperature, shift = marks.honest(logits, truths)
    chances = 1 / (1 + np.exp(-(logits / temperature + shift)))
    for low in (0.1, 0.4, 0.7):
        of = (chances >= low) & (chances < low + 0.2)
        assert truths[of].mean() == pytest.approx(chances[of].mean(), abs=0.08)


def test_the_file_says_what_the_network_says(tmp_path: Path) -> None:
    torch.manual_seed(1)
    net = MarkNet().eval()
    (tmp_path / "marks.onnx").write_bytes(exported(net))
    rng = np.random.default_rng(1)
    shapes = {"image": (1, 12, 96, 160), "fine": (1, 40, 12, 20), "middle": (1, 112, 6, 10)}
    given = {name: rng.random(shape, np.float32) for name, shape in shapes.items()}
    found = Network(tmp_path / "marks.onnx", "f32").run(["where", "boxes", "whole"], given)
    with torch.no_grad():
        own = net(*(torch.from_numpy(one) for one in given.values()))
    assert max(np.abs(one - other.numpy()).max() for one, other in zip(found, own, strict=True)) < 0.02


def test_cells_know_how_far_the_edges_of_their_logo_are() -> None:
    edges = marks.distances((Box.of_edges(0.25, 0.2, 0.75, 0.4),), 10, 8)
    assert edges[:, 2, 3].tolist() == pytest.approx([1.5, 0.5, 2.5, 1.5, 1 / 8])
    assert edges[4].sum() == pytest.approx(1)
    assert (edges[:, 5:] == 0).all()


def test_a_box_that_fits_loses_nothing() -> None:
    edges = torch.from_numpy(marks.distances((Box.of_edges(0.25, 0.2, 0.75, 0.4),), 10, 8))[None]
    true = edges[:, :4].clamp(min=1e-9)
    inside = edges[0, 4] > 0
    assert marks.fit_of(true.log(), edges[:, :4])[0][inside].tolist() == pytest.approx([1.0] * 8)
    assert marks.fit_of((2 * true).log(), edges[:, :4])[0][inside].tolist() == pytest.approx([0.25] * 8)


@pytest.mark.models
@pytest.mark.usefixtures("trunk")
def test_what_marks_are_laid_over_is_not_held_back(corpora: Path) -> None:
    found = marks.varied(pools(real(corpora))[0], corpora)
    assert not any(one.held or tuned(one) for one in found.bases if one.set != "composed")
    composed = next(one for one in found.bases if one.set == "composed")
    assert composed.pixels.shape[2] == 3


@pytest.mark.models
@pytest.mark.usefixtures("trunk")
def test_ends_in_the_same_bytes(corpora: Path) -> None:
    fit, tune = pools(real(corpora))
    one, other = (exported(marks.calibrated(marks.trained(fit, 24), tune, 8)) for _ in range(2))
    assert one == other
