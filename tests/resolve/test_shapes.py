"""Shapes: filled by role or as written, shaded their way, circles round in every ratio."""

from __future__ import annotations

import pytest

from ddm.formats.catalogue import Format
from ddm.resolve.roles import roles
from ddm.svg.tree import Ellipse, LinearGradient, Rect
from tests.support.materials import material
from tests.support.resolving import drawn, named, origins, rect, resolved
from tests.support.templates import MOOD, PICTURE, compiled

WIDE = Format("wide", "Wide", 1200, 300)
PALETTE = roles(material().palettes["whole"])


def shape(element: str, format_: Format = WIDE) -> Rect | Ellipse:
    found = named(drawn(PICTURE + MOOD, element, format_), "s")
    assert isinstance(found, (Rect, Ellipse))
    return found


@pytest.mark.parametrize("role", list(PALETTE))
def test_roles_fill(role: str) -> None:
    element = f'<rect id="s" width="800" height="800"><ddm:recolour from="mood" role="{role}"/></rect>'
    assert shape(element).fill == PALETTE[role]
    (told,) = origins(resolved(compiled(PICTURE + MOOD, element), WIDE), "s", "fill")
    assert told == f"{PALETTE[role]}: role {role} of mood"


@pytest.mark.parametrize(
    ("angle", "ends"),
    [
        ("90", (600, 0, 600, 300)),
        ("0", (0, 150, 1200, 150)),
        ("180", (1200, 150, 0, 150)),
        ("-90", (600, 300, 600, 0)),
    ],
)
def test_shading_runs_from_edge_to_edge(angle: str, ends: tuple[float, ...]) -> None:
    inside = f'<ddm:recolour from="mood" role="soft" to="deep" angle="{angle}"/>'
    fill = shape(f'<rect id="s" width="800" height="800">{inside}</rect>').fill
    assert isinstance(fill, LinearGradient)
    assert (fill.x1, fill.y1, fill.x2, fill.y2) == pytest.approx(ends)
    assert [(stop.offset, stop.colour) for stop in fill.stops] == [(0, PALETTE["soft"]), (1, PALETTE["deep"])]


def test_a_fill_as_written() -> None:
    assert shape('<rect id="s" width="80" height="80" fill="#123456"/>').fill == "#123456"
    assert shape('<rect id="s" width="80" height="80"/>').fill == "#000000"


def test_a_circle_is_round_in_every_ratio() -> None:
    found = shape('<circle id="s" cx="400" cy="400" r="200"/>')
    assert isinstance(found, Ellipse)
    assert found.box.width == found.box.height == 150, "half of the shorter side"
    assert found.box.centre == (600, 150)


def test_an_ellipse_takes_the_ratio() -> None:
    found = shape('<ellipse id="s" cx="400" cy="400" rx="200" ry="100"/>')
    assert tuple(found.box) == (300, 112.5, 600, 75)


def test_opacity_and_rounding() -> None:
    double = Format("double", "Double", 1600, 1600)
    found = shape('<rect id="s" width="800" height="800" rx="8" opacity="0.5"/>', double)
    assert isinstance(found, Rect)
    assert (found.opacity, found.radius) == (0.5, 16)
    pill = shape('<rect id="s" width="400" height="80" rx="400"/>')
    assert isinstance(pill, Rect)
    assert pill.radius == pytest.approx(pill.box.height / 2), "no more than round"


def test_what_covers_the_canvas_is_background() -> None:
    assert shape('<rect id="s" width="800" height="800"/>').meta.role == "background"
    assert shape('<rect id="s" width="700" height="800"/>').meta.role == "decoration"


def test_layers_are_painted_in_order() -> None:
    document = drawn("", '<rect id="a" width="8" height="8"/><g id="g"><rect id="b" width="8" height="8"/></g>', WIDE)
    assert [node.meta.id for node in document.children] == ["a", "b"]
    assert rect(document, "b").box.width == 12
