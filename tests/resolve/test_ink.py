"""Copy can be read on what lies beneath, or is not set there at all."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm import colour
from ddm.errors import Unfit
from ddm.geometry import Box
from ddm.resolve import ink
from ddm.resolve.ground import Ground
from ddm.resolve.roles import roles
from ddm.svg.tree import LinearGradient, Rect
from tests.support.materials import MIST, SAND, TEAL, TERRACOTTA, swatch
from tests.support.resolving import named, origins, rect, resolved, texts, walk
from tests.support.templates import MOOD, PICTURE, TITLE, compiled

CANVAS = Box(0, 0, 320, 160)
PALETTE = roles((swatch(TERRACOTTA, 0.8), swatch(TEAL, 0.2)))
BYTES = st.integers(0, 255)
COLOURS = st.tuples(BYTES, BYTES, BYTES).map(lambda rgb: "#{:02x}{:02x}{:02x}".format(*rgb))
INKS = ("night", "paper", "deep")


def ratio(one: str, other: str) -> float:
    return float(colour.contrast(colour.parse_hex(one), colour.parse_hex(other)))


def flat(text: str) -> Ground:
    ground = Ground(CANVAS)
    ground.paint_flat(CANVAS, colour.parse_hex(text))
    return ground


@given(COLOURS, st.sampled_from([None, *PALETTE]), st.sampled_from([3.0, 4.5, 7.0]))
def test_the_ratio_told_is_the_ratio_reached(text: str, wished: str | None, wanted: float) -> None:
    found = ink.choose(PALETTE, wished, wanted, flat(text), [CANVAS])
    assert found.ratio == pytest.approx(ratio(found.colour, text), rel=1e-3)
    candidates = [*(PALETTE[name] for name in INKS), "#ffffff", "#141414", *([PALETTE[wished]] if wished else [])]
    best = max(ratio(candidate, text) for candidate in candidates)
    assert found.ratio >= min(wanted, best) - 1e-3, "if any ink can be read, one that can is chosen"


@given(COLOURS)
def test_the_wished_role_is_taken_where_it_can_be_read(text: str) -> None:
    found = ink.choose(PALETTE, "accent", 3.0, flat(text), [CANVAS])
    if ratio(PALETTE["accent"], text) >= 3.0 * ink.RESERVE + 1e-3:
        assert found.colour == PALETTE["accent"]
        assert found.reason.startswith("accent")


def test_colours_of_the_palette_come_before_black_and_white() -> None:
    assert ink.choose(PALETTE, None, 4.5, flat("#ffffff"), [CANVAS]).colour in {PALETTE[name] for name in INKS}


def test_the_worst_places_count() -> None:
    """A tenth of the ground is dark: dark ink, which most of it would carry, cannot be read there."""
    ground = flat("#ffffff")
    ground.paint_flat(Box(0, 0, 32, 160), colour.parse_hex("#202020"))
    dark = ink.choose(PALETTE, None, 4.5, ground, [CANVAS])
    assert dark.ratio < 4.5
    assert ink.choose(PALETTE, None, 4.5, ground, [Box(40, 0, 280, 160)]).ratio > 10, "beside it there is no harm"


@given(COLOURS, st.sampled_from(["left", "right", "top", "bottom"]))
def test_a_veil_is_as_faint_as_can_be_and_makes_the_ink_readable(text: str, edge: str) -> None:
    ground = flat(text)
    area = {
        "left": Box(10, 40, 80, 80),
        "right": Box(230, 40, 80, 80),
        "top": Box(60, 5, 200, 30),
        "bottom": Box(60, 125, 200, 30),
    }[edge]
    chosen = ink.choose(PALETTE, None, 4.5, ground, [area])
    try:
        veil = ink.veil(chosen, 4.5, 0.6, ground, [area], area)
    except Unfit:
        chosen_and_veiled = ratio(chosen.colour, text)
        assert chosen_and_veiled < 4.5 * ink.RESERVE
        return
    assert veil.edge == edge, "from the nearest edge"
    assert 0 < veil.opacity <= 0.6
    assert 0 < veil.solid < veil.end <= 1
    ground.paint_veil(veil)
    assert ink.ratio_on(chosen.colour, ground.tones(area)) >= 4.5
    far = {
        "left": Box(319, 0, 1, 160),
        "right": Box(0, 0, 1, 160),
        "top": Box(0, 159, 320, 1),
        "bottom": Box(0, 0, 320, 1),
    }
    there = ground.tones(far[edge])
    assert ratio(text, text) <= ink.ratio_on(text, there) < 1.1, "the far side stays as it is"


# ------------------------------------------------------------------------------------------------ in a creative

COPY = (
    '<g id="copy"><ddm:place {place}/><ddm:stack/><ddm:ink from="mood" contrast="{contrast}"/>{more}'
    '<text id="t" font-size="48">x<ddm:select object="title"/></text></g>'
)


def on(ground: str, more: str = "", contrast: str = "4.5", place: str = 'left="10%" top="10%" height="20%"'):
    layers = f'<rect id="wall" width="800" height="800" fill="{ground}"/>' + COPY.format(
        place=place, contrast=contrast, more=more
    )
    return resolved(compiled(PICTURE + MOOD + TITLE, layers))


@given(COLOURS, st.sampled_from(["3", "4.5", "7"]))
def test_copy_on_a_flat_ground_reaches_its_contrast_or_is_refused(ground: str, contrast: str) -> None:
    try:
        document = on(ground, contrast=contrast).document
    except Unfit:
        assert max(ratio(text, ground) for text in ("#ffffff", "#141414")) < float(contrast)
        return
    (text,) = texts(document)
    assert ratio(text.fill, ground) >= float(contrast) - 1e-3


def test_no_scrim_where_ink_suffices() -> None:
    result = on(SAND, "<ddm:scrim/>")
    assert not [node for node in walk(result.document) if node.meta.role == "scrim"]


MIDDLING = "#797979"  # white reaches 4.3 on it, black 4.2


def test_a_scrim_helps_where_no_ink_suffices() -> None:
    with pytest.raises(Unfit, match="no ink for 't' can be read there"):
        on(MIDDLING)
    result = on(MIDDLING, "<ddm:scrim/>")
    veil = rect(result.document, "copy-scrim")
    assert veil.meta.role == "scrim"
    assert isinstance(veil.fill, LinearGradient)
    assert [one.opacity for one in veil.fill.stops] == sorted((s.opacity for s in veil.fill.stops), reverse=True)
    assert all(one.offset <= other.offset for one, other in pairwise(veil.fill.stops))
    order = [node.meta.role for node in walk(result.document)]
    assert order.index("scrim") < order.index("copy"), "beneath the copy"
    assert origins(result, "copy", "scrim")
    assert result.cost > on("#ffffff").cost, "a veil is a price"


def test_a_scrim_has_its_limit() -> None:
    with pytest.raises(Unfit, match="even under a scrim of 2%"):
        on(MIDDLING, '<ddm:scrim most="2%"/>')


def test_ink_has_its_origin_in_the_trace() -> None:
    result = on(SAND)
    (told,) = origins(result, "t", "ink")
    (text,) = texts(result.document)
    assert told.startswith(f"{text.fill}: ")
    assert "to 1 on what lies beneath" in told
    (row,) = (o for o in result.trace.origins if (o.element, o.property) == ("t", "ink"))
    assert len(row.alternatives) >= 4, "what else was considered"


@pytest.mark.parametrize("role", ["accent", "deep", "surface", "night"])
@pytest.mark.parametrize("ground", [SAND, MIST, TERRACOTTA, "#111111"])
def test_badges_stand_out_and_their_copy_can_be_read(role: str, ground: str) -> None:
    badge = f'<ddm:badge from="mood" role="{role}"/>'
    layers = f'<rect id="wall" width="800" height="800" fill="{ground}"/>' + COPY.format(
        place="", contrast="4.5", more=""
    ).replace("</text>", f"{badge}</text>")
    document = resolved(compiled(PICTURE + MOOD + TITLE, layers)).document
    (text,) = texts(document)
    shape = named(document, "t-badge")
    assert isinstance(shape, Rect)
    assert isinstance(shape.fill, str)
    assert ratio(text.fill, shape.fill) >= 4.5
    assert ratio(shape.fill, ground) >= 1.4
    assert shape.box.contains(Box(text.x, text.y - text.size * 0.6, text.width, text.size * 0.6))
