"""The truth of the bench: a shadow falls away from the lamp, and plainer ways are judged by the same rule."""

from __future__ import annotations

import numpy as np
import pytest

from ddm.bench.perceive.light import off
from ddm.bench.perceive.raycast import Body, Camera, Lamp, floor, shoot
from ddm.bench.shadow.figures import direction, figures
from ddm.bench.shadow.solids import KINDS, scene
from ddm.bench.shadow.ways import WAYS


def lamp(across: float) -> Lamp:
    towards = np.array([across, 1.0, 0.4]) / np.linalg.norm([across, 1.0, 0.4])
    return Lamp((float(towards[0]), float(towards[1]), float(towards[2])), 0.02, 0.1)


@pytest.mark.parametrize("kind", KINDS)
def test_ray_cast_shadows_fall_away_from_the_lamp(kind: str) -> None:
    body = Body(kind, (0.0, 0.5, 0.0), (0.4, 0.5, 0.4), 0.0, 0.0)
    light = floor((body,), Camera(20), lamp(-1.0), 80, 80, (8, 8))
    open_ = float(shoot((), Camera(20), lamp(-1.0), 2, 2, (8, 8)).light[0, 0])
    dark = 1 - light / open_
    assert dark[:, 46:].sum() > 2 * dark[:, :34].sum()


def test_a_cone_is_narrow_above() -> None:
    body = Body("cone", (0.0, 0.6, 0.0), (0.5, 0.6, 0.5), 0.0, 0.0)
    inside = shoot((body,), Camera(10), lamp(0.5), 120, 120).body == 0
    widths = inside.sum(1)[inside.any(1)]
    assert widths[2] < 0.3 * widths[-6]


def test_the_truth_has_no_error() -> None:
    one = scene(1)
    found = figures([one, scene(2)], [one.dark, scene(2).dark])
    assert found["direction_deg"] == 0
    assert found["profile_rms"] == pytest.approx(0, abs=1e-6)
    assert found["softness_rank"] == pytest.approx(1)


def test_ours_falls_where_the_truth_does() -> None:
    one = scene(5)
    assert off(direction(WAYS["ours"](one.matte, one.light), one), direction(one.dark, one)) < 30
