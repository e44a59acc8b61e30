"""Which part of a picture a frame shows: pure geometry, by the subject, never by stretching.

A window is the frame laid over the picture: where it reaches outside, the picture must grow, as its borders allow.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ddm.errors import Unfit
from ddm.geometry import Box
from ddm.language.parameters import Range, Zone
from ddm.perceive.schema import SIDES

MOST_ENLARGEMENT = 1.25  # beyond it a photograph looks soft beside crisp type
SCALES = 7  # sizes tried between the smallest and the largest wished for
NOISE = 1e-6  # pixels by which arithmetic may err: what just touches a limit keeps it
GROWTH_PRICE = {"flat": 0.2, "gradient": 0.5, "texture": 1.2, "complex": 4.0}
"""What growing by one frame's extent costs against missing the wished place by as much."""
GROWTH_LIMIT = {"flat": 2.5, "gradient": 1.3, "texture": 0.22, "complex": 0.06}
"""How far a border may be continued, as part of the picture's side, before it shows."""


@dataclass(frozen=True, slots=True)
class Source:
    """A picture as the search sees it: size and subject in its pixels, sides that cut the subject, borders by side."""

    width: float
    height: float
    subject: Box
    cut: frozenset[str]
    borders: tuple[str, str, str, str]  # of SIDES, in their order

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
        )


@dataclass(frozen=True, slots=True)
class Wish:
    """zones: places for the subject's centre, best first. size: its extent along the tighter side of the frame.

    margin: least room to the frame's edge, as part of its shorter side. most: limit of growth per side, as part of
    the frame; 0 forbids it. finest: pixels the rasteriser may draw for each of the picture's.
    """

    zones: tuple[Zone, ...]
    size: Range
    margin: float = 0.03
    most: float = 0.0
    finest: float = MOST_ENLARGEMENT


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


def _growth(source: Source, box: Box) -> dict[str, float]:
    reach = (-box.x, -box.y, box.right - source.width, box.bottom - source.height)
    return {side: max(0.0, r) if r > 0.05 else 0.0 for side, r in zip(SIDES, reach, strict=True)}


def _rooms(source: Source, box: Box) -> dict[str, float]:
    """Room between the subject and the window's edge, by side, in the picture's pixels."""
    s = source.subject
    return dict(zip(SIDES, (s.x - box.x, s.y - box.y, box.right - s.right, box.bottom - s.bottom), strict=True))


def _objection(source: Source, box: Box, wish: Wish, growth: Mapping[str, float]) -> str | None:
    """Why this window will not do, or None."""
    rooms = _rooms(source, box)
    margin = wish.margin * min(box.width, box.height)
    for side, room in rooms.items():
        along = source.width if side in ("left", "right") else source.height
        extent = box.width if side in ("left", "right") else box.height
        if side in source.cut:
            if growth[side] > 0:
                return f"the subject is cut at the {side}, so the picture cannot grow there"
            if room < -0.01 * extent - NOISE:
                return f"the frame would cut the subject further at the {side}"
        elif room < margin - NOISE:
            return f"the subject would come too near the {side} edge"
        if growth[side] > wish.most * extent + NOISE:
            return f"it would have to grow by {growth[side] / extent:.0%} of the frame at the {side}"
        kind = source.border(side)
        if growth[side] > GROWTH_LIMIT[kind] * along + NOISE:
            return f"its {kind} border at the {side} cannot be continued by {growth[side] / along:.0%}"
    return None


def _cost(source: Source, box: Box, zone: Zone, wish: Wish, scale: float, growth: Mapping[str, float]) -> float:
    cx, cy = source.subject.centre
    off = abs((cx - box.x) / box.width - zone.x) + abs((cy - box.y) / box.height - zone.y)
    size = max(source.subject.width / box.width, source.subject.height / box.height)
    missed = max(0.0, wish.size.low - size, size - wish.size.high)
    grown = sum(
        GROWTH_PRICE[source.border(side)] * g / (box.width if side in ("left", "right") else box.height)
        for side, g in growth.items()
    )
    return 2 * off + 1.5 * missed + grown + max(0.0, scale - 1) * 0.5 + 0.15 * wish.zones.index(zone)


def _places(wanted: float, extent: float, limit: float) -> tuple[float, ...]:
    """Offsets worth trying on one axis: as wished, moved inside the picture, and flush with either edge."""
    inside = min(max(wanted, 0.0), max(0.0, limit - extent)) if extent <= limit else (limit - extent) / 2
    return tuple(dict.fromkeys((wanted, inside, (wanted + inside) / 2, 0.0, limit - extent)))


def _scales(source: Source, frame: Box, wish: Wish) -> Iterator[float]:
    fit = min(frame.width / source.subject.width, frame.height / source.subject.height)
    steps = (wish.size.low + (wish.size.high - wish.size.low) * i / (SCALES - 1) for i in range(SCALES))
    cover = max(frame.width / source.width, frame.height / source.height)
    for scale in (*(fit * s for s in steps), cover, cover * 1.15, fit * wish.size.high * 1.15):
        yield min(scale, wish.finest)


def _candidates(source: Source, frame: Box, wish: Wish) -> Iterator[tuple[Box, float, Zone]]:
    cx, cy = source.subject.centre
    for zone, scale in itertools.product(wish.zones, dict.fromkeys(_scales(source, frame, wish))):
        width, height = frame.width / scale, frame.height / scale
        for x in _places(cx - zone.x * width, width, source.width):
            for y in _places(cy - zone.y * height, height, source.height):
                yield Box(x, y, width, height), scale, zone


@lru_cache(maxsize=1024)
def choose(source: Source, frame: Box, wish: Wish) -> tuple[Window, ...]:
    """The cheapest window of each kind (zone, and whether the subject is small, middling or large), cheapest first.

    Unfit gives the commonest reason when none will do.
    """
    kinds: dict[tuple[Zone, int], Window] = {}
    objections: Counter[str] = Counter()
    for box, scale, zone in _candidates(source, frame, wish):
        growth = _growth(source, box)
        if objection := _objection(source, box, wish, growth):
            objections[objection.split(" by ")[0]] += 1
            continue
        window = Window(box, scale, growth, _cost(source, box, zone, wish, scale, growth), zone)
        kind = zone, _third(source, box, wish.size)
        if kind not in kinds or window.cost < kinds[kind].cost:
            kinds[kind] = window
    if not kinds:
        raise Unfit(objections.most_common(1)[0][0])
    return tuple(sorted(kinds.values(), key=lambda w: w.cost))


def _third(source: Source, box: Box, size: Range) -> int:
    """Small, middling or large within the sizes wished for."""
    extent = max(source.subject.width / box.width, source.subject.height / box.height)
    return round(2 * (extent - size.low) / max(size.high - size.low, 1e-6))


def cover(source: Source, frame: Box, finest: float = MOST_ENLARGEMENT) -> Window:
    """A picture without a subject that matters: filled and centred. Unfit where it is too small."""
    scale = max(frame.width / source.width, frame.height / source.height)
    if scale > finest:
        raise Unfit(f"it would be enlarged {scale:.2f} times")
    width, height = frame.width / scale, frame.height / scale
    box = Box((source.width - width) / 2, (source.height - height) / 2, width, height)
    return Window(box, scale, dict.fromkeys(SIDES, 0.0), 0.0, Zone(0.5, 0.5))
