"""What an object may get, given what the others got: its candidates, else its fallbacks in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TypeAlias

from ddm.acquire.product import Product
from ddm.language.expressions import Condition
from ddm.language.template import AbstractObject, Fallback
from ddm.match.doors import at_the_door
from ddm.match.looks import same_picture
from ddm.match.picks import Partial, Pick
from ddm.match.relations import HARD, HOLDS, Row, Shown
from ddm.match.shelf import OWN, SOURCES, Shelf
from ddm.match.shortlist import Entry, Shortlist, merged, sift
from ddm.perceive.perception import Perception

OPTIONS = 8  # best candidates of each object that are combined with those of others
VARIANTS = 4  # sets of items tried for an object with a count

Fits: TypeAlias = Callable[[Product | None], bool]
"""Whether a product has the copy that an object's items cannot do without."""
Hurdle: TypeAlias = tuple[str, Callable[[Perception], bool]]
"""A hard relation in words, and whether a candidate takes it."""


class Options:
    """For one product and template. reasons: why objects were refused, in the order in which it turned out."""

    def __init__(self, product: Product, shelf: Shelf, needs: Callable[[str], Fits | None] = lambda id: None) -> None:
        """needs: the copy that belongs to an object's items, by its id; None where there is none."""
        self.product, self.shelf, self.needs = product, shelf, needs
        self.reasons: list[str] = []
        self._lists: dict[tuple[str, int], Shortlist] = {}
        self._free: dict[object, list[Pick]] = {}

    def of(self, spec: AbstractObject, partial: Partial) -> list[Pick]:
        """Best first; none where the object is refused beside these others."""
        notes: list[str] = []
        for depth, step in enumerate((Fallback("where", spec.where), *spec.otherwise)):
            found = _STEPS[step.kind](self, spec, step, partial, notes)
            if found:
                return (
                    [replace(pick, notes=tuple(notes), flaws=pick.flaws + depth) for pick in found] if notes else found
                )
        self.reasons.append(notes[0])
        return []

    def listed(self, spec: AbstractObject, where: Condition | None) -> Shortlist:
        """All candidates for the object, whatever the others got."""
        key = spec.id, id(where)  # by identity: hashing a condition costs more than looking it up
        if key not in self._lists:
            parts = [part for source in spec.source for part in self._parts(source, spec, where)]
            self._lists[key] = merged(parts, self.product.id)
        return self._lists[key]

    def _parts(self, source: str, spec: AbstractObject, where: Condition | None) -> Iterator[Shortlist]:
        places = SOURCES[source]
        for role, whose in places:
            if whose != OWN:
                yield self.shelf.pool(role, whose, where, spec.prefer)
                continue
            own = sift(where, spec.prefer, self.shelf.own(self.product, role))
            counted = (role, None) in places  # with those of all products
            yield Shortlist(own.entries, held=own.held) if counted else own

    # ------------------------------------------------------------------------------------------------ steps

    def _where(self, spec: AbstractObject, step: Fallback, partial: Partial, notes: list[str]) -> list[Pick]:
        """Where nothing before is in the way, these are the same beside all others, and worked out once."""
        listed = self.listed(spec, step.where)
        tests = list(_hurdles(spec, partial, strict=True))
        shown = frozenset(m.id for m in partial.shown) & listed.ids
        key = None if tests else (spec.id, id(step.where), shown)
        if key in self._free:
            return self._free[key]
        allowed, hurdles = self._allowed(spec, listed, tests)
        found = self._picks(spec, listed, allowed, shown)
        if not found:
            notes.append(refusal(spec, listed, len(allowed), hurdles, self._none(spec)))
        elif notes:
            notes.append(f"instead: {step.where or 'no condition'}")
        elif key:
            self._free[key] = found
        return found

    def _none(self, spec: AbstractObject) -> str:
        """Why there is no material at all."""
        own = any(whose == OWN and role == "product" for source in spec.source for role, whose in SOURCES[source])
        return (at_the_door(self.product) if own else "") or "there is no material"

    def _use(self, spec: AbstractObject, step: Fallback, partial: Partial, notes: list[str]) -> list[Pick]:
        other = partial.picks.get(step.use)
        low, high = spec.count
        if other is None or len(other.entries) < low:
            notes.append(f"'{step.use}' has nothing to use")
            return []
        notes.append(f"uses what '{step.use}' got")
        return [Pick(spec, other.entries[:high], other.listed, used=step.use)]

    def _drop(self, spec: AbstractObject, step: Fallback, partial: Partial, notes: list[str]) -> list[Pick]:
        also = f", and {' '.join('#' + layer for layer in step.layers)}" if step.layers else ""
        notes.append(f"its layers are dropped{also}")
        return [Pick(spec, gone=step.layers)]

    def _refuse(self, spec: AbstractObject, step: Fallback, partial: Partial, notes: list[str]) -> list[Pick]:
        """Before a creative is refused, relations that may give way do, but those of items: `count` tells."""
        for where in (spec.where, *(f.where for f in spec.otherwise if f.kind == "where")):
            listed = self.listed(spec, where)
            allowed, _ = self._allowed(spec, listed, list(_hurdles(spec, partial, strict=spec.counted)))
            if found := self._picks(spec, listed, allowed, {m.id for m in partial.shown}):
                notes.append("nothing else is left: taken all the same")
                return [replace(pick, flaws=1) for pick in found]
        return []

    # ------------------------------------------------------------------------------------------------ candidates

    def _allowed(
        self, spec: AbstractObject, listed: Shortlist, tests: Sequence[Hurdle]
    ) -> tuple[Sequence[Entry], Counter[str]]:
        """Entries that hard relations to the objects before, and the copy that belongs to them, allow."""
        fits, shop = self.needs(spec.id), "products" in spec.source
        if fits is None and not tests and not shop:
            return listed.entries, Counter()
        hurdles: Counter[str] = Counter()
        kept: list[Entry] = []
        for entry in listed.entries:
            failed = next((name for name, holds in tests if not holds(entry.material)), None)
            if failed is None and shop and not self._at_home(self.owner(entry)):
                failed = "its product is sold in another language or currency"
            if failed is None and fits and not fits(self.spoken_of(entry)):
                failed = "its product lacks the copy"
            if failed is None:
                kept.append(entry)
            else:
                hurdles[failed] += 1
        return kept, hurdles

    def _at_home(self, other: Product | None) -> bool:
        """Whether a product of the shop can stand beside the creative's own: in its language, for its money."""
        own = self.product
        if other is None or other.id == own.id:
            return True
        same_money = not (own.price and other.price) or own.price.currency == other.price.currency
        return same_money and own.language.partition("-")[0] == other.language.partition("-")[0]

    def owner(self, entry: Entry) -> Product | None:
        """The product that a candidate shows."""
        id = entry.material.product
        if not id or entry.material.attributes["role"] == "scene":
            return None
        return self.product if id == self.product.id else self.shelf.product(id)

    def spoken_of(self, entry: Entry) -> Product | None:
        """The product whose copy belongs to a candidate: of a backdrop's, which shows none, the creative's own."""
        shows = entry.material.product and entry.material.attributes["role"] != "scene"
        return self.owner(entry) if shows else self.product

    def _picks(
        self, spec: AbstractObject, listed: Shortlist, entries: Sequence[Entry], shown: Collection[str]
    ) -> list[Pick]:
        fresh = [entry for entry in entries if entry.material.id not in shown]
        if not spec.counted:
            return [Pick(spec, (entry,), listed) for entry in (fresh or entries)[:OPTIONS]]
        least, led = spec.count[0], self._led(spec)
        pools = (_apart(spec, led(pool), strict) for pool in (fresh, entries) for strict in (True, False))
        enough = next((pool for pool in pools if len(pool) >= least), None)
        kept = int(_leads(spec))
        return [Pick(spec, items, listed) for items in _sets(spec, enough, kept)] if enough else []

    def _led(self, spec: AbstractObject) -> Callable[[Sequence[Entry]], Sequence[Entry]]:
        """Among products of the shop the creative's own comes first; without it there is none."""

        def led(entries: Sequence[Entry]) -> Sequence[Entry]:
            own = [entry for entry in entries if entry.material.product == self.product.id]
            return [own[0], *(entry for entry in entries if entry is not own[0])] if own else []

        return led if _leads(spec) else lambda entries: entries


