"""Every shipped template in every format of the catalogue that it serves: judged on the plain SVG alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import combinations

import pytest

from ddm import templates
from ddm.errors import Unfit
from ddm.formats.catalogue import Format, catalogue
from ddm.geometry import Box
from ddm.language.template import Template
from ddm.match import bindings
from ddm.perceive.perception import Params, Perception, Raster, Steps
from ddm.resolve import best
from ddm.resolve.serving import unserved
from ddm.svg.check import check
from ddm.svg.tree import Document, Ellipse, Image, Rect, Text
from ddm.svg.writer import write
from ddm.typeset import typesetter
from tests.support import materials
from tests.support.resolving import walk

NAMES = tuple(templates.shipped())
FEWEST_FORMATS = 100  # of the catalogue, that a shipped template must claim
FEWEST_MADE = 0.97  # of those it serves, from friendly material
SLACK = 1.0  # pixels
LET_OFF = {"edge": 0.7}  # templates that let a whole subject off an edge, and how much of its box stays at least
BEHIND = {"headline", "price", "saved"}  # objects whose copy a subject may stand before, if it is painted later
STRETCH = 0.015  # rounding of rasters to whole pixels


@cache
def pool() -> tuple[Perception, ...]:
    """A product's three friendly pictures, one of another product, and two backdrops."""
    wide, small = materials.Look(1600, 1100, materials.BOWL), materials.Look(1200, 1500)
    other = materials.Look(fill=materials.TEAL, band=materials.TERRACOTTA)
    return (
        materials.material("a"),
        materials.material("b", look=wide, rank=1.0),
        materials.material("c", look=small, rank=2.0),
        materials.material("d", "jug", look=other),
        materials.backdrop("y").perception,
        materials.backdrop("z").perception,
    )


class Recorded:
    """`derive`, remembering what each href is."""

    def __init__(self) -> None:
        self.rasters: dict[str, Raster] = {}

    def __call__(self, material: Perception, name: str, params: Params, before: Steps = ()) -> Raster:
        raster = materials.derive(material, name, params, before)
        self.rasters[raster.href] = raster
        return raster


@cache
def served(name: str) -> tuple[Format, ...]:
    without = unserved(templates.find(name), catalogue().values(), typesetter())
    return tuple(format_ for format_ in catalogue().values() if format_.id not in without)


@cache
def made(name: str) -> tuple[Mapping[str, tuple[Document, Mapping[str, Raster]]], Mapping[str, str]]:
    """By format: what was resolved, and why the others were not."""
    template, product = templates.find(name), materials.product()
    done, refused = {}, {}
    for format_ in served(name):
        derive = Recorded()
        try:
            done[format_.id] = (_best(template, format_, derive, product), derive.rasters)
        except Unfit as reason:
            refused[format_.id] = reason.what
    return done, refused


def _best(template: Template, format_: Format, derive: Recorded, product: object) -> Document:
    found = bindings(template, product, list(pool()))  # type: ignore[arg-type]
    return best(template, found, format_, product, typesetter(), derive).document  # type: ignore[arg-type]


def box_of(text: Text) -> Box:
    """From cap height to descent, about."""
    return Box(text.x, text.y - 0.7 * text.size, text.width, 0.9 * text.size)


def faults(document: Document, format_: Format, rasters: Mapping[str, Raster], stays: float) -> Iterator[str]:
    """stays: how much of a subject must be seen, 1 for all of it."""
    check(write(document))
    texts = [node for node in walk(document) if isinstance(node, Text)]
    images = [node for node in walk(document) if isinstance(node, Image)]
    order = list(walk(document))
    yield from (f"'{t.text}' leaves the safe area" for t in texts if not format_.free_box.contains(box_of(t), SLACK))
    yield from (f"'{t.text}' is set in {t.size:.1f} px" for t in texts if t.size < format_.min_text - 0.01)
    yield from (f"'{a.text}' lies on '{b.text}'" for a, b in combinations(texts, 2) if _meet(box_of(a), box_of(b)))
    for image in images:
        raster = rasters[image.href]
        stretch = (image.box.width / image.box.height) / (raster.width / raster.height)
        if abs(stretch - 1) > STRETCH:
            yield f"'{image.meta.id}' is stretched by {stretch:.3f}"
    for subject in (i for i in images if i.meta.role == "subject"):
        free = format_.free_box if stays == 1 and format_.text != "none" else format_.canvas
        seen = free.grown(SLACK, SLACK).intersection(subject.box).area / subject.box.area
        if seen < stays - 1e-9:
            yield f"'{subject.meta.id}' leaves what the host leaves free"
        core = subject.box.grown(-0.2 * subject.box.width, -0.12 * subject.box.height)
        others = (t for t in texts if not (t.meta.object in BEHIND and order.index(t) < order.index(subject)))
        yield from (f"'{t.text}' lies on '{subject.meta.id}'" for t in others if _meet(box_of(t), core))
    for node in walk(document):
        badge = isinstance(node, (Rect, Ellipse)) and node.meta.id.endswith("-badge")
        if badge and not format_.free_box.contains(node.box, SLACK):  # type: ignore[union-attr]
            yield f"'{node.meta.id}' leaves the safe area"


def _meet(one: Box, other: Box) -> bool:
    common = one.grown(-0.5, -0.5).intersection(other.grown(-0.5, -0.5))
    return common.width > SLACK and common.height > SLACK


@pytest.mark.parametrize("name", NAMES)
def test_it_claims_most_formats(name: str) -> None:
    assert len(served(name)) >= FEWEST_FORMATS


@pytest.mark.parametrize("name", NAMES)
def test_it_makes_what_it_claims(name: str) -> None:
    done, every = made(name)
    refused = {
        format_: why for format_, why in every.items() if "too few pixels" not in why
    }  # of the pictures made here
    assert len(done) >= FEWEST_MADE * (len(done) + len(refused)), refused


@pytest.mark.parametrize("name", NAMES)
def test_nothing_overflows_overlaps_stretches_or_leaves_the_safe_area(name: str) -> None:
    done, _ = made(name)
    found = {
        format_: told
        for format_, (document, rasters) in done.items()
        if (told := list(faults(document, catalogue()[format_], rasters, LET_OFF.get(name, 1))))
    }
    assert not found


def test_at_least_twelve_templates_and_sixty_formats() -> None:
    assert len(NAMES) >= 12
    assert len(catalogue()) >= 60
