"""Where matching finds material: a protocol, and its implementation over lists in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from ddm.acquire.product import Product
from ddm.language.expressions import Condition
from ddm.language.template import Preference
from ddm.match.shortlist import Shortlist, sift
from ddm.perceive.perception import Perception

OWN = "own"
SOURCES: Mapping[str, tuple[tuple[str, str | None], ...]] = {
    "product": (("product", OWN),),
    "products": (("product", OWN), ("product", None)),
    "scenes": (("scene", None),),
    "logos": (("logo", OWN), ("logo", "")),
}
"""What `from` may say -> (role, whose): the product's own, of all products (None), of the shop itself ('')."""


class Shelf(Protocol):
    """What matching asks of a collection of material. A product's own lies ready; all else is queried."""

    def own(self, product: Product, role: str) -> Sequence[Perception]:
        """The product's own materials of a role: 'product' for its pictures, 'logo' for its brand's marks."""
        ...

    def pool(self, role: str, owner: str | None, where: Condition | None, prefer: Sequence[Preference]) -> Shortlist:
        """The best materials of a role for which the condition holds: of one owner, '' the shop, or None for all."""
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

    def own(self, product: Product, role: str) -> Sequence[Perception]:
        return [m for m in self._roles.get(role, ()) if m.product == product.id]

    def pool(self, role: str, owner: str | None, where: Condition | None, prefer: Sequence[Preference]) -> Shortlist:
        return sift(where, prefer, [m for m in self._roles.get(role, ()) if owner in (None, m.product)])

    def product(self, id: str) -> Product | None:
        return self._products.get(id)
