"""Template x binding x format -> plain SVG: one walk over the plan's layers, painting as it goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from ddm.acquire.product import Product
from ddm.errors import Unfit
from ddm.formats.catalogue import Format
from ddm.language.template import Template
from ddm.match.binding import Binding
from ddm.perceive.perception import Derive, Perception, Raster, Steps
from ddm.perceive.schema import SIDES
from ddm.resolve.copy import copy
from ddm.resolve.facts import facts
from ddm.resolve.intents import GroupIntent
from ddm.resolve.picture import picture
from ddm.resolve.placed import Placed
from ddm.resolve.plan import Plan, planner
from ddm.resolve.shapes import shape
from ddm.resolve.stage import Stage
from ddm.resolve.trace import Trace
from ddm.svg.check import LANGUAGE
from ddm.svg.tree import Document, Group, Meta, Node
from ddm.typeset.runs import Typesetter


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of one binding: its cost, or the sentence that refuses it."""

    binding: Binding
    cost: float = 0.0
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A creative in plain SVG, how it came about, and its cost (lower is nearer to what was wished).

    tried: every binding that was compared, the best one first, this one among them.
    """

    document: Document
    trace: Trace
    binding: Binding
    tried: tuple[Tried, ...] = ()

    @property
    def cost(self) -> float:
        return self.trace.cost


def _group(placed: Placed, stage: Stage) -> list[Node]:
    """A stack of copy is set as one; any other group is a frame for its layers."""
    intent = placed.intent
    if isinstance(intent, GroupIntent) and intent.stack:
        return copy(placed, stage)
    stage.boxes[placed.id] = placed.frame
    return [node for child in placed.children for node in layer(child, stage)]


LAYERS: Mapping[str, Callable[[Placed, Stage], list[Node]]] = {
    "image": picture,
    "rect": shape,
    "circle": shape,
    "ellipse": shape,
    "g": _group,
    "text": copy,
}


def layer(placed: Placed, stage: Stage) -> list[Node]:
    """The nodes of one layer, turned where it says so."""
    nodes = LAYERS[placed.tag](placed, stage)
    turn = placed.intent.turn
    if not turn or not nodes:
        return nodes
    stage.trace.note(placed.id, "rotate", f"{turn:g}deg", "about the centre of its frame")
    return [Group(tuple(nodes), rotate=turn, pivot=placed.frame.centre, meta=Meta(f"{placed.id}-turned"))]


MOST_TAKES = 6  # windows of a picture tried with the copy; beyond them nothing better was seen


def _play(stage: Stage) -> Resolved:
    nodes = tuple([node for placed in stage.plan.layers for node in layer(placed, stage)])
    format_, product = stage.format, stage.product
    language = product.language if LANGUAGE.fullmatch(product.language) else ""
    stage.trace.origins.extend(stage.plan.notes)
    document = Document(format_.width, format_.height, nodes, product.title, language)
    return Resolved(document, stage.trace, stage.binding)


def planned(derive: Derive) -> Derive:
    """Costly pixels only planned: where they would lie is known beforehand, so that takes can be compared cheaply."""

    def ask(material: Perception, name: str, params: Mapping[str, float | str], before: Steps = ()) -> Raster:
        if name not in ("extended", "blurred"):
            return derive(material, name, params, before)
        width, height = material.size
        left, top, right, bottom = (float(params.get(side, 0)) for side in SIDES)
        scale = float(params.get("scale", 1.0))
        grown = round((width + left + right) * scale), round((height + top + bottom) * scale)
        return Raster("planned", *grown, -left, -top, scale)

    return ask


@dataclass(frozen=True, slots=True)
class _Cast:
    """All that a stage is set up from."""

    plan: Plan
    binding: Binding
    product: Product
    typesetter: Typesetter
    derive: Derive

    def stage(self, take: int = 0, dry: bool = False) -> Stage:
        derive = planned(self.derive) if dry else self.derive
        return Stage(self.plan, self.binding, self.product, self.typesetter, derive, take)


def _takes(cast: _Cast) -> list[tuple[float, int]]:
    """(cost, take) of those that work, cheapest first. Unfit of the first take where none does."""
    costs: list[tuple[float, int]] = []
    reason: Unfit | None = None
    take, takes = 0, 1
    while take < min(takes, MOST_TAKES):
        stage = cast.stage(take, dry=True)
        try:
            costs.append((round(_play(stage).cost, 6), take))
        except Unfit as unfit:
            reason = reason or unfit
        take, takes = take + 1, stage.takes
    if not costs:
        raise reason or Unfit("nothing could be resolved")
    return sorted(costs)


def _cheapest(cast: _Cast) -> Resolved:
    refused: Unfit | None = None
    for _, take in _takes(cast):
        try:
            return _play(cast.stage(take))
        except Unfit as unfit:  # the pixels turned out worse than their description
            refused = refused or unfit
    assert refused is not None
    raise refused


def resolve(
    template: Template, binding: Binding, format_: Format, product: Product, typesetter: Typesetter, derive: Derive
) -> Resolved:
    """The creative as plain SVG: the cheapest of several takes. Unfit says why this binding cannot serve this format.

    The same arguments always give the same document: nothing is drawn by chance.
    """
    plans = planner(template)
    plan = plans.plan(format_, facts(plans, binding, format_, product))
    cast = _Cast(plan, binding, product, typesetter, derive)
    if plan.searches:
        return _cheapest(cast)
    stage = cast.stage()
    try:
        return _play(stage)
    except Unfit:
        if stage.takes == 1:
            raise
    return _cheapest(cast)


class NoneFits(Unfit):
    """None of the bindings can serve the format. tried: each with its reason."""

    def __init__(self, first: Unfit, tried: Sequence[Tried]) -> None:
        super().__init__(first.what, first.where, first.mend)
        self.tried = tuple(tried)


def best(
    template: Template,
    bindings: Sequence[Binding],
    format_: Format,
    product: Product,
    typesetter: Typesetter,
    derive: Derive,
) -> Resolved:
    """The cheapest result over the bindings, best binding first on a tie.

    NoneFits, an Unfit, carries the first binding's reason and tells those of all.
    """
    found: Resolved | None = None
    reason = Unfit("there is no binding")
    tried: list[Tried] = []
    for binding in bindings:
        try:
            result = resolve(template, binding, format_, product, typesetter, derive)
        except Unfit as unfit:
            reason = unfit if not tried else reason
            tried.append(Tried(binding, refused=unfit.what))
            continue
        tried.append(Tried(binding, result.cost))
        if found is None or result.cost - result.binding.score < found.cost - found.binding.score - 1e-9:
            found = result
    if found is None:
        raise NoneFits(reason, tried)
    return replace(found, tried=tuple(tried))
