"""Which materials fit a condition, ranked by wishes, every removal counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from ddm.language.expressions import Condition, conjuncts, holds
from ddm.language.template import Preference
from ddm.perceive.perception import Perception
from ddm.perceive.schema import ATTRIBUTES, Value

KEPT = 64
"""Candidates kept of each object: more than any template shows, few enough for a library of millions."""

Record: TypeAlias = Mapping[str, Value]


class Entry(NamedTuple):
    """A material that fits, and how far it meets the wishes, 0..1."""

    score: float
    material: Perception


@dataclass(frozen=True, slots=True)
class Shortlist:
    """Candidates, best first, KEPT at most. fitting: how many fit in all, of `total`.

    removed: condition -> materials that failed it first. held: the conditions that hold of every candidate.
    ids: of the candidates.
    """

    entries: tuple[Entry, ...] = ()
    fitting: int = 0
    total: int = 0
    removed: Mapping[str, int] = field(default_factory=dict)
    held: tuple[str, ...] = ()
    ids: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "ids", frozenset(entry.material.id for entry in self.entries))


def wish(preference: Preference, record: Record) -> float:
    """How far one wish is met, 0..1; 0 where the attribute is not known."""
    if preference.condition is not None:
        return float(holds(preference.condition, record.get))
    row = ATTRIBUTES[preference.attribute]
    value = (float(record.get(row.name, row.low)) - row.low) / (row.high - row.low)  # type: ignore[arg-type]
    return 1 - value if preference.rising else value


def score(prefer: Sequence[Preference], material: Perception) -> float:
    """Mean of the wishes by weight; 1 where there are none."""
    weights = sum(p.weight for p in prefer)
    return sum(p.weight * wish(p, material.attributes) for p in prefer) / weights if weights else 1.0


@lru_cache(maxsize=1024)
def tests_of(where: Condition | None) -> tuple[tuple[str, Callable[[Record], bool]], ...]:
    """The parts of a condition that must all hold, as people read them and as functions of a record."""
    return tuple((str(part), _test(part)) for part in conjuncts(where))


def _test(part: Condition) -> Callable[[Record], bool]:
    return lambda record: holds(part, record.get)


def sift(where: Condition | None, prefer: Sequence[Preference], pool: Iterable[Perception]) -> Shortlist:
    """The pool's materials for which the condition holds; ties by id."""
    tests = tests_of(where)
    removed: Counter[str] = Counter()
    found: list[Entry] = []
    for material in pool:
        record = material.attributes
        failed = next((text for text, holds_of in tests if not holds_of(record)), None)
        if failed is None:
            found.append(Entry(score(prefer, material), material))
        else:
            removed[failed] += 1
    found.sort(key=lambda entry: (-entry.score, entry.material.id))
    held = tuple(text for text, _ in tests)
    return Shortlist(tuple(found[:KEPT]), len(found), len(found) + removed.total(), dict(removed), held)


def merged(parts: Sequence[Shortlist], own: str) -> Shortlist:
    """Several lists as one, each picture once; on a tie the product's own first, then by id."""
    if len(parts) == 1:
        return parts[0]
    removed: Counter[str] = Counter()
    for part in parts:
        removed.update(part.removed)
    unique = {e.material.id: e for part in reversed(parts) for e in part.entries}
    ranked = sorted(unique.values(), key=lambda e: (-e.score, e.material.product != own, e.material.id))
    fitting, total = (sum(getattr(part, name) for part in parts) for name in ("fitting", "total"))
    held = parts[0].held if parts else ()  # an object may look in no place at all: from=""
    return Shortlist(tuple(ranked[:KEPT]), fitting, total, dict(removed), held)
