"""Conditions on one ratio alone, the canvas's or its free part's: where one holds, does not, or depends on more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from ddm.language.expressions import All, Any, Condition, Not, Test, holds, tests

RATIO, FREE = "canvas.ratio", "free.ratio"


def verdict(condition: Condition | None, ratio: float, name: str = RATIO) -> bool | None:
    """Three-valued logic (Kleene): None where more than the ratio of that name decides."""
    match condition:
        case None:
            return True
        case Test():
            return holds(condition, {name: ratio}.get) if condition.names == (name,) else None
        case Not():
            inner = verdict(condition.part, ratio, name)
            return None if inner is None else not inner
        case All() | Any():
            deciding = isinstance(condition, Any)
            found = [verdict(part, ratio, name) for part in condition.parts]
            return deciding if deciding in found else None if None in found else not deciding


class Coverage:
    """What the conditions of a switch's arrangements say at all ratios within a range: the free part's if one asks."""

    def __init__(self, conditions: Sequence[Condition | None], within: tuple[float, float]) -> None:
        names = {name for c in conditions if c for test in tests(c) for name in test.names}
        name = FREE if FREE in names else RATIO
        self.places = _places(conditions, within, name)
        self.verdicts = [[verdict(condition, ratio, name) for ratio in self.places] for condition in conditions]

    def reached(self) -> list[bool]:
        """For each condition: whether there is a ratio at which it may hold and no earlier one surely does."""
        taken, found = [False] * len(self.places), []
        for row in self.verdicts:
            found.append(any(v is not False and not t for v, t in zip(row, taken, strict=True)))
            taken = [t or v is True for v, t in zip(row, taken, strict=True)]
        return found

    def gaps(self) -> Iterator[tuple[float, float, bool]]:
        """(low, high, sure) for ratios at which none surely holds; sure: at which surely none does."""
        judged = enumerate(_best([row[n] for row in self.verdicts]) for n in range(len(self.places)))
        for found, group in groupby(judged, lambda pair: pair[1]):
            at = [n for n, _ in group]
            if found is not True:  # between two named ratios, up to both
                yield self.places[at[0] - at[0] % 2], self.places[at[-1] + at[-1] % 2], found is False


def _places(conditions: Sequence[Condition | None], within: tuple[float, float], name: str) -> list[float]:
    """Ratios that stand for all: at even indices those that are named, between them one of those between."""
    low, high = within
    named = {a.plain for c in conditions if c for test in tests(c) if test.names == (name,) for a in test.amounts}
    edges = sorted({low, high, *(n for n in named if low < n < high)})
    return sorted({*edges, *((a * b) ** 0.5 for a, b in pairwise(edges))})


def _best(verdicts: Sequence[bool | None]) -> bool | None:
    return True if True in verdicts else None if None in verdicts else False
