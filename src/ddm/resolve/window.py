"""Which part of a picture a frame shows: pure geometry, by the subject, never by stretching.

A window is the frame laid over the picture: where it reaches outside, the picture must grow, as its borders allow.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import inf
from typing import NamedTuple, TypeAlias

from ddm.derive.extension.limits import LIMITS
from ddm.errors import Unfit
from ddm.geometry import Box
from ddm.language.parameters import Range, Zone
from ddm.perceive.schema import SIDES

MOST_ENLARGEMENT = 1.25  # beyond it a photograph looks soft beside crisp type
SCALES = 7  # sizes tried between the smallest and the largest wished for
NOISE = 1e-6  # pixels by which arithmetic may err: what just touches a limit keeps it
Insets: TypeAlias = tuple[float, float, float, float]
NOTHING: Insets = (0.0, 0.0, 0.0, 0.0)
UNSEEN = 0.05  # of the picture's pixels: what reaches less beyond its edge needs no growing
CUT_SLACK = 0.01  # of the frame, by which a side that cuts the subject anyway may cut it further
HIDDEN = 0.06  # of the frame, that the host may cover whatever of a subject lies there: margins are no more
SMALLEST = 0.6  # of the least size wished for: smaller, a subject would be lost in what is grown around it
OFF_PRICE = 2.0  # of missing the wished place by a frame
MISSED_PRICE = 1.5  # of missing the wished size by a frame
SOFT_PRICE = 0.5  # of drawing twice as large as the picture's pixels
LATER_PRICE = 0.15  # of each place that was wished for more
GROWTH_PRICE = {"flat": 0.2, "gradient": 0.5, "texture": 1.2, "complex": 2.0, "kept": 0.0}
"""What growing by one frame's extent costs against missing the wished place by as much."""
GROWTH_LIMIT = {kind: 0.9 * share for kind, share in LIMITS.items()} | {"kept": 0.0}
"""How far a border may be continued, as part of the picture's side, before it shows; "kept" where it must not be. A
little less than what is made: who asks for pixels rounds up."""


@dataclass(frozen=True, slots=True)
class Source:
    """A picture as the search sees it: size and subject in its pixels, sides that cut the subject, borders by side.

    bare: by side, how deep the picture may be covered before more than a cord of the subject is, in its pixels.
    """

    width: float
    height: float
    subject: Box
    cut: frozenset[str]
    borders: tuple[str, str, str, str]  # of SIDES, in their order
    bare: Insets = NOTHING

    def border(self, side: str) -> str:
        return self.borders[SIDES.index(side)]

    def mirrored(self) -> Source:
        swap = {"left": "right", "right": "left"}
        return Source(
            self.width,
            self.height,
            self.subject.mirrored(self.width),
            frozenset(swap.get(s, s) for s in self.cut),
            (self.borders[2], self.borders[1], self.borders[0], self.borders[3]),
            (self.bare[2], self.bare[1], self.bare[0], self.bare[3]),
        )


@dataclass(frozen=True, slots=True)
class Wish:
    """zones: places for the subject's centre, best first. size: its extent along the tighter side. Both are of that
    part of the frame which the host leaves free.

    margin: least room to the frame's edge, as part of its shorter side. covered: what the host covers of the frame at
    its left, top, right and bottom, in canvas pixels; the subject keeps clear of that. most: limit of growth per side,
    as part of the frame; 0 forbids it. finest: pixels the rasteriser may draw for each of the picture's.
    """

    zones: tuple[Zone, ...]
    size: Range
    margin: float = 0.03
    most: float = 0.0
    finest: float = MOST_ENLARGEMENT
    covered: Insets = NOTHING

    def clear(self, width: float, height: float) -> Box:
        """What the host leaves free of a frame of that size."""
        left, top, right, bottom = self.covered
        return Box(left, top, width - left - right, height - top - bottom)


@dataclass(frozen=True, slots=True)
class Window:
    """The frame in the picture's pixels; canvas pixels for each of them; growth by side, in the picture's pixels."""

    box: Box
    scale: float
    growth: Mapping[str, float]
    cost: float
    zone: Zone

    @property
    def grows(self) -> bool:
        return any(self.growth.values())


