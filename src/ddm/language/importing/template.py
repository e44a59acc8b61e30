"""A drawing's text into a template's text, with the pictures it held and all that was found on the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ddm.language.compile import compile_text
from ddm.language.findings import Findings
from ddm.language.importing import compose, door, grammar, scene
from ddm.language.importing.context import Context, words_in
from ddm.language.importing.declared import Declared
from ddm.language.importing.desk import Desk
from ddm.language.importing.drawn import Drawn, plain
from ddm.language.importing.names import program
from ddm.language.importing.nodes import Node, written
from ddm.language.importing.pictures import Pictures
from ddm.language.source import Mark


@dataclass(frozen=True, slots=True)
class Imported:
    """template: the file's text. findings: with places in the drawing. pictures: samples, by path beside it."""

    template: str
    findings: Findings
    pictures: Mapping[str, bytes]
    program: str


def import_drawing(text: str, name: str = "drawing", file: str = "", keep: bool = True, base: str = ".") -> Imported:
    """A template, and all that was found on the way. InputError where the file cannot be read at all.

    name: of the template. keep: whether embedded pictures become files beside it; else they are left out.
    base: the drawing's folder, seen from the template.
    """
    findings = Findings()
    drawing = door.read(text, file or f"{name}.svg")
    context = Context(drawing, findings, Pictures(name, findings, keep, base))
    drawn = scene.read(context)
    declared = Declared()
    declared.hero, declared.hero_kind = _hero(drawn, declared)
    desk = Desk(context.canvas, findings, declared)
    layers = compose.layers(drawn, compose.Frame(context.canvas), desk)
    objects = declared.node(drawing.root.mark)
    desk.refer(each for top in (*layers, objects) for each in top.walk())
    made = program(drawing)
    title = words_in(drawing.root, "title") or name.replace("-", " ").capitalize()
    template, marks = written(_root(context, [objects, *layers], title, f"Drawn with {made}."))
    _checked(template, name, marks, findings)
    return Imported(template, findings, context.pictures.files, made)


def _hero(drawn: Iterable[Drawn], declared: Declared) -> tuple[str, str]:
    """(id, kind of object) of the picture that gives the colours: the first cutout, else the first photograph."""
    found = []
    for each in _named(drawn):
        label = grammar.parse(each.name)
        kind = label.kind
        if kind and kind.family == "picture" and kind.element in ("cutout", "image") and each.tag != "text":
            scene_only = "from" in kind.attributes
            found.append((kind.element != "cutout", scene_only, declared.id_of(label.name, kind), kind.element))
    return min(found, key=lambda row: row[:2], default=(0, 0, "", ""))[2:] if found else ("", "")


def _named(drawn: Iterable[Drawn]) -> Iterable[Drawn]:
    for each in drawn:
        if "|" in each.name or ":" in each.name or each.tag == "image":
            yield each
        yield from _named(each.children)


def _root(context: Context, children: list[Node], title: str, description: str) -> Node:
    mark, canvas = context.drawing.root.mark, context.canvas
    width, height = plain(canvas.width), plain(canvas.height)
    about = [Node("title", mark, text=title), Node("desc", mark, text=description)]
    attributes = {"viewBox": f"0 0 {width} {height}", "width": width, "height": height}
    return Node("svg", mark, attributes, [*about, *children])


def _checked(template: str, name: str, marks: list[Mark], findings: Findings) -> None:
    """What the compiler finds in the template, told at the place in the drawing that it comes from."""
    for finding in compile_text(template, name, f"{name}.svg")[1]:
        line = min(max(finding.mark.line, 1), len(marks))
        findings.append(replace(finding, mark=marks[line - 1]))


__all__ = ["Imported", "import_drawing"]
