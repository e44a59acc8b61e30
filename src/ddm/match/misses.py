"""Materials that nearly fitted: which conditions they failed, and by how much."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ddm.language.expressions import Condition, conjuncts, holds, tests
from ddm.perceive.perception import Perception
from ddm.perceive.schema import ATTRIBUTES, Value

MOST_MISSES = 3
UNITS = {"share": "%", "pixels": "px", "degrees": "deg"}


@dataclass(frozen=True, slots=True)
class Miss:
    """A material, and for each part of the condition that it fails: the part, and what is so instead."""

    material: Perception
    failed: tuple[tuple[str, str], ...]


def misses(where: Condition | None, pool: Iterable[Perception], most: int = MOST_MISSES) -> list[Miss]:
    """The materials that fail the fewest parts of a condition, but at least one; ties by id."""
    found = [Miss(material, _failed(where, material)) for material in pool]
    return sorted((m for m in found if m.failed), key=lambda m: (len(m.failed), m.material.id))[:most]


def _failed(where: Condition | None, material: Perception) -> tuple[tuple[str, str], ...]:
    parts = (part for part in conjuncts(where) if not holds(part, material.attributes.get))
    return tuple((str(part), _instead(part, material)) for part in parts)


def _instead(part: Condition, material: Perception) -> str:
    """'text.area is 3.2%'."""
    names = dict.fromkeys(name for test in tests(part) for name in test.names if name in ATTRIBUTES)
    return ", ".join(f"{name} is {said(name, material.attributes.get(name))}" for name in names)


def said(name: str, value: Value | None) -> str:
    """An attribute's value as a condition would write it."""
    if value is None:
        return "unknown"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, frozenset):
        return " ".join(sorted(value)) or "none"
    if isinstance(value, str):
        return f"'{value[:60]}'" if ATTRIBUTES[name].kind == "text" else value
    unit = UNITS.get(ATTRIBUTES[name].kind, "")
    return f"{round(value * 100 if unit == '%' else value, 2):g}{unit}"
