"""Which window of a picture serves a frame best: over all sizes and places wished for, by what each would cost.

Across and down are independent once the scale is known, and each is a convex cost with three kinks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from math import inf
from typing import NamedTuple

from ddm.errors import Unfit
from ddm.geometry import Box
from ddm.language.parameters import Zone
from ddm.resolve.objections import objection
from ddm.resolve.window import (
    CUT_SLACK,
    HIDDEN,
    NOISE,
    UNSEEN,
    Source,
    Window,
    Wish,
    deepest,
    growth_of,
    most_growth,
    size_in,
    too_small,
)

SCALES = 7  # sizes tried between the smallest and the largest wished for
OFF_PRICE = 2.0  # of missing the wished place by a frame
MISSED_PRICE = 1.5  # of missing the wished size by a frame
SOFT_PRICE = 0.5  # of drawing twice as large as the picture's pixels
LATER_PRICE = 0.15  # of each place that was wished for more
GROWTH_PRICE = {"flat": 0.2, "gradient": 0.5, "texture": 1.2, "complex": 2.0, "kept": 0.0}
"""What growing by one frame's extent costs against missing the wished place by as much."""


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
    low = max(low, limit - extent - deepest(source, after, edges[1] / scale, extent))
    high = min(high, deepest(source, before, edges[0] / scale, extent))
    if wish.close:
        kept = [covered > HIDDEN * extent * scale for covered in edges]
        low, high = low if kept[1] else -inf, high if kept[0] else inf
    back, on = (most_growth(source, wish, side, extent, limit) for side in (before, after))
    for slack in (0.0, UNSEEN):
        lowest, highest = max(low, -back - slack), min(high, limit - extent + on + slack)
        if lowest <= highest + NOISE:
            prices = GROWTH_PRICE[source.border(before)], GROWTH_PRICE[source.border(after)]
            return _Axis(extent, limit, lowest, highest, *prices)
    return None


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
    if wish.close:
        least = wish.size.low * (1 - NOISE)
        scales = {s: None for s in scales if size_in(source, wish, width / s, height / s, s) >= least}
        if not scales:
            return "the subject has too few pixels to be shown so close"
    for scale in scales:
        w, h = width / scale, height / scale
        margin = wish.margin * min(w, h)
        asked = replace(wish, most=0.0) if too_small(source, wish, w, h, scale) else wish
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
    size = size_in(source, wish, w, h, scale)
    missed = max(0.0, wish.size.low - size, size - wish.size.high)
    fixed = MISSED_PRICE * missed + SOFT_PRICE * max(0.0, scale - 1)
    for index, zone in enumerate(wish.zones):
        x, off_x = across.start(cx - clear.x - zone.x * clear.width)
        y, off_y = down.start(cy - clear.y - zone.y * clear.height)
        box = Box(x, y, w, h)
        yield Window(box, scale, growth_of(source, box), off_x + off_y + fixed + LATER_PRICE * index, zone)


def _third(source: Source, window: Window, wish: Wish) -> int:
    """Small, middling or large within the sizes wished for."""
    size, extent = wish.size, size_in(source, wish, window.box.width, window.box.height, window.scale)
    return round(2 * (extent - size.low) / max(size.high - size.low, 1e-6))


def _commonest(objections: Sequence[str]) -> str:
    return Counter(told.split(" by ")[0] for told in objections).most_common(1)[0][0]


def _centred(source: Source, width: float, height: float) -> Box:
    """The subject in the middle, as far as the picture reaches: what one would try first."""
    cx, cy = source.subject.centre
    return Box(_inside(cx, width, source.width), _inside(cy, height, source.height), width, height)


def _inside(centre: float, extent: float, limit: float) -> float:
    return min(max(centre - extent / 2, 0.0), limit - extent) if extent <= limit else (limit - extent) / 2