_STEPS = {"where": Options._where, "use": Options._use, "drop": Options._drop, "refuse": Options._refuse}


def _hurdles(spec: AbstractObject, partial: Partial, strict: bool) -> Iterator[Hurdle]:
    """Each hard relation between the object and those before, whichever declares it; if not strict, those that yield
    are left out."""
    for name, row in HARD.items():
        if row.yields and not strict:
            continue
        for id, pick in partial.picks.items():
            if spec.relations.get(name) == id:
                yield f"{name} '{id}'", _towards(row, spec, pick)
            if pick.spec.relations.get(name) == spec.id:
                yield f"{name} '{id}'", _back(row, spec, pick)


def _towards(row: Row, spec: AbstractObject, pick: Pick) -> Callable[[Perception], bool]:
    others = [Shown(pick.spec, material) for material in pick.materials]
    return lambda material: all(row.value(Shown(spec, material), other) >= HOLDS for other in others)


def _back(row: Row, spec: AbstractObject, pick: Pick) -> Callable[[Perception], bool]:
    others = [Shown(pick.spec, material) for material in pick.materials]
    return lambda material: all(row.value(other, Shown(spec, material)) >= HOLDS for other in others)


def _apart(spec: AbstractObject, entries: Iterable[Entry], strict: bool) -> list[Entry]:
    """No two of one photograph; nor, of all products, two of one product, unless they have to be."""
    spread = "products" in spec.source and "same-product" not in spec.relations
    kept: list[Entry] = []
    for entry in entries:
        twice = spread and any(entry.material.product == k.material.product for k in kept)
        if not (strict and (twice or any(same_picture(entry.material, k.material) for k in kept))):
            kept.append(entry)
        if len(kept) == spec.count[1] + VARIANTS:
            break
    return kept


