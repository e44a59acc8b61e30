"""Colours come nearer to others, and a product's colour is known again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ddm.derive.fitting.toning import CAST, LIGHTER, tinted, toned
from ddm.derive.table import derivation
from tests.derive.views import mean_lab, view


def tone(role: str = "scene", alone: bool = False, **params: float) -> tuple[np.ndarray, np.ndarray]:
    """Mean OKLab before and after."""
    seen = view(role=role, alone=alone)
    found = toned(seen, derivation("toned").settled(params))
    return mean_lab(seen.pixels, seen.shown), mean_lab(found, seen.shown)


def test_nothing_asked_is_nothing_done() -> None:
    seen = view()
    found = toned(seen, derivation("toned").settled({}))
    assert np.abs(found.astype(int) - seen.pixels).max() <= 1


def test_lightness_comes_to_the_mean_wished_for() -> None:
    before, _ = tone()
    _, after = tone(lightness=float(before[0]) - 0.06)
    assert after[0] == pytest.approx(before[0] - 0.06, abs=0.01)


@pytest.mark.parametrize("role", ["product", "scene"])
def test_it_goes_only_so_far(role: str) -> None:
    before, after = tone(role, lightness=0.1)
    assert before[0] - after[0] == pytest.approx(LIGHTER[role], abs=0.01)
    before, after = tone(role, a=0.3, b=0.3)
    assert np.hypot(*(after - before)[1:]) <= CAST[role] + 0.002


def test_strength_is_the_share_of_the_way() -> None:
    before, half = tone(lightness=0.78, strength=0.5)
    assert half[0] == pytest.approx((before[0] + 0.78) / 2, abs=0.01)


def test_the_subject_alone_is_judged_by_itself() -> None:
    before, after = tone("product", alone=True, lightness=0.9)
    assert after[0] - before[0] == pytest.approx(LIGHTER["product"], abs=0.01)


def test_warmth_and_chroma() -> None:
    before, after = tone(warmth=1.0)
    assert after[2] > before[2] + 0.02
    before, after = tone("product", alone=True, chroma=0.7)
    assert np.hypot(*after[1:]) == pytest.approx(0.7 * np.hypot(*before[1:]), rel=0.05)


def test_a_tint_has_the_colours_hue_and_keeps_lights_and_darks() -> None:
    seen = view()
    found = tinted(seen, {"colour": "#1f6f78", "strength": 1.0})
    assert mean_lab(found, seen.shown)[0] == pytest.approx(mean_lab(seen.pixels, seen.shown)[0], abs=0.015)
    lab = mean_lab(found, seen.cover)
    assert lab[1] < -0.02
    assert lab[2] < 0
    weak = tinted(seen, {"colour": "#1f6f78", "strength": 0.0})
    assert np.abs(weak.astype(int) - seen.pixels).max() <= 1


def test_a_second_hue_is_what_white_becomes_and_darks_stay() -> None:
    ramp = np.repeat(np.linspace(0, 255, 256).astype(np.uint8)[None, :, None], 3, 2)
    seen = replace(view(), pixels=np.repeat(ramp, 8, 0))
    one, two = (tinted(seen, {"colour": "#1f6f78", "strength": 1.0, **more}) for more in ({}, {"white": "#e8c9a0"}))
    assert two[0, 255].astype(int) == pytest.approx([0xE8, 0xC9, 0xA0], abs=3)
    assert one[0, 255].min() > 250
    assert np.abs(two[0, :80].astype(int) - one[0, :80]).max() <= 8
