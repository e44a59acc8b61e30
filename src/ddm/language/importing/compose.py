"""What a drawing shows into the layers of a template, each in its place: groups, stacks and arrangements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ddm.geometry import Box
from ddm.language.importing import fillings, pins
from ddm.language.importing.columns import across, around, column
from ddm.language.importing.desk import Desk
from ddm.language.importing.drawn import Drawn, plain
from ddm.language.importing.fillings import CONTRAST, Filling
from ddm.language.importing.layers import Layer, left_out, opened, rows
from ddm.language.importing.nodes import Node, operation
from ddm.language.importing.said import Said
from ddm.language.operations import OPERATIONS

EDGE = "6%"  # of the frame; kept free around copy that looks for a calm place


@dataclass(frozen=True, slots=True)
class Frame:
    """Where layers are placed: the box they lie in, what else lies there, and the arrangement ('' outside of any)."""

    box: Box
    scope: str = ""
    others: tuple[Box, ...] = ()
    stacked: bool = False


def layers(drawns: Iterable[Drawn], frame: Frame, desk: Desk) -> list[Node]:
    """The nodes of all that lies in one frame, from the bottom to the top."""
    found = list(opened(drawns, desk.findings))
    box = next((layer.box for layer in found if layer.family == "canvas"), frame.box)
    found = [layer for layer in found if layer.family != "canvas"]
    left_out([layer.drawn for layer in found if _stray(layer)], desk.findings)
    desk.bear(layer for layer in found if not _stray(layer))
    arrangements = [layer for layer in found if layer.family == "arrangement"]
    inside = replace(frame, box=box, others=tuple(layer.box for layer in found))
    nodes: list[Node] = []
    for layer in found:
        if layer.family == "arrangement":
            nodes += [_switch(arrangements, inside, desk)] if layer is arrangements[0] else []
        elif not _stray(layer):
            nodes += _layer(layer, inside, desk)
    return nodes


def _stray(layer: Layer) -> bool:
    """A path that nobody named."""
    return layer.drawn.tag == "other" and not layer.label.kind


def _layer(layer: Layer, frame: Frame, desk: Desk) -> list[Node]:
    kind = layer.label.kind
    if layer.drawn.tag == "g" and layer.family in ("", "group", "plain"):
        return (_stack if kind and kind.direction else _group)(layer, frame, desk)
    make = fillings.MAKERS.get(layer.family)
    made = make(layer, kind, frame.scope, desk) if make and kind else fillings.as_drawn(layer, frame.scope, desk)
    if made is None:
        return []
    _finish(made, layer.drawn.turn, frame, desk)
    return [made.node]


# ------------------------------------------------------------------------------------------------ arrangements

_WIDEST_FIRST = ("canvas.ratio ge 5", "canvas.ratio ge 1.4", "canvas.ratio in 0.8..1.4", "canvas.ratio le 0.8")


def _rank(layer: Layer) -> int:
    """Those with conditions of their own are tried first, then the widest to the tallest, then the others."""
    if any(argument.startswith("when ") for argument in layer.label.arguments):
        return -1
    when = layer.label.kind.when if layer.label.kind else ""
    return _WIDEST_FIRST.index(when) if when in _WIDEST_FIRST else len(_WIDEST_FIRST)


def _switch(arrangements: list[Layer], frame: Frame, desk: Desk) -> Node:
    """All arrangements of one frame; the last serves what is left."""
    node = Node("switch", arrangements[0].drawn.mark, {"id": desk.id("arrangement", frame.scope)}, scope=frame.scope)
    ranked = sorted(arrangements, key=_rank)
    node.children = [_arrangement(layer, frame, layer is ranked[-1], desk) for layer in ranked]
    return node


def _arrangement(layer: Layer, frame: Frame, last: bool, desk: Desk) -> Node:
    said, node = desk.said("g", layer), desk.node("g", layer, frame.scope, {})
    desk.read(said, layer)
    natural = layer.label.kind.when if layer.label.kind and not last else ""
    if when := said.when or natural:
        node.attributes["ddm:when"] = when
    node.children = [operation(name, parameters, layer.drawn.mark) for name, parameters in said.calls]
    node.children += layers(layer.drawn.children, Frame(frame.box, node.attributes["id"]), desk)
    return node


# ------------------------------------------------------------------------------------------------ groups


def _group(layer: Layer, frame: Frame, desk: Desk) -> list[Node]:
    """A frame for what it holds."""
    said, node = desk.said("g", layer), desk.node("g", layer, frame.scope, {})
    desk.read(said, layer)
    inner = layers(layer.drawn.children, Frame(layer.box, frame.scope), desk)
    _finish(Filling(said, node, layer.box), layer.drawn.turn, frame, desk)
    node.children += inner
    return [node] if inner else []


def _stack(layer: Layer, frame: Frame, desk: Desk) -> list[Node]:
    """Copy, set one after another; what cannot stand in a stack lies beneath it."""
    inner = list(opened(layer.drawn.children, desk.findings))
    pieces = [each for each in inner if _stackable(each)]
    below = [each for each in inner if not _stackable(each)]
    if not pieces:
        desk.findings.error(layer.drawn.mark, f"'{layer.label.name}' holds no copy to stack", "put texts into it")
        return []
    nodes = [node for each in below for node in _layer(each, replace(frame, others=()), desk)]
    lines, box = rows(pieces), around(pieces)
    flat = len(lines) == 1 or (layer.label.kind is not None and layer.label.kind.direction == "across")
    said, node = desk.said("g", layer), desk.node("g", layer, frame.scope, {})
    said.calls.append(("stack", across(pieces, desk.canvas) if flat else column(lines, desk.canvas)))
    if said.palette and not frame.stacked:
        said.calls.append(("ink", {"from": said.palette, "contrast": CONTRAST}))
    desk.read(said, layer)
    others = (*frame.others, *(each.box for each in below))
    _finish(Filling(said, node, box), layer.drawn.turn, replace(frame, others=others), desk)
    inside = Frame(box, frame.scope, stacked=True)
    for line in [[piece for each in lines for piece in each]] if flat else lines:
        node.children += _line(line, inside, len(line) > 1 and not flat, desk)
    return [*nodes, node]


def _line(line: list[Layer], frame: Frame, beside: bool, desk: Desk) -> list[Node]:
    """The pieces of one row; several of them make a stack of their own."""
    nodes = [node for each in line for node in _layer(each, frame, desk)]
    for node in nodes:  # the stack inks them all, unless one was told how
        node.children = [child for child in node.children if not _inked_alike(child)]
    if not beside:
        return nodes
    group = Node("g", line[0].drawn.mark, {"id": desk.id("row", frame.scope)}, scope=frame.scope)
    group.children = [operation("stack", across(line, desk.canvas), group.mark), *nodes]
    return [group]


def _inked_alike(node: Node) -> bool:
    return (
        node.tag == "ddm:ink"
        and set(node.attributes) == {"from", "contrast"}
        and node.attributes["contrast"] == CONTRAST
    )


def _stackable(layer: Layer) -> bool:
    if layer.drawn.tag == "g":
        kind = layer.label.kind
        return layer.family == "copy" or (layer.family == "group" and kind is not None and bool(kind.direction))
    return layer.drawn.tag == "text"


# ------------------------------------------------------------------------------------------------ place

_RANGED = {"middle": "centre", "end": "end"}


def _finish(made: Filling, turn: float, frame: Frame, desk: Desk) -> None:
    """Condition, place and operations, in that order."""
    said, node = made.said, made.node
    if said.when:
        node.attributes["ddm:when"] = said.when
    if frame.stacked:
        _stacked(said)
    else:
        place = said.call("place") or {}
        said.calls = [call for call in said.calls if call[1] is not place]
        node.children.append(operation("place", pins.merged(_place(made, frame), place), node.mark))
        if turn:
            said.calls.append(("rotate", {"by": plain(turn)}))
    node.children += [operation(name, parameters, node.mark) for name, parameters in said.calls]
    desk.declared.used_palette |= any(desk.declared.palette in p.values() for _, p in said.calls if p)


def _stacked(said: Said) -> None:
    """In a stack, the stack places."""
    for name, _ in said.calls:
        if not OPERATIONS[name].stacked:
            said.error(f"{name} has no effect in a stack", "say it of the stack's group")
    said.calls = [call for call in said.calls if OPERATIONS[call[0]].stacked]


def _place(made: Filling, frame: Frame) -> dict[str, str]:
    """Copy gets room to grow into; pictures and shapes stay as large as they were drawn."""
    said, node, box = made
    stack = said.call("stack")
    if node.tag == "text" or stack is not None:
        if said.calm:
            return dict.fromkeys(("left", "right", "top", "bottom"), EDGE) | {"safe": "yes", "in": "calm"}
        ranged = (stack or {}).get("align") or _RANGED.get(node.attributes.get("text-anchor", ""), "start")
        box = pins.room(box, frame.box, frame.others, ranged)
        found, safe = pins.pinned(box, frame.box, said.holds, said.stretches) | {"align": ranged}, True
    else:
        if said.calm:
            said.error("'calm' is for copy and pictures", "say it of the stack")
        found = pins.pinned(box, frame.box, said.holds, said.stretches)
        safe = node.tag == "image" and said.element != "image"
        if node.tag == "image" and not said.holds:  # a narrower subject stands in the middle of where it was drawn
            found.pop("align", None)
    return found | ({"safe": "yes"} if safe and not pins.bleeds(box, frame.box) else {})
