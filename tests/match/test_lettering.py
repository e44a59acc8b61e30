"""Capitals as a language uses them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm.match.lettering import CASES, styled


@pytest.mark.parametrize(
    ("text", "style", "language", "expected"),
    [
        ("Shop now", "", "en", "Shop now"),
        ("Shop now", "upper", "en", "SHOP NOW"),
        ("ığdır istanbul", "upper", "tr", "IĞDIR İSTANBUL"),
        ("Καλημέρα", "upper", "el", "ΚΑΛΗΜΕΡΑ"),  # no accents on Greek capitals
        ("Straße", "upper", "de", "STRASSE"),
        ("花瓶", "upper", "zh-CN", "花瓶"),
        ("Shop NOW", "lower", "en", "shop now"),
        ("ISPARTA", "lower", "tr-TR", "ısparta"),
        ("a vase for the table", "title", "en", "A Vase for the Table"),
        ("what it is made of", "title", "en-GB", "What It Is Made Of"),  # the last word, too
        ("a case for the iPhone", "title", "en", "A Case for the iPhone"),
        ("eine Vase für den Tisch", "title", "de", "Eine Vase für den Tisch"),
        ("ijsje voor twee", "title", "nl", "IJsje voor twee"),
        ("BIG SALE ON NOW", "title", "en", "Big Sale on Now"),
        ("A Vase By Hand", "sentence", "en", "A vase by hand"),
        ("made where I live", "sentence", "en", "Made where I live"),
        ("Die Vase Aus Ton", "sentence", "de", "Die Vase Aus Ton"),  # which are nouns cannot be told
        ("USB-C Lamp With Dimmer", "sentence", "en", "USB-C lamp with dimmer"),
        ("BIG SALE NOW", "sentence", "en", "Big sale now"),
    ],
)
def test_styles(text: str, style: str, language: str, expected: str) -> None:
    assert styled(text, style, language) == expected


def test_names_keep_their_spelling() -> None:
    assert styled("The Vase By Ton", "sentence", "en", frozenset({"Ton"})) == "The vase by Ton"
    assert styled("a lamp by the so", "title", "en", frozenset({"so"})) == "A Lamp by the so"


@given(st.text(max_size=40), st.sampled_from(sorted(CASES)), st.sampled_from(["en", "de", "tr", "nl", "el", "zh", ""]))
def test_any_text_can_be_styled(text: str, style: str, language: str) -> None:
    assert styled(styled(text, style, language), style, language) is not None
