"""What matching yields: a choice for each object, and the bindings that put choices together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ddm.acquire.product import Product
from ddm.language.template import Relation
from ddm.match.wording import Wording
from ddm.perceive.perception import Perception


@dataclass(frozen=True, slots=True)
class Choice:
    """What one object got. Exactly one of material and wording is set, or neither where its layers are dropped.

    product: whose material or wording it is; None for a backdrop, and where nothing is known of it.
    candidates: materials that fit, the winner first and the others by rank. score: of the winner, 0..1;
    runners_up: (material id, score); removed: condition -> materials that failed it first, of `total`.
    """

    material: Perception | None = None
    wording: Wording | None = None
    product: Product | None = None
    candidates: tuple[Perception, ...] = ()
    score: float = 0.0
    runners_up: tuple[tuple[str, float], ...] = ()
    removed: Mapping[str, int] = field(default_factory=dict)
    total: int = 0
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Related:
    """How well two objects of a binding suit each other: 0 not at all, 1 wholly."""

    object: str
    relation: Relation
    other: str
    value: float


@dataclass(frozen=True, slots=True)
class Binding:
    """A template's objects, filled. Items of an object with a count are choices 'id.1', 'id.2' …; counts: how many.

    gone: ids of layers that a fallback leaves out. dropped: ids of objects whose layers are left out.
    """

    choices: Mapping[str, Choice]
    score: float
    counts: Mapping[str, int] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    relations: tuple[Related, ...] = ()
    dropped: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        empty = (n for n, c in self.choices.items() if c.material is None and c.wording is None)
        object.__setattr__(self, "dropped", frozenset(empty))

    def material(self, name: str) -> Perception | None:
        choice = self.choices.get(name)
        return choice.material if choice else None
