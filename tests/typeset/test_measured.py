"""All ways to break a text, in em: what the table says is what an exhaustive search says."""

from __future__ import annotations

from itertools import accumulate, combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddm.typeset import Style, typesetter
from ddm.typeset.breaks import opportunities, tears
from ddm.typeset.measured import AIR, LEAST_LEADING, MOST_LINES, Measured

INTER = ("Inter",)
CHINESE = ("Manrope", "Noto Sans CJK SC")
WORDS = st.lists(st.sampled_from(["a", "vase", "quiet.", "stoneware", "for", "life,", "AV"]), min_size=1, max_size=7)
PHRASES = st.text("绿意自上而来，。", min_size=1, max_size=7)


def measured(text: str, families: tuple[str, ...] = INTER, spacing: float = 0.0, language: str = "") -> Measured:
    return typesetter().measured(text, families, 700, False, spacing, language)


def broken(text: str, count: int) -> list[tuple[str, ...]]:
    """Every way to break it into that many lines."""
    *inner, last = opportunities(text)
    cuts = [(0, *some, last) for some in combinations(inner, count - 1)]
    return [tuple(text[a:b].rstrip() for a, b in pairwise(ends)) for ends in cuts]


def widest(lines: tuple[str, ...], families: tuple[str, ...]) -> float:
    return max(typesetter().line(line, Style(families, 1, 700)).width for line in lines)


def torn(lines: tuple[str, ...]) -> bool:
    text, ends = "".join(lines), accumulate(map(len, lines))
    return any(tears(text, end) for end in ends)


@given(WORDS.map(" ".join), st.integers(1, 4))
@settings(deadline=None)
def test_the_narrowest_way_is_the_narrowest_there_is(text: str, count: int) -> None:
    every = broken(text, count)
    ways = measured(text).ways(count)
    assert bool(ways) is bool(every)
    if every:
        assert ways[0].width == pytest.approx(min(widest(lines, INTER) for lines in every), abs=0.06)  # kerned ends
        assert {tuple(line.text for line in way.lines) for way in ways} <= set(every)


@given(PHRASES, st.integers(1, 3))
@settings(deadline=None)
def test_so_is_the_narrowest_that_tears_no_word(text: str, count: int) -> None:
    every = [lines for lines in broken(text, count) if not torn(lines)]
    whole = [way for way in measured(text, CHINESE).ways(count) if not way.torn]
    assert bool(whole) is bool(every)
    if every:
        assert whole[0].width == pytest.approx(min(widest(lines, CHINESE) for lines in every), abs=0.06)


@given(st.one_of(WORDS.map(" ".join), PHRASES), st.integers(1, 4))
@settings(deadline=None)
def test_wider_ways_are_better_ways(text: str, count: int) -> None:
    ways = measured(text, CHINESE).ways(count)
    for kind in (True, False):
        some = [way for way in ways if way.torn is kind]
        assert [way.width for way in some] == sorted(way.width for way in some)
        assert [way.cost for way in some] == sorted((way.cost for way in some), reverse=True)


def test_with_room_to_spare_lines_end_where_the_voice_pauses() -> None:
    ways = measured("Press once. Keep it forever.").ways(2)
    assert [line.text for line in ways[-1].lines] == ["Press once.", "Keep it forever."]


def test_a_chinese_word_can_be_kept_whole_at_a_price() -> None:
    ways = measured("绿意自上而来，清新", CHINESE).ways(2)
    assert [(way.torn, [line.text for line in way.lines]) for way in ways] == [
        (True, ["绿意自上", "而来，清新"]),
        (False, ["绿意自上而来，", "清新"]),
    ]


def test_new_lines_are_kept() -> None:
    found = measured("one two\nthree")
    assert found.ways(1) == ()
    assert [[line.text for line in way.lines] for way in found.ways(2)] == [["one two", "three"]]
    assert [line.text for line in found.ways(3)[0].lines] == ["one", "two", "three"]


def test_letter_spacing_is_in_em() -> None:
    plain, spaced = measured("Vase").ways(1)[0], measured("Vase", spacing=0.1).ways(1)[0]
    assert spaced.width == pytest.approx(plain.width + 0.3)


def test_blank_is_what_shows_nothing() -> None:
    assert measured(" ").blank
    assert measured("\u200e").blank
    assert not measured("a").blank


@pytest.mark.parametrize("text", ["新品", "خزف", "แจกัน"])
def test_some_scripts_need_more_leading(text: str) -> None:
    assert measured(f"Vase {text}").leading > measured("Vase").leading


def test_lines_of_one_family_keep_one_rhythm() -> None:
    assert measured("Vase").leading == measured("Typography").leading


def test_accents_on_capitals_never_touch_the_line_above() -> None:
    assert measured("ÉTÉ").leading > measured("ETE").leading + AIR / 2


def test_nothing_is_set_tighter_than_capitals_bear() -> None:
    assert measured("123").leading == LEAST_LEADING


@settings(deadline=None)
@given(WORDS.map(" ".join), st.floats(1, 40))
def test_greedy_is_as_the_typesetter_breaks(text: str, width: float) -> None:
    lines = typesetter().lines(text, Style(INTER, 1, 700), width)
    assert measured(text).greedy(width).lines == tuple(line.scaled(1) for line in lines)


def test_beyond_the_most_lines_nothing_is_evened() -> None:
    style, text = Style(INTER, 40, 700), "a quiet vase " * 12
    greedy = typesetter().lines(text, style, 120)
    assert len(greedy) > MOST_LINES
    assert typesetter().balanced(text, style, 120) == greedy


def test_endless_copy_is_measured_in_bounded_time() -> None:
    found = measured("a quiet stoneware vase " * 170)
    assert [len(way.lines) for count in range(1, MOST_LINES + 1) for way in found.ways(count)] == [*range(1, 9)]
