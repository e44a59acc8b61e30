"""The file that is made is one that the format takes, and the best of these where nobody asks for another."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm.errors import InputError, Unfit
from ddm.formats import catalogue
from ddm.formats.format import Format
from ddm.geometry import Box
from ddm.produce.target import ASKED, BEST_FILE, Wish, encoded, suffix
from ddm.svg.tree import Document, Group, Image, Rect

ANY = Format("any", "Any", 100, 100, types=("png", "webp", "jpg"), pixel_ratios=(1, 1.5, 2))
PHOTO = Document(100, 100, (Group((Image("x.webp", Box(0, 0, 10, 10)),)),))
FLAT = Document(100, 100, (Rect(Box(0, 0, 100, 100), "#aa5533"),))
NOISE = np.random.default_rng(1).integers(0, 255, (100, 100, 3), np.uint8)


def test_photographs_become_jpeg_and_flat_colour_png() -> None:
    assert BEST_FILE.types(ANY, PHOTO)[0] == "jpg"
    assert BEST_FILE.types(ANY, FLAT)[0] == "png"


def test_only_types_that_the_format_takes_are_tried() -> None:
    assert BEST_FILE.types(replace(ANY, types=("png", "webp")), PHOTO) == ("webp", "png")
    assert BEST_FILE.types(replace(ANY, types=("jpg",)), FLAT) == ("jpg",)


def test_a_type_that_is_named_is_the_only_one() -> None:
    assert Wish("png").types(ANY, PHOTO) == ("png",)


def test_a_type_that_the_format_refuses_is_refused_with_those_it_takes() -> None:
    with pytest.raises(Unfit, match="takes jpg files, not png") as caught:
        Wish("png").check(replace(ANY, types=("jpg",)))
    assert "auto" in caught.value.mend


def test_the_next_type_is_taken_where_the_first_is_too_heavy() -> None:
    flat = np.full((400, 400, 3), 120, np.uint8)
    flat[::2, ::2] = 90
    assert encoded(flat, ("jpg", "png"), 2)[0] == "png"
    with pytest.raises(Unfit, match="jpg weighs"):
        encoded(NOISE, ("jpg", "png"), 1)


def test_a_ratio_is_the_most_that_is_wanted() -> None:
    assert [Wish(pixel_ratio=wanted).ratio(ANY) for wanted in (1, 1.2, 1.5, 2, 4)] == [1, 1, 1.5, 2, 2]


def test_a_format_that_is_always_fine_stays_fine() -> None:
    assert BEST_FILE.ratio(replace(ANY, pixel_ratios=(2,))) == 2


def test_an_exact_ratio_is_kept_to() -> None:
    assert Wish(pixel_ratio=2, exact=True).ratio(ANY) == 2
    with pytest.raises(Unfit, match=r"a pixel ratio of 1 or 1\.5 or 2, not 3"):
        Wish(pixel_ratio=3, exact=True).check(ANY)


def test_names_of_files_tell_the_ratio() -> None:
    assert [suffix(ratio) for ratio in (1, 1.5, 2.0)] == ["", "@1.5x", "@2x"]


def test_a_wish_that_changes_nothing_makes_the_same_file() -> None:
    plain = replace(ANY, pixel_ratios=(1,))
    assert Wish(pixel_ratio=2).key(plain) == BEST_FILE.key(plain)
    assert Wish(pixel_ratio=2).key(ANY) != BEST_FILE.key(ANY)


@pytest.mark.parametrize(("type_", "ratio"), [("gif", 1), ("auto", 0.5), ("auto", 9), ("auto", float("nan"))])
def test_what_no_format_has_is_refused(type_: str, ratio: float) -> None:
    with pytest.raises(InputError):
        Wish(type_, ratio)


@given(st.sampled_from(list(catalogue.catalogue().values())), st.sampled_from(ASKED), st.floats(1, 4), st.booleans())
def test_whatever_is_made_the_format_takes_it(format_: Format, type_: str, ratio: float, flat: bool) -> None:
    wish = Wish(type_, ratio)
    try:
        wish.check(format_)
    except Unfit:
        return
    assert wish.ratio(format_) in format_.pixel_ratios
    assert set(wish.types(format_, FLAT if flat else PHOTO)) <= set(format_.types)
