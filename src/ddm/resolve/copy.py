"""Groups of copy into plain text: placed, inked, with scrim and badges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from ddm.errors import Unfit
from ddm.geometry import Box
from ddm.language.template import Call, Element
from ddm.resolve import calm, ink
from ddm.resolve.frames import align as aligned
from ddm.resolve.frames import frame_of
from ddm.resolve.setting import LEADING, Piece, SetGroup, SetShape, SetText, set_group, shift, text_of
from ddm.resolve.shapes import rgb, shape
from ddm.resolve.stage import Stage
from ddm.svg.tree import Ellipse, LinearGradient, Meta, Node, Rect, Stop, Text
from ddm.typeset.runs import Line

STANDS_OUT = 1.45  # contrast of a badge with its ground; a shape is seen well below what type needs
COVERED = 0.03  # part of a piece of copy that may lie over a subject's soft edge


@dataclass(frozen=True, slots=True)
class Put:
    """A piece with its left top corner, and how its lines are ranged."""

    piece: SetText | SetShape
    x: float
    y: float
    align: str


def _flat(piece: Piece, x: float, y: float, align: str) -> Iterator[Put]:
    if isinstance(piece, SetGroup):
        for child, (dx, dy) in zip(piece.pieces, piece.offsets, strict=True):
            yield from _flat(child, x + dx, y + dy, piece.align)
    else:
        yield Put(piece, x, y, align)


def _spot(element: Element, frame: Box, stage: Stage) -> tuple[SetGroup, Box, float, frozenset[str]]:
    place = element.call("place")
    if place is not None and place.parameters.get("in") == "calm":
        spot = calm.search(element, frame, stage)
        return spot.group, spot.box, spot.scale, spot.gone
    group, scale, gone = set_group(element, frame.width, frame.height, stage)
    return group, aligned(frame, group.width, group.height, place), scale, gone


def _explain(element: Element, scale: float, gone: frozenset[str], stage: Stage) -> None:
    stage.trace.note(element.id, "scale", f"{scale:.2f}", "the largest at which all of it fits")
    for name in sorted(gone):
        stage.trace.note(name, "dropped", "yes", "no room at the least scale, and its priority allows it")
    stage.trace.charge(0.5 * (1 - scale) + 0.2 * len(gone))


def copy(element: Element, frame: Box, stage: Stage) -> list[Node]:
    """The nodes for a stack of copy. Unfit where it cannot be set, or not be read, here."""
    group, box, scale, gone = _spot(element, frame_of(element, frame, stage), stage)
    _explain(element, scale, gone, stage)
    puts = list(_flat(group, box.x, box.y, group.align))
    bare = [
        b for p in puts if isinstance(p.piece, SetText) and not p.piece.badge for b in p.piece.boxes(p.x, p.y, p.align)
    ]
    if bare and (covered := max(stage.ground.covered(b) for b in bare)) > COVERED:
        raise Unfit(f"the copy '{element.id}' would cover {covered:.0%} of a line's ground that is subject")
    veil = _scrim(element, bare, box, stage)
    nodes = [n for put in puts for n in _put(put, element, stage)]
    stage.ground.mark_copy(box)
    return [*veil, *nodes]


def _scrim(element: Element, boxes: list[Box], box: Box, stage: Stage) -> list[Node]:
    """Only where no ink can be read without it, and the template allows one."""
    call, inks = element.call("scrim"), element.call("ink")
    if call is None or inks is None or not boxes:
        return []
    wanted = cast(float, inks.parameters["contrast"])
    found = _choose(inks, boxes, stage)
    if found.ratio >= wanted * ink.RESERVE:
        return []
    veil = ink.veil(found, wanted, cast(float, call.parameters["most"]), stage.ground, boxes, box)
    stage.ground.paint_veil(rgb(veil.colour), ink.alpha_of(veil, stage.ground))
    stage.trace.note(
        element.id, "scrim", f"{veil.colour} {veil.opacity:.0%}", f"the best ink reaches only {found.ratio:.1f}"
    )
    stage.trace.charge(veil.opacity)
    return [_veil_rect(veil, element, stage)]


def _veil_rect(veil: ink.Veil, element: Element, stage: Stage) -> Rect:
    canvas = stage.canvas
    across = veil.edge in ("left", "right")
    length = canvas.width if across else canvas.height
    start, end = (0.0, veil.end * length) if veil.edge in ("left", "top") else (length, length * (1 - veil.end))
    held = veil.solid / veil.end if veil.end else 1.0
    stops = tuple(
        Stop(held + (1 - held) * t if t else held, veil.colour, veil.opacity * (1 - t) ** 2 * (1 + 2 * t))
        for t in (0.0, 0.25, 0.5, 0.75, 1.0)
    )
    points = (start, 0.0, end, 0.0) if across else (0.0, start, 0.0, end)
    return Rect(canvas, LinearGradient(*points, stops), meta=Meta(f"{element.id}-scrim", "scrim"))


def _choose(call: Call, boxes: list[Box], stage: Stage) -> ink.Ink:
    roles = stage.roles(str(call.parameters["from"]))
    wished = call.parameters.get("role")
    return ink.choose(
        roles, str(wished) if wished else None, cast(float, call.parameters["contrast"]), stage.ground, boxes
    )


def _put(put: Put, group: Element, stage: Stage) -> list[Node]:
    piece = put.piece
    if isinstance(piece, SetShape):
        return _rule(put, piece, stage)
    badge = _badge(put, piece, stage) if piece.badge else []
    return [*badge, *_texts(put, piece, _ink(put, piece, group, stage))]


def _rule(put: Put, piece: SetShape, stage: Stage) -> list[Node]:
    """A shape among the copy keeps its place in the stack."""
    box = Box(put.x, put.y, piece.width, piece.height)
    nodes = shape(piece.element, box, stage)
    return [n if not isinstance(n, (Rect, Ellipse)) else _moved(n, box) for n in nodes]


def _moved(node: Rect | Ellipse, box: Box) -> Rect | Ellipse:
    if isinstance(node, Rect):
        return Rect(box, node.fill, min(node.radius, box.height / 2), node.opacity, meta=node.meta)
    return Ellipse(box, node.fill, node.opacity, meta=node.meta)


def _badge(put: Put, piece: SetText, stage: Stage) -> list[Node]:
    assert piece.badge is not None
    p = piece.badge.parameters
    box = Box(put.x, put.y, piece.width, piece.height)
    role, fill = _badge_fill(stage.roles(str(p["from"])), str(p["role"]), box, stage)
    if stage.ground.covered(box) > COVERED:
        raise Unfit(f"the badge '{piece.element.id}' would cover the subject")
    stage.ground.paint_flat(box, rgb(fill))
    stage.trace.note(piece.element.id, "badge", fill, f"role {role} of {p['from']}")
    meta = Meta(f"{piece.element.id}-badge", "decoration")
    if p["shape"] == "disc":
        return [Ellipse(box, fill, meta=meta)]
    radius = box.height / 2 if p["shape"] == "pill" else box.height * 0.16
    return [Rect(box, fill, radius, meta=meta)]


def _badge_fill(roles: Mapping[str, str], wished: str, box: Box, stage: Stage) -> tuple[str, str]:
    """(role, colour): the role wished for where it stands out from the ground, else the one that does most."""
    beneath = stage.ground.luminances(box)
    rated = {role: ink.ratio_on(roles[role], beneath) for role in (wished, "paper", "night", "accent")}
    best = wished if rated[wished] >= STANDS_OUT else max(rated, key=lambda role: rated[role])
    return best, roles[best]


def _ink(put: Put, piece: SetText, group: Element, stage: Stage) -> str:
    """By the text's own `ink`, else its group's; on a badge always by what can be read there."""
    call = piece.element.call("ink") or (group.call("ink") if piece.badge is None else None)
    boxes = list(piece.boxes(put.x, put.y, put.align))
    if call is None and piece.badge is not None:
        roles = stage.roles(str(piece.badge.parameters["from"]))
        found, wanted = ink.choose({**roles, "night": roles["night"]}, None, 4.5, stage.ground, boxes), 4.5
    elif call is not None:
        found, wanted = _choose(call, boxes, stage), cast(float, call.parameters["contrast"])
    else:
        return piece.element.attributes.get("fill", "#000000")
    if found.ratio < wanted and piece.badge is None:
        raise Unfit(f"no ink for '{piece.element.id}' can be read there: {found.ratio:.1f} to 1, {wanted:g} wanted")
    stage.trace.note(piece.element.id, "ink", found.colour, found.reason, found.alternatives)
    return found.colour


def _texts(put: Put, piece: SetText, fill: str) -> list[Node]:
    room = piece.width - 2 * piece.inset[0]
    nodes: list[Node] = []
    for index, line in enumerate(piece.lines):
        x = put.x + piece.inset[0] + shift(room, line.width, put.align)
        y = put.y + piece.inset[1] + line.cap_height + index * LEADING * piece.style.size
        nodes += _runs(line, x, y, piece, fill, index)
    return nodes


def _runs(line: Line, x: float, y: float, piece: SetText, fill: str, index: int) -> Iterator[Node]:
    element, style = piece.element, piece.style
    select = element.call("select")
    source = str(select.parameters["object"]) if select else ""
    decoration = element.attributes.get("text-decoration", "")
    for number, run in enumerate(line.runs):
        yield Text(
            run.text,
            x + run.x,
            y,
            run.family,
            style.size,
            style.weight,
            style.italic,
            fill,
            letter_spacing=style.letter_spacing,
            direction=run.direction,
            decoration="line-through" if decoration == "line-through" else "",
            width=run.width,
            meta=Meta(f"{element.id}-{index + 1}-{number + 1}", "copy", source),
        )


__all__ = ["copy", "text_of"]
