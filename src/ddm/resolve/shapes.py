"""`<rect>`, `<circle>`, `<ellipse>` into plain shapes, coloured by role."""

from __future__ import annotations

import math
from typing import cast

from ddm.geometry import Box
from ddm.resolve.intents import ShapeIntent
from ddm.resolve.placed import Placed
from ddm.resolve.stage import Stage
from ddm.svg.tree import Clip, Ellipse, LinearGradient, Meta, Node, Paint, Rect, Stop


def _gradient(box: Box, first: str, last: str, angle: float) -> tuple[LinearGradient, tuple[float, float]]:
    """From edge to edge of the box in the direction `angle` (degrees, 90 is down)."""
    dx, dy = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    reach = abs(dx) * box.width / 2 + abs(dy) * box.height / 2
    cx, cy = box.centre
    stops = (Stop(0, first), Stop(1, last))
    return LinearGradient(cx - dx * reach, cy - dy * reach, cx + dx * reach, cy + dy * reach, stops), (dx, dy)


def _paint(placed: Placed, box: Box, opacity: float, stage: Stage) -> Paint:
    """The fill; it is painted on the ground as well."""
    intent = cast(ShapeIntent, placed.intent)
    if not intent.palette:
        fill = placed.element.attributes.get("fill", "#000000")
        stage.ground.paint_flat(box, fill, opacity, placed.tag != "rect")
        return fill
    colours = stage.roles(intent.palette)
    fill = colours[intent.role]
    stage.trace.note(placed.id, "fill", fill, f"role {intent.role} of {intent.palette}")
    if not intent.to:
        stage.ground.paint_flat(box, fill, opacity, placed.tag != "rect")
        return fill
    last = colours[intent.to]
    gradient, along = _gradient(box, fill, last, intent.angle)
    stage.ground.paint_gradient(box, fill, last, along, opacity, placed.tag != "rect")
    return gradient


def shape(placed: Placed, stage: Stage, box: Box | None = None) -> list[Node]:
    """The node for a shape, in its frame or in `box`; a circle is the largest in its frame."""
    box = box or placed.frame
    if placed.tag == "circle":
        side = min(box.width, box.height)
        across, down = placed.intent.align, placed.intent.rise
        box = Box(box.x + (box.width - side) * across, box.y + (box.height - side) * down, side, side)
    attributes = placed.element.attributes
    opacity = float(attributes.get("opacity", "1"))
    fill = _paint(placed, box, opacity, stage)
    stage.boxes[placed.id] = box
    meta = Meta(placed.id, "background" if box.contains(stage.canvas, 0.5) else "decoration")
    radius = min(_radius(placed, stage), box.width / 2, box.height / 2)
    if opacity >= 1 and placed.tag != "ellipse":
        stage.painted.append(Clip(box, radius))
    if placed.tag != "rect":
        return [Ellipse(box, fill, opacity, meta=meta)]
    return [Rect(box, fill, radius, opacity, meta=meta)]


def _radius(placed: Placed, stage: Stage) -> float:
    """Of the corners; all the box has room for makes a circle."""
    return math.inf if placed.tag == "circle" else float(placed.element.attributes.get("rx", "0")) * stage.unit
