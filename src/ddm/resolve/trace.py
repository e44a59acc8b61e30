"""The trace: for every concrete value where it came from and what else was considered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Origin(NamedTuple):
    """What was decided (element, property, value), why (one sentence), and the alternatives with their costs."""

    element: str
    property: str
    value: str
    origin: str
    alternatives: tuple[tuple[str, float], ...] = ()

    def row(self) -> dict[str, Any]:
        row: dict[str, Any] = {
            "element": self.element,
            "property": self.property,
            "value": self.value,
            "origin": self.origin,
        }
        if self.alternatives:
            row["alternatives"] = [{"option": o, "cost": round(c, 4)} for o, c in self.alternatives]
        return row


@dataclass(slots=True)
class Trace:
    """Collects origins while a creative is resolved. cost: how far the result is from what was wished, summed."""

    origins: list[Origin] = field(default_factory=list)
    cost: float = 0.0

    def note(
        self, element: str, name: str, value: object, origin: str, alternatives: tuple[tuple[str, float], ...] = ()
    ) -> None:
        self.origins.append(Origin(element, name, str(value), origin, alternatives))

    def charge(self, cost: float) -> None:
        self.cost += cost
