"""Where matching finds material: a protocol, and its implementation over lists in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from ddm.acquire.product import Product
from ddm.language.expressions import Condition
from ddm.language.template import Preference
from ddm.match.shortlist import Shortlist, sift
from ddm.perceive.perception import Perception

ROLES: Mapping[str, str] = {"product": "product", "products": "product", "scenes": "scene", "logos": "logo"}
"""What `from` may say -> the role of the materials it means."""


class Shelf(Protocol):
    """What matching asks of a collection of material. A product's own pictures lie ready; all else is queried."""

    def own(self, product: Product) -> Sequence[Perception]:
        """The product's own pictures, in the order of its gallery."""
        ...

    def pool(self, role: str, where: Condition | None, prefer: Sequence[Preference]) -> Shortlist:
        """The best materials of a role ('product', 'scene', 'logo') for which the condition holds."""
        ...

    def product(self, id: str) -> Product | None:
        """The product behind a material's `product`; None where it is not known."""
        ...


class Pool:
    """A shelf in memory."""

    def __init__(self, materials: Iterable[Perception], products: Iterable[Product] = ()) -> None:
        self._roles: dict[str, list[Perception]] = {}
        for material in materials:
            self._roles.setdefault(str(material.attributes["role"]), []).append(material)
        self._products = {product.id: product for product in products}

    def own(self, product: Product) -> Sequence[Perception]:
        return [m for m in self._roles.get("product", ()) if m.product == product.id]

    def pool(self, role: str, where: Condition | None, prefer: Sequence[Preference]) -> Shortlist:
        return sift(where, prefer, self._roles.get(role, ()))

    def product(self, id: str) -> Product | None:
        return self._products.get(id)
