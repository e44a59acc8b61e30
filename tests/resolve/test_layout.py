"""Frames: what `place`, `align` and `size` ask for, and what gives way to what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm.errors import Unfit
from ddm.formats.catalogue import Format
from ddm.geometry import Box
from ddm.resolve.facts import without_material
from ddm.resolve.plan import planner
from tests.support.templates import compiled

SQUARE = Format("square", "Square", 400, 400)
SAFE = Format("safe", "Safe", 800, 200, safe=(80, 20, 40, 10))
WIDE = Format("wide", "Wide", 1000, 500, safe=(50, 20, 50, 20))
CARD = '<rect id="card" x="0" y="0" width="800" height="800"><ddm:place {}/>{}</rect>'
HALF = 'left="10%" top="20%" width="30%" height="40%"'
OTHER = f'<rect id="other" x="0" y="0" width="800" height="800"><ddm:place {HALF}/></rect>'


def frames(layers: str, format_: Format = WIDE) -> dict[str, Box]:
    plans = planner(compiled(layers=layers, name=f"t{abs(hash(layers))}"))
    plan = plans.plan(format_, without_material(plans, format_, False))
    return {placed.id: placed.frame for layer in plan.layers for placed in layer.walk()}


def card(place: str, more: str = "", before: str = "") -> Box:
    return frames(before + CARD.format(place, more))["card"]


def test_insets_are_of_the_enclosing_frame() -> None:
    assert card('left="10%" right="20%" top="10%" bottom="20%"') == Box(100, 50, 700, 350)


def test_what_is_not_said_fills_the_frame() -> None:
    assert card('left="10%"') == Box(100, 0, 900, 500)


def test_a_size_alone_is_aligned() -> None:
    assert card('width="40%" height="50%" align="end" rise="bottom"') == Box(600, 250, 400, 250)
    assert card('width="40%" height="50%"') == Box(300, 125, 400, 250)


def test_a_ratio_gives_the_largest_such_box() -> None:
    assert card('ratio="1"') == Box(250, 0, 500, 500)
    assert card('ratio="1" align="start"') == Box(0, 0, 500, 500)


def test_safe_keeps_clear_of_margins_and_reserved_regions() -> None:
    rail = Format("rail", "Rail", 1000, 500, safe=(0, 0, 0, 0), reserved=(Box(900, 0, 100, 500),))
    found = frames(CARD.format('safe="yes"', ""), rail)["card"]
    assert found == Box(0, 0, 900, 500)
    assert card('safe="yes"') == Box(50, 20, 900, 460)


def test_a_negative_inset_leads_out_of_the_safe_area_on_purpose() -> None:
    assert card('safe="yes" bottom="-100%"').bottom > 500


def test_what_bleeds_is_measured_in_the_free_area_and_runs_to_the_edges() -> None:
    assert card('safe="bleed" top="50%"') == Box(0, 250, 1000, 250)
    assert card('safe="bleed" right="50%" bottom="0%"') == Box(0, 0, 500, 480)


def test_lying_below_another_layer_with_a_gap() -> None:
    found = card('below="#other 2u"', before=OTHER)
    assert found.y == pytest.approx(300 + 2 * (1000 * 500) ** 0.5 / 100)


def test_the_other_relations() -> None:
    assert card('above="#other"', before=OTHER).bottom == pytest.approx(100)
    assert card('before="#other"', before=OTHER).right == pytest.approx(100)
    assert card('after="#other"', before=OTHER).x == pytest.approx(400)


def test_a_relation_to_a_layer_that_is_not_there_is_no_constraint() -> None:
    dropped = OTHER.replace("/></rect>", '/><ddm:drop where="canvas.width ge 1"/></rect>')
    assert card('below="#other"', before=dropped) == Box(0, 0, 1000, 500)


def test_align_brings_edges_in_line() -> None:
    found = card('width="10%" height="10%"', '<ddm:align with="#other" edges="left middle"/>', OTHER)
    assert (found.x, found.centre[1]) == (pytest.approx(100), pytest.approx(200))


def test_size_is_of_the_other_layer() -> None:
    found = card('left="0%" top="0%"', '<ddm:size of="#other" width="50%" height="100%"/>', OTHER)
    assert (found.width, found.height) == (pytest.approx(150), pytest.approx(200))


def test_the_weaker_wish_gives_way() -> None:
    assert card('left="10%" right="10%" width="50% weak"').width == pytest.approx(800)
    assert card('left="10%" right="10% weak" width="50%"').width == pytest.approx(500)


def test_a_range_is_kept() -> None:
    assert card('left="10%" right="10%" width="20%..50%"').width == pytest.approx(500)


def test_what_cannot_be_kept_is_named() -> None:
    with pytest.raises(Unfit, match=r"'card' cannot keep .* in 1000x500"):
        card('safe="yes" width="150%..160%"')


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
    assert tuple(frames(CARD.format(attributes, ""), SQUARE)["card"]) == pytest.approx(box, abs=1e-4)


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
    assert tuple(frames(CARD.format(attributes, ""), SAFE)["card"]) == pytest.approx(box, abs=1e-4)


SIDES = st.floats(0, 45).map(lambda v: round(v, 2))


@given(SIDES, SIDES, SIDES, SIDES)
def test_insets_are_exact(left: float, top: float, right: float, bottom: float) -> None:
    found = card(f'left="{left}%" top="{top}%" right="{right}%" bottom="{bottom}%"')
    assert found == pytest.approx((left * 10, top * 5, 1000 - (left + right) * 10, 500 - (top + bottom) * 5), abs=1e-4)


@given(st.integers(200, 3000), st.integers(200, 3000), st.floats(0.2, 5))
def test_whatever_the_canvas_a_safe_box_of_a_ratio_is_safe_and_true(width: int, height: int, ratio: float) -> None:
    format_ = Format("x", "X", width, height, safe=(5, 6, 7, 8))
    box = frames(CARD.format(f'safe="yes" ratio="{ratio:.3f}"', ""), format_)["card"]
    assert format_.safe_box.contains(box, 0.001)
    assert box.ratio == pytest.approx(float(f"{ratio:.3f}"), rel=1e-3)


def test_what_would_lie_far_outside_is_refused() -> None:
    assert frames(CARD.format('left="-9999%"', ""))["card"].x == -99990
    with pytest.raises(Unfit, match="'card' would lie far outside of 2000x500"):
        frames(CARD.format('left="-9999%"', ""), Format("wider", "Wider", 2000, 500))


def test_hundreds_of_layers_by_themselves() -> None:
    """They are solved one by one, else they would take minutes."""
    assert len(frames("".join(CARD.format(HALF, "").replace("card", f"r{n}x") for n in range(400)))) == 400


def test_a_refusal_that_is_kept_keeps_nothing_of_how_it_came_about() -> None:
    plans = planner(compiled(layers=CARD.format('left="-9999%"', ""), name="refused"))
    asked = Format("wider", "Wider", 2000, 500), without_material(plans, WIDE, False)
    with pytest.raises(Unfit):
        plans.plan(*asked)
    (kept,) = plans._plans.values()
    assert isinstance(kept, Unfit)
    assert kept.__traceback__ is None
