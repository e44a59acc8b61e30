"""Copy into measured pieces: text broken and sized to a width, stacked, shrunk together until it fits."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias, cast

from ddm.errors import Unfit
from ddm.geometry import Box
from ddm.language.lengths import Length
from ddm.language.template import Call, Element
from ddm.resolve.stage import Stage
from ddm.typeset.runs import Line, Style

STEP = 0.94  # sizes are tried in steps of 6 %, below what the eye tells apart in a headline
LEADING = 1.18  # baseline to baseline, by the size: display copy is set tight
DESCENT = 0.20  # room kept below the last baseline, by the size
PAD_ACROSS, PAD_DOWN = 0.72, 0.50  # a badge's padding, by the size
WORTH = 0.72  # a phrase is kept whole at the price of at most so much of its size
DISC = 1.22  # a disc's diameter against the diagonal-free extent of its text


@dataclass(frozen=True, slots=True)
class SetText:
    """A text, set. width, height: of the whole piece, badge included. inset: of the text inside its badge."""

    element: Element
    lines: tuple[Line, ...]
    style: Style
    width: float
    height: float
    inset: tuple[float, float] = (0.0, 0.0)
    badge: Call | None = None

    def boxes(self, x: float, y: float, align: str) -> Iterator[Box]:
        """Each line's box from cap height to descent, with the piece's left top at (x, y)."""
        for index, line in enumerate(self.lines):
            left = x + self.inset[0] + shift(self.width - 2 * self.inset[0], line.width, align)
            baseline = y + self.inset[1] + line.cap_height + index * LEADING * self.style.size
            yield Box.of_edges(
                left, baseline - line.cap_height, left + line.width, baseline + DESCENT * self.style.size
            )


@dataclass(frozen=True, slots=True)
class SetShape:
    """A shape of fixed size among the copy, such as a short rule."""

    element: Element
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class SetGroup:
    """Pieces one after another. offsets: left top of each inside the group."""

    element: Element
    pieces: tuple[Piece, ...]
    offsets: tuple[tuple[float, float], ...]
    width: float
    height: float
    align: str


Piece: TypeAlias = SetText | SetShape | SetGroup

_SHARE = {"start": 0.0, "centre": 0.5, "end": 1.0}


def shift(room: float, extent: float, align: str) -> float:
    return (room - extent) * _SHARE[align]


class _NoRoomError(Exception):
    """A piece does not fit the width at this scale; the caller shrinks or drops."""


def text_of(element: Element, stage: Stage) -> str:
    """The wording the element's object got, or its own."""
    select = element.call("select")
    if select is None:
        return element.text
    choice = stage.binding.choices[str(select.parameters["object"])]
    return choice.wording.text if choice.wording else ""


def _style(element: Element, size: float, stage: Stage) -> Style:
    get = element.attributes.get
    families = tuple(f.strip(" '\"") for f in get("font-family", "Inter").split(","))
    spacing = float(get("letter-spacing", "0").removesuffix("em"))
    return Style(
        families,
        size,
        int(get("font-weight", "400")),
        get("font-style") == "italic",
        spacing * size,
        stage.product.language,
    )


def _sizes(element: Element, scale: float, stage: Stage) -> Iterator[float]:
    """From the size wished for down to the least that the template and the format allow."""
    nominal = float(element.attributes.get("font-size", "32")) * stage.unit * scale
    fit = element.call("fit")
    least = nominal * cast(float, fit.parameters["least"]) if fit else nominal
    floor = max(stage.format.min_text, least)
    size = max(nominal, stage.format.min_text)
    while size > floor:
        yield size
        size *= STEP
    yield floor


def _broken(text: str, style: Style, width: float, fit: Call | None, stage: Stage) -> tuple[Line, ...] | None:
    """The lines, or None where they are too many or too wide."""
    balance = fit is None or bool(fit.parameters["balance"])
    setter = stage.typesetter.balanced if balance else stage.typesetter.lines
    lines = setter(text, style, width)
    most = cast(float, fit.parameters["lines"]) if fit else 1
    return lines if len(lines) <= most and all(line.width <= width + 0.5 for line in lines) else None


def _set_text(element: Element, width: float, scale: float, stage: Stage) -> SetText:
    """At the largest size that fits; somewhat smaller where that keeps a phrase on one line."""
    fit, badge = element.call("fit"), element.call("badge")
    text = text_of(element, stage)
    torn: SetText | None = None
    for size in _sizes(element, scale, stage):
        style = _style(element, size, stage)
        pad = (PAD_ACROSS * size, PAD_DOWN * size) if badge else (0.0, 0.0)
        lines = _broken(text, style, width - 2 * pad[0], fit, stage)
        if lines and not _torn(lines):
            return _boxed(element, lines, style, pad, badge)
        torn = torn or (_boxed(element, lines, style, pad, badge) if lines else None)
        if torn and size < torn.style.size * WORTH:
            break
    if torn is None:
        raise _NoRoomError(element.id)
    return torn


def _torn(lines: tuple[Line, ...]) -> bool:
    """Whether a line ends inside a Chinese phrase: ideographs on both sides of the break."""
    return any(_ideograph(one.text[-1:]) and _ideograph(other.text[:1]) for one, other in pairwise(lines))


