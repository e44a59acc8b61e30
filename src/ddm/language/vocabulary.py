"""The names that conditions may use: attributes of material, of the canvas and of the product."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from ddm.perceive.schema import ATTRIBUTES, Attribute

NAMESPACE = "urn:ddm:1"
SVG = "http://www.w3.org/2000/svg"

_CONTEXT = (
    Attribute("canvas.width", "pixels", "Width of the format.", 1, 65536),
    Attribute("canvas.height", "pixels", "Height of the format.", 1, 65536),
    Attribute("canvas.ratio", "number", "Width over height of the format.", 0, 1000),
    Attribute("canvas.area", "number", "Pixels of the format.", 1, 2**32),
    Attribute("format.id", "text", "The format's id."),
    Attribute("product.language", "text", "The copy's language, such as en or zh-CN."),
    Attribute("product.price", "number", "The price, in its currency.", 0, 1e12),
    Attribute("product.reduction", "share", "How far the price is below the list price."),
    Attribute("product.brand", "text", "The brand."),
)

CONTEXT: Mapping[str, Attribute] = {row.name: row for row in _CONTEXT}

COPY_SOURCES = (
    "product.title",
    "product.description",
    "product.brand",
    "product.price",
    "product.list_price",
    "product.reduction",
    "product.rating",
    "product.rating_count",
    "product.availability",
    "product.sku",
    "copy.tagline",
    "copy.cta",
    "copy.badge",
    "copy.headline",
    "copy.subline",
    "copy.legal",
)
NUMBER_SOURCES = (
    "product.price",
    "product.list_price",
    "product.reduction",
    "product.saving",
    "product.rating",
    "product.rating_count",
)
MATERIAL_SOURCES = ("product", "products", "scenes", "logos")
VALUE = Attribute("value", "number", "The number itself.", -1e12, 1e12)


PICTURES = ("image", "cutout", "logo")
"""The kinds of object that are filled with material."""

Scope: TypeAlias = Literal["material", "picture", "layer", "value"]
"""Of whom a condition speaks: of candidates for an object, of a layer that selects a picture, of any other layer."""

RESERVED = frozenset(
    head for name in (*CONTEXT, *ATTRIBUTES) for head, _, rest in [name.partition(".")] if rest in ATTRIBUTES
)
"""What no object may be called: subject.ratio would be two things."""


def find(name: str, objects: Mapping[str, str], scope: Scope) -> Attribute | None:
    """The attribute behind a name: of the canvas or product, of the element's own material, or 'object.attribute'.

    objects: id -> kind. None for names that have no value in that scope.
    """
    if scope == "value":
        return VALUE if name == "value" else None
    if scope != "layer" and name in ATTRIBUTES:
        return ATTRIBUTES[name]
    if scope == "material":
        return None
    head, _, rest = name.partition(".")
    return CONTEXT.get(name) or (ATTRIBUTES.get(rest) if objects.get(head) in PICTURES else None)


def known(objects: Mapping[str, str], scope: Scope) -> list[str]:
    if scope == "value":
        return ["value"]
    own = [] if scope == "layer" else list(ATTRIBUTES)
    others = [f"{o}.{a}" for o, kind in objects.items() if kind in PICTURES for a in ATTRIBUTES]
    return own if scope == "material" else [*CONTEXT, *own, *others]
