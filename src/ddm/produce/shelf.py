"""The library as matching sees it: a product's own material in memory, all other by queries with answers kept."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeVar

from ddm.acquire.product import Product
from ddm.errors import InputError
from ddm.language.expressions import Condition, conjuncts
from ddm.language.template import Preference
from ddm.library import Library
from ddm.match.shortlist import KEPT, Entry, Shortlist
from ddm.perceive.perception import Perception

T = TypeVar("T")

FRESH = 10.0
"""Seconds for which answers of the library are believed: it may grow while it is served."""
MOST_ANSWERS = 4096
"""Answers kept at a time; a product with its templates needs some dozens."""


class LibraryShelf:
    """Implements `ddm.match.Shelf`. Safe to use from several threads."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._answers: dict[Hashable, Any] = {}
        self._until = 0.0
        self._edition = 0
        self._lock = threading.Lock()

    def own(self, product: Product, role: str) -> Sequence[Perception]:
        return [m for m in self.of(product) if m.attributes["role"] == role]

    def of(self, product: Product) -> tuple[Perception, ...]:
        """All that a product brought, in the order of its gallery."""
        return self._kept(("of", product.id), lambda: self._library.of_product(product.id))

    def pool(self, role: str, owner: str | None, where: Condition | None, prefer: Sequence[Preference]) -> Shortlist:
        key = role, owner, where, tuple(prefer)
        return self._kept(key, lambda: self._asked(role, owner, where, prefer))

    def product(self, id: str) -> Product | None:
        return self._kept(("product", id), lambda: self._found(id))

    def _asked(self, role: str, owner: str | None, where: Condition | None, prefer: Sequence[Preference]) -> Shortlist:
        order = [(p.condition or p.attribute, p.rising, p.weight) for p in prefer]
        answer = self._library.candidates(role, owner, [where] if where else [], KEPT, order)
        found, weights = zip(answer.scores, answer.found, strict=True), sum(p.weight for p in prefer)
        scored = (Entry(sum_ / weights if weights else 1.0, material) for sum_, material in found)
        entries = sorted(scored, key=lambda e: (-e.score, e.material.id))
        held = tuple(map(str, conjuncts(where)))
        return Shortlist(tuple(entries), answer.fitting, answer.total, answer.removed, held)

    def _found(self, id: str) -> Product | None:
        try:
            return self._library.product(id)
        except InputError:
            return None

    def edition(self) -> int:
        """A number that changes when answers are forgotten: what was worked out from them is old, too."""
        with self._lock:
            if time.monotonic() >= self._until or len(self._answers) >= MOST_ANSWERS:
                self._answers, self._until = {}, time.monotonic() + FRESH
                self._edition += 1
            return self._edition

    def _kept(self, key: Hashable, read: Callable[[], T]) -> T:
        """The answer to a question; all are forgotten when they are older than FRESH."""
        self.edition()
        known = self._answers
        if key not in known:
            known[key] = read()
        answer: T = known[key]
        return answer
