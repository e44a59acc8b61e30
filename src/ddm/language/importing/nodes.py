"""The template as a tree, and that tree as text whose lines know where in the drawing they come from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from ddm.language.source import Mark
from ddm.language.vocabulary import NAMESPACE, SVG


@dataclass
class Node:
    """An element of the template. tag: with 'ddm:' for those of the language. scope: the arrangement it stands in."""

    tag: str
    mark: Mark
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    text: str = ""
    scope: str = ""

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def ours(self) -> bool:
        return self.tag.startswith("ddm:")


def operation(name: str, parameters: Mapping[str, str], mark: Mark) -> Node:
    return Node(f"ddm:{name}", mark, dict(parameters))


def _open(node: Node) -> str:
    written = "".join(f" {key}={quoteattr(_clean(value))}" for key, value in node.attributes.items())
    return f"<{node.tag}{written}"


def _clean(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(c for c in text if c >= " " and not 0xD800 <= ord(c) < 0xE000 and ord(c) not in (0xFFFE, 0xFFFF))


def _lines(node: Node, depth: int) -> Iterator[tuple[str, Mark]]:
    """Leaves on one line with their operations; groups with a line for each child."""
    pad = "  " * depth
    if not node.children and not node.text:
        yield f"{pad}{_open(node)}/>", node.mark
    elif all(child.ours and not child.children for child in node.children) and node.tag in _FLAT:
        inside = escape(_clean(node.text)) + "".join(f"{_open(child)}/>" for child in node.children)
        yield f"{pad}{_open(node)}>{inside}</{node.tag}>", node.mark
    else:
        yield f"{pad}{_open(node)}>", node.mark
        for child in node.children:
            yield from _lines(child, depth + 1)
        yield f"{pad}</{node.tag}>", node.mark


_FLAT = frozenset({"image", "text", "rect", "circle", "ellipse", "title", "desc"})


def written(root: Node) -> tuple[str, list[Mark]]:
    """The file's text, and for each of its lines the place in the drawing."""
    namespaces = {"xmlns": SVG, "xmlns:ddm": NAMESPACE}
    whole = Node(root.tag, root.mark, {**namespaces, **root.attributes}, root.children)
    lines = list(_lines(whole, 0))
    return "\n".join(text for text, _ in lines) + "\n", [mark for _, mark in lines]
