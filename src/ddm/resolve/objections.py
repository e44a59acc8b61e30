"""Why a window will not do, in words for people; nothing where it will."""

from __future__ import annotations

from ddm.geometry import Box
from ddm.perceive.schema import SIDES
from ddm.resolve.window import CUT_SLACK, GROWTH_LIMIT, NOISE, UNSEEN, Source, Wish, deepest, growth_of, too_small


def objection(source: Source, box: Box, wish: Wish, scale: float = 1.0) -> str | None:
    """Why a window at that scale will not do, or None."""
    growth, s = growth_of(source, box), source.subject
    if any(growth.values()) and too_small(source, wish, box.width, box.height, scale):
        return "the subject would be too small in its frame"
    rooms = dict(zip(SIDES, (s.x - box.x, s.y - box.y, box.right - s.right, box.bottom - s.bottom), strict=True))
    margin = wish.margin * min(box.width, box.height)
    covered = dict(zip(SIDES, (inset / scale for inset in wish.covered), strict=True))
    for side, room in rooms.items():
        along = source.width if side in ("left", "right") else source.height
        extent = box.width if side in ("left", "right") else box.height
        if _into(source, box, side) > deepest(source, side, covered[side], extent) + NOISE:
            return f"the subject is cut at the {side}, where the host covers the frame"
        if side in source.cut:
            if growth[side] > 0:
                return f"the subject is cut at the {side}, so the picture cannot grow there"
            if room < -CUT_SLACK * extent - NOISE:
                return f"the frame would cut the subject further at the {side}"
        elif room < covered[side] - NOISE:
            return f"the subject would lie where the host covers the frame at the {side}"
        elif room < margin - NOISE:
            return f"the subject would come too near the {side} edge"
        if growth[side] > max(wish.most * extent, UNSEEN) + NOISE:
            return f"it would have to grow by {growth[side] / extent:.0%} of the frame at the {side}"
        kind = source.border(side)
        if growth[side] > max(GROWTH_LIMIT[kind] * along, UNSEEN) + NOISE:
            return f"its {kind} border at the {side} cannot be continued by {growth[side] / along:.0%}"
    return None


def _into(source: Source, box: Box, side: str) -> float:
    """How far the window starts inside the picture at that side."""
    picture = Box(0, 0, source.width, source.height)
    return (box.edge(side) - picture.edge(side)) * (1 if side in ("left", "top") else -1)
