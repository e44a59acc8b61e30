"""A question to the library -> materials with their figures, for people and machines."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from ddm.errors import InputError
from ddm.language.expressions import Condition, Test, mistyped, parse, tests
from ddm.library.library import Library
from ddm.perceive.perception import Perception
from ddm.perceive.schema import ATTRIBUTES

SHOWN = ("role", "width", "height", "scene.kind", "subject.category", "subject.area", "calm.area")
"""Attributes of the table for people, besides those that the question names."""


@dataclass(frozen=True, slots=True)
class Found:
    """score: cosine to the material that was named, or None where none was."""

    material: Perception
    score: float | None = None

    def row(self) -> dict[str, Any]:
        """For machines: sets as sorted lists."""
        values = {k: sorted(v) if isinstance(v, frozenset) else v for k, v in self.material.attributes.items()}
        near = {} if self.score is None else {"score": round(self.score, 4)}
        return {"id": self.material.id, "product": self.material.product, **near, "attributes": values}


@dataclass(frozen=True, slots=True)
class Question:
    """condition: of the language, '' for any. order: an attribute, most first unless rising. like: id of a material;
    then nearest first."""

    condition: str = ""
    role: str = ""
    product: str | None = None
    order: str = ""
    rising: bool = False
    limit: int = 20
    like: str = ""


def ask(library: Library, question: Question) -> tuple[tuple[Found, ...], int]:
    """The best, and how many fit in all. Raises InputError for a condition or an attribute that cannot be read."""
    where = parse(question.condition) if question.condition.strip() else None
    for test in tests(where) if where else ():
        _check(test)
    if question.like:
        return _like(library, question, where), library.count(where, question.role, question.product)
    order = [(question.order, question.rising, 1.0)] if question.order else []
    conditions = [where] if where else []
    answer = library.candidates(question.role, question.product, conditions, question.limit, order)
    return tuple(Found(one) for one in answer.found), answer.fitting


def _like(library: Library, question: Question, where: Condition | None) -> tuple[Found, ...]:
    if not library.get(question.like).embedding.size:
        raise InputError(f"material '{question.like[:80]}' has no embedding", mend="perceive it anew")
    near = library.nearest(question.like, where, question.limit, question.role, question.product)
    return tuple(Found(one.material, one.cosine) for one in near)


def _check(test: Test) -> None:
    """A slip would find nothing and say nothing."""
    for name in test.names:
        if name not in ATTRIBUTES:
            near = get_close_matches(name, ATTRIBUTES, 1)
            raise InputError(f"there is no attribute '{name}'", mend=f"did you mean {near[0]}?" if near else "")
    if wrong := mistyped(test, ATTRIBUTES[test.name], ATTRIBUTES.get(test.other)):
        raise InputError(wrong, str(test))
