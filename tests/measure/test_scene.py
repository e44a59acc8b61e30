"""Frames, outlines and lines: where leaves of the tree really lie."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm.geometry import Box
from ddm.measure.scene import bounds, composed, lines, moved, outline, path_points, placed, rotation, rounded
from ddm.svg.tree import Clip, Document, Ellipse, Group, Meta, Rect, Text

numbers = st.floats(-500, 500)
points = st.tuples(numbers, numbers)


@given(st.floats(-360, 360), points, points)
def test_rotation_keeps_the_pivot_and_distances_to_it(
    degrees: float, pivot: tuple[float, float], point: tuple[float, float]
) -> None:
    frame = rotation(degrees, pivot)
    there = moved(frame, np.array([pivot, point]))
    assert there[0] == pytest.approx(pivot, abs=1e-6)
    assert math.dist(there[0], there[1]) == pytest.approx(math.dist(pivot, point), abs=1e-6)


@given(st.floats(-180, 180), st.floats(-180, 180), points)
def test_turning_twice_about_one_pivot_adds_up(one: float, other: float, pivot: tuple[float, float]) -> None:
    both = composed(rotation(one, pivot), rotation(other, pivot))
    assert both == pytest.approx(rotation(one + other, pivot), abs=1e-6)


@given(st.tuples(numbers, numbers, st.floats(1, 500), st.floats(1, 500)), st.floats(0, 400))
def test_rounded_corners_stay_inside_and_reach_every_side(box: tuple[float, ...], radius: float) -> None:
    around = bounds(rounded(Box(*box), radius))
    assert around == pytest.approx(Box(*box), abs=1e-6)


def test_an_ellipse_covers_three_quarters_of_its_box() -> None:
    x, y = outline(Ellipse(Box(10, 20, 200, 100))).T
    area = abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2
    assert area / (200 * 100) == pytest.approx(math.pi / 4, rel=0.01)


def test_path_points_follow_lines_and_curves() -> None:
    assert bounds(path_points("M10 10 h80 v40 l-80 0 z")) == pytest.approx(Box(10, 10, 80, 40))
    curve = path_points("M0 0 C 0 100 100 100 100 0")
    assert curve[:, 1].max() == pytest.approx(75)


def test_groups_turn_fade_and_clip_their_leaves() -> None:
    inner = Group((Rect(Box(0, 0, 100, 10)),), opacity=0.5, clip=Clip(Box(0, 0, 50, 50)))
    (item,) = placed(Document(200, 200, (Group((inner,), opacity=0.5, rotate=90, pivot=(0, 0)),)))
    assert item.opacity == 0.25
    assert item.bounds == pytest.approx(Box(-10, 0, 10, 100), abs=1e-9)
    assert len(item.clips) == 1


def _text(text: str, x: float, y: float, **more: object) -> Text:
    return Text(text, x, y, "Inter", 40, **more)  # type: ignore[arg-type]


def test_runs_on_one_baseline_are_one_line_from_left_to_right() -> None:
    found = lines(placed(Document(800, 200, (_text("soft ", 10, 100), _text("chair", 95, 100), _text("new", 10, 160)))))
    assert [line.text for line in found] == ["soft chair", "new"]


def test_columns_and_struck_prices_are_lines_of_their_own() -> None:
    left, right = _text("left", 10, 100), _text("right", 400, 100)
    was, now = _text("19.00", 10, 160, decoration="line-through"), _text("9.00", 125, 160)
    other = _text("x", 600, 160, meta=Meta(object="other"))
    found = lines(placed(Document(800, 200, (left, right, was, now, other))))
    assert [line.text for line in found] == ["left", "right", "19.00", "9.00", "x"]
