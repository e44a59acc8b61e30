"""`place in="calm"`: copy keeps off the subject and off what is busy, and the search is told."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from ddm.errors import Unfit
from ddm.geometry import Box
from ddm.perceive.perception import Perception
from ddm.svg.tree import Document
from tests.support.materials import Look, material
from tests.support.resolving import drawn, resolved, texts
from tests.support.templates import MOOD, PICTURE, TITLE, compiled

LAYERS = (
    '<image id="p"><ddm:select object="photo"/></image>'
    '<g id="g"><ddm:place left="5%" right="5%" top="5%" bottom="5%" in="calm"/><ddm:stack/>'
    '<text id="t" font-size="60" fill="#000000">x<ddm:select object="title"/><ddm:fit least="40%"/></text></g>'
)
LEFT, RIGHT, TOP, BOTTOM = (
    Box(0.08, 0.2, 0.35, 0.6),
    Box(0.57, 0.2, 0.35, 0.6),
    Box(0.2, 0.08, 0.6, 0.35),
    Box(0.2, 0.57, 0.6, 0.35),
)


def seen(subject: Box) -> Perception:
    return material(look=Look(800, 800, subject))


def copy_box(document: Document) -> Box:
    runs = texts(document)
    edges = [(run.x, run.y - 0.72 * run.size, run.x + run.width, run.y) for run in runs]
    lefts, tops, rights, bottoms = zip(*edges, strict=True)
    return Box.of_edges(min(lefts), min(tops), max(rights), max(bottoms))


def part_of(document: Document, name: str) -> Document:
    """Only the runs of the text with that id."""
    runs = tuple(run for run in texts(document) if run.meta.id.startswith(f"{name}-"))
    return dataclasses.replace(document, children=runs)


def subject_box(subject: Box) -> Box:
    """The picture fills the canvas of the same size."""
    return subject.scaled(800, 800)


@pytest.mark.parametrize("subject", [LEFT, RIGHT, TOP, BOTTOM])
def test_copy_keeps_off_the_subject(subject: Box) -> None:
    found = copy_box(drawn(PICTURE + TITLE, LAYERS, pool=[seen(subject)]))
    assert found.intersection(subject_box(subject)).area < 0.02 * found.area
    assert Box(40, 40, 720, 720).contains(found, 1), "inside its frame"


def busier(found: Perception, area: Box, level: int) -> Perception:
    busy = found.maps.busy.copy()
    h, w = busy.shape
    part = area.scaled(w, h)
    busy[round(part.y) : round(part.bottom), round(part.x) : round(part.right)] = level
    return dataclasses.replace(found, maps=dataclasses.replace(found.maps, busy=busy))


HALVES = {
    "top": Box(0, 0, 1, 0.5),
    "bottom": Box(0, 0.5, 1, 0.5),
    "left": Box(0, 0, 0.5, 1),
    "right": Box(0.5, 0, 0.5, 1),
}
SMALL = Box(0.45, 0.45, 0.1, 0.1)


@pytest.mark.parametrize("half", HALVES)
def test_copy_keeps_off_what_is_busy(half: str) -> None:
    found = copy_box(drawn(PICTURE + TITLE, LAYERS, pool=[busier(seen(SMALL), HALVES[half], 200)]))
    assert found.intersection(HALVES[half].scaled(800, 800)).area < 0.02 * found.area


def test_a_picture_that_is_busy_everywhere_has_no_room() -> None:
    with pytest.raises(Unfit, match="no calm room for the copy"):
        drawn(PICTURE + TITLE, LAYERS, pool=[busier(seen(SMALL), Box(0, 0, 1, 1), 255)])


def test_two_groups_do_not_overlap() -> None:
    second = LAYERS.partition("</image>")[2].replace('id="g"', 'id="h"').replace('id="t"', 'id="u"')
    document = drawn(PICTURE + TITLE, LAYERS + second, pool=[seen(SMALL)])
    one, other = (copy_box(part_of(document, name)) for name in "tu")
    assert one.intersection(other).area == 0


def test_the_search_is_told_best_first() -> None:
    result = resolved(compiled(PICTURE + TITLE, LAYERS), pool=[seen(LEFT)])
    (row,) = (o for o in result.trace.origins if (o.element, o.property) == ("g", "place"))
    costs = [cost for _, cost in row.alternatives]
    assert row.alternatives[0][0] == row.value
    assert len(costs) > 1
    assert costs == sorted(costs)
    assert "calmest of" in row.origin


def test_the_ground_is_found_calm_where_the_copy_lies() -> None:
    """The same on noise: a band of calm is found wherever it is."""
    noise = busier(seen(SMALL), Box(0, 0, 1, 1), 180)
    for top in (0.1, 0.4, 0.7):
        calm = busier(noise, Box(0, top, 1, 0.25), 0)
        matte = dataclasses.replace(calm.maps, matte=np.zeros_like(calm.maps.matte))
        found = copy_box(drawn(PICTURE + TITLE, LAYERS, pool=[dataclasses.replace(calm, maps=matte)]))
        assert top * 800 - 30 <= found.y
        assert found.bottom <= (top + 0.25) * 800 + 30


# ------------------------------------------------------------------------------------------------ the next best


INKED = LAYERS.replace("<ddm:stack/>", '<ddm:stack/><ddm:ink from="mood" contrast="4.5"/>')


def halves(upper: int, lower: int, *cells: tuple[Box, int]) -> Perception:
    """Two greys, no subject; a calm upper half, a lower one that is a little less calm."""
    found = busier(busier(seen(SMALL), Box(0, 0, 1, 0.5), 0), Box(0, 0.5, 1, 0.5), 20)
    thumb = found.maps.thumb.copy()
    thumb[: len(thumb) // 2], thumb[len(thumb) // 2 :] = upper, lower
    for box, level in cells:
        part = box.scaled(thumb.shape[1], thumb.shape[0])
        thumb[round(part.y) : round(part.bottom), round(part.x) : round(part.right)] = level
    maps = dataclasses.replace(found.maps, thumb=thumb, matte=np.zeros_like(found.maps.matte))
    return dataclasses.replace(found, maps=maps)


def test_copy_goes_where_an_ink_can_be_read() -> None:
    """The calmest half is of a grey on which nothing reads."""
    assert copy_box(drawn(PICTURE + MOOD + TITLE, INKED, pool=[halves(121, 16)])).y > 400
    assert copy_box(drawn(PICTURE + MOOD + TITLE, INKED, pool=[halves(16, 121)])).y < 400


def test_a_place_that_will_not_do_gives_way_to_the_next_and_is_not_told() -> None:
    """A grey bar across the top corner, too thin to tell on the whole, but letters would stand on it."""
    spoilt = halves(255, 255, (Box(0.3, 0, 0.04, 0.2), 121))
    result = resolved(compiled(PICTURE + MOOD + TITLE, INKED), pool=[spoilt])
    (row,) = (o for o in result.trace.origins if (o.element, o.property) == ("g", "place"))
    assert row.value != row.alternatives[0][0], "the cheapest was tried and refused"
    assert copy_box(result.document).intersection(Box(240, 0, 32, 160)).area == 0


def test_layers_to_avoid_are_kept_clear_by_the_margin() -> None:
    wall = '<rect id="tag" width="800" height="300" fill="#ffffff"/>'
    avoiding = LAYERS.replace('in="calm"', 'in="calm" avoid="#tag" margin="10%"')
    free = copy_box(drawn(PICTURE + TITLE, LAYERS.replace("<g ", wall + "<g "), pool=[seen(SMALL)]))
    kept = copy_box(drawn(PICTURE + TITLE, avoiding.replace("<g ", wall + "<g "), pool=[seen(SMALL)]))
    assert free.y < 300
    assert kept.y >= 300 + 0.1 * 800 - 1
