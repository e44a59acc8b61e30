"""What a drawing shows, in units of its viewBox: the value between reading a drawing and writing a template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from ddm.geometry import Box, union_of
from ddm.language.source import Mark

Tag: TypeAlias = Literal["g", "image", "text", "rect", "circle", "ellipse", "other"]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One thing drawn. tag: 'other' is a path or the like that the language does not draw, but that has an extent.

    name: the layer's, as a person wrote it. box: before it is turned. turn: degrees clockwise about its centre.
    attributes: of the language's own subset, in units of the viewBox. lines: of a text, from top to bottom.
    """

    tag: Tag
    mark: Mark
    name: str
    box: Box
    attributes: Mapping[str, str] = field(default_factory=dict)
    turn: float = 0.0
    lines: tuple[str, ...] = ()
    children: tuple[Drawn, ...] = ()

    def leaves(self) -> Iterator[Drawn]:
        """All below that is no group, or this itself."""
        if self.tag != "g":
            yield self
        for child in self.children:
            yield from child.leaves()


def group(name: str, mark: Mark, children: tuple[Drawn, ...]) -> Drawn:
    return Drawn("g", mark, name, union_of(c.box for c in children) or Box(0, 0, 0, 0), children=children)


def plain(value: float) -> str:
    """A number of the template: two decimals at most, no exponent, no minus before nothing."""
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")
