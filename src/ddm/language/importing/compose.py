"""What a drawing shows into the layers of a template, each with its place, its object and its operations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from ddm.geometry import Box
from ddm.language import vocabulary
from ddm.language.findings import Findings, nearest
from ddm.language.importing import grammar, pins, words
from ddm.language.importing.columns import across, aligned, gap
from ddm.language.importing.declared import Declared
from ddm.language.importing.drawn import Drawn, plain
from ddm.language.importing.kinds import Kind
from ddm.language.importing.layers import SHAPES, Layer, left_out, only, opened, rows
from ddm.language.importing.nodes import Node, operation
from ddm.language.importing.words import Said
from ddm.language.lengths import unit_of
from ddm.language.operations import OPERATIONS

LINES = 8  # most that `fit` takes
LEAST = "60%"
CONTRAST = "4.5"
PILL = 0.4  # of the height; a corner rounder than that is a pill's
EM = 0.95  # height of a line of outlines, from ascender to descender, by its size
EDGE = "6%"  # of the frame; kept free around copy that looks for a calm place


@dataclass
class Composer:
    """canvas: the drawing's. ids: of layers; names: (arrangement, what a person called it) -> id."""

    canvas: Box
    findings: Findings
    declared: Declared
    ids: set[str] = field(default_factory=set)
    names: dict[tuple[str, str], str] = field(default_factory=dict)

    def layers(self, drawns: Iterable[Drawn], frame: Box, scope: str = "") -> list[Node]:
        """The nodes of all that lies in one frame, from the bottom to the top."""
        found = list(opened(drawns, self.findings))
        frame = next((layer.box for layer in found if layer.family == "canvas"), frame)
        found = [layer for layer in found if layer.family != "canvas"]
        stray = [layer.drawn for layer in found if layer.drawn.tag == "other" and not layer.label.kind]
        left_out(stray, self.findings)
        nodes: list[Node] = []
        for layer in found:
            if layer.family == "arrangement":
                nodes += self._switch(layer, found, frame, scope)
            elif layer.drawn not in stray:
                others = [each.box for each in found if each is not layer]
                nodes += self._layer(layer, frame, others, scope)
        return nodes

    def _layer(self, layer: Layer, frame: Box, others: list[Box], scope: str, stacked: bool = False) -> list[Node]:
        if layer.drawn.tag == "g" and layer.family in ("", "group", "plain"):
            kind = layer.label.kind
            return (self._stack if kind and kind.direction else self._group)(layer, frame, others, scope, stacked)
        build: Mapping[str, Callable[[Layer, str], tuple[Said, Node, Box] | None]] = {
            "picture": self._picture,
            "copy": self._copy,
            "shape": self._shape,
        }
        made = build.get(layer.family, self._plain)(layer, scope)
        if made is None:
            return []
        said, node, box = made
        self._finish(said, node, layer.drawn, box, frame, others, stacked)
        return [node]

    # ------------------------------------------------------------------------------------ leaves

    def _picture(self, layer: Layer, scope: str) -> tuple[Said, Node, Box] | None:
        kind, pictures = layer.label.kind, only(layer.drawn, ("image",))
        assert kind is not None
        if len(pictures) > 1:
            self.findings.warn(layer.drawn.mark, f"'{layer.label.name}' has {len(pictures)} pictures; one shows it")
        shown = pictures[0] if len(list(layer.drawn.leaves())) == 1 and pictures else layer.drawn
        sample = {k: v for k, v in (pictures[0].attributes if pictures else {}).items() if k == "href"}
        if not sample:
            self.findings.warn(layer.drawn.mark, f"'{layer.label.name}' shows no sample picture", "link or embed one")
        photo = kind.element == "image" and "from" not in kind.attributes
        node = self._node("image", layer, scope, {**_box(shown.box), **sample})
        if kind.element == "image" and sample:
            node.attributes["preserveAspectRatio"] = "xMidYMid slice"
        said = self._said("image", layer, kind)
        if photo:
            said.calls += [("extend", {"most": LEAST}), ("crop", {"margin": "3%"})]
        if radius := shown.attributes.get("rx"):
            crop = said.call("crop")
            if crop is None:
                said.calls.append(("crop", crop := {}))
            crop["radius"] = f"{plain(float(radius) / unit_of(self.canvas))}u"
        if "from" in kind.attributes and self.declared.hero:
            said.declared["against"] = self.declared.hero
        self._select(said, node, layer, kind)
        return said, node, shown.box

    def _copy(self, layer: Layer, scope: str) -> tuple[Said, Node, Box] | None:
        kind = layer.label.kind
        assert kind is not None
        said = self._said("text", layer, kind)
        text = self._text_in(layer)
        node = self._node("text", layer, scope, _lettered(text), " ".join(text.lines))
        if "max-chars" in said.declared:
            said.declared["max-chars"] = str(max(int(said.declared["max-chars"]), len(node.text)))
        if text.attributes.get("text-transform") == "uppercase":
            said.declared["as"] = "upper"
        self._fit(said, text, kind.priority)
        if kind.shown:
            said.calls.append(("format", {"as": kind.shown}))
        backing = max(only(layer.drawn, SHAPES), key=lambda shape: shape.box.area, default=None)
        if backing is not None and said.palette:
            said.calls.append(("badge", {"shape": _badge(backing), "role": "accent", "from": said.palette}))
        elif said.palette:
            said.calls.append(("ink", {"from": said.palette, "contrast": CONTRAST}))
        self._select(said, node, layer, kind)
        return said, node, layer.box if layer.drawn.tag == "g" else text.box

    def _text_in(self, layer: Layer) -> Drawn:
        """The one text of a layer; where type was turned into outlines, one of about its size."""
        texts, drawn = only(layer.drawn, ("text",)), layer.drawn
        if len(texts) > 1:
            self.findings.warn(drawn.mark, f"'{layer.label.name}' has {len(texts)} texts; the first shows it")
        if texts:
            return texts[0]
        self.findings.warn(
            drawn.mark, f"'{layer.label.name}' holds no text, only outlines; it is set in Inter", "export type as type"
        )
        size = max(1.0, drawn.box.height / EM)
        attributes = {"x": plain(drawn.box.x), "y": plain(drawn.box.y + 0.75 * size), "font-size": plain(size)}
        attributes |= {"font-family": "Inter, Noto Sans CJK SC", "fill": "#000000"}
        return Drawn("text", drawn.mark, drawn.name, drawn.box, attributes, lines=(layer.label.name,))

    def _shape(self, layer: Layer, scope: str) -> tuple[Said, Node, Box] | None:
        kind, drawn = layer.label.kind, layer.drawn
        shapes = only(drawn, SHAPES)
        if not shapes or kind is None:
            self.findings.warn(drawn.mark, f"'{layer.label.name}' holds no rectangle, circle or ellipse; left out")
            return None
        shape = max(shapes, key=lambda each: each.box.area)
        said = self._said(shape.tag, layer, None)
        if said.palette:
            said.calls.append(("recolour", {"role": kind.role, "from": said.palette}))
        else:
            said.error("no picture gives the colours", "name one '| cutout' or '| image'")
        node = self._node(shape.tag, layer, scope, {**_round(shape), **_painted(shape)})
        self._arguments(said, layer)
        return said, node, shape.box

    def _plain(self, layer: Layer, scope: str) -> tuple[Said, Node, Box] | None:
        """As it is drawn, whatever the product; pictures cannot be."""
        drawn = layer.drawn
        if drawn.tag == "image":
            name = layer.label.name or "a picture"
            self.findings.warn(
                drawn.mark, f"'{name[:60]}' is left out: it shows no object", "'NAME | cutout', '| image'"
            )
            return None
        if drawn.tag == "other":
            left_out([drawn], self.findings)
            return None
        said = self._said(drawn.tag, layer, None)
        if drawn.tag == "text":
            node = self._node("text", layer, scope, _lettered(drawn), " ".join(drawn.lines))
            self._fit(said, drawn, 0)
            if not layer.label.said:
                self.findings.warn(
                    drawn.mark,
                    f"'{node.text[:40]}' is set on every creative as it is",
                    "'| title', '| price', '| plain'",
                )
        else:
            node = self._node(drawn.tag, layer, scope, {**_round(drawn), **_painted(drawn)})
        self._arguments(said, layer)
        return said, node, drawn.box

    # ------------------------------------------------------------------------------------ groups

    def _switch(self, first: Layer, found: list[Layer], frame: Box, scope: str) -> list[Node]:
        """All arrangements of one frame, at the place of the first; the last serves what is left."""
        arrangements = [layer for layer in found if layer.family == "arrangement"]
        if first is not arrangements[0]:
            return []
        node = Node("switch", first.drawn.mark, {"id": self._id("arrangement", scope)}, scope=scope)
        ranked = sorted(arrangements, key=lambda layer: _RANK.get(layer.label.kind.when if layer.label.kind else "", 1))
        for layer in ranked:
            node.children.append(self._arrangement(layer, frame, scope, layer is ranked[-1]))
        return [node]

    def _arrangement(self, layer: Layer, frame: Box, scope: str, last: bool) -> Node:
        kind = layer.label.kind
        said = self._said("g", layer, None)
        self._arguments(said, layer)
        node = self._node("g", layer, scope, {})
        when = said.when or ("" if last or kind is None else kind.when)
        if when:
            node.attributes["ddm:when"] = when
        node.children = [operation(name, parameters, layer.drawn.mark) for name, parameters in said.calls]
        node.children += self.layers(layer.drawn.children, frame, node.attributes["id"])
        return node

    def _group(self, layer: Layer, frame: Box, others: list[Box], scope: str, stacked: bool) -> list[Node]:
        said = self._said("g", layer, None)
        self._arguments(said, layer)
        node = self._node("g", layer, scope, {})
        inner = self.layers(layer.drawn.children, layer.box, scope)
        self._finish(said, node, layer.drawn, layer.box, frame, others, stacked)
        node.children += inner
        return [node] if inner else []

    def _stack(self, layer: Layer, frame: Box, others: list[Box], scope: str, stacked: bool) -> list[Node]:
        """Copy in a stack; what cannot stand in one lies beneath it."""
        inner = list(opened(layer.drawn.children, self.findings))
        copy = [each for each in inner if _stackable(each)]
        below = [each for each in inner if not _stackable(each)]
        if not copy:
            self.findings.error(layer.drawn.mark, f"'{layer.label.name}' holds no copy to stack", "put texts into it")
            return []
        nodes = [node for each in below for node in self._layer(each, frame, [], scope)]
        drawn = replace(layer.drawn, box=_around(copy))
        said = self._said("g", layer, None)
        lines = rows(copy)
        flat = len(lines) == 1 or (layer.label.kind is not None and layer.label.kind.direction == "across")
        said.calls.append(
            ("stack", across(copy, self.canvas) if flat else {**gap(lines, self.canvas), **aligned(copy)})
        )
        if said.palette and not stacked:
            said.calls.append(("ink", {"from": said.palette, "contrast": CONTRAST}))
        self._arguments(said, layer)
        node = self._node("g", layer, scope, {})
        self._finish(said, node, drawn, drawn.box, frame, [*others, *(each.box for each in below)], stacked)
        for line in [copy] if flat else lines:
            node.children += self._line(line, drawn.box, scope, len(line) > 1 and not flat)
        return [*nodes, node]

    def _line(self, line: list[Layer], frame: Box, scope: str, beside: bool) -> list[Node]:
        """The pieces of one row; several of them make a stack of their own."""
        nodes = [node for each in line for node in self._layer(each, frame, [], scope, stacked=True)]
        for node in nodes:  # the group inks them all
            node.children = [c for c in node.children if c.tag != "ddm:ink" or len(c.attributes) > 2]
        if not beside:
            return nodes
        group = Node("g", line[0].drawn.mark, {"id": self._id("row", scope)}, scope=scope)
        group.children = [operation("stack", across(line, self.canvas), group.mark), *nodes]
        return [group]

    # ------------------------------------------------------------------------------------ what all have

    def _said(self, tag: str, layer: Layer, kind: Kind | None) -> Said:
        """Before its arguments are read."""
        element = kind.element if kind else ""
        said = Said(tag, layer.drawn.mark, layer.drawn.name, self.findings, element, hero=self.declared.hero)
        said.declared.update(kind.attributes if kind else {})
        said.palette = self.declared.palette
        return said

    def _arguments(self, said: Said, layer: Layer) -> None:
        for argument in layer.label.arguments:
            words.apply(said, argument)

    def _select(self, said: Said, node: Node, layer: Layer, kind: Kind) -> None:
        """Reads the arguments, declares the object and fills the layer with it."""
        self._arguments(said, layer)
        kind = _numeric(said, kind)
        id_ = self.declared.add(self.declared.id_of(layer.label.name, kind), kind, said.declared, layer.drawn.mark)
        node.children.append(operation("select", {"object": id_}, layer.drawn.mark))

    def _fit(self, said: Said, text: Drawn, priority: int) -> None:
        fit = {"lines": str(min(LINES, max(1, len(text.lines)))), "least": LEAST}
        said.calls.append(("fit", {**fit, **({"priority": str(priority)} if priority else {})}))

    def _finish(
        self, said: Said, node: Node, drawn: Drawn, box: Box, frame: Box, others: list[Box], stacked: bool
    ) -> None:
        """Condition, place and operations, in that order."""
        mark = drawn.mark
        if said.when:
            node.attributes["ddm:when"] = said.when
        if stacked:
            for name, _ in said.calls:
                if not OPERATIONS[name].stacked:
                    said.error(f"{name} has no effect in a stack", "say it of the stack's group")
            said.calls = [call for call in said.calls if OPERATIONS[call[0]].stacked]
        else:
            place = said.call("place") or {}
            said.calls = [call for call in said.calls if call[1] is not place]
            whole = pins.merged(self._place(said, node, box, frame, others), place)
            node.children.append(operation("place", whole, mark))
            if drawn.turn:
                said.calls.append(("rotate", {"by": f"{plain(drawn.turn)}"}))
        node.children += [operation(name, parameters, mark) for name, parameters in said.calls]
        self.declared.used_palette |= any(self.declared.palette in p.values() for _, p in said.calls if p)

    def _place(self, said: Said, node: Node, box: Box, frame: Box, others: list[Box]) -> dict[str, str]:
        copy = node.tag in ("g", "text") and (node.tag == "text" or said.call("stack") is not None)
        if copy and said.calm:
            return dict.fromkeys(("left", "right", "top", "bottom"), EDGE) | {"safe": "yes", "in": "calm"}
        if said.calm:
            said.error("'calm' is for copy and pictures", "say it of the stack")
        if not copy:
            found = pins.pinned(box, frame, said.holds, said.stretches)
            safe = node.tag == "image" and said.element != "image" and not pins.bleeds(box, frame)
            return found | ({"safe": "yes"} if safe else {})
        stack = said.call("stack") or {}
        ranged = stack.get("align") or _RANGED.get(node.attributes.get("text-anchor", ""), "start")
        found = pins.pinned(pins.room(box, frame, others, ranged), frame, said.holds, said.stretches)
        return found | {"align": ranged} | ({} if pins.bleeds(box, frame) else {"safe": "yes"})

    def _node(self, tag: str, layer: Layer, scope: str, attributes: Mapping[str, str], text: str = "") -> Node:
        name = grammar.slug(layer.label.name)
        id_ = self._id(name or tag, scope, tag)
        if name:
            self.names.setdefault((scope, name), id_)
        return Node(tag, layer.drawn.mark, {"id": id_, **attributes}, text=text, scope=scope)

    def _id(self, name: str, scope: str, tag: str = "") -> str:
        """Of a layer: its name, after its arrangement's; another than any object's."""
        wanted = f"{scope}-{name}" if scope else name
        if wanted in self.declared.nodes or wanted == self.declared.palette or (tag in ("image", "text") and not scope):
            wanted = wanted if wanted == tag else f"{wanted}-{tag or 'layer'}"
        found, number = wanted, 1
        while found in self.ids:
            number += 1
            found = f"{wanted}-{number}"
        self.ids.add(found)
        return found

    def referred(self, nodes: Iterable[Node]) -> None:
        """Names of layers in parameters into the ids that those layers got."""
        for node in nodes:
            row = OPERATIONS.get(node.tag.removeprefix("ddm:"))
            for key, value in node.attributes.items():
                parameter = row.parameter(key) if row and node.ours else None
                if (parameter and parameter.refers == "layer") or (key == "otherwise" and "#" in value):
                    node.attributes[key] = " ".join(self._referred(w, node) for w in value.split())

    def _referred(self, word: str, node: Node) -> str:
        if not word.startswith("#"):
            return word
        name = grammar.slug(word)
        found = self.names.get((node.scope, name)) or next((i for (_, n), i in self.names.items() if n == name), "")
        if not found:
            self.findings.error(
                node.mark, f"no layer is called '{word[1:]}'", nearest(name, {n for _, n in self.names})
            )
        return f"#{found or name}"


