"""The stage: all that the operations of one creative may ask, and what they have painted so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import cast

from ddm.acquire.product import Product
from ddm.errors import Unfit
from ddm.formats.catalogue import Format
from ddm.geometry import Box
from ddm.language.expressions import Condition, holds
from ddm.language.lengths import unit_of
from ddm.language.template import Call, Element, Template
from ddm.match.binding import Binding
from ddm.match.wording import reduction
from ddm.perceive.perception import Derive, Perception, Swatch
from ddm.perceive.schema import Value
from ddm.resolve.ground import Ground
from ddm.resolve.roles import colourless, roles
from ddm.resolve.trace import Trace
from ddm.typeset.runs import Typesetter


@dataclass
class Stage:
    """One template, one binding, one format. Only `ground`, `trace` and `takes` change while it is played.

    take: which of its windows a picture uses, 0 the cheapest; takes: how many there turned out to be.
    """

    template: Template
    binding: Binding
    format: Format
    product: Product
    typesetter: Typesetter
    derive: Derive
    take: int = 0
    trace: Trace = field(default_factory=Trace)
    takes: int = field(default=1, init=False)
    _roles: dict[str, Mapping[str, str]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self.ground = Ground(self.format.canvas)

    @property
    def canvas(self) -> Box:
        return self.format.canvas

    @property
    def unit(self) -> float:
        """Canvas pixels for one unit of the template's own coordinates; grows with the area, whatever the ratio."""
        return unit_of(self.canvas) / unit_of(self.template.canvas)

    def lookup(self, name: str, own: Perception | None = None) -> Value | None:
        """The value behind a name in a condition: of the canvas, the product, an object, or the element's material."""
        context = self._context()
        if name in context:
            return context[name]
        head, _, rest = name.partition(".")
        material = self.binding.material(head)
        if material is not None and rest in material.attributes:
            return material.attributes[rest]
        return own.attributes.get(name) if own else None

    def _context(self) -> dict[str, Value]:
        canvas, product = self.canvas, self.product
        values: dict[str, Value] = {
            "canvas.width": canvas.width,
            "canvas.height": canvas.height,
            "canvas.ratio": canvas.ratio,
            "canvas.area": canvas.area,
            "format.id": self.format.id,
            "product.language": product.language,
            "product.reduction": reduction(product),
            "product.brand": product.brand,
        }
        return values | ({"product.price": float(product.price.amount)} if product.price else {})

    def true(self, condition: Condition | None, own: Perception | None = None) -> bool:
        return holds(condition, lambda name: self.lookup(name, own))

    def settled(self, element: Element) -> Element:
        """The element, and all below it, with only those operations whose condition holds."""
        own = self._own(element)
        calls = tuple(call for call in element.calls if self.true(call.when, own))
        return replace(element, calls=calls, children=tuple(map(self.settled, element.children)))

    def _own(self, element: Element) -> Perception | None:
        """The material that the element selects."""
        select = element.call("select")
        return self.binding.material(str(select.parameters["object"])) if select else None

    def shown(self, element: Element) -> bool:
        """Whether the layer takes part: its condition holds, and nothing it needs was dropped."""
        own = self._own(element)
        if not self.true(element.when, own):
            return False
        for call in element.calls:
            if call.name == "select" and call.parameters["object"] in self.binding.dropped:
                return False
            if call.name in ("keep", "drop") and not self._stays(call, own):
                return False
        return True

    def _stays(self, call: Call, own: Perception | None) -> bool:
        return self.true(cast(Condition, call.parameters["where"]), own) == (call.name == "keep")

    def roles(self, palette: str) -> Mapping[str, str]:
        """The colours by role of a palette object."""
        if palette not in self._roles:
            spec = self.template.objects[palette]
            material = self.binding.material(spec.of)
            if material is None:
                raise Unfit(f"the palette '{palette}' is of '{spec.of}', which was dropped", str(spec.mark))
            swatches, region = _colours(material, spec.region)
            self._roles[palette] = roles(swatches)
            named = ", ".join(f"{role} {value}" for role, value in self._roles[palette].items())
            self.trace.note(palette, "roles", named, f"main colours of the {region} of {spec.of}")
        return self._roles[palette]


def _colours(material: Perception, region: str) -> tuple[tuple[Swatch, ...], str]:
    """The region's colours; where they are no colours, those of the whole picture."""
    swatches = material.palettes.get(region, ())
    if region != "whole" and colourless(swatches):
        return material.palettes["whole"], f"whole picture (the {region} has no colour)"
    return swatches, region
