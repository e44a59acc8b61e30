"""Where something was drawn into constraints that other ratios can serve."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

from ddm.geometry import Box
from ddm.language.importing.drawn import plain

SPANS = 0.5  # of the frame's side; what is wider is held at both edges
CENTRED = 0.02  # of the side; insets that differ by less are meant alike
BLEEDS = 0.005  # of the side; nearer to an edge is on it
MARGIN = 0.06  # of the side; kept free where copy may grow to
INSIDE = 0.9  # of a box's area; that much of it inside another lies on that one

_AXES = (
    ("left", "right", "width", "centre", "across", "align", ("start", "centre", "end")),
    ("top", "bottom", "height", "middle", "down", "rise", ("top", "middle", "bottom")),
)


def _along(box: Box, frame: Box, down: bool) -> tuple[float, float, float]:
    """(inset at the start, inset at the end, extent) as parts of the frame's side."""
    if down:
        side = max(frame.height, 1e-9)
        return (box.y - frame.y) / side, (frame.bottom - box.bottom) / side, box.height / side
    side = max(frame.width, 1e-9)
    return (box.x - frame.x) / side, (frame.right - box.right) / side, box.width / side


def _percent(part: float) -> str:
    return f"{plain(min(999.0, max(-999.0, 100 * part)))}%"


def pinned(box: Box, frame: Box, holds: Set[str] = frozenset(), stretches: Set[str] = frozenset()) -> dict[str, str]:
    """`place` for a box drawn inside a frame.

    What spans its frame is held at both edges; else it keeps its size and the nearer edge; what is centred keeps its
    middle. `holds` and `stretches` are what the layer's name says instead.
    """
    found: dict[str, str] = {}
    for down, (first, last, size, middle, axis, side, sides) in enumerate(_AXES):
        start, end, extent = _along(box, frame, bool(down))
        wanted = {first, last, middle} & holds
        if axis in stretches or {first, last} <= wanted or (not wanted and extent > SPANS):
            found |= {first: _percent(start), last: _percent(end)}
        elif middle in wanted or (not wanted and abs(start - end) < CENTRED):
            found |= {size: _percent(extent), side: sides[1]}
        elif first in wanted or (not wanted and start <= end):
            found |= {first: _percent(start), size: _percent(extent), side: sides[0]}
        else:
            found |= {last: _percent(end), size: _percent(extent), side: sides[2]}
    return found


def merged(drawn: Mapping[str, str], said: Mapping[str, str]) -> dict[str, str]:
    """What is drawn, with what is said in its place; an axis takes two of its three."""
    whole = {**drawn, **said}
    replaced = (("after", "left"), ("before", "right"), ("below", "top"), ("above", "bottom"))
    for beside, edge in replaced:
        if beside in said and edge not in said:
            whole.pop(edge, None)
    for first, last, size, *_ in _AXES:
        if all(key in whole for key in (first, last, size)):
            whole.pop(next((key for key in (last, size, first) if key not in said), size))
    return whole


def bleeds(box: Box, frame: Box) -> bool:
    """Whether it reaches an edge of the frame, or beyond."""
    return any(inset <= BLEEDS for down in (False, True) for inset in _along(box, frame, down)[:2])


def room(box: Box, frame: Box, others: Iterable[Box], align: str) -> Box:
    """A text's box with the room it may grow into: away from where it is ranged, up to what is drawn beside it.

    Copy of other products is longer. It grows across towards the frame's margin, then down or up, or both ways
    from the middle; never into a neighbour, except where it was drawn over one.
    """
    beside = [other for other in others if not _lies_on(box, other)]
    wide = _grown_across(box, frame, beside, align)
    start, end, extent = _along(box, frame, True)
    low = max([frame.y, *(o.bottom for o in beside if o.bottom <= box.y and _meet_across(o, wide))])
    high = min([frame.bottom, *(o.y for o in beside if o.y >= box.bottom and _meet_across(o, wide))])
    if extent > SPANS:
        return wide
    if abs(start - end) < CENTRED:
        more = min(box.y - low, high - box.bottom) / 2
        return Box.of_edges(wide.x, box.y - more, wide.right, box.bottom + more)
    if start <= end:
        return Box.of_edges(wide.x, box.y, wide.right, max(box.bottom, box.bottom + 0.8 * (high - box.bottom)))
    return Box.of_edges(wide.x, min(box.y, box.y - 0.8 * (box.y - low)), wide.right, box.bottom)


def _grown_across(box: Box, frame: Box, beside: list[Box], align: str) -> Box:
    level = [o for o in beside if o.y < box.bottom and o.bottom > box.y]
    left = max([frame.x, *(o.right for o in level if o.right <= box.x)])
    right = min([frame.right, *(o.x for o in level if o.x >= box.right)])
    margin = min(MARGIN * frame.width, max(0.0, box.x - frame.x), max(0.0, frame.right - box.right))
    left, right = min(box.x, left + margin), max(box.right, right - margin)
    if align == "start":
        return Box.of_edges(box.x, box.y, right, box.bottom)
    if align == "end":
        return Box.of_edges(left, box.y, box.right, box.bottom)
    more = max(0.0, min(box.x - left, right - box.right))
    return Box.of_edges(box.x - more, box.y, box.right + more, box.bottom)


def _meet_across(one: Box, other: Box) -> bool:
    return one.x < other.right and one.right > other.x


def _lies_on(box: Box, other: Box) -> bool:
    return box.intersection(other).area >= INSIDE * box.area
