"""Places where a paragraph may be broken into even lines of a given number: pure arithmetic on sums of advances."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TypeAlias

SLACK = 1e-7
"""Ems by which a line may exceed the width for the rounding of sums."""
HALVINGS = 26
"""Of the interval in which the least width lies: to a millionth of an em."""
WIDER = (1.0, 1.07, 1.16, 1.28, 1.45, 1.7, 2.0)
"""Widths at which lines are made even, by the least width for their number: wider ones reach better pauses."""
MOST_PIECES = 48
"""Pieces up to which all breaks are weighed; longer texts, which are no headlines, are only as narrow as can be."""

Breaks: TypeAlias = tuple[int, ...]
"""For each line the piece after its last."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """What lies between neighbouring places where a line may end. Of each piece, in em from the paragraph's beginning:
    its start, and the stop of a line that ends with it, hanging spaces left out; rough: the cost of breaking there."""

    start: list[float]
    stop: list[float]
    rough: list[float]

    def width(self, first: int, after: int) -> float:
        return self.stop[after - 1] - self.start[first]

    def cost(self, breaks: Breaks) -> tuple[float, float]:
        """(width, cost): of the widest line; squared slack against it, and roughness of all breaks but the last."""
        widths = [self.width(first, after) for first, after in zip((0, *breaks), breaks, strict=False)]
        widest = max(widths)
        slack = sum((1 - width / widest) ** 2 for width in widths) if widest > 0 else 0.0
        return widest, slack + sum(self.rough[after - 1] for after in breaks[:-1])


def ways(pieces: Pieces, count: int) -> list[Breaks]:
    """Ways to make `count` lines, from the narrowest on, each better than all narrower ones; none where that many
    lines are not needed at any width, or there are not so many pieces."""
    number = len(pieces.stop)
    if count == 1:
        return [(number,)]
    if number < count:
        return []
    least, enough = _narrowest(pieces, count), _narrowest(pieces, count - 1)
    if number > MOST_PIECES:
        packed = _packed(pieces, least)
        return [packed] if len(packed) == count else []
    widths = [least * part for part in WIDER if part == 1.0 or least * part < enough]
    found = {breaks for width in widths if (breaks := _even(pieces, count, width + SLACK))}
    return _better(pieces, found)


def _better(pieces: Pieces, found: set[Breaks]) -> list[Breaks]:
    kept: list[Breaks] = []
    best = float("inf")
    for (_, cost), breaks in sorted((pieces.cost(breaks), breaks) for breaks in found):
        if cost < best - SLACK:
            kept.append(breaks)
            best = cost
    return kept


def _packed(pieces: Pieces, width: float) -> Breaks:
    """Lines filled one after another; a piece too wide stands alone."""
    found: list[int] = []
    at, number = 0, len(pieces.stop)
    while at < number:
        at = max(at + 1, bisect_right(pieces.stop, pieces.start[at] + width + SLACK, at))
        found.append(at)
    return tuple(found)


def _narrowest(pieces: Pieces, count: int) -> float:
    """The least width at which that many lines do."""
    low = max(stop - start for start, stop in zip(pieces.start, pieces.stop, strict=True))
    high = pieces.stop[-1] - pieces.start[0]
    if len(_packed(pieces, low)) <= count:
        return low
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if len(_packed(pieces, middle)) <= count else (middle, high)
    return pieces.cost(_packed(pieces, high))[0]


def _even(pieces: Pieces, count: int, width: float) -> Breaks | None:
    """The cheapest `count` lines by squared slack and roughness of breaks (after Knuth and Plass, 1981)."""
    number = len(pieces.stop)
    costs = [0.0, *[float("inf")] * number]
    trail: list[list[int]] = []
    for line in range(1, count + 1):
        costs, chosen = _line(pieces, costs, width, line == count)
        trail.append(chosen)
    if costs[number] == float("inf"):
        return None
    found = [number]
    for chosen in trail[:0:-1]:
        found.append(chosen[found[-1]])
    return tuple(found[::-1])


def _line(pieces: Pieces, before: list[float], width: float, last: bool) -> tuple[list[float], list[int]]:
    """The costs of one more line that ends at each place, and where it begins then."""
    start, stop, number = pieces.start, pieces.stop, len(pieces.stop)
    costs, chosen = [float("inf")] * (number + 1), [0] * (number + 1)
    for after in range(1, number + 1):
        end, rough = stop[after - 1], 0.0 if last else pieces.rough[after - 1]
        for first in range(after - 1, -1, -1):
            wide = end - start[first]
            if wide > width:
                break
            cost = before[first] + (1 - wide / width) ** 2 + rough
            if cost < costs[after]:
                costs[after], chosen[after] = cost, first
    return costs, chosen
