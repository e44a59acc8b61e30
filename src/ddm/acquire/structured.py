"""Structured data of a page (JSON-LD, microdata, RDFa) -> one kind of Node. The only file that knows extruct."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml.html import HtmlElement

SCRIPT_LIMIT = 2_000_000  # characters of one JSON-LD script; real ones stay under 200,000
NODE_LIMIT = 20_000  # nodes of one page; more is an attack, and the first ones are the product anyway
DEPTH_LIMIT = 40

# Whole strings are kept; comments and commas before a closing bracket, which JSON forbids, are dropped.
_JSON_NOISE = re.compile(r'("(?:[^"\\]|\\.)*")|//[^\n]*|/\*.*?\*/|,(?=\s*[}\]])', re.DOTALL)
_WRAPPER = re.compile(r"^\s*(?://)?\s*(?:<!\[CDATA\[|<!--)|(?://)?\s*(?:\]\]>|-->)\s*;?\s*$")
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')


@dataclass(frozen=True, slots=True)
class Node:
    """One thing described in a page.

    types: local names in lower case, such as 'product'. values: by local name. within: the properties it lies under,
    outermost first. index: the nodes of the page by @id, through which references are followed.
    """

    types: frozenset[str]
    id: str = ""
    values: Mapping[str, list[Any]] = field(default_factory=dict)
    within: tuple[str, ...] = ()
    index: Mapping[str, Node] = field(default_factory=dict, repr=False, compare=False)

    def nodes(self, *names: str) -> list[Node]:
        """The things under any of `names`, references followed."""
        found = [value for name in names for value in self.values.get(name, ()) if isinstance(value, Node)]
        return [self.index.get(each.id, each) if not each.values else each for each in found]

    def scalars(self, *names: str) -> list[str | int | float]:
        """The plain values under `names`, in the order of the names, empty ones left out."""
        flat = (value for name in names for value in self.values.get(name, ()) if not isinstance(value, Node))
        return [value for value in flat if value not in ("", None)]

    def text(self, *names: str) -> str:
        """The first plain value under `names` as text, else the name of the first thing there; or ''."""
        plain = next((clean(str(value)) for value in self.scalars(*names)), "")
        return plain or next((name for node in self.nodes(*names) if (name := node.text("name", "value"))), "")


def clean(text: str) -> str:
    """Text as a reader sees it: tags and entities resolved, white space single."""
    if "<" in text:
        text = re.sub(r"<[^<>]{0,2000}>", " ", text)
    return " ".join(html.unescape(text).split())


def read(tree: HtmlElement, url: str) -> dict[str, list[Node]]:
    """All nodes of the page by syntax, in the order of trust. A syntax that cannot be read yields no nodes."""
    return {syntax: build(list(reader(tree, url))) for syntax, reader in SYNTAXES.items()}


def build(items: list[Any]) -> list[Node]:
    """JSON-LD-like dictionaries as Nodes: every one of them, outer ones first."""
    index: dict[str, Node] = {}
    found: list[Node] = []

    def convert(value: Any, within: tuple[str, ...]) -> list[Any]:
        if isinstance(value, list):
            return [each for item in value for each in convert(item, within)]
        if not isinstance(value, dict):
            return [] if value is None or isinstance(value, bool) else [value]
        if "@value" in value:
            return convert(value["@value"], within)
        return [make(value, within)] if len(found) < NODE_LIMIT and len(within) < DEPTH_LIMIT else []

    def make(item: dict[str, Any], within: tuple[str, ...]) -> Node:
        types = item.get("@type") or item.get("type") or ()
        names = frozenset(local(str(name)).lower() for name in (types if isinstance(types, list) else [types]) if name)
        values: dict[str, list[Any]] = {}
        node = Node(names, str(item.get("@id") or item.get("id") or ""), values, within, index)
        found.append(node)
        inner = item.get("properties")
        for key, value in (inner if isinstance(inner, dict) else item).items():
            if key not in ("@type", "@id", "@context"):
                name = local(key)
                values.setdefault(name, []).extend(convert(value, (*within, name)))
        if node.id and values:
            index.setdefault(node.id, node)
        return node

    try:
        convert(items, ())
    except RecursionError:  # lists in lists without end: what was found before counts
        return found
    return found


def local(name: str) -> str:
    """'http://schema.org/Product', 'schema:Product' and 'Product' are one name."""
    return re.split(r"[/#:]", name.rstrip("/"))[-1]


def load_json(text: str) -> list[Any]:
    """The JSON documents in a script, mended where shops break them: CDATA and comment wrappers, comments, trailing
    commas, entities, wrong escapes, several documents in a row. [] when nothing helps."""
    bare = _WRAPPER.sub("", text)
    for mend in _MENDS:
        try:
            return _documents(mend(bare))
        except (ValueError, RecursionError):
            continue
    return []


def _documents(text: str) -> list[Any]:
    decoder, at, found = json.JSONDecoder(strict=False), 0, []
    while at < len(text) and (rest := text[at:].lstrip(" \t\r\n;,")):
        item, end = decoder.raw_decode(rest)
        found.append(item)
        at = len(text) - len(rest) + end
    return found


def _without_noise(text: str) -> str:
    return _JSON_NOISE.sub(lambda match: match[1] or "", text)


_MENDS: tuple[Callable[[str], str], ...] = (
    lambda text: text,
    _without_noise,
    lambda text: _without_noise(_BAD_ESCAPE.sub("", text)),
    lambda text: _without_noise(html.unescape(text)),
)


def _json_ld(tree: HtmlElement, url: str) -> Iterator[Any]:
    for script in tree.xpath("//script[contains(translate(@type, 'LDJSON', 'ldjson'), 'ld+json')]"):
        text = script.xpath("string()")
        if len(text) <= SCRIPT_LIMIT:
            yield from load_json(text)


def _microdata(tree: HtmlElement, url: str) -> Iterator[Any]:
    if not tree.xpath("//*[@itemscope][1]"):
        return
    from extruct.w3cmicrodata import LxmlMicrodataExtractor

    try:
        yield from LxmlMicrodataExtractor().extract_items(tree, base_url=url)
    except Exception:  # a foreign parser on hostile input: whatever it raises, the other syntaxes still count
        return


def _rdfa(tree: HtmlElement, url: str) -> Iterator[Any]:
    """RDFa Lite 1.1: vocab, typeof, property, resource. Prefixes are dropped, for one vocabulary is read here."""
    for top in tree.xpath("//*[@typeof][not(ancestor::*[@typeof])]"):
        yield _rdfa_item(top)


def _rdfa_item(element: HtmlElement) -> dict[str, Any]:
    item: dict[str, Any] = {"@type": element.get("typeof").split(), "@id": element.get("resource") or ""}
    for child in element:
        _rdfa_properties(child, item)
    return item


def _rdfa_properties(element: HtmlElement, item: dict[str, Any]) -> None:
    nested = element.get("typeof") is not None
    value = _rdfa_item(element) if nested else _rdfa_value(element) if element.get("property") else None
    for name in (element.get("property") or "").split():
        item.setdefault(name, []).append(value)
    if not nested:
        for child in element:
            _rdfa_properties(child, item)


def _rdfa_value(element: HtmlElement) -> str:
    stated = next(
        (found for name in ("content", "resource", "href", "src", "datetime") if (found := element.get(name))), None
    )
    return stated if stated is not None else " ".join(element.text_content().split())


SYNTAXES: dict[str, Callable[[HtmlElement, str], Iterator[Any]]] = {
    "JSON-LD": _json_ld,
    "microdata": _microdata,
    "RDFa": _rdfa,
}
