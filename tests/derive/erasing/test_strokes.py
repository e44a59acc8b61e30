"""Letters are told from smooth and from textured grounds, with their outline and their shadow."""

from __future__ import annotations

import numpy as np

from ddm.colour import oklab_of_bytes
from ddm.derive.erasing.strokes import Spot, strokes
from ddm.perceive import pixels as px
from ddm.perceive.pixels import Bytes, Mask

HEIGHT, WIDTH = 96, 240
LINE = np.zeros((HEIGHT, WIDTH), bool)
LINE[32:64, 40:200] = True


def letters() -> Mask:
    found = np.zeros(LINE.shape, bool)
    for left in range(44, 196, 24):
        found[34:62, left : left + 5] = True
        found[34:39, left : left + 14] = True
    return found


def plain() -> Bytes:
    return np.full((HEIGHT, WIDTH, 3), 190, np.uint8)


def woven() -> Bytes:
    rng = np.random.default_rng(3)
    level = px.blur(rng.normal(0, 120, (HEIGHT, WIDTH)).astype(np.float32), 1.5) + 150
    return np.repeat(np.clip(level, 60, 240)[..., None], 3, 2).astype(np.uint8)


def spot(pixels: Bytes) -> Spot:
    room = px.grown(LINE, 14)
    return Spot(oklab_of_bytes(pixels), LINE, room, ~room, 32.0)


def agreement(one: Mask, other: Mask) -> float:
    return float((one & other).sum() / (one | other).sum())


def test_on_a_smooth_ground_all_that_differs_is_lettering() -> None:
    pixels, ink = plain(), letters()
    pixels[ink] = (20, 40, 160)
    found = strokes(spot(pixels))
    assert found is not None
    assert agreement(found.ink, ink) > 0.95


def test_on_a_texture_colours_tell() -> None:
    pixels, ink = woven(), letters()
    pixels[ink] = (200, 20, 40)
    found = strokes(spot(pixels))
    assert found is not None
    assert agreement(found.ink, ink) > 0.95


def test_an_outline_and_a_shadow_go_with_the_letters() -> None:
    pixels, ink = woven(), letters()
    outline = px.grown(ink, 2)
    shadow = px.grown(ink, 5) & ~outline
    pixels[shadow] = pixels[shadow] // 3
    pixels[outline], pixels[ink] = (250, 240, 90), (200, 20, 40)
    found = strokes(spot(pixels))
    assert found is not None
    assert found.all[outline].mean() > 0.97
    assert found.all[shadow].mean() > 0.8


def test_what_does_not_fade_with_the_distance_is_the_ground_and_no_shadow() -> None:
    pixels, ink = woven(), letters()
    pixels[26:] = pixels[26:] // 3
    pixels[ink] = (250, 240, 90)
    found = strokes(spot(pixels))
    assert found is not None
    assert found.all[LINE & ~px.grown(ink, 3)].mean() < 0.1
