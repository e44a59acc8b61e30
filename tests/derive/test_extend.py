"""Grown pictures keep their own pixels and go on without a seam."""

from __future__ import annotations

import numpy as np
import pytest

from ddm.derive.extension.extend import check, extended
from ddm.derive.extension.limits import LIMITS
from ddm.errors import Unfit
from ddm.perceive import pixels as px

RNG = np.random.default_rng(2)
H, W = 200, 300
FREE = np.zeros((H, W), np.float32)
FLAT = dict.fromkeys(("left", "top", "right", "bottom"), "flat")


def _sweep(grain: float = 3) -> np.ndarray:
    y, x = np.mgrid[0 : 1 : H * 1j, 0 : 1 : W * 1j]
    tone = np.stack([110 + 60 * y + 20 * x, 120 + 40 * y, 150 - 30 * x], -1)
    return np.clip(tone + RNG.normal(0, grain, (H, W, 1)), 0, 255).astype(np.uint8)


GROWTH = {"left": 60, "top": 40, "right": 90, "bottom": 25}


@pytest.mark.parametrize("kind", ["flat", "gradient", "texture", "complex"])
def test_own_pixels_stay_exactly(kind: str) -> None:
    pixels = _sweep()
    found = extended(pixels, FREE, dict.fromkeys(FLAT, kind), GROWTH)
    assert found.shape == (H + 65, W + 150, 3)
    assert found.dtype == np.uint8
    assert np.array_equal(found[40 : 40 + H, 60 : 60 + W], pixels)


@pytest.mark.parametrize("kind", ["flat", "gradient", "texture"])
def test_no_step_at_the_seam(kind: str) -> None:
    found = extended(_sweep(), FREE, dict.fromkeys(FLAT, kind), GROWTH).astype(float)
    inside, outside = found[40:-25, 348:360].mean(1), found[40:-25, 360:372].mean(1)
    assert np.abs(inside - outside).max() < 9
    assert np.abs((inside - outside).mean(0)).max() < 1.8  # the slope itself makes 1.2


def test_grain_goes_on() -> None:
    found = extended(_sweep(), FREE, FLAT, {"right": 100}).astype(float)
    own, grown = (np.diff(found[:, a:b], axis=0).std() for a, b in ((150, 290), (310, 390)))
    assert 0.7 < grown / own < 1.3


def test_the_subject_is_not_continued() -> None:
    pixels, cover = _sweep(), FREE.copy()
    pixels[80:120, 200:] = (255, 0, 0)
    cover[80:120, 200:] = 1
    found = extended(pixels, cover, FLAT, {"right": 50})
    assert found[80:120, W + 10 :, 1].min() > 60


def test_the_same_every_time() -> None:
    pixels = _sweep()
    assert np.array_equal(extended(pixels, FREE, FLAT, GROWTH), extended(pixels, FREE, FLAT, GROWTH))


def _finer(plane: np.ndarray, sigma: float = 3) -> np.ndarray:
    plane = np.ascontiguousarray(plane, np.float32)
    found: np.ndarray = plane - px.blur(plane, sigma)
    return found


def _likeness(plane: np.ndarray, axis: int) -> float:
    """Mean correlation of the fine part with itself 8 to 24 pixels on along the axis: 0 for noise, 1 for streaks."""
    fine = np.moveaxis(_finer(plane), axis, 0)
    return float(np.mean([(fine[:-k] * fine[k:]).mean() for k in range(8, 25)]) / fine.var())


def test_no_streaks_in_any_direction() -> None:
    found = extended(_sweep(4), FREE, FLAT, {"left": 300, "top": 200}).astype(float).mean(2)
    for part, name in ((found[200:, :300], "left"), (found[:200, 300:], "top"), (found[:200, :300], "corner")):
        for axis in (0, 1):
            assert abs(_likeness(part, axis)) < 0.05, f"{name} {axis}"


def test_a_streaky_border_does_not_go_on() -> None:
    pixels = np.clip(_sweep().astype(float) + RNG.normal(0, 6, (H, 1, 1)), 0, 255).astype(np.uint8)
    found = extended(pixels, FREE, FLAT, {"right": 300}).astype(float).mean(2)
    assert _likeness(found[:, 340:], 1) < 0.1