def _leads(spec: AbstractObject) -> bool:
    """Whether the creative's own product must be among the items, of all that the shop has: unless a relation says
    whose they are."""
    return "products" in spec.source and not spec.relations.keys() & {"other-than", "same-product"}


def _sets(spec: AbstractObject, entries: Sequence[Entry], kept: int) -> Iterator[tuple[Entry, ...]]:
    """The best items; then without the first of them, without the second … but never without the first `kept`."""
    most = spec.count[1]
    yield tuple(entries[:most])
    for left_out in islice(range(kept, most), max(0, min(VARIANTS, len(entries) - most))):
        yield tuple(e for place, e in enumerate(entries[: most + 1]) if place != left_out)


def refusal(spec: AbstractObject, listed: Shortlist, left: int, hurdles: Counter[str], none: str) -> str:
    """'no cutout for 'hero': 0 of 214 (text.area le 1% removed 190, subject.cut = none removed 24)'.

    none: why there is no material, where there is none.
    """
    removed = [*listed.removed.items(), *hurdles.items()]
    told = ", ".join(f"{reason} removed {count}" for reason, count in removed) or none
    least = f"{left} of at least {spec.count[0]}, among {listed.total}" if spec.counted else f"0 of {listed.total}"
    told = told if listed.total == 0 or removed else "too few pictures"
    return f"no {spec.kind} for '{spec.id}': {least} ({told})"
