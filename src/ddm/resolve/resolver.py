"""Template x binding x format -> plain SVG: one walk over the layers, painting as it goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import cast

from ddm.acquire.product import Product
from ddm.errors import Unfit
from ddm.formats.catalogue import Format
from ddm.geometry import Box
from ddm.language.operations import OPERATIONS
from ddm.language.template import Call, Element, Template
from ddm.match.binding import Binding
from ddm.perceive.perception import Derive, Perception, Raster, Steps
from ddm.perceive.schema import SIDES
from ddm.resolve.copy import copy
from ddm.resolve.frames import frame_of
from ddm.resolve.picture import picture
from ddm.resolve.shapes import shape
from ddm.resolve.stage import Stage
from ddm.resolve.trace import Trace
from ddm.svg.check import LANGUAGE
from ddm.svg.tree import Document, Group, Meta, Node
from ddm.typeset.runs import Typesetter


@dataclass(frozen=True, slots=True)
class Resolved:
    """A creative in plain SVG, how it came about, and its cost (lower is nearer to what was wished)."""

    document: Document
    trace: Trace
    binding: Binding

    @property
    def cost(self) -> float:
        return self.trace.cost


def _group(element: Element, frame: Box, stage: Stage) -> list[Node]:
    """A stack of copy is set as one; any other group is a frame for its layers."""
    if element.call("stack"):
        return copy(element, frame, stage)
    inner = frame_of(element, frame, stage)
    return [node for child in element.children for node in layer(child, inner, stage)]


def _switch(element: Element, frame: Box, stage: Stage) -> list[Node]:
    """The first arrangement whose condition holds."""
    chosen = next((c for c in element.children if stage.true(c.when)), None)
    if chosen is None:
        raise Unfit(f"no arrangement of '{element.id}' is for {stage.format.width}x{stage.format.height}")
    stage.trace.note(element.id, "arrangement", chosen.id, f"first whose condition holds: {chosen.when or 'otherwise'}")
    return layer(chosen, frame, stage)


def _text(element: Element, frame: Box, stage: Stage) -> list[Node]:
    """A text outside a stack is a stack of one."""
    row = OPERATIONS["stack"]
    defaults = {p.name: p.parse(p.default) for p in row.parameters if p.default is not None}
    defaults["align"] = str(((place := element.call("place")) and place.parameters["align"]) or "start")
    calls = tuple(c for c in element.calls if c.name in ("place", "ink", "scrim"))
    inner = replace(element, calls=tuple(c for c in element.calls if c.name != "place"))
    stack = Call("stack", defaults, element.mark)
    group = Element("g", f"{element.id}-stack", {}, element.mark, (*calls, stack), (inner,))
    return copy(group, frame, stage)


LAYERS: Mapping[str, Callable[[Element, Box, Stage], list[Node]]] = {
    "image": picture,
    "rect": shape,
    "circle": shape,
    "ellipse": shape,
    "g": _group,
    "switch": _switch,
    "text": _text,
}


def layer(element: Element, frame: Box, stage: Stage) -> list[Node]:
    """The nodes of one layer, turned where it says so; none where it is left out."""
    if not stage.shown(element):
        return []
    nodes = LAYERS[element.tag](element, frame, stage)
    rotate = element.call("rotate")
    if rotate is None or not nodes:
        return nodes
    turn, pivot = cast(float, rotate.parameters["by"]), frame_of(element, frame, stage).centre
    stage.trace.note(element.id, "rotate", f"{turn:g}deg", "about the centre of its frame")
    return [Group(tuple(nodes), rotate=turn, pivot=pivot, meta=Meta(f"{element.id}-turned"))]


MOST_TAKES = 6  # windows of a picture tried with the copy; beyond them nothing better was seen


def _play(stage: Stage) -> Resolved:
    nodes = tuple(node for element in stage.template.layers for node in layer(element, stage.canvas, stage))
    format_, product = stage.format, stage.product
    language = product.language if LANGUAGE.fullmatch(product.language) else ""
    document = Document(format_.width, format_.height, nodes, product.title, language)
    return Resolved(document, stage.trace, stage.binding)


def _dry(derive: Derive) -> Derive:
    """Costly pixels only planned: where they would lie is known beforehand, so that takes can be compared cheaply."""

    def planned(material: Perception, name: str, params: Mapping[str, float | str], before: Steps = ()) -> Raster:
        if name not in ("extended", "blurred"):
            return derive(material, name, params)  # what is done before changes no place
        width, height = material.size
        left, top, right, bottom = (float(params.get(side, 0)) for side in SIDES)
        scale = float(params.get("scale", 1.0))
        grown = round((width + left + right) * scale), round((height + top + bottom) * scale)
        return Raster("planned", *grown, -left, -top, scale)

    return planned


def _takes(first: Stage) -> list[tuple[float, int]]:
    """(cost, take) of those that work, cheapest first. Unfit of the first take where none does."""
    costs: list[tuple[float, int]] = []
    reason: Unfit | None = None
    take, takes = 0, 1
    while take < min(takes, MOST_TAKES):
        stage = replace(first, take=take, trace=Trace())
        try:
            costs.append((round(_play(stage).cost, 6), take))
        except Unfit as unfit:
            reason = reason or unfit
        take, takes = take + 1, stage.takes
    if not costs:
        raise reason or Unfit("nothing could be resolved")
    return sorted(costs)


def resolve(
    template: Template, binding: Binding, format_: Format, product: Product, typesetter: Typesetter, derive: Derive
) -> Resolved:
    """The creative as plain SVG: the cheapest of several takes. Unfit says why this binding cannot serve this format.

    The same arguments always give the same document: nothing is drawn by chance.
    """
    low, high = template.ratios
    if not low <= format_.ratio <= high:
        raise Unfit(f"the template serves ratios {low:g} to {high:g}; {format_.id} is {format_.ratio:.2f}")
    stage = Stage(template, binding, format_, product, typesetter, _dry(derive))
    stage = replace(stage, template=replace(template, layers=tuple(map(stage.settled, template.layers))))
    refused: Unfit | None = None
    for _, take in _takes(stage):
        try:
            return _play(replace(stage, derive=derive, take=take, trace=Trace()))
        except Unfit as unfit:  # the pixels turned out worse than their description
            refused = refused or unfit
    assert refused is not None
    raise refused


def best(
    template: Template,
    bindings: list[Binding],
    format_: Format,
    product: Product,
    typesetter: Typesetter,
    derive: Derive,
) -> Resolved:
    """The cheapest result over the bindings, best binding first on a tie. Unfit carries the first binding's reason."""
    found: Resolved | None = None
    reason: Unfit | None = None
    for binding in bindings:
        try:
            result = resolve(template, binding, format_, product, typesetter, derive)
        except Unfit as unfit:
            reason = reason or unfit
            continue
        if found is None or result.cost - result.binding.score < found.cost - found.binding.score - 1e-9:
            found = result
    if found is None:
        raise reason or Unfit("there is no binding")
    return found
