"""Frames from constraints: each group's layers are placed together; the only file that knows kiwi.

Cassowary (Badros, Borning and Stuckey, 2001) does it: lengths may give way by their strengths; ranges, relations to
other layers and the format's free area may not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

import kiwisolver as kiwi

from ddm.errors import Unfit
from ddm.formats.catalogue import Format
from ddm.geometry import Box
from ddm.language.lengths import Length
from ddm.language.links import linked, placed_by
from ddm.language.parameters import Beside, Span
from ddm.language.template import Call, Element
from ddm.resolve.operations.align import align
from ddm.resolve.operations.place import SHARES

STRENGTHS: Mapping[str, float] = {
    "required": kiwi.strength.required,
    "strong": kiwi.strength.strong,
    "medium": kiwi.strength.medium,
    "weak": kiwi.strength.weak,
    "faint": kiwi.strength.create(0, 0, 0.01),  # fills what is left; gives way to every wish
}
FARTHEST = 100_000.0  # pixels from the canvas's corner: ten of the largest canvases, and plain SVG has a digit more
LEAST = 1.0  # pixels of a frame's sides; nothing can be drawn in less

Rule: TypeAlias = tuple[Any, str, str]
"""A constraint of kiwi, its strength, and how it was written."""

_AXES = (
    ("left", "right", "width", "align", 0, 2),
    ("top", "bottom", "height", "rise", 1, 3),
)


@dataclass(frozen=True, slots=True)
class Edges:
    """The four edges of one layer, as variables of the solver."""

    left: Any
    top: Any
    right: Any
    bottom: Any

    @classmethod
    def named(cls, name: str) -> Edges:
        return cls(*(kiwi.Variable(f"{name}.{side}") for side in ("left", "top", "right", "bottom")))

    @classmethod
    def of(cls, box: Box) -> Edges:
        """Edges that stand still."""
        return cls(box.x, box.y, box.right, box.bottom)

    @property
    def width(self) -> Any:
        return self.right - self.left

    @property
    def height(self) -> Any:
        return self.bottom - self.top

    def line(self, name: str) -> Any:
        """An edge, or a middle: 'centre' across, 'middle' up and down."""
        if name == "centre":
            return (self.left + self.right) * 0.5
        return (self.top + self.bottom) * 0.5 if name == "middle" else getattr(self, name)

    def box(self) -> Box:
        left, top, right, bottom = (round(v.value(), 6) for v in (self.left, self.top, self.right, self.bottom))
        return Box.of_edges(left, top, right, bottom)


@dataclass(frozen=True, slots=True)
class Room:
    """Where a group's layers are placed: the enclosing frame, the format, and the template's own canvas."""

    frame: Box
    format: Format
    drawn: Box

    def for_(self, call: Call | None) -> Box:
        """The frame that insets are measured from: inside the free area where the layer must be safe, or bleeds."""
        if call is None or call.parameters["safe"] == "no":
            return self.frame
        return self.frame.intersection(self.format.free_box)


def _spanned(expression: Any, span: Span, along: float, canvas: Box, told: str) -> Iterator[Rule]:
    """The expression is a length, or lies between two."""
    low = span.low.pixels(along, canvas)
    if span.high is None:
        yield expression == low, span.strength, told
        return
    yield expression >= low, span.strength, told
    yield expression <= span.high.pixels(along, canvas), span.strength, told


def _axis(own: Edges, call: Call, frame: Box, room: Room, row: tuple[str, str, str, str, int, int]) -> Iterator[Rule]:
    """One axis: what is not said fills the frame, or is aligned in it."""
    first, last, extent, shift, low, size = row
    p, canvas = call.parameters, room.format.canvas
    start, end, length = (cast("Span | None", p.get(name)) for name in (first, last, extent))
    origin, along = frame[low], frame[size]
    a, b = getattr(own, first), getattr(own, last)
    farthest = room.frame if p["safe"] == "bleed" else frame
    if start:
        yield from _spanned(a - origin, start, along, canvas, f"{first} {_told(start)}")
    if end:
        yield from _spanned(origin + along - b, end, along, canvas, f"{last} {_told(end)}")
    if length:
        yield from _spanned(b - a, length, along, canvas, f"{extent} {_told(length)}")
    if length and not start and not end:
        share = SHARES[str(p[shift])]
        yield (a - origin) * (1 - share) == (origin + along - b) * share, "weak", f"{shift} {p[shift]}"
    else:
        yield from ((a == farthest[low], "faint", "") for _ in (1,) if not start)
        yield from ((b == farthest[low] + farthest[size], "faint", "") for _ in (1,) if not end)
    if p["safe"] == "yes":
        yield from ((a >= origin, "required", "safe") for _ in (1,) if not _outward(start))
        yield from ((b <= origin + along, "required", "safe") for _ in (1,) if not _outward(end))


def _outward(span: Span | None) -> bool:
    """Whether an edge is meant to lie outside: a floor that runs off the canvas."""
    return span is not None and span.low.value < 0


def _told(span: Span) -> str:
    return str(span.low) if span.high is None else f"{span.low}..{span.high}"


def _placed(own: Edges, call: Call, room: Room) -> Iterator[Rule]:
    frame = room.for_(call)
    for row in _AXES:
        yield from _axis(own, call, frame, room, row)
    ratio = call.parameters.get("ratio")
    if isinstance(ratio, float):
        yield from _ratio(own, ratio, frame, call)


def _ratio(own: Edges, ratio: float, frame: Box, call: Call) -> Iterator[Rule]:
    """The largest box of that ratio inside the frame; `_axis` pulls it apart faintly."""
    yield own.width == own.height * ratio, "required", f"ratio {ratio:g}"
    for low, high, start, extent, shift in (
        (own.left, own.right, frame.x, frame.width, "align"),
        (own.top, own.bottom, frame.y, frame.height, "rise"),
    ):
        share = SHARES[str(call.parameters[shift])]
        yield low >= start, "strong", "ratio"
        yield high <= start + extent, "strong", "ratio"
        yield (low - start) * (1 - share) == (start + extent - high) * share, "faint", ""


def _beside(own: Edges, call: Call, others: Mapping[str, Edges], canvas: Box) -> Iterator[Rule]:
    """Relations to layers that are there."""
    for name in ("above", "below", "before", "after"):
        found = cast("Beside | None", call.parameters.get(name))
        if not found or found.layer not in others:
            continue
        other, gap = others[found.layer], found.gap.pixels(min(canvas.width, canvas.height), canvas)
        told = f"{name} #{found.layer}"
        yield (
            {
                "above": own.bottom + gap <= other.top,
                "below": own.top >= other.bottom + gap,
                "before": own.right + gap <= other.left,
                "after": own.left >= other.right + gap,
            }[name],
            "required",
            told,
        )


def _sized(own: Edges, call: Call, others: Mapping[str, Edges], room: Room) -> Iterator[Rule]:
    """`size`: per cent are of the other layer's sides."""
    other = others.get(str(call.parameters.get("of", "")), Edges.of(room.frame))
    for name in ("width", "height"):
        span = cast("Span | None", call.parameters.get(name))
        if span is None:
            continue
        low, high = _measure(span.low, other, name, room), _measure(span.high or span.low, other, name, room)
        if span.high is None:
            yield getattr(own, name) == low, span.strength, f"{name} {_told(span)}"
        else:
            yield getattr(own, name) >= low, span.strength, f"{name} {_told(span)}"
            yield getattr(own, name) <= high, span.strength, f"{name} {_told(span)}"
    ratio = call.parameters.get("ratio")
    if isinstance(ratio, float):
        yield own.width == own.height * ratio, "required", f"ratio {ratio:g}"


