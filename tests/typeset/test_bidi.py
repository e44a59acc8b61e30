"""Levels against python-bidi, which gives display strings."""

from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st

from ddm.typeset.bidi import base, levels, visual

CHARACTERS = "ab אב عب 12 ٣ ., +-$%():!"


def display(text, direction):
    """Characters from left to right; python-bidi leaves mirroring (L4) to the font, as we do."""
    pairs = list(zip(text, levels(text, direction), strict=True))
    return "".join(character for character, _ in visual(pairs, lambda pair: pair[1]))


@given(st.text(CHARACTERS, min_size=1, max_size=14), st.sampled_from(["ltr", "rtl"]))
def test_display_order_is_that_of_the_unicode_algorithm(text, direction):
    text = f"{text}a" if direction == "ltr" else f"{text}א"
    assert display(text, direction) == get_display(text, base_dir=direction[0].upper())


def test_brackets_pair_across_directions():
    text = "قميص (blue) shirt"
    assert display(text, "rtl") == get_display(text, base_dir="R")


def test_trailing_spaces_keep_the_paragraphs_level():
    assert levels("abc  ", "rtl")[-2:] == [1, 1]


def test_base_is_the_first_strong_character():
    assert [base(text) for text in ("12 abc", "12 שלום", "12")] == ["ltr", "rtl", "ltr"]
    assert base("12", "rtl") == "rtl"
