"""What is left of a box when others are taken out of it: the largest rectangles, exactly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ddm.geometry import Box


def largest_free(room: Box, taken: Iterable[Box]) -> Box:
    """The rectangle of most area in `room` that meets none of `taken`; the upper, then the left one of equals.

    A box of no size at the corner of `room` where nothing is left.
    """
    nothing = Box(room.x, room.y, 0.0, 0.0)
    return min(free_boxes(room, taken), key=lambda box: (-box.area, box.y, box.x), default=nothing)


def free_boxes(room: Box, taken: Iterable[Box]) -> list[Box]:
    """All rectangles in `room` that meet none of `taken` and cannot grow.

    Every taken box cuts each rectangle that it meets into what remains at its left, right, above and below. Those
    overlap, so that each is as large as can be; what lies within another is dropped.
    """
    found = [room] if room.area else []
    for box in taken:
        found = _outermost([piece for one in found for piece in _around(one, box)])
    return found


def meet(a: Box, b: Box) -> bool:
    """Whether they share any area; touching is not meeting."""
    return a.x < b.right and b.x < a.right and a.y < b.bottom and b.y < a.bottom


def _around(room: Box, hole: Box) -> list[Box]:
    if not hole.area or not meet(room, hole):
        return [room]
    sides = (
        Box.of_edges(room.x, room.y, hole.x, room.bottom),
        Box.of_edges(hole.right, room.y, room.right, room.bottom),
        Box.of_edges(room.x, room.y, room.right, hole.y),
        Box.of_edges(room.x, hole.bottom, room.right, room.bottom),
    )
    return [side for side in sides if side.width > 0 and side.height > 0]


def _outermost(boxes: Sequence[Box]) -> list[Box]:
    ordered = sorted(set(boxes), key=lambda box: -box.area)  # a box can only lie within a larger one
    return [box for i, box in enumerate(ordered) if not any(other.contains(box) for other in ordered[:i])]