class _Axis(NamedTuple):
    """One side of the picture to the other: where a window of some extent may start, and what growing there costs.

    limit: the picture's extent. low, high: the starts between which nothing objects. before, after: prices of growth.
    """

    extent: float
    limit: float
    low: float
    high: float
    before: float
    after: float

    def start(self, wanted: float) -> tuple[float, float]:
        """(start, cost) of the best start. The cost is convex and has its kinks at three starts, so one of them is
        the best, or the end of the range that is nearest to it."""
        edge = self.limit - self.extent
        return min([self._tried(kink, wanted) for kink in (wanted, 0.0, edge)], key=_cost)

    def _tried(self, start: float, wanted: float) -> tuple[float, float]:
        start = min(max(start, self.low), self.high)
        cost = OFF_PRICE * abs(start - wanted)
        if start < 0:
            cost -= self.before * start
        if (beyond := start + self.extent - self.limit) > 0:
            cost += self.after * beyond
        return start, cost / self.extent


def _cost(tried: tuple[float, float]) -> float:
    return tried[1]


def _axis(source: Source, wish: Wish, across: bool, extent: float, scale: float, margin: float) -> _Axis | None:
    """None where no start will do."""
    edges = wish.covered[::2] if across else wish.covered[1::2]
    near, far = (max(margin, covered / scale) for covered in edges)
    before, after = ("left", "right") if across else ("top", "bottom")
    s = source.subject
    limit, start, end = (source.width, s.x, s.right) if across else (source.height, s.y, s.bottom)
    low = end - extent + (-CUT_SLACK * extent if after in source.cut else far)
    high = start - (-CUT_SLACK * extent if before in source.cut else near)
    low = max(low, limit - extent - _deepest(source, after, edges[1] / scale, extent))
    high = min(high, _deepest(source, before, edges[0] / scale, extent))
    back, on = (_most_growth(source, wish, side, extent, limit) for side in (before, after))
    for slack in (0.0, UNSEEN):
        lowest, highest = max(low, -back - slack), min(high, limit - extent + on + slack)
        if lowest <= highest + NOISE:
            prices = GROWTH_PRICE[source.border(before)], GROWTH_PRICE[source.border(after)]
            return _Axis(extent, limit, lowest, highest, *prices)
    return None


def _deepest(source: Source, side: str, covered: float, extent: float) -> float:
    """How far into the picture a window may start at a side where the host covers so much of it: of a subject that
    reaches that side, no more than a cord may lie there."""
    if side not in source.cut or covered <= HIDDEN * extent:
        return inf
    return source.bare[SIDES.index(side)] - covered


def _most_growth(source: Source, wish: Wish, side: str, extent: float, limit: float) -> float:
    """In the picture's pixels."""
    return 0.0 if side in source.cut else min(wish.most * extent, GROWTH_LIMIT[source.border(side)] * limit)


def _scales(source: Source, frame: Box, wish: Wish) -> Iterator[float]:
    clear = wish.clear(frame.width, frame.height)
    fit = min(clear.width / source.subject.width, clear.height / source.subject.height)
    steps = (wish.size.low + (wish.size.high - wish.size.low) * i / (SCALES - 1) for i in range(SCALES))
    cover = max(frame.width / source.width, frame.height / source.height)
    for scale in (*(fit * s for s in steps), cover, cover * 1.15, fit * wish.size.high * 1.15):
        yield min(scale, wish.finest)


def choose(source: Source, frame: Box, wish: Wish) -> tuple[Window, ...]:
    """The cheapest window of each kind (zone, and whether the subject is small, middling or large), cheapest first.

    Unfit gives the commonest reason when none will do.
    """
    found = _found(source, frame.width, frame.height, wish)
    if isinstance(found, str):
        raise Unfit(found)
    return found


@lru_cache(maxsize=16384)
def _found(source: Source, width: float, height: float, wish: Wish) -> tuple[Window, ...] | str:
    """The windows, or why there are none. Across and down are independent once the scale is known."""
    frame = Box(0, 0, width, height)
    scales = dict.fromkeys(_scales(source, frame, wish))
    kinds: dict[tuple[Zone, int], Window] = {}
    for scale in scales:
        w, h = width / scale, height / scale
        margin = wish.margin * min(w, h)
        asked = replace(wish, most=0.0) if _small(source, wish, w, h, scale) else wish
        across, down = (_axis(source, asked, *row, scale, margin) for row in ((True, w), (False, h)))
        if across and down:
            for window in _placed(source, wish, scale, across, down):
                kind = window.zone, _third(source, window, wish)
                if kind not in kinds or window.cost < kinds[kind].cost:
                    kinds[kind] = window
    if kinds:
        return tuple(sorted(kinds.values(), key=lambda window: window.cost))
    centred = ((_centred(source, width / scale, height / scale), scale) for scale in scales)
    return _commonest([objection(source, box, wish, scale) or "it does not fit" for box, scale in centred])


