"""The names that conditions may use: attributes of material, of the canvas and of the product."""

from __future__ import annotations

from collections.abc import Mapping

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
    "copy.tagline",
    "copy.cta",
    "copy.badge",
)


def find(name: str, objects: Mapping[str, str]) -> Attribute | None:
    """The attribute behind a name: of the canvas or product, of the element's own material, or 'object.attribute'.

    objects: id -> kind.
    """
    if name in CONTEXT:
        return CONTEXT[name]
    if name in ATTRIBUTES:
        return ATTRIBUTES[name]
    head, _, rest = name.partition(".")
    return ATTRIBUTES.get(rest) if head in objects else None


def known(objects: Mapping[str, str]) -> list[str]:
    return [*CONTEXT, *ATTRIBUTES, *(f"{o}.{a}" for o in objects for a in ATTRIBUTES)]
