"""The objects that a template's layers want, declared as their names are read."""

from __future__ import annotations

from dataclasses import dataclass, field

from ddm.language import objects, vocabulary
from ddm.language.importing import grammar
from ddm.language.importing.kinds import Kind
from ddm.language.importing.nodes import Node
from ddm.language.source import Mark

PALETTE = "mood"
RELATIONS = frozenset(
    key.name for row in objects.OBJECTS.values() for key in row.keys if key.kind in ("picture", "items")
)
"""Attributes that name another object."""


@dataclass
class Declared:
    """Objects by id, in the order in which they are met. hero: the picture that gives the colours, '' for none."""

    nodes: dict[str, Node] = field(default_factory=dict)
    hero: str = ""
    hero_kind: str = ""
    used_palette: bool = False

    @property
    def palette(self) -> str:
        return PALETTE if self.hero else ""

    def id_of(self, name: str, kind: Kind) -> str:
        """The object's id by the layer's name; conditions must be able to name it."""
        found = grammar.slug(name) or grammar.slug(kind.words[0]) or kind.family
        taken = found in vocabulary.RESERVED or found in _HEADS or found == PALETTE
        return f"{found}-object" if taken else found

    def add(self, id_: str, kind: Kind, said: dict[str, str], mark: Mark) -> str:
        """Declares it, or finds it declared: layers of one name and kind share an object. The id it got."""
        number, whole = 1, id_
        while (known := self.nodes.get(whole)) is not None and known.tag != f"ddm:{kind.element}":
            number += 1
            whole = f"{id_}-{number}"
        if known is None:
            self.nodes[whole] = Node(f"ddm:{kind.element}", mark, {"id": whole, **self._referring(said)})
        else:
            known.attributes.update({k: v for k, v in self._referring(said).items() if k not in kind.attributes})
        return whole

    def _referring(self, said: dict[str, str]) -> dict[str, str]:
        return {k: grammar.slug(v.lstrip("#")) if k in RELATIONS else v for k, v in said.items() if v}

    def node(self, mark: Mark) -> Node:
        """`<ddm:objects>`, with the palette last where something takes its colours from it."""
        nodes = [_ordered(node) for node in self.nodes.values()]
        if self.used_palette:
            region = "subject" if self.hero_kind == "cutout" else "whole"
            nodes.append(Node("ddm:palette", mark, {"id": PALETTE, "of": self.hero, "region": region}))
        return Node("ddm:objects", mark, children=nodes)


_HEADS = frozenset(name.partition(".")[0] for name in vocabulary.CONTEXT)


def _ordered(node: Node) -> Node:
    """Attributes as the language lists them."""
    kind = node.tag.removeprefix("ddm:")
    order = {key.name: index for index, key in enumerate(objects.OBJECTS[kind].keys)}
    attributes = dict(sorted(node.attributes.items(), key=lambda item: order.get(item[0], len(order))))
    return Node(node.tag, node.mark, attributes)
