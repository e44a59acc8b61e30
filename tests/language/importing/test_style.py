"""Classes, styles and attributes; colours; type."""

import pytest

from ddm.language.importing import families
from ddm.language.importing.style import colour, length
from tests.language.importing.drawing import HERO, layer, only, said, template, text


def fill(layers: str) -> str:
    return only(layers).attributes["fill"]


@pytest.mark.parametrize(
    ("sheet", "attributes", "expected"),
    [
        (".st0{fill:#FF0000;}", 'class="st0"', "#ff0000"),
        (".a,.b{fill:red}.b{fill:lime}", 'class="a b"', "#00ff00"),
        ("rect{fill:lime}.a{fill:red}", 'class="a"', "#ff0000"),
        (".a{fill:red}", 'class="a" style="fill:blue"', "#0000ff"),
        (".a{fill:red}", 'class="a" fill="blue"', "#ff0000"),
        ("#it{fill:red}.a{fill:lime}", 'id="it" class="a"', "#ff0000"),
        ("/* .a{fill:red} */ .a{fill:lime !important}", 'class="a"', "#00ff00"),
        ("@font-face{font-family:x}.cls-1{fill:lime}", 'class="cls-1"', "#00ff00"),
    ],
)
def test_what_counts(sheet: str, attributes: str, expected: str) -> None:
    assert fill(f'<style>{sheet}</style><rect width="9" height="9" {attributes}/>') == expected


def test_groups_hand_down() -> None:
    assert fill('<g fill="red"><g style="fill:lime"><rect width="9" height="9"/></g></g>') == "#00ff00"


def test_selectors_that_are_not_read_are_told() -> None:
    assert any("'g > rect' is not read" in line for line in said("<style>g > rect{fill:red}</style>"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#FFF", ("#ffffff", 1.0)),
        ("#b4592f", ("#b4592f", 1.0)),
        ("#b4592f80", ("#b4592f", pytest.approx(0.5, abs=0.01))),
        ("white", ("#ffffff", 1.0)),
        ("rgb(255, 0, 10)", ("#ff000a", 1.0)),
        ("rgba(255,0,10,.5)", ("#ff000a", 0.5)),
        ("rgb(100% 0% 0% / 25%)", ("#ff0000", 0.25)),
        ("url(#a)", None),
        ("burntsienna", None),
        ("rgb(1,2)", None),
    ],
)
def test_colours(text: str, expected: object) -> None:
    assert colour(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("12", 12), ("1in", 96), ("50%", 20), ("2em", 32), ("x", None), ("", None)]
)
def test_lengths(text: str, expected: float | None) -> None:
    assert length(text, 40) == expected


def test_opacities_multiply() -> None:
    rect = '<rect width="9" height="9" fill="#000" fill-opacity=".5" opacity="50%"/>'
    assert only(f'<g opacity=".8">{rect}</g>').attributes["opacity"] == "0.2"


def test_a_gradient_becomes_its_middle_colour() -> None:
    layers = (
        '<defs><linearGradient id="b"><stop stop-color="red"/><stop style="stop-color:#00f"/></linearGradient>'
        '<linearGradient id="a" href="#b"/></defs><rect id="r" width="9" height="9" fill="url(#a)"/>'
    )
    assert fill(layers) == "#0000ff"
    assert any("the gradient of 'r' becomes one colour" in line for line in said(layers))


# ------------------------------------------------------------------------------------------------ type


def words(inside: str, more: str = "") -> str:
    return f'<text id="t | title" x="60" y="140" font-size="40" font-family="Inter" {more}>{inside}</text>'


@pytest.mark.parametrize(
    ("inside", "expected", "lines"),
    [
        ("A quiet green", "A quiet green", 1),
        ('<tspan x="60" y="140">A quiet</tspan><tspan x="60" y="190">green</tspan>', "A quiet green", 2),
        ('<tspan x="60" dy="0">A quiet</tspan><tspan x="60" dy="1.2em">green</tspan>', "A quiet green", 2),
        ('A <tspan font-weight="700">quiet</tspan> green', "A quiet green", 1),
        ('<tspan x="60" y="140">A qui</tspan><tspan x="160" y="140">et green</tspan>', "A quiet green", 1),
        ("\n  <tspan>A quiet</tspan>\n  ", "A quiet", 1),
        ("Caf&#233; &amp; more", "Café & more", 1),
    ],
)
def test_lines(inside: str, expected: str, lines: int) -> None:
    found = layer(HERO + words(inside), "t-text")
    assert (found.text, found.call("fit").parameters["lines"]) == (expected, lines)  # type: ignore[union-attr]


def test_a_text_without_words_is_nothing() -> None:
    assert len(said(HERO + words("  "))) == 0


@pytest.mark.parametrize(
    ("family", "ours", "same"),
    [
        ("Manrope", "Manrope", True),
        ("'Manrope-ExtraBold'", "Manrope", True),
        ("LeagueSpartan-Bold", "League Spartan", True),
        ("Inter, sans-serif", "Inter", True),
        ("Playfair Display", "EB Garamond", False),
        ("Times New Roman", "EB Garamond", False),
        ("Helvetica Neue", "Inter", False),
        ("Open Sans", "Inter", False),
        ("Poppins", "Manrope", False),
        ("Oswald", "Bebas Neue", False),
        ("Futura-Medium", "League Spartan", False),
        ("Source Han Serif SC", "Noto Serif CJK SC", False),
        ("PingFangSC-Semibold", "Noto Sans CJK SC", False),
    ],
)
def test_families(family: str, ours: str, same: bool) -> None:
    assert families.nearest(families.first(family)) == (ours, same)


def test_a_family_that_is_replaced_is_told() -> None:
    told = said(HERO + words("A").replace('"Inter"', '"Comic Sans MS"'))
    assert any("set in Inter, not in 'Comic Sans MS'" in line for line in told)


@pytest.mark.parametrize(
    ("written", "weight"),
    [("bold", "700"), ("650", "600"), ("normal", None), ("1000", "900")],
)
def test_weights(written: str, weight: str | None) -> None:
    assert layer(HERO + words("A", f'font-weight="{written}"'), "t-text").attributes.get("font-weight") == weight


def test_the_name_of_a_face_says_its_weight() -> None:
    found = layer(HERO + words("A").replace('"Inter"', '"Manrope-ExtraBold"'), "t-text")
    assert found.attributes["font-weight"] == "800"


def test_type_grows_with_its_transform() -> None:
    found = layer(HERO + f'<g transform="translate(10 10) scale(2)">{words("A")}</g>', "t-text")
    assert (found.attributes["font-size"], found.attributes["x"]) == ("80", "130")


def test_capitals_are_a_way_to_write() -> None:
    assert template(HERO + words("A", 'style="text-transform:uppercase"')).objects["t"].style == "upper"


def test_type_that_became_outlines_is_told_and_set_about_as_large() -> None:
    layers = HERO + '<g id="t | title"><path d="M10 10L60 90L110 105Z"/></g>'
    assert any("only outlines" in line for line in said(layers))
    assert float(layer(layers, "t-text").attributes["font-size"]) == pytest.approx(100)


def test_a_text_that_flows_in_a_rectangle_has_its_room() -> None:
    flow = '<defs><rect id="room" x="100" y="100" width="600" height="200"/></defs>'
    found = layer(HERO + flow + text("t | title", "A", 'style="shape-inside:url(#room)"'), "t-text")
    assert str(found.call("place").parameters["left"]) != ""  # type: ignore[union-attr]
