"""What lies beneath: painted like the canvas, hidden where it is covered, mirrored where it is mirrored."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm.geometry import Box
from ddm.perceive.perception import Maps
from ddm.resolve.ground import Ground
from ddm.resolve.paint import Veil

CANVAS = Box(0, 0, 320, 160)
LEFT, RIGHT = Box(0, 0, 160, 160), Box(160, 0, 160, 160)


def maps(width: int = 32, height: int = 16) -> Maps:
    """Red subject in the left quarter, busy all over there; calm green elsewhere."""
    matte = np.zeros((height, width), np.uint8)
    matte[:, : width // 4] = 255
    thumb = np.zeros((height, width, 3), np.uint8)
    thumb[...] = (0, 255, 0)
    thumb[matte > 0] = (255, 0, 0)
    return Maps(thumb, matte, matte, matte)


def colour(ground: Ground, x: float, y: float) -> tuple[float, ...]:
    _, seen = ground.seen(Box(x, y, 0, 0))
    return tuple(round(float(v) / 255, 4) for v in seen[0, 0])


def test_an_empty_canvas_is_white_and_calm() -> None:
    ground = Ground(CANVAS)
    assert colour(ground, 10, 10) == (1, 1, 1)
    assert (ground.busyness(CANVAS), ground.covered(CANVAS), ground.copied(CANVAS)) == (0, 0, 0)


def test_flat_paint_hides_what_was_there() -> None:
    ground = Ground(CANVAS)
    ground.paint_picture(CANVAS, CANVAS, maps(), False, False)
    ground.paint_flat(Box(0, 0, 320, 80), (0, 0, 1))
    top, bottom = Box(0, 0, 80, 80), Box(0, 80, 80, 80)
    assert colour(ground, 10, 10) == (0, 0, 1)
    assert (ground.covered(top), ground.busyness(top)) == (0, 0)
    assert (ground.covered(bottom), ground.busyness(bottom)) == (1, 1)


def test_half_opaque_paint_hides_half() -> None:
    ground = Ground(CANVAS)
    ground.paint_picture(CANVAS, CANVAS, maps(), False, False)
    ground.paint_flat(CANVAS, (0, 0, 1), 0.5)
    assert colour(ground, 10, 10) == (0.5, 0, 0.5)
    assert ground.covered(Box(0, 0, 80, 160)) == pytest.approx(0.5)


def test_round_paint_leaves_the_corners() -> None:
    ground = Ground(CANVAS)
    ground.paint_flat(CANVAS, (0, 0, 0), round_=True)
    assert colour(ground, 160, 80) == (0, 0, 0)
    assert colour(ground, 2, 2) == (1, 1, 1)


@pytest.mark.parametrize(("along", "dark", "light"), [((1, 0), (5, 80), (315, 80)), ((0, 1), (160, 5), (160, 155))])
def test_gradients_run_their_way(along: tuple, dark: tuple, light: tuple) -> None:
    ground = Ground(CANVAS)
    ground.paint_gradient(CANVAS, (0, 0, 0), (1, 1, 1), along)
    assert colour(ground, *dark)[0] < 0.06
    assert colour(ground, *light)[0] > 0.94
    assert colour(ground, 160, 80)[0] == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize(("mirror", "side"), [(False, LEFT), (True, RIGHT)])
def test_subjects_lie_where_the_picture_puts_them(mirror: bool, side: Box) -> None:
    ground = Ground(CANVAS)
    ground.paint_picture(CANVAS, CANVAS, maps(), mirror, False)
    other = LEFT if side is RIGHT else RIGHT
    assert ground.covered(side) == pytest.approx(0.5)
    assert ground.covered(other) == 0
    assert ground.busyness(other) == 0


def test_a_frame_shows_its_part_of_the_picture_and_the_border_goes_on() -> None:
    ground = Ground(CANVAS)
    ground.paint_picture(RIGHT, Box(240, 0, 80, 160), maps(), False, False)  # its left edge is at 240
    assert colour(ground, 80, 80) == (1, 1, 1), "outside the frame nothing is painted"
    assert colour(ground, 170, 80) == (1, 0, 0), "left of the picture its border is continued"
    assert colour(ground, 310, 80) == (0, 1, 0)


def test_cut_outs_paint_their_subject_alone() -> None:
    ground = Ground(CANVAS)
    ground.paint_picture(CANVAS, CANVAS, maps(), False, True)
    assert colour(ground, 10, 80) == (1, 0, 0)
    assert colour(ground, 300, 80) == (1, 1, 1)


def test_backdrops_have_no_subject_and_blurred_ones_are_calmer() -> None:
    ground = Ground(CANVAS)
    ground.paint_picture(CANVAS, CANVAS, maps(), False, False, blurred=True, clear=False)
    assert ground.covered(CANVAS) == 0
    assert 0 < ground.busyness(Box(0, 0, 80, 160)) < 0.5


def test_copy_is_remembered() -> None:
    ground = Ground(CANVAS)
    ground.mark_copy(LEFT)
    assert (ground.copied(LEFT), ground.copied(RIGHT)) == (1, 0)
    assert ground.copied(CANVAS) == pytest.approx(0.5)


def test_luminances_are_those_of_the_web() -> None:
    ground = Ground(CANVAS)
    ground.paint_flat(LEFT, (1, 0, 0))
    found = ground.luminances(CANVAS)
    assert sorted(set(np.round(found, 4).tolist())) == pytest.approx([0.2126, 1])


def test_a_few_scalars_tell_what_lies_beneath_one_shape() -> None:
    ground = Ground(CANVAS)
    ground.paint_flat(CANVAS, "#ff0000")
    dark, light, cells = ground.tones(LEFT)
    assert (dark, light, cells) == (pytest.approx(0.2126), dark, None)


def test_colours_are_written_either_way() -> None:
    one, other = Ground(CANVAS), Ground(CANVAS)
    one.paint_flat(CANVAS, "#ff8000")
    other.paint_flat(CANVAS, np.array([1.0, 128 / 255, 0.0], np.float32))
    assert one.tones(LEFT).dark == pytest.approx(other.tones(LEFT).dark, rel=1e-5)


def test_a_veil_covers_nothing_and_calms() -> None:
    ground = Ground(CANVAS)
    ground.paint_picture(CANVAS, CANVAS, maps(), False, False)
    ground.paint_veil(Veil("left", 0.4, 0.8, "#000000", 0.5))
    subject = Box(0, 0, 80, 160)
    assert ground.covered(subject) == 1
    assert ground.busyness(subject) == pytest.approx(0.5)
    assert colour(ground, 10, 80) == (0.5, 0, 0)
    assert colour(ground, 300, 80) == (0, 1, 0)


def test_what_is_asked_of_many_boxes_at_once_is_what_is_asked_of_each() -> None:
    ground = Ground(CANVAS)
    ground.paint_picture(CANVAS, CANVAS, maps(), True, False)
    many = ground.field(CANVAS)
    ground.paint_flat(Box(0, 0, 40, 40), "#808080", 0.5)
    mixed = ground.field(CANVAS)
    left, right = np.array([[0.0, 200.0]]), np.array([[120.0, 300.0]])
    top, bottom = np.array([[60.0]]), np.array([[160.0]])
    for field in (many, mixed):
        busy, covered, level, spread = field.means(left, right, top, bottom)
        for index in (0, 1):
            box = Box.of_edges(left[0, index], 60, right[0, index], 160)
            assert busy[0, index, 0] == pytest.approx(ground.busyness(box), abs=0.03)
            assert covered[0, index, 0] == pytest.approx(ground.covered(box), abs=0.03)
            assert level[0, index, 0] == pytest.approx(ground.luminances(box).mean(), abs=0.03)
            assert spread[0, index, 0] == pytest.approx(ground.luminances(box).std(), abs=0.03)


def test_an_empty_field_is_calm() -> None:
    edges = np.array([[0.0]])
    assert Ground(CANVAS).field(CANVAS).means(edges, edges + 10, edges, edges + 10) == (0, 0, 1, 0)


EXTENTS = st.integers(0, 1000)


@given(st.integers(1, 2000), st.integers(1, 2000), st.integers(-500, 2500), st.integers(-500, 2500), EXTENTS, EXTENTS)
def test_any_box_on_any_canvas_is_answered(width: int, height: int, x: int, y: int, w: int, h: int) -> None:
    ground, box = Ground(Box(0, 0, width, height)), Box(x, y, w, h)
    ground.paint_picture(Box(0, 0, width, height / 2), Box(-9, -9, width, height), maps(), True, True)
    assert 0 <= ground.tones(box).dark <= ground.tones(box).light <= 1
    assert 0 <= ground.covered(box) <= 1 + 1e-9
    assert 0 <= ground.busyness(box) <= 1 + 1e-9
    assert ground.copied(box) == 0
