"""Resolving small templates, and finding things in what came out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ddm.acquire.product import Product
from ddm.formats.catalogue import Format, find
from ddm.language.template import Template
from ddm.match import bindings
from ddm.perceive.perception import Derive, Perception
from ddm.resolve import Resolved, best
from ddm.svg.check import check
from ddm.svg.tree import Document, Group, Image, Node, Rect, Text
from ddm.svg.writer import write
from ddm.typeset import typesetter
from tests.support import materials
from tests.support.templates import compiled


def resolved(
    template: Template,
    format_: Format | str = "square-800",
    pool: Sequence[Perception] = (),
    product: Product | None = None,
    derive: Derive = materials.derive,
    overrides: Mapping[str, str] | None = None,
) -> Resolved:
    """The best creative; its SVG has passed the checker of the output language."""
    product = product or materials.product()
    found = bindings(template, product, pool or [materials.material()], overrides)
    format_ = find(format_) if isinstance(format_, str) else format_
    result = best(template, found, format_, product, typesetter(), derive)
    check(write(result.document))
    return result


def drawn(objects: str = "", layers: str = "", *args: object, **options: object) -> Document:
    """The document of a template written here."""
    return resolved(compiled(objects, layers), *args, **options).document  # type: ignore[arg-type]


def walk(node: Document | Node) -> Iterator[Node]:
    """All nodes below, in the order they are painted."""
    for child in getattr(node, "children", ()):
        yield child
        yield from walk(child)


def texts(document: Document) -> list[Text]:
    return [node for node in walk(document) if isinstance(node, Text)]


def images(document: Document) -> list[Image]:
    return [node for node in walk(document) if isinstance(node, Image)]


def named(document: Document, id: str) -> Node:
    (found,) = (node for node in walk(document) if node.meta.id == id)
    return found


def rect(document: Document, id: str) -> Rect:
    found = named(document, id)
    assert isinstance(found, Rect)
    return found


def groups(document: Document) -> list[Group]:
    return [node for node in walk(document) if isinstance(node, Group)]


def origins(result: Resolved, element: str, property: str) -> list[str]:
    """What the trace says of one value: 'value: origin'."""
    rows = result.trace.origins
    return [f"{o.value}: {o.origin}" for o in rows if (o.element, o.property) == (element, property)]
