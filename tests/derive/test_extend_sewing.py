"""Detail goes on beyond a border as it is inside: with its pattern and strength, without the subject."""

from __future__ import annotations

import numpy as np
import pytest

from ddm.derive.extension.detail import tame
from ddm.derive.extension.extend import check_border, extended
from ddm.errors import Unfit

H, W, PERIOD = 256, 320, 16
TEXTURE = dict.fromkeys(("left", "top", "right", "bottom"), "texture")
FREE = np.zeros((H, W), np.float32)


def _woven() -> np.ndarray:
    y, x = np.mgrid[:H, :W]
    weave = 128 + 30 * np.sin(2 * np.pi * x / PERIOD) + 30 * np.sin(2 * np.pi * y / PERIOD)
    grain = np.random.default_rng(3).normal(0, 3, (H, W))
    found: np.ndarray = np.clip(weave + grain, 0, 255).astype(np.uint8)[..., None].repeat(3, 2)
    return found


def _repeats(plane: np.ndarray, axis: int, by: int) -> float:
    """Correlation of a plane with itself so many pixels on."""
    plane = np.moveaxis(plane - plane.mean(), axis, 0)
    return float((plane[:-by] * plane[by:]).mean() / plane.var())


@pytest.mark.parametrize(("side", "part"), [("right", np.s_[:, W + 8 :]), ("bottom", np.s_[H + 8 :, :])])
def test_a_pattern_goes_on(side: str, part: tuple[slice, slice]) -> None:
    found = extended(_woven(), FREE, TEXTURE, {side: 120}).astype(float).mean(2)[part]
    assert found.std() == pytest.approx(_woven().std(), rel=0.25)
    for axis in (0, 1):
        assert _repeats(found, axis, PERIOD) > 0.5
        assert _repeats(found, axis, PERIOD // 2) < 0.3


def test_a_pattern_meets_the_border_in_step() -> None:
    found = extended(_woven(), FREE, TEXTURE, {"right": 100}).astype(float).mean(2)
    steps = np.abs(np.diff(found, axis=1)).mean(0)
    assert steps[W - 1] < 1.6 * steps[W - 20 : W + 20].mean()


def test_the_subject_is_neither_repeated_nor_changed() -> None:
    pixels, cover = _woven(), FREE.copy()
    pixels[90:150, 200:280] = (255, 0, 0)
    cover[90:150, 200:280] = 1
    found = extended(pixels, cover, dict.fromkeys(TEXTURE, "complex"), {"right": 110, "top": 60}).astype(int)
    assert np.array_equal(found[60:, :W], pixels)
    redness = found[..., 0] - found[..., 1]
    assert redness[:, W:].max() < 60
    assert redness[:60].max() < 60


def test_the_same_every_time() -> None:
    one, other = (extended(_woven(), FREE, TEXTURE, {"left": 70, "top": 50}) for _ in range(2))
    assert np.array_equal(one, other)


def test_where_nothing_is_free_there_is_nothing_to_sew_with() -> None:
    with pytest.raises(Unfit, match="too little of the picture is free"):
        extended(_woven(), FREE + 1, TEXTURE, {"right": 20})


def test_sides_of_any_kind_grow_together() -> None:
    kinds = {"left": "flat", "top": "gradient", "right": "texture", "bottom": "complex"}
    found = extended(_woven(), FREE, kinds, {"left": 30, "top": 40, "right": 50, "bottom": 60})
    assert found.shape == (H + 100, W + 80, 3)
    rim = 4  # beyond flat and smooth borders a faulty rim may be grown over
    assert np.array_equal(found[40 + rim : 40 + H, 30 + rim : 30 + W], _woven()[rim:, rim:])


def _tiled(at: int) -> np.ndarray:
    """A pale floor with a joint that runs level into the right border."""
    pixels = np.full((H, W, 3), 200.0) + np.random.default_rng(4).normal(0, 1.5, (H, W, 1))
    pixels[at : at + 3] -= 70
    return np.clip(pixels, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("kind", ["flat", "texture", "complex"])
def test_lines_that_run_into_a_border_go_on(kind: str) -> None:
    found = extended(_tiled(100), FREE, dict.fromkeys(TEXTURE, kind), {"right": 80}).astype(float).mean(2)
    beyond = found[:, W + 10 : W + 70].mean(1)
    assert abs(int(beyond.argmin()) - 101) <= 2
    assert beyond.min() < beyond.mean() - 25


def test_a_thing_beside_strong_lines_is_nothing_to_sew_with() -> None:
    detail = np.random.default_rng(4).normal(0, 0.005, (H, W, 3)).astype(np.float32)
    for joint in range(0, H, 24):  # they run straight into the border
        detail[joint : joint + 4] -= 0.5
    thing = np.s_[60:64, 180:188]
    detail[thing] -= 0.2
    found = tame(detail, np.ones((H, W), bool))
    assert not found[thing].any()
    assert found.mean() > 0.9


def _slanted(rise: float) -> np.ndarray:
    """Paper above, wood below, and a straight edge between them that rises to the right."""
    y, x = np.mgrid[:H, :W]
    pixels = np.where(y > 150 - rise * (x - W), 90.0, 210.0)[..., None] + np.random.default_rng(4).normal(
        0, 1, (H, W, 1)
    )
    return np.clip(pixels, 0, 255).astype(np.uint8).repeat(3, 2)


@pytest.mark.parametrize("rise", [-0.5, -0.2, 0.0, 0.35])
def test_a_slanted_edge_goes_on_along_its_slant(rise: float) -> None:
    found = extended(_slanted(rise), FREE, dict.fromkeys(TEXTURE, "complex"), {"right": 60}).astype(float).mean(2)
    column = found[:, W + 30]
    assert abs(int((column > 150).sum()) - (150 - rise * 30)) < 6


def test_a_border_at_which_all_runs_straight_is_continued_and_a_crowded_one_is_not() -> None:
    kinds = dict.fromkeys(TEXTURE, "complex")
    check_border(_slanted(0.2), FREE, kinds, {"right": 100})
    crowded = np.kron(np.random.default_rng(2).integers(0, 255, (H // 8, W // 8, 3)), np.ones((8, 8, 1)))
    with pytest.raises(Unfit, match="into the right border"):
        check_border(crowded.astype(np.uint8), FREE, kinds, {"right": 100})
    check_border(crowded.astype(np.uint8), FREE, kinds, {"right": 3})  # in so little nothing is seen


def test_a_smooth_border_that_a_thing_crosses_is_refused() -> None:
    pixels = np.full((H, W, 3), 210, np.uint8)
    check_border(pixels, FREE, dict.fromkeys(TEXTURE, "flat"), {"right": 100})
    y, x = np.mgrid[:H, :W]
    pixels[(y - 120) ** 2 + (x - W + 4) ** 2 < 200] = 40
    with pytest.raises(Unfit, match="into the right border"):
        check_border(pixels, FREE, dict.fromkeys(TEXTURE, "flat"), {"right": 100})
