"""The rules by which found text is compared with what is known, on truth made in code."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ddm.bench.perceive.posters import Poster, half, posters
from ddm.bench.perceive.text import Tally, _print, matched, tallied
from ddm.bench.perceive.typed import KINDS, composed
from ddm.errors import InputError
from ddm.geometry import Box

CORPORA = Path(__file__).resolve().parents[3].parent / "shared" / "corpora"
ONE, TWO = Box(0.1, 0.1, 0.4, 0.1), Box(0.1, 0.3, 0.4, 0.1)


def test_boxes_are_matched_one_to_one_the_best_first() -> None:
    near = ONE.shifted(0.02, 0)
    assert [(f, k) for f, k, _ in matched([near, ONE, TWO], [ONE, TWO])] == [(2, 1), (1, 0)]
    assert matched([ONE.shifted(0.2, 0)], [ONE]) == []
    assert matched([], [ONE]) == []


def test_what_lies_under_the_copy_still_counts_neither_way() -> None:
    bare = np.full((100, 100, 3), 200, np.uint8)
    bare[30:40, 10:50] = 20  # print
    picture = bare.copy()
    picture[10:20, 10:50] = 20  # copy
    poster = Poster("made", picture, bare, (), ())
    assert _print(poster, TWO)
    assert not _print(poster, ONE)
    assert not _print(Poster("made", picture, None, (), ()), TWO)


def test_a_poster_of_type_is_counted() -> None:
    ground = Image.new("RGB", (1200, 1500), (205, 198, 190))
    made = composed(ground, "level", "made")
    figures = tallied(made.picture, made.boxes, made.readings, lambda found: False).figures()
    assert figures["boxes"] == len(made.boxes) > 1
    assert figures["recall"] == figures["precision"] == 1
    assert figures["misread"] < 0.05


def test_missing_and_false_lines_are_counted() -> None:
    made = composed(Image.new("RGB", (1200, 1500), (205, 198, 190)), "level", "made")
    boxes, readings = [*made.boxes[1:], Box(0, 0, 0.001, 0.001)], [*made.readings[1:], "x"]
    tally = tallied(made.picture, boxes, readings, lambda found: False)
    assert (tally.known, tally.matched, tally.wrong) == (len(made.boxes), len(made.boxes) - 1, 1)


@pytest.mark.parametrize("kind", sorted(set(KINDS)))
def test_typed_pictures_are_the_same_every_time_and_their_boxes_hold_the_ink(kind: str) -> None:
    ground = Image.new("RGB", (900, 1200), (128, 128, 128))
    one, two = composed(ground, kind, "seed"), composed(ground, kind, "seed")
    assert (one.picture == two.picture).all()
    changed = (one.picture != one.bare).any(2)
    for box in one.boxes:
        edges = box.scaled(900, 1200)
        part = np.s_[round(edges.y) : round(edges.bottom), round(edges.x) : round(edges.right)]
        assert changed[part].any(0)[[0, -1]].all()  # the ink touches both ends
        changed[part] = False
    assert not changed.any()


@pytest.mark.skipif(not (CORPORA / "posters").is_dir(), reason="the designers' posters are not on this machine")
def test_posters_of_the_corpora_have_a_reading_for_each_box() -> None:
    found = list(posters(CORPORA))
    assert all(len(one.boxes) == len(one.readings) > 0 for one in found)
    assert {half(one.name) for one in found} == {"tuned", "held"}


def test_missing_corpora_are_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="posters are not there"):
        list(posters(tmp_path))


def test_tallies_add_up() -> None:
    one, two = Tally(known=4, matched=3, seconds=(0.1,)), Tally(known=1, matched=1, wrong=1, seconds=(0.3,))
    figures = (one + two).figures()
    assert (figures["recall"], figures["precision"], figures["cpu_ms"]) == (0.8, 0.8, pytest.approx(200))
    assert Tally().figures()["recall"] == 0
