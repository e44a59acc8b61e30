"""Drawn things with their labels: groups of no meaning opened, and each thing told what it will be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ddm.geometry import Box
from ddm.language.findings import Findings
from ddm.language.importing import grammar, kinds
from ddm.language.importing.drawn import Drawn
from ddm.language.importing.grammar import Label
from ddm.language.importing.kinds import SUITS
from ddm.language.importing.names import made_up

SHAPES = ("rect", "circle", "ellipse")
MOST_LEFT_OUT = 5  # paths told one by one; beyond that their number is

_MAY_BE = {
    "image": ("picture", "plain", "nothing"),
    "text": ("copy", "plain", "nothing"),
    **dict.fromkeys(SHAPES, ("shape", "picture", "plain", "canvas", "nothing")),
    "other": ("picture", "copy", "plain", "nothing"),
}
"""What the name of a drawn thing may make of it; of a group, anything. A shape may hold the place of a picture."""


@dataclass(frozen=True, slots=True)
class Layer:
    drawn: Drawn
    label: Label

    @property
    def family(self) -> str:
        return self.label.kind.family if self.label.kind else ""

    @property
    def box(self) -> Box:
        return self.drawn.box


def labelled(drawn: Drawn, findings: Findings) -> Layer:
    """A name without a bar counts only where it is exactly what the thing may be."""
    label, called = grammar.parse(drawn.name), drawn.name[:60]
    if label.unknown:
        what = f"in the name of '{called}': '{label.unknown[:40]}' is no kind of layer"
        findings.add("not-imported", drawn.mark, what, known=kinds.offered(), name=label.unknown.lower())
    kind = label.kind
    if kind and not label.said and kind.family not in SUITS[drawn.tag]:
        return Layer(drawn, replace(label, kind=None))
    if kind and label.said and kind.family not in _MAY_BE.get(drawn.tag, (kind.family,)):
        findings.error(
            drawn.mark, f"'{called}' is a <{drawn.tag}>; it cannot be {kind.words[0]}", "name another layer so"
        )
        return Layer(drawn, replace(label, kind=None, arguments=()))
    return Layer(drawn, label)


def opened(drawns: Iterable[Drawn], findings: Findings) -> Iterator[Layer]:
    """Layers in the order they are painted; what a name says to skip is skipped."""
    for drawn in drawns:
        layer = labelled(drawn, findings)
        if layer.family == "nothing":
            continue
        if drawn.tag == "g" and not layer.label.kind and not layer.label.arguments:
            inner = list(opened(_called_so(drawn), findings))
            if _column(inner):
                yield Layer(drawn, replace(layer.label, kind=kinds.KINDS["stack"]))
            else:
                yield from inner
        elif drawn.tag != "g" or drawn.children:
            yield layer


def _called_so(group: Drawn) -> tuple[Drawn, ...]:
    """An only child without a name of its own goes by its group's."""
    if len(group.children) == 1 and made_up(group.children[0].name) and not made_up(group.name):
        return (replace(group.children[0], name=group.name),)
    return group.children


def _column(layers: list[Layer]) -> bool:
    """Whether it is copy and nothing else, one under the other."""
    copy = all(layer.drawn.tag == "text" or layer.family == "copy" for layer in layers)
    return copy and len(layers) > 1 and len(rows(layers)) > 1


def rows(layers: Iterable[Layer]) -> list[list[Layer]]:
    """From top to bottom, each from left to right: what shares half its height stands in a row."""
    found: list[list[Layer]] = []
    for layer in sorted(layers, key=lambda each: each.box.centre[1]):
        if found and _level(found[-1][0].box, layer.box):
            found[-1].append(layer)
        else:
            found.append([layer])
    return [sorted(row, key=lambda each: each.box.x) for row in found]


def _level(one: Box, other: Box) -> bool:
    common = min(one.bottom, other.bottom) - max(one.y, other.y)
    return common > 0.5 * min(one.height, other.height)


def only(drawn: Drawn, tags: tuple[str, ...]) -> list[Drawn]:
    return [leaf for leaf in drawn.leaves() if leaf.tag in tags]


def left_out(drawns: list[Drawn], findings: Findings) -> None:
    """Paths and the like that nobody named: said one by one where they are few, else counted."""
    for drawn in drawns[:MOST_LEFT_OUT]:
        name = f"'{drawn.name[:60]}'" if drawn.name and not made_up(drawn.name) else "a path"
        why = drawn.attributes.get("why", "no rectangle, circle or ellipse")
        findings.warn(drawn.mark, f"{name} is left out: {why}", "make it a picture, and name it '| logo' or '| image'")
    if (more := len(drawns) - MOST_LEFT_OUT) > 0:
        findings.warn(drawns[MOST_LEFT_OUT].mark, f"{more} more paths are left out", "make them one picture")
