"""Hostile SVG text into an element tree: the only file that knows the XML parser.

No entities, no document types, no network, no processing instructions, and no more than the limits below.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, TypeAlias

from lxml import etree

from ddm.errors import InputError

SVG = "http://www.w3.org/2000/svg"
MAX_BYTES = 4 * 1024 * 1024
"""A resolved creative is 2 to 20 kB; pixels are never embedded."""
MAX_ELEMENTS = 20_000
"""A hundred times the largest template seen."""
MAX_DEPTH = 32
"""Groups nest by design, not by accident; each level may cost a layer of canvas size."""

Element: TypeAlias = Any
"""An lxml element (the library ships no types)."""

_PARSER = {"resolve_entities": False, "no_network": True, "load_dtd": False, "dtd_validation": False}


def parse(text: str, name: str = "") -> Element:
    """The root element of `text`. InputError with `name` and line for what is malformed, forbidden or too large."""
    data = _bytes(text, name)
    # A parser per call: libxml2 parsers are cheap (20 us) and must not be shared between threads.
    parser = etree.XMLParser(**_PARSER, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise InputError(f"not well-formed XML: {error.msg}", at(name, error.lineno)) from None
    _within_limits(root, name)
    return root


def at(name: str, line: int | None) -> str:
    """'file:line' for messages."""
    return f"{name or 'svg'}:{line or 1}"


def local(element: Element) -> str:
    """The name of an SVG element; names of other namespaces keep theirs, so that no table knows them."""
    return _local(element.tag)


@lru_cache(256)
def _local(tag: str) -> str:
    return tag.removeprefix(f"{{{SVG}}}") if tag.startswith("{") else f"{{}}{tag}"


def _bytes(text: str, name: str) -> bytes:
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InputError(f"not Unicode text: {error.reason}", at(name, 1)) from None
    if len(data) > MAX_BYTES:
        raise InputError(f"{len(data)} bytes of SVG", at(name, 1), f"at most {MAX_BYTES}; pictures are linked by href")
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise InputError("document types and entities are not read", at(name, 1), "remove the <!DOCTYPE>")
    return data


def _within_limits(root: Element, name: str) -> None:
    for count, (element, depth) in enumerate(_walk(root)):
        if count >= MAX_ELEMENTS:
            raise InputError(f"more than {MAX_ELEMENTS} elements", at(name, element.sourceline))
        if depth > MAX_DEPTH:
            raise InputError(f"nested deeper than {MAX_DEPTH}", at(name, element.sourceline))


def _walk(root: Element) -> Iterator[tuple[Element, int]]:
    level, depth = [root], 1
    while level:
        for element in level:
            yield element, depth
        level, depth = [child for element in level for child in element], depth + 1
