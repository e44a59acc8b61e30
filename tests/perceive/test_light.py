"""Where light comes from is said only where something tells it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddm.bench.perceive.light import off
from ddm.bench.perceive.raycast import Body, Camera, Lamp, shoot
from ddm.colour import bytes_of_srgb, oklab_of_bytes, srgb_of_linear
from ddm.perceive.light import UNKNOWN, Light, light, scene_light

SIDE = 256


def towards(around: float, height: float) -> tuple[float, float, float]:
    """A unit vector; around: degrees from the viewer's side to the right. height: degrees above the ground."""
    a, h = np.radians(around), np.radians(height)
    return float(np.cos(h) * np.sin(a)), float(np.sin(h)), float(np.cos(h) * np.cos(a))


def photographed(lamp: Lamp, camera: Camera, kind: str = "ellipsoid") -> tuple[np.ndarray, np.ndarray]:
    """OKLab and cover of one grey body on a lighter ground."""
    shot = shoot((Body(kind, (0, 0.45, 0), (0.45, 0.45, 0.45), 0.3, 0.2),), camera, lamp, SIDE, SIDE)
    linear = shot.light * np.where(shot.body >= 0, 0.4, 0.7) + shot.shine
    pixels = bytes_of_srgb(srgb_of_linear(np.clip(np.repeat(linear[..., None], 3, 2), 0, 1)))
    return oklab_of_bytes(pixels), (shot.body >= 0).astype(np.float32)


@pytest.mark.parametrize("kind", ["ellipsoid", "cylinder"])
@pytest.mark.parametrize("around", [-110, -60, 60, 110])
def test_a_thing_on_a_ground_tells(kind: str, around: float) -> None:
    lamp, camera = Lamp(towards(around, 40), 0.1, 0.2), Camera(20)
    found = light(*photographed(lamp, camera, kind))
    assert off(found.direction, lamp.clock(camera)[0]) < 25
    assert found.side == ("right" if around > 0 else "left")


@settings(max_examples=12, deadline=None)
@given(around=st.floats(0, 360), height=st.floats(30, 60))
def test_from_above_any_side_tells(around: float, height: float) -> None:
    lamp, camera = Lamp(towards(around, height), 0.15, 0.2), Camera(88)
    found = light(*photographed(lamp, camera))
    assert off(found.direction, lamp.clock(camera)[0]) < 30


@settings(max_examples=12, deadline=None)
@given(around=st.floats(-170, 170), pitch=st.floats(8, 88), spread=st.floats(0.02, 0.7))
def test_a_mirrored_picture_has_the_mirrored_light(around: float, pitch: float, spread: float) -> None:
    lab, cover = photographed(Lamp(towards(around, 45), spread, 0.3), Camera(pitch), "box")
    one = light(lab, cover)
    other = light(np.ascontiguousarray(lab[:, ::-1]), np.ascontiguousarray(cover[:, ::-1]))
    assert off(one.direction, -other.direction) < 2
    assert (other.softness, other.sure) == pytest.approx((one.softness, one.sure), abs=0.02)


def test_a_large_lamp_is_softer() -> None:
    small, large = (light(*photographed(Lamp(towards(70, 40), r, 0.2), Camera(20))) for r in (0.02, 0.8))
    assert small.softness < large.softness


def test_light_from_nowhere_is_not_sure() -> None:
    y, x = np.mgrid[:SIDE, :SIDE] / SIDE - 0.5
    ball = np.hypot(x, y) < 0.3
    lab = np.zeros((SIDE, SIDE, 3), np.float32)
    lab[..., 0] = np.where(ball, 0.5, 0.9)
    found = light(lab, ball.astype(np.float32))
    lit = light(*photographed(Lamp(towards(70, 40), 0.1, 0.2), Camera(20)))
    assert found.side == "front"
    assert found.sure < lit.sure


def test_no_subject_is_lit_from_no_side() -> None:
    assert light(np.full((SIDE, SIDE, 3), 0.5, np.float32), np.zeros((SIDE, SIDE), np.float32)) == UNKNOWN
    assert UNKNOWN.side == "front"


@pytest.mark.parametrize("part", [np.s_[:, 100:], np.s_[:, :156], np.s_[120:, :], np.s_[:140, :]])
def test_a_subject_at_the_border_does_not_stop_it(part: tuple[slice, slice]) -> None:
    lab, cover = photographed(Lamp(towards(70, 40), 0.1, 0.2), Camera(20))
    found = light(np.ascontiguousarray(lab[part]), np.ascontiguousarray(cover[part]))
    assert 0 <= found.direction < 360
    assert 0 <= found.sure <= 1


@pytest.mark.parametrize(
    ("direction", "sure", "side"),
    [(90, 0.9, "right"), (300, 0.9, "left"), (300, 0.2, "front"), (10, 0.9, "front"), (180, 0.9, "front")],
)
def test_a_side_is_named_where_it_is_sure(direction: float, sure: float, side: str) -> None:
    assert Light(direction, 0.5, sure).side == side


def test_a_window_tells() -> None:
    lab = np.zeros((400, 400, 3), np.float32)
    lab[..., 0] = 0.6
    assert scene_light(lab) == UNKNOWN
    lab[40:200, 20:120, 0] = 0.98
    assert scene_light(lab).side == "left"
    mirrored = scene_light(np.ascontiguousarray(lab[:, ::-1]))
    assert mirrored.side == "right"
    assert off(mirrored.direction, -scene_light(lab).direction) < 1
