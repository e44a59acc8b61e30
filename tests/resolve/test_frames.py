"""`place` into a box: insets, sizes, ratio and safe area; without it, where the sample draws it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm.formats.catalogue import Format
from ddm.geometry import Box
from tests.support.resolving import drawn, rect

SQUARE = Format("square", "Square", 400, 400)
WIDE = Format("wide", "Wide", 800, 200, safe=(80, 20, 40, 10))


def placed(attributes: str, format_: Format = SQUARE) -> Box:
    document = drawn("", f'<rect id="r" width="8" height="8"><ddm:place {attributes}/></rect>', format_)
    return rect(document, "r").box


@pytest.mark.parametrize(
    ("attributes", "box"),
    [
        ("", (0, 0, 400, 400)),
        ('left="10%"', (40, 0, 360, 400)),
        ('left="10%" right="25%"', (40, 0, 260, 400)),
        ('right="25%" width="50%"', (100, 0, 200, 400)),
        ('left="10px" width="50%"', (10, 0, 200, 400)),
        ('width="50%"', (100, 0, 200, 400)),  # centred
        ('width="50%" align="start"', (0, 0, 200, 400)),
        ('width="50%" align="end"', (200, 0, 200, 400)),
        ('height="25%" rise="bottom"', (0, 300, 400, 100)),
        ('height="25%" rise="top"', (0, 0, 400, 100)),
        ('top="5u" bottom="5u"', (0, 20, 400, 360)),  # one u is 4 pixels here
        ('left="-10%" right="-10%"', (-40, 0, 480, 400)),  # beyond the canvas, for decoration
        ('left="10%" ratio="2"', (40, 110, 360, 180)),
        ('ratio="0.5" align="end"', (200, 0, 200, 400)),
        ('ratio="2" rise="top"', (0, 0, 400, 200)),
        ('left="60%" right="60%"', (240, 0, 1, 400)),  # never less than a pixel
        ('width="0%" align="start"', (0, 0, 1, 400)),
        ('height="-5px" rise="top"', (0, 0, 400, 1)),
    ],
)
def test_insets_and_sizes(attributes: str, box: tuple[float, ...]) -> None:
    assert tuple(placed(attributes)) == pytest.approx(box)


@pytest.mark.parametrize(
    ("attributes", "box"),
    [
        ('safe="yes"', (80, 20, 680, 170)),
        ('safe="yes" left="50%"', (420, 20, 340, 170)),
        ('safe="yes" width="4u" align="end"', (744, 20, 16, 170)),
        ('safe="no"', (0, 0, 800, 200)),
    ],
)
def test_the_safe_area(attributes: str, box: tuple[float, ...]) -> None:
    assert tuple(placed(attributes, WIDE)) == pytest.approx(box)


def test_frames_are_nested() -> None:
    inner = '<rect id="r" width="8" height="8"><ddm:place left="50%"/></rect>'
    document = drawn("", f'<g id="g"><ddm:place left="50%" top="50%"/>{inner}</g>', SQUARE)
    assert tuple(rect(document, "r").box) == (300, 200, 100, 200)


@pytest.mark.parametrize("format_", [SQUARE, WIDE])
def test_without_place_it_keeps_its_part_of_the_canvas(format_: Format) -> None:
    document = drawn("", '<rect id="r" x="200" y="400" width="400" height="200"/>', format_)
    assert tuple(rect(document, "r").box) == pytest.approx(format_.canvas.part(Box(0.25, 0.5, 0.5, 0.25)))


@given(st.integers(100, 2000), st.integers(100, 2000), st.floats(0.1, 10), st.sampled_from(["start", "centre", "end"]))
def test_a_ratio_is_kept_and_stays_inside(width: int, height: int, ratio: float, align: str) -> None:
    format_ = Format("any", "Any", width, height)
    box = placed(f'ratio="{ratio:.6f}" align="{align}"', format_)
    assert box.ratio == pytest.approx(ratio, rel=1e-3)
    assert format_.canvas.contains(box, 1e-6)
    assert box.width == pytest.approx(width) or box.height == pytest.approx(height), "the largest such box"
