"""Chinese lines end where words do, when there is room for that."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm.typeset import typesetter, words
from ddm.typeset.breaks import roughness, tears

FAMILIES = ("Inter", "Noto Sans CJK SC")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("静静绽放两个月", ["静静", "绽放", "两个月"]),
        ("复古折叠相机", ["复古", "折叠", "相机"]),
        ("限时8折", ["限时8折"]),
        ("轻一步", ["轻一步"]),
        ("碳纤维公路车，即刻出发", ["碳纤维", "公路车，即刻", "出发"]),
        ("Terracotta Pot", ["Terracotta Pot"]),
    ],
)
def test_ends_of_words(text: str, parts: list[str]) -> None:
    edges = [0, *sorted(words.ends(text)), len(text)]
    assert [text[a:b] for a, b in pairwise(edges)] == parts


@given(st.text(st.sampled_from("静绽放两个月，复古 相机8折A"), max_size=24))
def test_ends_lie_between_ideographs_and_tear_nothing(text: str) -> None:
    for end in words.ends(text):
        assert 0 < end < len(text)
        assert not tears(text, end)
        assert roughness(text, end) < 0.3


@pytest.mark.parametrize(
    ("text", "lines"), [("静静绽放两个月", ["静静绽放", "两个月"]), ("老师推荐爆款热卖", ["老师推荐", "爆款热卖"])]
)
def test_a_headline_breaks_between_words(text: str, lines: list[str]) -> None:
    best = typesetter().measured(text, FAMILIES, 700).ways(2)[-1]
    assert not best.torn
    assert [line.text for line in best.lines] == lines
