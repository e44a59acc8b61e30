"""Copy set in small templates, and where its lines came to lie."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ddm.formats.catalogue import Format
from ddm.match import bindings
from ddm.resolve import Resolved
from ddm.resolve.facts import facts
from ddm.resolve.pieces import StackItem
from ddm.resolve.plan import planner
from ddm.resolve.setting import ready
from ddm.resolve.stage import Stage
from ddm.svg.tree import Document, Text
from ddm.typeset import typesetter
from tests.support.materials import derive, material, product
from tests.support.resolving import resolved, texts
from tests.support.templates import MOOD, PICTURE, TITLE, compiled

COPY = TITLE + '<ddm:copy id="tag" from="copy.tagline"/><ddm:copy id="cta" from="copy.cta"/>'
SQUARE = Format("square", "Square", 800, 800, min_text=12)


def text(name: str, object: str, size: float = 60, inside: str = "", attributes: str = "") -> str:
    """A text that selects an object; inside: its other operations."""
    return f'<text id="{name}" font-size="{size}" {attributes}>x<ddm:select object="{object}"/>{inside}</text>'


def stack(*children: str, place: str = "", stack: str = "", inside: str = "") -> str:
    """The group 'g'; place, stack: parameters of these operations; inside: its other operations."""
    return f'<g id="g"><ddm:place {place}/><ddm:stack {stack}/>{inside}{"".join(children)}</g>'


def result(
    layers: str,
    format_: Format = SQUARE,
    title: str = "Vase",
    objects: str = "",
    overrides: Mapping[str, str] | None = None,
    **changes: Any,
) -> Resolved:
    """The creative of a product with that title, and any other changes."""
    template = compiled(PICTURE + MOOD + COPY + objects, layers)
    return resolved(template, format_, product=product(title=title, **changes), overrides=overrides)


def readied(layers: str, format_: Format = SQUARE, title: str = "Vase") -> tuple[StackItem, Stage]:
    """The first layer, a stack, before it is sized."""
    template, goods = compiled(PICTURE + COPY, layers), product(title=title)
    binding = bindings(template, goods, [material()])[0]
    plans = planner(template)
    plan = plans.plan(format_, facts(plans, binding, format_, goods))
    stage = Stage(plan, binding, goods, typesetter(), derive)
    return ready(plan.layers[0], stage), stage


def lines(document: Document, id: str) -> list[list[Text]]:
    """Runs by line of one text, from the ids 'text-line-run'."""
    found: dict[str, list[Text]] = {}
    for node in texts(document):
        name, line, _ = node.meta.id.rsplit("-", 2)
        if name == id:
            found.setdefault(line, []).append(node)
    return list(found.values())


def said(document: Document, id: str) -> str:
    """What a text says, its lines joined by ' / '; '' where it is not there."""
    return " / ".join("".join(run.text for run in line) for line in lines(document, id))


def size(document: Document, id: str) -> float:
    (found,) = {run.size for line in lines(document, id) for run in line}
    return found


def tops(document: Document) -> dict[str, tuple[float, float]]:
    """By text: left end and baseline of its last run."""
    return {run.meta.id.rsplit("-", 2)[0]: (run.x, run.y) for run in texts(document)}
