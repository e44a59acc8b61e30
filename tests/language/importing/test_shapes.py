"""Transforms, units and paths: whatever a program writes, the template says it in numbers of its viewBox."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm.geometry import Box
from ddm.language.importing.matrix import Matrix, parse
from ddm.language.importing.outlines import extent, outline, steps
from tests.language.importing.drawing import imported, only, said


def box(layers: str, open: str = "") -> list[float]:
    element = only(layers, open) if open else only(layers)
    return [float(element.attributes.get(key, 0)) for key in ("x", "y", "width", "height")]


RECT = '<rect x="10" y="20" width="30" height="40"/>'


@pytest.mark.parametrize(
    ("transform", "expected"),
    [
        ("translate(100)", [110, 20, 30, 40]),
        ("translate(100,5)", [110, 25, 30, 40]),
        ("scale(2)", [20, 40, 60, 80]),
        ("scale(2 -1)", [20, -60, 60, 40]),
        ("matrix(2 0 0 3 5 6)", [25, 66, 60, 120]),
        ("translate(5 5) scale(2)", [25, 45, 60, 80]),
        ("rotate(90)", [-60, 10, 40, 30]),
        ("rotate(180)", [-40, -60, 30, 40]),
        ("", [10, 20, 30, 40]),
    ],
)
def test_transforms(transform: str, expected: list[float]) -> None:
    assert box(f'<g transform="{transform}">{RECT}</g>') == expected


def test_transforms_of_groups_add_up() -> None:
    assert box(f'<g transform="translate(5 5)"><g transform="scale(2)">{RECT}</g></g>') == [25, 45, 60, 80]


def test_a_skew_is_told() -> None:
    assert any("is skewed" in line for line in said('<rect id="a" width="9" height="9" transform="skewX(20)"/>'))


def test_a_transform_that_cannot_be_read_is_told() -> None:
    assert any("cannot be read: 'blow(3)'" in line for line in said(f'<g id="a" transform="blow(3)">{RECT}</g>'))


@given(st.text(max_size=60))
def test_any_transform_is_read_or_refused(text: str) -> None:
    with suppress(ValueError):
        assert isinstance(parse(text), Matrix)


TURNS = st.floats(-44, 44)


@given(TURNS, st.floats(0.1, 10), st.floats(0.1, 10))
def test_a_transform_is_taken_apart(turn: float, x: float, y: float) -> None:
    parts = parse(f"rotate({turn:.6f}) scale({x:.6f} {y:.6f})").parts()
    assert parts is not None
    assert (parts.width, parts.height, parts.turn) == pytest.approx((x, y, turn), abs=1e-4)


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ('width="20mm" height="10mm"', [0, 0, 75.59, 37.8]),
        ('width="72pt" height="1in"', [0, 0, 96, 96]),
        ('width="50%" height="25%"', [0, 0, 400, 200]),
    ],
)
def test_units(size: str, expected: list[float]) -> None:
    assert box(f"<rect {size}/>") == pytest.approx(expected, abs=0.01)


SVG = 'xmlns="http://www.w3.org/2000/svg"'


def test_a_viewbox_may_begin_anywhere() -> None:
    assert box('<rect x="-100" y="-50" width="10" height="10"/>', f'<svg {SVG} viewBox="-100 -50 400 300">')[:2] == [
        0,
        0,
    ]


def test_without_a_viewbox_the_size_counts() -> None:
    assert 'viewBox="0 0 96 48"' in imported("", f'<svg {SVG} width="1in" height="0.5in">').template


def test_an_svg_inside_has_a_viewbox_of_its_own() -> None:
    assert box(f'<svg x="100" y="50" width="80" height="80" viewBox="0 0 40 40">{RECT}</svg>') == [120, 90, 60, 80]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("M10 20H50V40H10Z", (Box(10, 20, 40, 20), 0)),
        ("m10,20 40,0 0,20 -40,0z", (Box(10, 20, 40, 20), 0)),
        ("M10 20L50 20L50 40L10 40L10 20", (Box(10, 20, 40, 20), 0)),
        ("M900 980C900 957.909 917.909 940 940 940H1000C1022.09 940 1040 957.909 1040 980C1040 1002.09 1022.09 1020 "
         "1000 1020H940C917.909 1020 900 1002.09 900 980Z", (Box(900, 940, 140, 80), 40)),
        ("M8 0H92A8 8 0 0 1 100 8V42A8 8 0 0 1 92 50H8A8 8 0 0 1 0 42V8A8 8 0 0 1 8 0Z", (Box(0, 0, 100, 50), 8)),
        ("M0 50A50 50 0 1 0 100 50A50 50 0 1 0 0 50Z", (Box(0, 0, 100, 100), 50)),
        ("M140,540H60c-11,0-20-9-20-20l0,0c0-11,9-20,20-20h80c11,0,20,9,20,20l0,0C160,531,151,540,140,540z",
         (Box(40, 500, 120, 40), 20)),
    ],
)  # fmt: skip
def test_paths_that_are_shapes(path: str, expected: tuple[Box, float]) -> None:
    found = outline(path)
    assert found is not None
    assert found.box == pytest.approx(expected[0])
    assert found.rx == pytest.approx(expected[1])


@pytest.mark.parametrize(
    "path",
    [
        "M0 0L50 20L20 50Z",
        "M0 0H50V20L25 40L0 20Z",
        "M0 0H10V10H0ZM20 0H30V10H20Z",
        "M0 0Q50 0 50 50",
        "M0 10H10V0H40V10H50V40H0Z",
        "M0 0",
        "",
        "nonsense",
    ],
)
def test_paths_that_are_not(path: str) -> None:
    assert outline(path) is None


@given(st.text("MmLlHhVvCcAaZzQqSsTt 0123456789.,-e", max_size=80))
def test_any_path_is_read(path: str) -> None:
    list(steps(path))
    outline(path)
    extent(path)


def test_a_circle_in_inkscapes_own_words() -> None:
    path = (
        '<path xmlns:s="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" s:type="arc" s:cx="50" s:cy="60" '
        's:rx="20" s:ry="20" d="m 70,60 a 20,20 0 1 1 -40,0 20,20 0 1 1 40,0 z"/>'
    )
    assert only(path).tag == "circle"


def test_a_clip_cuts_pictures_and_rounds_them() -> None:
    layers = (
        '<defs><clipPath id="c"><rect x="100" y="100" width="200" height="200" rx="16"/></clipPath></defs>'
        '<g clip-path="url(#c)"><image id="room | photo" width="800" height="800" href="a.jpg"/></g>'
    )
    assert box(layers) == [100, 100, 200, 200]
    assert str(only(layers).call("crop").parameters["radius"]) == "2u"  # type: ignore[union-attr]


def test_what_lies_outside_its_clip_is_gone() -> None:
    clip = '<defs><clipPath id="c"><rect width="50" height="50"/></clipPath></defs>'
    assert "<rect" not in imported(f'{clip}<g clip-path="url(#c)"><rect x="90" width="9" height="9"/></g>').template


def test_a_clone_is_drawn_where_it_stands() -> None:
    assert box(f'<defs><g id="a">{RECT}</g></defs><use xlink:href="#a" x="100" y="5"/>') == [110, 25, 30, 40]


def test_strokes_and_effects_are_told() -> None:
    told = said('<rect id="a" width="9" height="9" stroke="#f00" style="filter:url(#f);mix-blend-mode:multiply"/>')
    assert [sum(word in line for line in told) for word in ("stroke", "filter", "mix-blend-mode")] == [1, 1, 1]


def test_many_paths_are_counted() -> None:
    told = said('<path d="M0 0L9 9L0 9Z"/>' * 40)
    assert len(told) == 6
    assert "35 more paths are left out" in told[-1]
