"""Questions to the library in its own SQL: whose material, what must hold, what is wished for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ddm.errors import InputError
from ddm.language.expressions import Condition
from ddm.library.filters import filter_of, quoted
from ddm.library.records import column
from ddm.perceive.perception import Perception
from ddm.perceive.schema import ATTRIBUTES

Wish: TypeAlias = tuple[str | Condition, bool, float]
"""(attribute, whether less is better, weight), as `Preference` says it; or (condition, any, weight)."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """found: the best that fit, best first. total: materials asked about. removed: condition -> those that failed it
    and none before it; conditions that removed nothing are left out."""

    found: tuple[Perception, ...]
    total: int
    removed: Mapping[str, int]

    @property
    def fitting(self) -> int:
        """All that fit, found or beyond the limit."""
        return self.total - sum(self.removed.values())


def pool_of(role: str, product: str | None) -> str:
    """SQL for materials of a role, of one product; '' and None for any."""
    given = {"role": role or None, "product": product}
    return " and ".join(f"{name} = {quoted(value)}" for name, value in given.items() if value is not None)


def score_of(order: Sequence[Wish]) -> str:
    """SQL for the sum of the wishes by weight, each from 0 to 1; '' where there are none.

    An attribute counts by its place in its range; without a value, nothing. InputError for one that has no order.
    """
    return " + ".join(f"{weight!r} * {_wish(wanted, rising)}" for wanted, rising, weight in order)


def _wish(wanted: str | Condition, rising: bool) -> str:
    if not isinstance(wanted, str):
        return f"cast(({filter_of(wanted)}) as double)"
    row = ATTRIBUTES.get(wanted)
    if row is None or row.kind not in ("share", "number", "pixels", "degrees"):
        raise InputError(f"materials cannot be ranked by '{wanted[:80]}'", mend="name an attribute that is a number")
    value = f"({column(wanted)} - {row.low!r}) / {row.high - row.low!r}"
    return f"coalesce({f'1.0 - {value}' if rising else value}, 0.0)"
