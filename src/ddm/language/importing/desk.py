"""What layers are made with: objects declared, ids given out, names read, findings gathered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from ddm.errors import InputError
from ddm.geometry import Box
from ddm.language import vocabulary
from ddm.language.findings import Findings
from ddm.language.importing import grammar, words
from ddm.language.importing.declared import Declared
from ddm.language.importing.kinds import Kind
from ddm.language.importing.layers import Layer
from ddm.language.importing.nodes import Node, operation
from ddm.language.importing.said import Said, keys_of
from ddm.language.operations import OPERATIONS

MAX_LAYERS = 800  # of a template; each is some elements of the 5,000 that one may have


@dataclass
class Desk:
    """canvas: the drawing's. ids: of layers; names: (arrangement, what a person called it) -> id."""

    canvas: Box
    findings: Findings
    declared: Declared
    ids: set[str] = field(default_factory=set)
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    count: int = 0
    _numbers: dict[str, int] = field(default_factory=dict)

    def bear(self, layers: Iterable[Layer]) -> None:
        """Counts them before any is made. InputError where there are too many."""
        for layer in layers:
            self.count += 1
            if self.count > MAX_LAYERS:
                mark = str(layer.drawn.mark)
                raise InputError(f"more than {MAX_LAYERS:,} layers", mark, "make ornaments one picture")

    def said(self, tag: str, layer: Layer, kind: Kind | None = None) -> Said:
        """Of a layer, before its arguments are read."""
        mark, name, element = layer.drawn.mark, layer.drawn.name, kind.element if kind else ""
        said = Said(tag, mark, name, self.findings, element, declared=dict(kind.attributes if kind else {}))
        said.palette, said.hero = self.declared.palette, self.declared.hero
        return said

    def read(self, said: Said, layer: Layer) -> None:
        """Its arguments."""
        for argument in layer.label.arguments:
            words.apply(said, argument)

    def select(self, said: Said, node: Node, layer: Layer, kind: Kind) -> None:
        """Reads the arguments, declares the object and fills the layer with it."""
        self.read(said, layer)
        kind = _numeric(said, kind)
        id_ = self.declared.add(self.declared.id_of(layer.label.name, kind), kind, said.declared, layer.drawn.mark)
        node.children.append(operation("select", {"object": id_}, layer.drawn.mark))

    def node(self, tag: str, layer: Layer, scope: str, attributes: Mapping[str, str], text: str = "") -> Node:
        """A layer's element, with an id of its own."""
        name = grammar.slug(layer.label.name)
        id_ = self.id(name or tag, scope, tag)
        if name:
            self.names.setdefault((scope, name), id_)
        return Node(tag, layer.drawn.mark, {"id": id_, **attributes}, text=text, scope=scope)

    def id(self, name: str, scope: str, tag: str = "") -> str:
        """By its name, after its arrangement's; another than any object's."""
        wanted = f"{scope}-{name}" if scope else name
        if wanted in self.declared.nodes or wanted == self.declared.palette or (tag in ("image", "text") and not scope):
            wanted = wanted if wanted == tag else f"{wanted}-{tag or 'layer'}"
        found = wanted
        while found in self.ids:
            number = self._numbers[wanted] = self._numbers.get(wanted, 1) + 1
            found = f"{wanted}-n{number}"  # '-2' would be the second item of a repeated layer
        self.ids.add(found)
        return found

    def refer(self, nodes: Iterable[Node]) -> None:
        """Names of layers in parameters into the ids that those layers got."""
        for node in nodes:
            row = OPERATIONS.get(node.tag.removeprefix("ddm:"))
            for key, value in node.attributes.items():
                parameter = row.parameter(key) if row and node.ours else None
                if (parameter and parameter.refers == "layer") or (key == "otherwise" and "#" in value):
                    node.attributes[key] = " ".join(self._referred(word, node) for word in value.split())

    def _referred(self, word: str, node: Node) -> str:
        if not word.startswith("#"):
            return word
        name = grammar.slug(word)
        found = self.names.get((node.scope, name)) or next((i for (_, n), i in self.names.items() if n == name), "")
        if not found:
            known = {known for _, known in self.names}
            self.findings.add("not-imported", node.mark, f"no layer is called '{word[1:]}'", known=known, name=name)
        return f"#{found or name}"


def _numeric(said: Said, kind: Kind) -> Kind:
    """Copy that is told how to format, or what its value must be, is a number."""
    sources = [source for source in said.declared.get("from", "").split() if source in vocabulary.NUMBER_SOURCES]
    if kind.element != "copy" or not sources or not (said.call("format") or "where" in said.declared):
        return kind
    keys = keys_of("number")
    said.declared = {key: value for key, value in said.declared.items() if key in keys} | {"from": " ".join(sources)}
    return replace(kind, element="number")
