"""A subject, and what was painted beneath it -> whether it stands, and the surface on which its shadow ends with it."""

from __future__ import annotations

from collections.abc import Sequence

from ddm.geometry import Box
from ddm.perceive.perception import Perception
from ddm.svg.tree import Clip, Group, Meta, Node

FOOT = 1.0  # pixels above the lowest edge of a subject: there it stands
SLACK = 0.5  # pixels by which edges may miss each other and still be one
GARMENT = 0.4  # sureness from which a subject is taken for clothes


def stands(material: Perception) -> bool:
    """Whether the subject stands on a ground: clothes that nobody wears lie, or hang before a wall."""
    clothes = material.attributes["subject.category"] == "apparel"
    sure = clothes and material.number("subject.category_sure") > GARMENT
    return not sure or bool(material.elements_of("person"))


def surface(painted: Sequence[Clip], canvas: Box, box: Box) -> tuple[Clip, ...]:
    """The clips that a shadow on the ground at the foot of `box` is cut to, outermost first.

    painted: opaque shapes and photographs in the order they were painted. Empty where the surface is as wide as the
    canvas (its upper end is a wall's foot, and a shadow climbs it), and where the subject is wider than the surface:
    it stands before it, not on it.
    """
    x, y = box.centre[0], box.bottom - FOOT
    top = max((n for n, one in enumerate(painted) if _holds(one.box, x, y)), default=None)
    if top is None:
        return ()
    found = painted[top]
    own = found.box
    if own.x <= canvas.x + SLACK and own.right >= canvas.right - SLACK:
        return ()
    if box.x < own.x - SLACK or box.right > own.right + SLACK:
        return ()
    ends = [one.box.y for one in painted[top + 1 :] if one.box.y > y and _spans(one.box, own)]
    return (found,) if not ends else (Clip(Box.of_edges(own.x, own.y, own.right, min(ends))), found)


def cut_to(clips: Sequence[Clip], node: Node, name: str) -> Node:
    """The node, cut to all of them."""
    for number, clip in enumerate(reversed(clips), 1):
        node = Group((node,), clip=clip, meta=Meta(f"{name}-ground-{number}", "shadow"))
    return node


def _holds(box: Box, x: float, y: float) -> bool:
    return box.x <= x <= box.right and box.y <= y <= box.bottom


def _spans(one: Box, other: Box) -> bool:
    return one.x <= other.x + SLACK and one.right >= other.right - SLACK
