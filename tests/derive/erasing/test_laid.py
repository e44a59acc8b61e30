"""What is laid over two grounds is told on both of them, or not at all."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ddm.derive.change import View
from ddm.derive.erasing.laid import laid
from ddm.geometry import Box
from tests.derive.views import lettered, view

CROSSING = Box(0.22, 0.6, 0.25, 0.03)


def marked(noise: float) -> View:
    """A mark half of which lies on a subject with so much noise."""
    clean = view()
    rough = np.random.default_rng(1).normal(0, noise, clean.pixels.shape) * (clean.matte > 0)[..., None]
    clean.pixels[:] = np.clip(clean.pixels + rough, 0, 255).astype(np.uint8)
    found = lettered(clean, CROSSING)
    lines = tuple(replace(one, label="www.halfmoon.com") for one in found.perception.elements)
    return replace(found, perception=replace(found.perception, elements=lines))


def test_a_line_over_the_subjects_border_is_told_on_either_side() -> None:
    (found,) = laid(marked(0), "text")
    assert found.told


def test_no_half_of_a_word_is_left() -> None:
    (found,) = laid(marked(120), "text")
    assert not found.told
