"""`<rect>`, `<circle>`, `<ellipse>` into plain shapes, coloured by role."""

from __future__ import annotations

import math
from typing import cast

import numpy as np

from ddm import colour
from ddm.geometry import Box
from ddm.language.template import Call, Element
from ddm.resolve.frames import align, frame_of
from ddm.resolve.stage import Stage
from ddm.svg.tree import Ellipse, LinearGradient, Meta, Node, Paint, Rect, Stop


def _gradient(box: Box, first: str, last: str, angle: float) -> tuple[LinearGradient, tuple[float, float]]:
    """From edge to edge of the box in the direction `angle` (degrees, 90 is down)."""
    dx, dy = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    reach = abs(dx) * box.width / 2 + abs(dy) * box.height / 2
    cx, cy = box.centre
    stops = (Stop(0, first), Stop(1, last))
    return LinearGradient(cx - dx * reach, cy - dy * reach, cx + dx * reach, cy + dy * reach, stops), (dx, dy)


def rgb(hex_: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return np.array(colour.parse_hex(hex_), np.float32)


def _paint(element: Element, box: Box, opacity: float, stage: Stage, call: Call | None) -> Paint:
    """The fill; it is painted on the ground as well."""
    if call is None:
        fill = element.attributes.get("fill", "#000000")
        stage.ground.paint_flat(box, rgb(fill), opacity, element.tag != "rect")
        return fill
    colours = stage.roles(str(call.parameters["from"]))
    role = str(call.parameters["role"])
    stage.trace.note(element.id, "fill", colours[role], f"role {role} of {call.parameters['from']}")
    if "to" not in call.parameters:
        stage.ground.paint_flat(box, rgb(colours[role]), opacity, element.tag != "rect")
        return colours[role]
    last = colours[str(call.parameters["to"])]
    gradient, along = _gradient(box, colours[role], last, cast(float, call.parameters["angle"]))
    stage.ground.paint_gradient(box, rgb(colours[role]), rgb(last), along)
    return gradient


def shape(element: Element, frame: Box, stage: Stage) -> list[Node]:
    """The node for a shape, in its frame; a circle is the largest in its frame."""
    place = element.call("place")
    box = frame_of(element, frame, stage)
    if element.tag == "circle":
        side = min(box.width, box.height)
        box = align(box, side, side, place)
    opacity = float(element.attributes.get("opacity", "1"))
    fill = _paint(element, box, opacity, stage, element.call("recolour"))
    meta = Meta(element.id, "background" if box.contains(stage.canvas, 0.5) else "decoration")
    if element.tag != "rect":
        return [Ellipse(box, fill, opacity, meta=meta)]
    radius = float(element.attributes.get("rx", "0")) * stage.unit
    return [Rect(box, fill, min(radius, box.width / 2, box.height / 2), opacity, meta=meta)]
