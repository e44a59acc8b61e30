"""Questions to the library: whose material, what must hold, what is wished for; and their answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from ddm.errors import InputError
from ddm.language.expressions import Condition
from ddm.library.filters import quoted
from ddm.perceive.perception import Perception
from ddm.perceive.schema import ATTRIBUTES, Attribute

Wish: TypeAlias = tuple[str | Condition, bool, float]
"""(attribute, whether less is better, weight), as `Preference` says it; or (condition, any, weight)."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """found: the best that fit, best first; scores: theirs, the sums of the wishes. total: materials asked about.
    removed: condition -> those that failed it and none before it; conditions that removed nothing are left out."""

    found: tuple[Perception, ...]
    scores: tuple[float, ...]
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


def ranked(name: str) -> Attribute:
    """The attribute that materials are ranked by. InputError for one that has no order."""
    row = ATTRIBUTES.get(name)
    if row is None or row.kind not in ("share", "number", "pixels", "degrees"):
        raise InputError(f"materials cannot be ranked by '{name[:80]}'", mend="name an attribute that is a number")
    return row
