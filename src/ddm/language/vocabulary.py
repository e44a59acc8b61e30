"""The names that templates may use: attributes of material, of the canvas and of the product; sources of copy."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Literal, TypeAlias

from ddm.formats.format import KINDS as FORMAT_KINDS
from ddm.formats.format import TEXTS
from ddm.perceive.schema import ATTRIBUTES, Attribute

NAMESPACE = "urn:ddm:1"
SVG = "http://www.w3.org/2000/svg"

_CONTEXT = (
    Attribute("canvas.width", "pixels", "Width of the format.", 1, 65536),
    Attribute("canvas.height", "pixels", "Height of the format.", 1, 65536),
    Attribute("canvas.ratio", "number", "Width over height of the format.", 0, 1000),
    Attribute("canvas.area", "number", "Pixels of the format.", 1, 2**32),
    Attribute("free.ratio", "number", "Width over height of what the host leaves free of the format.", 0, 1000),
    Attribute("free.area", "share", "How much of the format that is."),
    Attribute("free.lines", "number", "Lines of the smallest type allowed that its height holds.", 0, 65536),
    Attribute("format.id", "text", "The format's id."),
    Attribute("format.kind", "word", "What kind of placement it is.", choices=tuple(FORMAT_KINDS)),
    Attribute("format.text", "word", "What the host allows of copy inside the picture.", choices=tuple(TEXTS)),
    Attribute("product.language", "text", "The copy's language, such as en or zh-CN."),
    Attribute("product.price", "number", "The price, in its currency.", 0, 1e12),
    Attribute("product.reduction", "share", "How far the price is below the list price."),
    Attribute("product.rating", "number", "The mean of its ratings, out of five.", 0, 5),
    Attribute("product.brand", "text", "The brand."),
)

CONTEXT: Mapping[str, Attribute] = {row.name: row for row in _CONTEXT}

COPY_SOURCES: Mapping[str, str] = {
    "product.title": "the product's title",
    "product.description": "its description",
    "product.brand": "its brand",
    "product.price": "its price, as its language writes it",
    "product.list_price": "its price before a reduction",
    "product.reduction": "the reduction, such as -20%",
    "product.saving": "how far the price is below the list price, in money",
    "product.rating": "the mean of its ratings, out of five",
    "product.rating_count": "how many ratings it has",
    "product.availability": "whether it can be had",
    "product.sku": "its number at the shop",
    "copy.tagline": "a wording of the shop's or the user's: a line about the product",
    "copy.headline": "such a wording: the headline",
    "copy.subline": "such a wording: what stands below the headline",
    "copy.cta": "such a wording: what to do",
    "copy.badge": "such a wording: a word or two",
    "copy.legal": "such a wording: what must be said",
    "copy.until": "such a wording: the last day, as 2026-12-24",
}
"""Source -> what it gives."""

NUMBER_SOURCES: Mapping[str, Attribute] = {
    "product.price": Attribute("value", "number", "The price.", 0, 1e12),
    "product.list_price": Attribute("value", "number", "The price before a reduction.", 0, 1e12),
    "product.reduction": Attribute("value", "share", "How far the price is below the list price."),
    "product.saving": Attribute("value", "number", "The list price less the price.", 0, 1e12),
    "product.rating": Attribute("value", "number", "The mean of its ratings, out of five.", 0, 5),
    "product.rating_count": Attribute("value", "number", "How many ratings it has.", 0, 1e9),
}
"""Source -> what `value` is in the conditions of a number that has it."""

PICTURE_SOURCES: Mapping[str, str] = {
    "product": "the product's own pictures",
    "products": "the pictures of all products of the shop",
    "scenes": "backdrops without a product",
    "logos": "the shop's logos",
}
"""Source -> what it gives."""

PICTURES = ("image", "cutout", "logo")
"""The kinds of object that are filled with material."""

WORDED = ("copy", "number")
"""The kinds of object that fill a text."""

Scope: TypeAlias = Literal["material", "picture", "layer", "number"]
"""Of whom a condition speaks: candidates for an object, a layer that selects a picture, any other layer, a number."""

RESERVED = frozenset(
    head for name in (*CONTEXT, *ATTRIBUTES) for head, _, rest in [name.partition(".")] if rest in ATTRIBUTES
)
"""What no object may be called: subject.ratio would be two things."""


def value_of(sources: Collection[str]) -> Attribute | None:
    """What `value` is for a number of these sources; None where there are none or they are of different kinds."""
    kinds = {row.kind: row for row in (NUMBER_SOURCES[s] for s in sources if s in NUMBER_SOURCES)}
    return next(iter(kinds.values())) if len(kinds) == 1 else None


def find(name: str, objects: Mapping[str, str], scope: Scope) -> Attribute | None:
    """The attribute behind a name: of the canvas or product, of the element's own material, or 'object.attribute'.

    objects: id -> kind. None for names that have no value in that scope. `value` is asked of `value_of`.
    """
    if scope in ("material", "picture") and name in ATTRIBUTES:
        return ATTRIBUTES[name]
    if scope in ("material", "number"):
        return None
    head, _, rest = name.partition(".")
    return CONTEXT.get(name) or (ATTRIBUTES.get(rest) if objects.get(head) in PICTURES else None)


def near(name: str, objects: Mapping[str, str], scope: Scope) -> Iterator[str]:
    """Names that somebody who wrote `name` may have meant: not all there are, which may be thousands."""
    if scope == "number":
        yield "value"
        return
    head, _, rest = name.partition(".")
    if scope != "material":
        yield from CONTEXT
        pictures = [o for o, kind in objects.items() if kind in PICTURES]
        yield from (f"{o}.{name}" for o in pictures if name in ATTRIBUTES)
        yield from (f"{o}.{rest}" for o in pictures if rest in ATTRIBUTES)
        yield from (f"{head}.{a}" for a in ATTRIBUTES if head in pictures)
    if scope != "layer":
        yield from ATTRIBUTES
