"""Comparing what was read with what was set."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm.measure.copy import comparable, distance

words = st.text(string.ascii_lowercase, max_size=12)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Soft  chair", "softchair"),
        ("“Soft” – it’s", '"soft" - it\'s'),
        ("Shop now →", "SHOP NOW>"),
        ("New 🎁", "new"),
        ("ＳＡＬＥ！", "sale!"),
    ],
)
def test_like_looks_compare_alike(one: str, other: str) -> None:
    assert comparable(one) == comparable(other)


@pytest.mark.parametrize(
    ("one", "other"), [("€19.00", "$19.00"), ("€19.00", "€1900"), ("café", "cafe"), ("花瓶", "花瓯")]
)
def test_what_differs_stays_different(one: str, other: str) -> None:
    assert comparable(one) != comparable(other)


def test_letters_outside_the_alphabet_do_not_count() -> None:
    assert comparable("aб€", frozenset("A€")) == "a€"


@given(words, words, words)
def test_distance_is_a_metric(a: str, b: str, c: str) -> None:
    assert (distance(a, b) == 0) == (a == b)
    assert distance(a, b) == distance(b, a) <= max(len(a), len(b))
    assert distance(a, c) <= distance(a, b) + distance(b, c)


def test_distance_counts_edits() -> None:
    assert distance("kitten", "sitting") == 3
    assert distance("", "abc") == 3
