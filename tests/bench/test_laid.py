"""Compositions for the heads: the same every time, parted by picture, and marked where their truth says so."""

import numpy as np
import pytest
from PIL import Image

from ddm.bench.perceive import grounds, pictures
from ddm.bench.perceive.laid import HEADS, compose
from ddm.bench.perceive.pictures import held, real
from ddm.bench.perceive.pools import Pool, pool


@pytest.fixture(scope="module")
def of(tmp_path_factory: pytest.TempPathFactory) -> Pool:
    folder = tmp_path_factory.mktemp("corpora")
    rng = np.random.default_rng(2)
    for root in ("garments/train/dress", "pack-shots", "cutouts"):
        (folder / root).mkdir(parents=True)
        for number in range(60):
            pixels = np.full((150, 120, 4), 255, np.uint8)
            pixels[30:120, 20:100] = (*rng.integers(0, 256, 3), 255)
            pixels[:30, :, 3] = 0 if root == "cutouts" else 255
            image = Image.fromarray(pixels)
            (image if root == "cutouts" else image.convert("RGB")).save(
                folder / root / f"{'abcdef'[number % 6]}{number}z.png"
            )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pictures, "fetched", lambda: folder / "nothing")
        patch.setattr(pictures, "_picture_sets", lambda: iter(()))
        return pool(real(folder), held=False)


@pytest.mark.parametrize("head", HEADS)
def test_same_number_same_picture(of: Pool, head: str) -> None:
    for number in range(6):
        one, other = compose(head, number, of), compose(head, number, of)
        assert np.array_equal(one.pixels, other.pixels)
        assert one.truth == other.truth
    assert not np.array_equal(compose(head, 1, of, "a").pixels, compose(head, 1, of, "b").pixels)


@pytest.mark.parametrize("head", ["watermark", "collage", "logo"])
def test_both_truths_and_covers_where_marked(of: Pool, head: str) -> None:
    made = [compose(head, number, of) for number in range(24)]
    assert len({one.truth for one in made}) == 2
    for one in made:
        assert (one.cover is None) == (one.truth in ("clear", "single"))
        if one.cover is not None:
            assert one.cover.shape == one.pixels.shape[:2]
            assert one.cover.max() > 0


def test_logos_lie_in_their_boxes(of: Pool) -> None:
    for made in (compose("logo", number, of) for number in range(20)):
        for box in made.boxes:
            assert box.x >= -1e-9
            assert box.right <= 1 + 1e-9
            assert 0 < box.area < 0.25


def test_marks_have_strokes(of: Pool) -> None:
    for number in range(30):
        made = compose("watermark", number, of)
        if made.cover is not None:
            where = made.cover > 0.3 * made.cover.max()
            assert where.mean() > 0.001


def test_series_stay_on_one_side() -> None:
    for one, other in (("saleor-tee-front", "saleor-tee-back"), ("beanie-1", "beanie-2"), ("leuvenA", "leuvenB")):
        assert held(one) == held(other)


def test_a_quarter_is_held_back() -> None:
    names = [f"picture of {word}" for word in map(str, range(10_000, 12_000))]
    assert 0.2 < np.mean([held(name + "q") for name in names]) < 0.3


def test_cut_outs_cast_shadows_only_where_asked(of: Pool) -> None:
    ground = np.full((300, 300, 3), 200, np.uint8)
    rng = np.random.default_rng(4)
    clear = grounds.cut_on(rng, of, ground, shadow=0.0)
    assert (clear[:10] == 200).all()
