"""The facts of one creative: what its material and product say to the template's conditions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ddm.acquire.product import Product
from ddm.formats.catalogue import Format
from ddm.language.expressions import holds
from ddm.language.template import Template
from ddm.match.binding import Binding
from ddm.match.wording import reduction
from ddm.perceive.schema import Value
from ddm.resolve.plan import Facts, Planner, Question


def of_format(format_: Format) -> dict[str, Value]:
    """The values of a format, by the names that conditions use."""
    canvas, free = format_.canvas, format_.free_box
    return {
        "canvas.width": canvas.width,
        "canvas.height": canvas.height,
        "canvas.ratio": canvas.ratio,
        "canvas.area": canvas.area,
        "free.ratio": free.width / max(1.0, free.height),
        "free.area": free.area / canvas.area,
        "free.lines": free.height / max(1.0, format_.min_text),
        "format.id": format_.id,
        "format.kind": format_.kind,
        "format.text": format_.text,
    }


def of_product(product: Product) -> dict[str, Value]:
    """The values of a product; what is not known is left out."""
    values: dict[str, Value] = {
        "product.language": product.language,
        "product.reduction": reduction(product),
        "product.brand": product.brand,
    }
    if product.price:
        values["product.price"] = float(product.price.amount)
    if product.rating is not None:
        values["product.rating"] = product.rating
    return values


@dataclass(slots=True)
class Record:
    """What conditions may ask of one creative."""

    binding: Binding
    values: Mapping[str, Value]

    def lookup(self, name: str, own: str) -> Value | None:
        """The value behind a name: of the canvas, the product, an object, or the layer's own material."""
        if name in self.values:
            return self.values[name]
        head, _, rest = name.partition(".")
        material = self.binding.material(head)
        if material is not None and rest in material.attributes:
            return material.attributes[rest]
        mine = self.binding.material(own) if own else None
        return mine.attributes.get(name) if mine else None

    def holds(self, question: Question) -> bool:
        own = question.object
        return holds(question.condition, lambda name: self.lookup(name, own))


def facts(planner: Planner, binding: Binding, format_: Format, product: Product) -> Facts:
    """Everything a plan depends on besides the format."""
    counts = tuple(sorted(binding.counts.items()))
    asked = planner.questions(counts)
    if not asked:
        return Facts((), binding.dropped, binding.gone, counts)
    record = Record(binding, of_format(format_) | of_product(product))
    return Facts(tuple(map(record.holds, asked)), binding.dropped, binding.gone, counts)


def without_material(planner: Planner, format_: Format, otherwise: bool) -> Facts:
    """Before any material: what the format does not answer is taken to be `otherwise`; nothing is left out."""
    counts = tuple(sorted((o.id, o.count[1]) for o in planner.template.objects.values() if o.counted))
    values = of_format(format_)
    known = _Known(values, otherwise)
    return Facts(tuple(map(known.holds, planner.questions(counts))), counts=counts)


@dataclass(slots=True)
class _Known:
    """Answers by the format alone."""

    values: Mapping[str, Value]
    otherwise: bool

    def holds(self, question: Question) -> bool:
        from ddm.language.expressions import tests

        named = all(test.name in self.values for test in tests(question.condition))
        return holds(question.condition, self.values.get) if named else self.otherwise


__all__ = ["Record", "Template", "facts", "of_format", "of_product", "without_material"]
