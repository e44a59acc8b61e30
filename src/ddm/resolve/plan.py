"""Template x format -> Plan: which layers there are, what shall become of them, and where; before any material.

What cannot be known without material is asked once, as the truths of a few conditions; plans are kept by the answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

from ddm.errors import Unfit
from ddm.formats.catalogue import Format
from ddm.geometry import Box
from ddm.language.expressions import Condition, tests
from ddm.language.lengths import unit_of
from ddm.language.template import Call, Element, Template
from ddm.resolve.intents import GroupIntent, Intent, PictureIntent, ShapeIntent, TextIntent
from ddm.resolve.layout import Room, drawn, frames
from ddm.resolve.operations import ACTIONS, STAYS
from ddm.resolve.operations.repeat import cells, copies, count_of
from ddm.resolve.placed import Placed, Type
from ddm.resolve.trace import Origin

MOST_PLANS = 4096  # some 10 kB each


class Question(NamedTuple):
    """A condition, and the object whose material it speaks of ('' for none)."""

    condition: Condition
    object: str


class Facts(NamedTuple):
    """What decides, besides the format, on layers: answers to the questions, objects and layers left out, counts."""

    truths: tuple[bool, ...]
    dropped: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    counts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """unit: canvas pixels for one unit of the template's own coordinates. notes: what was decided already.

    searches: whether copy looks for a calm place, so that several windows of a picture are worth trying.
    """

    template: Template
    format: Format
    unit: float
    layers: tuple[Placed, ...]
    notes: tuple[Origin, ...]
    searches: bool


def _selected(element: Element) -> str:
    select = element.call("select")
    return str(select.parameters["object"]) if select else ""


def _conditions(element: Element) -> Iterator[Condition]:
    yield from (c for c in (element.when, *(call.when for call in element.calls)) if c is not None)
    yield from (call.parameters["where"] for call in element.calls if call.name in STAYS)  # type: ignore[misc]


def questions(layers: tuple[Element, ...]) -> tuple[Question, ...]:
    """Every condition of every layer, once."""
    found = {
        Question(condition, _selected(element)): None
        for layer in layers
        for element in layer.walk()
        for condition in _conditions(element)
    }
    return tuple(found)


def _of_format(question: Question) -> bool:
    """Whether the format alone answers it."""
    return all(test.name.startswith(("canvas.", "free.", "format.")) for test in tests(question.condition))


@dataclass
class Planner:
    """Plans of one template."""

    template: Template
    _plans: dict[tuple[Format, Facts], Plan | Unfit] = field(default_factory=dict)
    _layers: dict[tuple[tuple[str, int], ...], tuple[Element, ...]] = field(default_factory=dict)
    _asked: dict[tuple[tuple[str, int], ...], tuple[Question, ...]] = field(default_factory=dict)

    def layers(self, counts: tuple[tuple[str, int], ...] = ()) -> tuple[Element, ...]:
        """The layers with every repeat written out."""
        if counts not in self._layers:
            self._layers[counts] = tuple(_written_out(e, dict(counts), self.template) for e in self.template.layers)
        return self._layers[counts]

    def questions(self, counts: tuple[tuple[str, int], ...] = ()) -> tuple[Question, ...]:
        if counts not in self._asked:
            self._asked[counts] = questions(self.layers(counts))
        return self._asked[counts]

    def plan(self, format_: Format, facts: Facts) -> Plan:
        """Unfit says why the format cannot be served."""
        key = format_, facts
        found = self._plans.get(key)
        if found is None:
            if len(self._plans) >= MOST_PLANS:
                self._plans.clear()
            found = self._plans[key] = self._made(format_, facts)
        if isinstance(found, Unfit):
            raise Unfit(found.what, found.where, found.mend)
        return found

    def _made(self, format_: Format, facts: Facts) -> Plan | Unfit:
        try:
            return _Drawing(self, format_, facts).plan()
        except Unfit as reason:
            return reason.with_traceback(None)  # what is kept should not keep all that led to it


@lru_cache(maxsize=512)
def _planner(_id: str, _sha256: str, _file: str, holder: _Holder) -> Planner:
    return Planner(holder.template)


class _Holder:
    """Lets a template, which has no hash, ride along with the key it is known by."""

    def __init__(self, template: Template) -> None:
        self.template = template

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Holder)

    def __hash__(self) -> int:
        return 0


def planner(template: Template) -> Planner:
    """The planner of a template, kept by its content."""
    return _planner(template.id, template.sha256, template.file, _Holder(template))


def _written_out(element: Element, counts: Mapping[str, int], template: Template) -> Element:
    """Repeats become groups of groups, '#id-1' … each with its item's objects."""
    repeat = element.call("repeat")
    if repeat is None:
        return replace(element, children=tuple(_written_out(c, counts, template) for c in element.children))
    number = count_of(repeat, counts)
    counted = _items(template)
    children = tuple(
        Element("g", f"{element.id}-{n}", {}, element.mark, children=copies(element, n, counted))
        for n in range(1, number + 1)
    )
    return replace(element, children=children)


def _items(template: Template) -> frozenset[str]:
    """Objects that have several items: those with a count, and the copy of their products."""
    objects = template.objects
    return frozenset(o.id for o in objects.values() if o.counted or (o.of in objects and objects[o.of].counted))


INTENTS: Mapping[str, type[Intent]] = {"image": PictureIntent, "text": TextIntent, "g": GroupIntent}