def _ideograph(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def _boxed(
    element: Element, lines: tuple[Line, ...], style: Style, pad: tuple[float, float], badge: Call | None
) -> SetText:
    inner = max(line.width for line in lines)
    height = lines[0].cap_height + (len(lines) - 1) * LEADING * style.size
    if badge is None:
        return SetText(element, lines, style, inner, height + DESCENT * style.size)
    if badge.parameters["shape"] == "disc":
        side = math.hypot(inner, height) * DISC + pad[1]
        return SetText(element, lines, style, side, side, ((side - inner) / 2, (side - height) / 2), badge)
    return SetText(element, lines, style, inner + 2 * pad[0], height + 2 * pad[1], pad, badge)


def _set_shape(element: Element, scale: float, stage: Stage) -> SetShape:
    get = element.attributes.get
    return SetShape(
        element,
        max(1.0, float(get("width", "10")) * stage.unit * scale),
        max(1.0, float(get("height", "10")) * stage.unit * scale),
    )


def _flexible(element: Element) -> bool:
    """Whether it takes what room is left beside its neighbours."""
    fit = element.call("fit")
    return element.tag == "g" or (fit is not None and cast(float, fit.parameters["lines"]) > 1)


def _gap(stack: Call, scale: float, stage: Stage) -> float:
    gap = cast(Length, stack.parameters["gap"])
    return gap.pixels(min(stage.canvas.width, stage.canvas.height), stage.canvas) * scale


def _across(
    children: list[Element], width: float, scale: float, gap: float, stage: Stage, gone: frozenset[str]
) -> list[Piece]:
    """Fixed pieces take their own width, flexible ones share the rest."""
    fixed = {c.id: set_piece(c, width, scale, stage, gone) for c in children if not _flexible(c)}
    rest = width - sum(p.width for p in fixed.values()) - gap * (len(children) - 1)
    flexible = [c for c in children if _flexible(c)]
    if rest < 0 or (flexible and rest / len(flexible) < stage.format.min_text * 2):
        raise _NoRoomError(children[0].id)
    return [fixed[c.id] if c.id in fixed else set_piece(c, rest / len(flexible), scale, stage, gone) for c in children]


def _set_group(element: Element, width: float, scale: float, stage: Stage, gone: frozenset[str]) -> SetGroup:
    stack = element.call("stack")
    if stack is None:
        raise Unfit(f"the group '{element.id}' among copy has no <ddm:stack/>")
    align, down = str(stack.parameters["align"]), stack.parameters["direction"] == "down"
    gap = _gap(stack, scale, stage)
    children = [c for c in element.children if c.id not in gone and stage.shown(c)]
    if down:
        pieces = [set_piece(c, width, scale, stage, gone) for c in children]
    else:
        pieces = _across(children, width, scale, gap, stage, gone) if children else []
    pieces = [p for p in pieces if p.width > 0 and p.height > 0]
    along = [p.height if down else p.width for p in pieces]
    extent = max((p.width if down else p.height for p in pieces), default=0.0)
    starts = [sum(along[:i]) + gap * i for i in range(len(pieces))]
    total = sum(along) + gap * max(0, len(pieces) - 1)
    if down:
        offsets = [(shift(extent, p.width, align), s) for p, s in zip(pieces, starts, strict=True)]
    else:
        offsets = [(s, (extent - p.height) / 2) for p, s in zip(pieces, starts, strict=True)]
    return SetGroup(element, tuple(pieces), tuple(offsets), extent if down else total, total if down else extent, align)


def set_piece(element: Element, width: float, scale: float, stage: Stage, gone: frozenset[str]) -> Piece:
    """One piece at one scale. _NoRoomError where it does not fit the width."""
    if element.tag == "text":
        return _set_text(element, width, scale, stage)
    if element.tag == "g":
        return _set_group(element, width, scale, stage, gone)
    return _set_shape(element, scale, stage)


def _priority(element: Element) -> float:
    fit = element.call("fit")
    return cast(float, fit.parameters["priority"]) if fit else 0.0


def _droppable(element: Element, gone: frozenset[str], stage: Stage) -> list[Element]:
    here = [e for e in element.walk() if e.tag == "text" and e.id not in gone and stage.shown(e)]
    return sorted((e for e in here if _priority(e) > 0), key=_priority, reverse=True)


def _scales(least: float) -> Iterator[float]:
    scale = 1.0
    while scale > least:
        yield scale
        scale *= STEP
    yield least


def set_group(element: Element, width: float, height: float, stage: Stage) -> tuple[SetGroup, float, frozenset[str]]:
    """The stack at the largest scale that fits: (group, scale, ids dropped for want of room).

    Unfit where it does not fit even at the least scale with all that may go gone.
    """
    stack = element.call("stack")
    least = cast(float, stack.parameters["least"]) if stack else 1.0
    gone: frozenset[str] = frozenset()
    while True:
        for scale in _scales(least):
            try:
                group = _set_group(element, width, scale, stage, gone)
            except _NoRoomError:
                continue
            if group.height <= height + 0.5 and group.width <= width + 0.5:
                return group, scale, gone
        droppable = _droppable(element, gone, stage)
        if not droppable:
            raise Unfit(
                f"the copy '{element.id}' does not fit {width:.0f}x{height:.0f} at {stage.format.min_text:g} px"
            )
        gone |= {droppable[0].id}
