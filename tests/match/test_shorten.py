"""Shorter wordings that promise nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm.match.shorten import first_sentence, heads


@pytest.mark.parametrize(
    ("title", "shorter"),
    [
        ("Terracotta Vase – Thrown by hand | Ton & Erde", ["Terracotta Vase – Thrown by hand", "Terracotta Vase"]),
        ("Linen Shirt - Sand", ["Linen Shirt"]),
        ("Rug, 1,200 mm", ["Rug"]),
        ("Plates (set of 4)", ["Plates"]),
        ("花瓶【限定】", ["花瓶"]),
        ("花瓶｜手工", ["花瓶"]),
        ("Half-moon mirror", []),  # a hyphen is no dash
        ("Vase", []),
        ("- Vase", []),
    ],
)
def test_titles_lose_their_tails(title: str, shorter: list[str]) -> None:
    assert list(heads(title)) == shorter


@pytest.mark.parametrize(
    "title", ["Lamp, shade only", "Filter - replacement", "Stand (without vase)", "Vase, nur Deckel"]
)
def test_a_tail_that_changes_what_is_sold_stays(title: str) -> None:
    assert list(heads(title)) == []


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Thrown by hand. Fired twice.", ["Thrown by hand."]),
        ("手工制作。烧制两次。", ["手工制作。"]),
        ("One sentence only.", []),
        ("3.5 litres", []),
    ],
)
def test_the_first_sentence(text: str, first: list[str]) -> None:
    assert list(first_sentence(text)) == first


@given(st.text(alphabet="ab,-|(–） .", max_size=30))
def test_each_head_is_a_beginning_and_shorter_than_the_one_before(title: str) -> None:
    last = title
    for head in heads(title):
        assert title.strip().startswith(head)
        assert len(head) < len(last)
        last = head