def _intent(element: Element, template: Template) -> Intent:
    """All operations of the element, in document order, folded into one intent."""
    intent = INTENTS.get(element.tag, ShapeIntent)()
    if isinstance(intent, PictureIntent):
        spec = template.objects.get(_selected(element).partition(".")[0])
        intent = replace(intent, cutout=spec is not None and spec.kind in ("cutout", "logo"))
    for call in element.calls:
        if call.name in ACTIONS:
            intent = ACTIONS[call.name](intent, call)
    return intent


def _type(element: Element, unit: float) -> Type:
    get = element.attributes.get
    return Type(
        families=tuple(f.strip(" '\"") for f in get("font-family", "Inter").split(",")),
        size=float(get("font-size", "32")) * unit,
        weight=int(get("font-weight", "400")),
        italic=get("font-style") == "italic",
        spacing=float(get("letter-spacing", "0").removesuffix("em")),
        fill=get("fill", "#000000"),
        decoration="line-through" if get("text-decoration") == "line-through" else "",
    )


class _Drawing:
    """Makes one plan."""

    def __init__(self, planner: Planner, format_: Format, facts: Facts) -> None:
        self.template, self.format, self.facts = planner.template, format_, facts
        self.layers = planner.layers(facts.counts)
        self.truths = dict(zip(planner.questions(facts.counts), facts.truths, strict=True))
        self.unit = unit_of(format_.canvas) / unit_of(self.template.canvas)
        self.notes: list[Origin] = []

    def plan(self) -> Plan:
        low, high = self.template.ratios
        if not low <= self.format.ratio <= high:
            ratio = f"{self.format.id} is {self.format.ratio:.2f}"
            raise Unfit(f"the template serves ratios {low:g} to {high:g}; {ratio}")
        settled = [e for layer in self.layers for e in self._settled(layer)]
        placed = self._placed(settled, self.format.canvas)
        self._wordless(placed)
        searches = any(getattr(p.intent, "calm", False) for layer in placed for p in layer.walk())
        return Plan(self.template, self.format, self.unit, placed, tuple(self.notes), searches)

    def _wordless(self, layers: tuple[Placed, ...]) -> None:
        """Where the format's owner allows no text in the picture, there must be none."""
        texts = [p.id for layer in layers for p in layer.walk() if p.tag == "text"]
        if texts and self.format.text == "none":
            raise Unfit(f"{self.format.id} allows no text in the picture, and '{texts[0]}' is shown")

    def _true(self, condition: Condition | None, element: Element) -> bool:
        return condition is None or self.truths[Question(condition, _selected(element))]

    def _shown(self, element: Element) -> bool:
        """Whether the layer takes part: its conditions hold, and nothing it needs was left out."""
        if element.id in self.facts.gone or _selected(element) in self.facts.dropped:
            return False
        return self._true(element.when, element) and all(
            STAYS[call.name](self._true(call.parameters["where"], element))  # type: ignore[arg-type]
            for call in element.calls
            if call.name in STAYS and self._true(call.when, element)
        )

    def _settled(self, element: Element) -> list[Element]:
        """What is left of it: nothing, or itself with the operations that apply; of a switch, one arrangement."""
        if not self._shown(element):
            return []
        if element.tag == "switch":
            return self._settled(self._arrangement(element))
        calls = tuple(call for call in element.calls if self._true(call.when, element))
        children = tuple(e for child in element.children for e in self._settled(child))
        return [replace(element, calls=calls, children=children)]

    def _arrangement(self, element: Element) -> Element:
        """The first whose condition holds."""
        chosen = next((c for c in element.children if self._true(c.when, c)), None)
        if chosen is None:
            raise Unfit(f"no arrangement of '{element.id}' is for {self.format.width}x{self.format.height}")
        why = f"first whose condition holds: {chosen.when or 'otherwise'}"
        self.notes.append(Origin(element.id, "arrangement", chosen.id, why))
        return chosen

    def _placed(self, elements: list[Element], frame: Box) -> tuple[Placed, ...]:
        room = Room(frame, self.format, self.template.canvas)
        solved = frames(elements, room)
        return tuple(self._layer(element, solved[element.id], frame) for element in elements)

    def _layer(self, element: Element, frame: Box, room: Box) -> Placed:
        intent = _intent(element, self.template)
        if isinstance(intent, PictureIntent) and intent.to_canvas:
            frame = self.format.canvas
        self._explain(element, frame)
        if isinstance(intent, GroupIntent) and intent.stack:
            children = tuple(self._layer(child, frame, frame) for child in element.children)
        elif repeat := element.call("repeat"):
            each = cells(frame, len(element.children), repeat, self.format.canvas)
            children = tuple(self._layer(child, cell, cell) for child, cell in zip(element.children, each, strict=True))
        else:
            children = self._placed(list(element.children), frame) if element.children else ()
        box = drawn(element, self.template.canvas)
        return Placed(
            element.id,
            element.tag,
            element,
            intent,
            frame,
            room,
            children,
            _type(element, self.unit) if element.tag == "text" else None,
            (box.width * self.unit, box.height * self.unit) if element.tag in ("rect", "circle", "ellipse") else (0, 0),
        )

    def _explain(self, element: Element, frame: Box) -> None:
        call: Call | None = element.call("place")
        if call:
            value = " ".join(f"{v:.0f}" for v in frame)
            self.notes.append(Origin(element.id, "frame", value, f"place, line {call.mark.line}"))