def test_tone_is_the_smoother_the_farther_out() -> None:
    wavy = _sweep(1).astype(float) + 8 * np.sin(np.arange(H) / 4)[:, None, None]
    found = extended(np.clip(wavy, 0, 255).astype(np.uint8), FREE, FLAT, {"right": 400}).astype(float).mean(2)
    rough = [_finer(px.blur(found[:, x : x + 60], 2), 12).mean(1).std() for x in (240, 300, 380, 600)]
    assert rough[0] > rough[1] > rough[2]
    assert max(rough[2:]) < 0.35 * rough[0]  # near the border what runs straight into it goes on


def test_light_beside_shade_stands_above_in_no_shaft_but_goes_on_beside() -> None:
    y, x = np.mgrid[:H, :W]
    across = 150 + 40 * np.cos(2 * np.pi * x / W)
    along = 150 + 40 * np.cos(2 * np.pi * y / H)
    above, beside = (
        extended(plane.astype(np.uint8)[..., None].repeat(3, 2), FREE, FLAT, growth).astype(float).mean(2)
        for plane, growth in ((across, {"top": 2 * H}), (along, {"right": 2 * W}))
    )
    assert above[:20].mean(0).std() < 0.15 * across.std()
    assert beside[:, -20:].mean(1).std() > 0.3 * along.std()


def test_tone_has_no_bands_and_stays_within_reason() -> None:
    found = extended(_sweep(0), FREE, FLAT, {"right": 600, "bottom": 300}).astype(np.float32)
    own = found[:H, :W]
    assert found.min() > own.min() - 12
    assert found.max() < own.max() + 12
    far = px.blur(found, 6)[:, 330:]
    assert np.abs(np.diff(far, axis=0)).max() < 0.6
    assert np.abs(np.diff(far, axis=1)).max() < 0.6


def test_grain_has_the_softness_and_colour_of_the_pictures() -> None:
    noise = px.blur(RNG.normal(0, 12, (H, W)).astype(np.float32), 1.2)[..., None] * (1.0, 0.5, -0.5)
    found = extended(np.clip(128 + noise, 0, 255).astype(np.uint8), FREE, FLAT, {"right": W}).astype(float)
    own, grown = (_finer(found[:, part], 6) for part in (slice(0, W), slice(W + 10, None)))
    assert np.allclose(np.cov(grown.reshape(-1, 3).T), np.cov(own.reshape(-1, 3).T), atol=1.5)
    near = [(f[:, 1:, 0] * f[:, :-1, 0]).mean() / f[..., 0].var() for f in (own, grown)]
    assert abs(near[0] - near[1]) < 0.12


def test_a_faulty_rim_is_grown_over() -> None:
    pixels = _sweep(1)
    pixels[:, -2:] = 255
    found = extended(pixels, FREE, FLAT, {"right": 40}).astype(float)
    assert np.array_equal(found[:, : W - 4], pixels[:, : W - 4])
    assert found[:, W - 4 :, 1].max() < 190


def test_a_pure_white_ground_stays_white() -> None:
    white = np.full((H, W, 3), 255, np.uint8)
    assert extended(white, FREE, FLAT, GROWTH).min() >= 254


@pytest.mark.parametrize("size", [(1, 1), (2, 40), (9, 7)])
def test_tiny_pictures_grow_too(size: tuple[int, int]) -> None:
    pixels = np.full((*size, 3), 90, np.uint8)
    found = extended(pixels, np.zeros(size, np.float32), FLAT, {"left": 3, "top": 5, "right": 11})
    assert found.shape == (size[0] + 5, size[1] + 14, 3)
    assert np.abs(found.astype(int) - 90).max() <= 1


def test_a_picture_that_is_all_subject_still_has_an_answer() -> None:
    assert extended(_sweep(), FREE + 1, FLAT, {"right": 20}).shape == (H, W + 20, 3)


def test_limits_are_told() -> None:
    kinds = {**FLAT, "left": "complex"}
    check(W, H, kinds, frozenset(), {"left": 30, "right": 300})
    with pytest.raises(Unfit, match="the left border is complex, growing it by 40%"):
        check(W, H, kinds, frozenset(), {"left": 120})
    with pytest.raises(Unfit, match="cuts the subject at the right"):
        check(W, H, kinds, frozenset({"right"}), {"right": 1})
    check(W, H, kinds, frozenset({"right"}), {"right": 0})
    smooth = dict.fromkeys(FLAT, "gradient")
    check(W, H, smooth, frozenset(), {"top": round(LIMITS["gradient"] * H)})
    with pytest.raises(Unfit, match="the top border is gradient"):
        check(W, H, smooth, frozenset(), {"top": 2 * H})