_RANK = {"canvas.ratio ge 5": 2, "canvas.ratio ge 1.4": 3, "canvas.ratio in 0.8..1.4": 4, "canvas.ratio le 0.8": 5}
"""Arrangements are tried from the widest to the tallest; those with conditions of their own before."""

_RANGED = {"middle": "centre", "end": "end"}


def _numeric(said: Said, kind: Kind) -> Kind:
    """Copy that is told how to format, or what its value must be, is a number."""
    sources = [source for source in said.declared.get("from", "").split() if source in vocabulary.NUMBER_SOURCES]
    if kind.element != "copy" or not sources or not (said.call("format") or "where" in said.declared):
        return kind
    keys = words.keys_of("number")
    said.declared = {key: value for key, value in said.declared.items() if key in keys} | {"from": " ".join(sources)}
    return replace(kind, element="number")


def _stackable(layer: Layer) -> bool:
    if layer.drawn.tag == "g":
        kind = layer.label.kind
        return layer.family == "copy" or (layer.family == "group" and kind is not None and bool(kind.direction))
    return layer.drawn.tag == "text"


def _around(layers: list[Layer]) -> Box:
    box = layers[0].box
    for layer in layers[1:]:
        box = box.union(layer.box)
    return box


def _box(box: Box) -> dict[str, str]:
    return {"x": plain(box.x), "y": plain(box.y), "width": plain(box.width), "height": plain(box.height)}


def _round(shape: Drawn) -> dict[str, str]:
    """A shape's own coordinates."""
    x, y = shape.box.centre
    if shape.tag == "circle":
        return {"cx": plain(x), "cy": plain(y), "r": plain(shape.box.width / 2)}
    if shape.tag == "ellipse":
        return {"cx": plain(x), "cy": plain(y), "rx": plain(shape.box.width / 2), "ry": plain(shape.box.height / 2)}
    return _box(shape.box)


def _painted(shape: Drawn) -> dict[str, str]:
    return {key: value for key, value in shape.attributes.items() if key in ("fill", "opacity", "rx")}


def _lettered(text: Drawn) -> dict[str, str]:
    return {key: value for key, value in text.attributes.items() if key != "text-transform"}


def _badge(shape: Drawn) -> str:
    if shape.tag == "circle":
        return "disc"
    return "pill" if float(shape.attributes.get("rx", "0")) >= PILL * shape.box.height else "box"