def _measure(length: Length, other: Edges, name: str, room: Room) -> Any:
    if length.unit == "%":
        return getattr(other, name) * (length.value / 100)
    return length.pixels(0, room.format.canvas)


def _still(own: Edges, box: Box) -> Iterator[Rule]:
    for name, value in (("left", box.x), ("top", box.y), ("right", box.right), ("bottom", box.bottom)):
        yield getattr(own, name) == value, "medium", ""


def _as_drawn(element: Element, room: Room) -> Box:
    """In the same part of the enclosing frame as in the sample; groups and texts have all of it."""
    if element.tag in ("g", "switch", "text"):
        return room.frame
    canvas = room.drawn
    box = room.frame.part(
        drawn(element, canvas).shifted(-canvas.x, -canvas.y).scaled(1 / canvas.width, 1 / canvas.height)
    )
    return Box(box.x, box.y, max(LEAST, box.width), max(LEAST, box.height))


def drawn(element: Element, canvas: Box) -> Box:
    """Where the sample draws it, in the template's own coordinates."""

    def get(name: str, default: float) -> float:
        return float(element.attributes.get(name, default))

    if element.tag in ("circle", "ellipse"):
        rx, ry = (get("r", 0),) * 2 if element.tag == "circle" else (get("rx", 0), get("ry", 0))
        return Box(get("cx", 0) - rx, get("cy", 0) - ry, 2 * rx, 2 * ry)
    return Box(get("x", 0), get("y", 0), get("width", canvas.width), get("height", canvas.height))


