"""What another camera did is undone as far as a product's colour allows, and what nobody did is left alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm.colour import delta_e, oklab_of_bytes
from ddm.derive.fitting.fitted import MOST, Taken, bearable, fit, fitted, move, taken
from ddm.derive.fitting.looks import Look, look
from ddm.derive.fitting.optics import optics
from ddm.derive.table import derivation
from ddm.perceive.pixels import Bytes, blur
from tests.derive.views import view

LEVELS = st.floats(0.02, 0.35), st.floats(0.7, 1.0), st.floats(-0.08, 0.08), st.floats(-0.08, 0.08)
LOOKS = st.builds(Look, *LEVELS)
NORMAL = Look(0.15, 0.92, 0.0, 0.0)


def photograph(seed: int = 3) -> Bytes:
    """Soft blots of any colour with black, white and grey among them: uint8 (200, 200, 3)."""
    rng = np.random.default_rng(seed)
    blots = blur(rng.normal(140, 2400, (200, 200, 3)).astype(np.float32), 8)
    grey = blots.mean(-1, keepdims=True)
    found: Bytes = np.clip(grey + 0.05 * (blots - grey), 4, 250).astype(np.uint8)
    return found


def seen(pixels: Bytes) -> Taken:
    found = look(pixels, np.ones(pixels.shape[:2]))
    assert found
    return Taken(found)


def apart(one: Bytes, other: Bytes) -> float:
    return float(np.median(delta_e(oklab_of_bytes(one), oklab_of_bytes(other))))


WHOLE = np.ones((200, 200), np.float32)


def test_a_picture_from_the_same_camera_stays() -> None:
    pixels = photograph()
    assert np.abs(fit(pixels, WHOLE, seen(pixels), seen(pixels)).astype(int) - pixels).max() <= 1


@pytest.mark.parametrize("gain", [(0.85, 0.85, 0.85), (1.0, 0.96, 0.88), (0.93, 1.0, 1.0)])
def test_another_camera_s_exposure_and_white_balance_are_mostly_undone(gain: tuple[float, ...]) -> None:
    pixels = photograph()
    other = (pixels * np.array(gain)).astype(np.uint8)
    back = fit(other, WHOLE, seen(other), seen(pixels))
    assert apart(back, pixels) < 0.8 * apart(other, pixels)


@given(LOOKS, LOOKS)
def test_no_scene_changes_a_product_beyond_knowing(own: Look, scene: Look) -> None:
    pixels = photograph()
    assert apart(fit(pixels, WHOLE, Taken(own), Taken(scene)), pixels) <= MOST + 0.1


@given(LOOKS)
def test_like_looks_ask_for_nothing(own: Look) -> None:
    found = move(own, own)
    assert (found.rise, found.slope, found.dim, found.a, found.b) == pytest.approx((0, 1, 1, 0, 0), abs=1e-9)


def test_a_scene_without_black_says_nothing_of_black() -> None:
    found = move(NORMAL, replace(NORMAL, black=0.7))
    assert (found.rise, found.slope) == pytest.approx((0, 1))


def test_nothing_is_no_subject() -> None:
    assert look(np.zeros((4, 4, 3), np.uint8), np.zeros((4, 4))) is None
    assert bearable(np.zeros((0, 3), np.float32), move(NORMAL, replace(NORMAL, white=0.8))) == 1


def test_grain_is_laid_on_but_never_taken_away() -> None:
    pixels = np.full((200, 200, 3), 120, np.uint8)
    grainy = fit(pixels, WHOLE, Taken(NORMAL, 0.05), Taken(NORMAL, 0.4))
    assert grainy.std() == pytest.approx(255 * 0.1 * 0.37, rel=0.15)
    assert (fit(pixels, WHOLE, Taken(NORMAL, 0.4), Taken(NORMAL, 0.05)) == pixels).all()


def test_edges_come_to_be_as_soft_as_the_scene_s() -> None:
    sharp = np.full((200, 200, 3), 60, np.uint8)
    sharp[60:140, 60:140] = 200

    def softness(pixels: Bytes) -> float:
        found = optics(np.ascontiguousarray(oklab_of_bytes(pixels)[..., 0]), WHOLE).blur
        assert found
        return found

    soft = fit(sharp, WHOLE, Taken(NORMAL, blur=softness(sharp)), Taken(NORMAL, blur=2.5))
    assert 1.5 * softness(sharp) < softness(soft) < 3
    crisp = fit(soft, WHOLE, Taken(NORMAL, blur=softness(soft)), Taken(NORMAL, blur=softness(sharp)))
    assert softness(crisp) < softness(soft)


def test_as_a_derivation_it_keeps_what_is_not_wished_for() -> None:
    one = view(alone=True)
    assert np.abs(fitted(one, derivation("fitted").settled({})).astype(int) - one.pixels).max() <= 1
    own = taken(one.perception).look
    found = fitted(one, derivation("fitted").settled({"white": own.white, "b": own.b + 0.03}))
    inside = one.matte > 127
    assert oklab_of_bytes(found[inside])[:, 2].mean() > oklab_of_bytes(one.pixels[inside])[:, 2].mean() + 0.005
