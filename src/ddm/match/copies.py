"""Copy and numbers for a product, with what to do where it has none."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ddm.acquire.product import Product
from ddm.errors import Unfit
from ddm.language.template import AbstractObject, Fallback
from ddm.match.binding import Choice
from ddm.match.wording import why_none, word

COPY = ("copy", "number")


class Copies:
    """The wordings of one template. overrides: given from outside, by object id or 'id.2' for an item's."""

    def __init__(self, objects: Mapping[str, AbstractObject], overrides: Mapping[str, str]) -> None:
        self.specs = {id: spec for id, spec in objects.items() if spec.kind in COPY}
        self._overrides = overrides
        self._lacking: dict[tuple[str, str], bool] = {}

    def choice(self, id: str, product: Product, item: str = "") -> tuple[Choice, tuple[str, ...]]:
        """The choice for one product, and the layers that go with it. Unfit where the object refuses.

        item: '' or '.2' for copy that belongs to the second item.
        """
        return self._tried(self.specs[id], product, item, ())

    def needs(self, id: str) -> Callable[[Product | None], bool] | None:
        """Whether a product has the copy `of` an object that can be neither replaced nor dropped; None for no copy."""
        needed = [spec for spec in self.specs.values() if spec.of == id]
        return (lambda product: not any(self._lacks(spec, product) for spec in needed)) if needed else None

    def _lacks(self, spec: AbstractObject, product: Product | None) -> bool:
        if product is None:
            return all(step.kind != "drop" for step in spec.otherwise)
        key = spec.id, product.id
        if key not in self._lacking:
            try:
                self._tried(spec, product, "", ())
                self._lacking[key] = False
            except Unfit:
                self._lacking[key] = True
        return self._lacking[key]

    def _tried(
        self, spec: AbstractObject, product: Product, item: str, trail: tuple[str, ...]
    ) -> tuple[Choice, tuple[str, ...]]:
        """Step by step. trail: objects that are waiting for this one's wording."""
        notes: list[str] = []
        for step in (Fallback("where", spec.where), *spec.otherwise):
            if step.kind == "where":
                found = self._worded(spec, step, product, item, notes)
                if found:
                    return found, ()
            elif step.kind == "drop":
                return Choice(product=product, why=(*notes, "its layers are dropped")), step.layers
            elif step.kind == "use" and step.use in self.specs and step.use not in trail:
                used = self._used(step.use, product, item, (*trail, spec.id))
                if used is not None and used.wording:
                    why = (*notes, f"uses what '{step.use}' got", *used.why)
                    return Choice(wording=used.wording, product=product, why=why), ()
        raise Unfit(notes[0], str(spec.mark))

    def _worded(
        self, spec: AbstractObject, step: Fallback, product: Product, item: str, notes: list[str]
    ) -> Choice | None:
        given = self._overrides.get(spec.id + item) or self._overrides.get(spec.id)
        wording = word(spec, product, {spec.id: given} if given else {}, step.where)
        if wording is None:
            notes.append(why_none(spec, product, step.where))
            return None
        weaker = (f"instead: {step.where}",) if notes else ()
        return Choice(wording=wording, product=product, why=(*notes, *weaker, wording.origin))

    def _used(self, id: str, product: Product, item: str, trail: tuple[str, ...]) -> Choice | None:
        try:
            return self._tried(self.specs[id], product, item, trail)[0]
        except Unfit:
            return None