def _placed(source: Source, wish: Wish, scale: float, across: _Axis, down: _Axis) -> Iterator[Window]:
    """The best window of that scale for each zone."""
    w, h, subject = across.extent, down.extent, source.subject
    clear = wish.clear(w * scale, h * scale).scaled(1 / scale)
    cx, cy = subject.centre
    size = _size(source, wish, w, h, scale)
    missed = max(0.0, wish.size.low - size, size - wish.size.high)
    fixed = MISSED_PRICE * missed + SOFT_PRICE * max(0.0, scale - 1)
    for index, zone in enumerate(wish.zones):
        x, off_x = across.start(cx - clear.x - zone.x * clear.width)
        y, off_y = down.start(cy - clear.y - zone.y * clear.height)
        box = Box(x, y, w, h)
        yield Window(box, scale, _growth(source, box), off_x + off_y + fixed + LATER_PRICE * index, zone)


def _size(source: Source, wish: Wish, width: float, height: float, scale: float) -> float:
    """The subject's extent in a window of that many of the picture's pixels, as wishes say it."""
    clear = wish.clear(width * scale, height * scale).scaled(1 / scale)
    return max(source.subject.width / clear.width, source.subject.height / clear.height)


def _small(source: Source, wish: Wish, width: float, height: float, scale: float) -> bool:
    """Whether nothing must be grown around the subject, since it has too few pixels for that frame."""
    return _size(source, wish, width, height, scale) < SMALLEST * wish.size.low


def _third(source: Source, window: Window, wish: Wish) -> int:
    """Small, middling or large within the sizes wished for."""
    size, extent = wish.size, _size(source, wish, window.box.width, window.box.height, window.scale)
    return round(2 * (extent - size.low) / max(size.high - size.low, 1e-6))


def _growth(source: Source, box: Box) -> Mapping[str, float]:
    reach = (-box.x, -box.y, box.right - source.width, box.bottom - source.height)
    return {side: r if r > UNSEEN + NOISE else 0.0 for side, r in zip(SIDES, reach, strict=True)}


# ------------------------------------------------------------------------------------------------ refusals


def _commonest(objections: Sequence[str]) -> str:
    return Counter(told.split(" by ")[0] for told in objections).most_common(1)[0][0]


def _centred(source: Source, width: float, height: float) -> Box:
    """The subject in the middle, as far as the picture reaches: what one would try first."""
    cx, cy = source.subject.centre
    return Box(_inside(cx, width, source.width), _inside(cy, height, source.height), width, height)


def _inside(centre: float, extent: float, limit: float) -> float:
    return min(max(centre - extent / 2, 0.0), limit - extent) if extent <= limit else (limit - extent) / 2


def objection(source: Source, box: Box, wish: Wish, scale: float = 1.0) -> str | None:
    """Why a window at that scale will not do, or None."""
    growth, s = _growth(source, box), source.subject
    if any(growth.values()) and _small(source, wish, box.width, box.height, scale):
        return "the subject would be too small in its frame"
    rooms = dict(zip(SIDES, (s.x - box.x, s.y - box.y, box.right - s.right, box.bottom - s.bottom), strict=True))
    margin = wish.margin * min(box.width, box.height)
    covered = dict(zip(SIDES, (inset / scale for inset in wish.covered), strict=True))
    for side, room in rooms.items():
        along = source.width if side in ("left", "right") else source.height
        extent = box.width if side in ("left", "right") else box.height
        if _into(source, box, side) > _deepest(source, side, covered[side], extent) + NOISE:
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


def as_taken(source: Source, frame: Box, wish: Wish) -> Wish:
    """The wish for as much of the picture as the frame can show: its subject stays where the photographer had it."""
    scale = max(frame.width / source.width, frame.height / source.height)
    width, height = frame.width / scale, frame.height / scale
    clear = wish.clear(frame.width, frame.height).scaled(1 / scale)
    cx, cy = source.subject.centre
    x, y = cx - (source.width - width) / 2 - clear.x, cy - (source.height - height) / 2 - clear.y
    size = _size(source, wish, width, height, scale)
    return replace(wish, zones=(Zone(x / clear.width, y / clear.height),), size=Range(size, size))


def cover(source: Source, frame: Box, finest: float = MOST_ENLARGEMENT) -> Window:
    """A picture without a subject that matters: filled and centred. Unfit where it is too small."""
    scale = max(frame.width / source.width, frame.height / source.height)
    if scale > finest:
        raise Unfit(f"it would be enlarged {scale:.2f} times")
    width, height = frame.width / scale, frame.height / scale
    box = Box((source.width - width) / 2, (source.height - height) / 2, width, height)
    return Window(box, scale, dict.fromkeys(SIDES, 0.0), 0.0, Zone(0.5, 0.5))
