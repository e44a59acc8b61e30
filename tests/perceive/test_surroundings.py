"""What surrounds the subject: what the trained head says, as far as the measured background allows it."""

from __future__ import annotations

import numpy as np
import pytest

from ddm.perceive.pixels import Floats, Mask
from ddm.perceive.scene import settled, smooth

CHANCES = {"plain": 0.2, "studio": 0.1, "flat-lay": 0.05, "indoor": 0.5, "outdoor": 0.1, "on-model": 0.05}


def ground(kind: str) -> tuple[Floats, Mask]:
    """OKLab (64, 96, 3) of one colour, of a sweep of light, or of a room's patches; all of it background."""
    lab = np.full((64, 96, 3), (0.8, 0.01, 0.02), np.float32)
    if kind == "sweep":
        lab[..., 0] = np.linspace(0.5, 0.9, 64, dtype=np.float32)[:, None]
    if kind == "room":
        patches = np.random.default_rng(5).uniform(0.1, 0.9, (8, 12)).astype(np.float32)
        lab[..., 0] = np.kron(patches, np.ones((8, 8), np.float32))
    return lab, np.ones((64, 96), bool)


@pytest.mark.parametrize(("kind", "word"), [("flat", "plain"), ("sweep", "plain"), ("room", "indoor")])
def test_no_room_is_of_one_colour(kind: str, word: str) -> None:
    assert settled(CHANCES, *ground(kind))[0] == word


def test_the_chance_is_among_what_is_left() -> None:
    assert settled(CHANCES, *ground("flat"))[1] == pytest.approx(0.2 / 0.4)
    assert settled(CHANCES, *ground("room"))[1] == pytest.approx(0.5)


def test_too_little_background_says_nothing() -> None:
    lab, _ = ground("flat")
    assert not smooth(lab, np.zeros(lab.shape[:2], bool))
