"""Conditions on the canvas's ratio alone: at which ratios one surely holds, surely does not, or depends on more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from ddm.language.expressions import All, Any, Condition, Not, Test, holds, tests

RATIO = "canvas.ratio"


def verdict(condition: Condition | None, ratio: float) -> bool | None:
    """Three-valued logic (Kleene): None where more than the ratio decides."""
    match condition:
        case None:
            return True
        case Test():
            return holds(condition, {RATIO: ratio}.get) if condition.name == RATIO else None
        case Not():
            inner = verdict(condition.part, ratio)
            return None if inner is None else not inner
        case All() | Any():
            deciding = isinstance(condition, Any)
            found = [verdict(part, ratio) for part in condition.parts]
            return deciding if deciding in found else None if None in found else not deciding


def places(conditions: Sequence[Condition | None], within: tuple[float, float]) -> list[float]:
    """Ratios that stand for all: those that conditions name, and one between each two of them."""
    low, high = within
    named = {a.plain for c in conditions if c for test in tests(c) if test.name == RATIO for a in test.amounts}
    edges = sorted({low, high, *(n for n in named if low < n < high)})
    return sorted({*edges, *((a * b) ** 0.5 for a, b in pairwise(edges))})


def never(condition: Condition | None, earlier: Sequence[Condition | None], within: tuple[float, float]) -> bool:
    """Whether at every ratio it surely does not hold, or an earlier one surely does."""
    everywhere = places([condition, *earlier], within)
    return all(verdict(condition, r) is False or any(verdict(e, r) for e in earlier) for r in everywhere)


def always(condition: Condition, within: tuple[float, float]) -> bool:
    return all(verdict(condition, ratio) is True for ratio in places([condition], within))


def uncovered(
    conditions: Sequence[Condition | None], within: tuple[float, float]
) -> Iterator[tuple[float, float, bool]]:
    """(low, high, sure) for ratios at which none surely holds; sure: at which surely none does."""
    judged = [(ratio, _covered(conditions, ratio)) for ratio in places(conditions, within)]
    for sure, group in groupby(judged, lambda pair: pair[1]):
        ratios = [ratio for ratio, _ in group]
        if sure is not True:
            yield _edge(ratios[0], conditions, within, -1), _edge(ratios[-1], conditions, within, 1), sure is False


def _covered(conditions: Sequence[Condition | None], ratio: float) -> bool | None:
    found = [verdict(condition, ratio) for condition in conditions]
    return True if True in found else None if None in found else False


def _edge(ratio: float, conditions: Sequence[Condition | None], within: tuple[float, float], step: int) -> float:
    """The end of a stretch whose last place is `ratio`: itself where it is named, else the named one beyond it."""
    everywhere = places(conditions, within)
    at = everywhere.index(ratio)
    return ratio if at % 2 == 0 else everywhere[at + step]
