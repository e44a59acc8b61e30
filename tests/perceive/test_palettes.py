"""Palettes hold the colours that are there, heaviest first, the same every time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddm.colour import oklab_of_bytes
from ddm.perceive.palettes import MOST, palette, palettes
from ddm.perceive.schema import REGIONS


def _lab(*rows: tuple[tuple[int, int, int], int]) -> np.ndarray:
    return oklab_of_bytes(np.concatenate([np.full((n, 3), rgb, np.uint8) for rgb, n in rows]))


def test_heaviest_first_with_weights() -> None:
    found = palette(_lab(((200, 30, 30), 300), ((240, 240, 240), 600), ((20, 30, 120), 100)))
    assert [round(s.weight, 2) for s in found] == [0.6, 0.3, 0.1]
    assert found[0].lightness > 0.9
    assert found[1].a > 0.1


def test_a_small_vivid_accent_is_found() -> None:
    found = palette(_lab(((128, 128, 128), 970), ((255, 120, 0), 30)))
    assert any(s.b > 0.1 for s in found)


def test_nothing_has_no_palette() -> None:
    assert palette(np.zeros((0, 3), np.float32)) == ()


@given(st.integers(0, 1000), st.integers(1, 3000))
@settings(max_examples=30, deadline=None)
def test_always_few_and_the_same(seed: int, count: int) -> None:
    colours = oklab_of_bytes(np.random.default_rng(seed).integers(0, 256, (count, 3), dtype=np.uint8))
    found = palette(colours)
    assert 1 <= len(found) <= MOST
    assert found == palette(colours)
    assert sum(s.weight for s in found) <= 1.001
    assert [s.weight for s in found] == sorted((s.weight for s in found), reverse=True)


def test_shades_of_one_colour_are_not_six() -> None:
    ramp = np.stack([np.linspace(0.60, 0.63, 500), np.full(500, 0.1), np.full(500, 0.05)], 1).astype(np.float32)
    assert len(palette(ramp)) == 1
    assert palette(ramp)[0].lightness == pytest.approx(0.615, abs=0.01)


def _flag() -> np.ndarray:
    """Red at the left, white, blue at the right."""
    pixels = np.full((90, 120, 3), 255, np.uint8)
    pixels[:, :40], pixels[:, 80:] = (200, 20, 20), (20, 20, 200)
    return oklab_of_bytes(pixels)


def test_every_region_has_its_own_colours() -> None:
    lab = _flag()
    left = np.zeros(lab.shape[:2], bool)
    left[:, :40] = True
    found = palettes(lab, left, ~left)
    assert tuple(found) == REGIONS
    red, white, blue = (lab[45, x] for x in (20, 60, 100))
    for region, colour in {
        "subject": red,
        "left": red,
        "right": blue,
        "grid-1": red,
        "grid-5": white,
        "grid-9": blue,
    }.items():
        (swatch,) = found[region]
        assert (swatch.lightness, swatch.a, swatch.b) == pytest.approx(tuple(colour), abs=1e-3), region
        assert swatch.weight == pytest.approx(1, abs=1e-3)
    assert [s.weight for s in found["top"]] == pytest.approx([1 / 3] * 3, abs=0.02)
    assert len(found["background"]) == 2


@pytest.mark.parametrize("shape", [(1, 1), (1, 50), (2, 2), (3, 100), (512, 3)])
def test_narrow_pictures_have_colours_everywhere(shape: tuple[int, int]) -> None:
    found = palettes(np.zeros((*shape, 3), np.float32), np.zeros(shape, bool), np.ones(shape, bool))
    assert not found.pop("subject")
    assert all(len(swatches) == 1 for swatches in found.values())