def _rules(element: Element, edges: Mapping[str, Edges], room: Room) -> Iterator[Rule]:
    own, place = edges[element.id], element.call("place")
    yield own.width >= LEAST, "required", "a width"
    yield own.height >= LEAST, "required", "a height"
    if place:
        yield from _placed(own, place, room)
        yield from _beside(own, place, edges, room.format.canvas)
    else:
        yield from _still(own, _as_drawn(element, room))
    for call in element.calls:
        if call.name == "size":
            yield from _sized(own, call, edges, room)
        elif call.name == "align" and str(call.parameters["with"]) in edges:
            yield from align(own, edges[str(call.parameters["with"])], call)


def frames(elements: Sequence[Element], room: Room) -> dict[str, Box]:
    """The frame of each layer by id, in canvas pixels. Unfit names the constraint that cannot be kept.

    Layers that have nothing to do with one another are solved apart: together they would take far longer.
    """
    known = {element.id: element for element in elements}
    links = ((element.id, name) for element in elements for name in placed_by(element) if name in known)
    solved = (_solved([known[name] for name in names], room) for names in linked(known, links))
    return {name: box for part in solved for name, box in part.items()}


def _solved(elements: Sequence[Element], room: Room) -> dict[str, Box]:
    solver = kiwi.Solver()
    edges = {element.id: Edges.named(element.id) for element in elements}
    for element in elements:
        for constraint, strength, told in _rules(element, edges, room):
            _add(solver, constraint, strength, f"'{element.id}' cannot keep {told}", room)
    solver.updateVariables()
    found = {name: own.box() for name, own in edges.items()}
    for name, box in found.items():
        if max(map(abs, (box.x, box.y, box.right, box.bottom))) > FARTHEST:
            raise Unfit(f"'{name}' would lie far outside of {room.format.width}x{room.format.height}")
    return found


def _add(solver: kiwi.Solver, constraint: Any, strength: str, what: str, room: Room) -> None:
    if isinstance(constraint, bool):  # between edges that stand still
        if not constraint and strength == "required":
            raise Unfit(f"{what} in {room.format.width}x{room.format.height}")
        return
    try:
        solver.addConstraint(constraint | STRENGTHS[strength])
    except kiwi.UnsatisfiableConstraint:
        raise Unfit(f"{what} in {room.format.width}x{room.format.height}") from None
    except kiwi.DuplicateConstraint:
        return
