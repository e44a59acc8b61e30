"""A few bindings that differ: the best, then each that is good and unlike those taken before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ddm.match.looks import same_picture
from ddm.match.picks import Partial
from ddm.perceive.perception import Perception

LIKENESS = 1.0  # score that one more binding of wholly the same pictures would lose


def _named(materials: Iterable[Perception]) -> dict[str, str]:
    """id -> the smallest id of the pictures that show the same photograph."""
    unique = sorted({m.id: m for m in materials}.values(), key=lambda m: m.id)
    names: dict[str, str] = {}
    heads: list[Perception] = []
    for material in unique:
        head = next((h for h in heads if same_picture(h, material)), None)
        if head is None:
            heads.append(material)
        names[material.id] = (head or material).id
    return names


def different(ranked: Sequence[Partial], most: int) -> list[Partial]:
    """At most `most` of the least flawed, no two with the same set of pictures, best first."""
    flawless = [p for p in ranked if p.flaws == ranked[0].flaws]
    names = _named(m for p in flawless for m in p.shown)
    left = [(p, frozenset(names[m.id] for m in p.shown)) for p in flawless]
    taken: list[tuple[Partial, frozenset[str]]] = []
    while left and len(taken) < most:
        best = max(left, key=lambda x: x[0].score - LIKENESS * max((_likeness(x[1], t) for _, t in taken), default=0.0))
        taken.append(best)
        left = [x for x in left if x[1] != best[1]]
    return sorted((p for p, _ in taken), key=lambda p: p.rank)


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Part of all their pictures that two bindings share."""
    return len(one & other) / len(one | other) if one or other else 1.0
