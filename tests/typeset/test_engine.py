import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddm.errors import InputError
from ddm.typeset import Style, typesetter
from ddm.typeset.engine import MAX_CHARACTERS, clean, shaped

INTER = Style(("Inter",), 40, 700)
COPY = st.text("aV To1.,-é新品，。（）¥9 سعر", max_size=30)


def families(line):
    return [(run.text, run.family, run.direction) for run in line.runs]


def test_kerning_is_measured():
    line = typesetter().line
    assert line("AV", INTER).width < line("A", INTER).width + line("V", INTER).width


def test_fallback_is_by_cluster_and_script():
    assert families(typesetter().line("新品 Sale 🎉 سعر", INTER)) == [
        ("新品 ", "Noto Sans CJK SC", "ltr"),
        ("Sale ", "Inter", "ltr"),
        ("🎉", "Noto Color Emoji", "ltr"),
        (" ", "Inter", "ltr"),
        ("سعر", "Noto Sans Arabic", "rtl"),
    ]


def test_clusters_are_never_split_between_families():
    line = typesetter().line("1️⃣👨‍👩‍👧🏳️‍🌈", INTER)
    assert families(line) == [("1️⃣👨‍👩‍👧🏳️‍🌈", "Noto Color Emoji", "ltr")]


def test_shared_punctuation_goes_with_chinese_neighbours_only():
    assert families(typesetter().line("“新”", INTER)) == [("“新”", "Noto Sans CJK SC", "ltr")]
    assert families(typesetter().line("“new”", INTER)) == [("“new”", "Inter", "ltr")]


def test_arabic_runs_are_in_visual_order():
    line = typesetter().line("سعر ABC", INTER)
    assert [run.text for run in line.runs] == ["ABC", " ", "سعر"]
    assert [run.x for run in line.runs] == sorted(run.x for run in line.runs)


def test_letter_spacing_is_added_between_clusters_and_splits_ligatures():
    spaced = Style(("Inter",), 40, 700, letter_spacing=3)
    plain = typesetter().line("Tofu", INTER)
    assert typesetter().line("Tofu", spaced).width == pytest.approx(plain.width + 9)
    garamond = ("EB Garamond", 400, False, "ltr", "")
    assert shaped("fi", *garamond).ids != shaped("fi", *garamond, spaced=True).ids


def test_letter_spacing_leaves_joined_letters_alone():
    spaced = Style(("Noto Sans Arabic",), 40, letter_spacing=3)
    assert typesetter().line("سعر", spaced).width == typesetter().line("سعر", Style(spaced.families, 40)).width


@given(COPY, st.floats(1, 400), st.floats(5, 300))
@settings(deadline=None)
def test_breaking_keeps_every_visible_character_and_fits(text, width, size):
    style = Style(("Inter",), size, 700)
    for lines in (typesetter().lines(text, style, width), typesetter().balanced(text, style, width)):
        assert "".join(line.text for line in lines).replace(" ", "") == clean(text).replace(" ", "")
        for line in lines:
            alone = typesetter().lines(line.text, style, 0)
            assert line.width <= width + 0.001 or len(alone) == 1


@given(COPY, st.floats(20, 400))
@settings(deadline=None)
def test_fit_is_the_same_at_every_scale(text, width):
    for scale in (0.25, 3):
        scaled = Style(("Inter",), 40 * scale, 700)
        small, large = typesetter().lines(text, INTER, width), typesetter().lines(text, scaled, width * scale)
        assert [line.text for line in small] == [line.text for line in large]


@given(COPY, st.floats(50, 400))
@settings(deadline=None)
def test_balanced_needs_no_more_lines_and_is_no_wider(text, width):
    greedy, even = typesetter().lines(text, INTER, width), typesetter().balanced(text, INTER, width)
    assert len(even) == len(greedy)
    assert max(line.width for line in even) <= max(width, *(line.width for line in greedy)) + 0.001


def test_balanced_breaks_where_the_voice_pauses():
    style = Style(("Manrope", "Noto Sans CJK SC"), 48, 800)
    assert [line.text for line in typesetter().balanced("绿意，自上而来", style, 260)] == ["绿意，", "自上而来"]
    assert typesetter().balanced("Press once. Keep it forever.", style, 420)[0].text == "Press once."


def test_newlines_are_mandatory_and_the_rest_is_tamed():
    lines = typesetter().lines("one\r\ntwo\u2028\u202ethree\x07", INTER, 1000)
    assert [line.text for line in lines] == ["one", "two", "three"]
    assert typesetter().line("one\ntwo", INTER).text == "one two"
    assert [line.text for line in typesetter().lines("a\n\nb", INTER, 1000)] == ["a", "", "b"]


def test_nothing_has_no_width_but_a_height():
    line = typesetter().line("", INTER)
    assert (line.width, line.runs) == (0, ())
    assert line.ascent > line.cap_height > 20


def test_cap_height_is_of_chinese_characters_where_there_are_any():
    assert typesetter().line("国A", INTER).cap_height > typesetter().line("A", INTER).cap_height


@pytest.mark.parametrize("text", ["خزف", "한글"])
def test_and_of_tall_letters_in_scripts_without_capitals(text):
    assert 0.7 < typesetter().line(text, Style(("Inter",), 1)).cap_height < 0.9


def test_missing_names_what_no_font_has():
    assert typesetter().missing("a新𓀀b🎉𓀀", INTER) == "𓀀"


def test_endless_copy_is_refused():
    with pytest.raises(InputError, match="4001"):
        typesetter().line("a" * (MAX_CHARACTERS + 1), INTER)


def test_unknown_family_is_named():
    with pytest.raises(InputError, match="Comic"):
        typesetter().line("a", Style(("Comic",), 12))
