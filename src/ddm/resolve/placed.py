"""A layer of the plan: shown in this format, its operations folded into an intent, its frame solved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ddm.geometry import Box
from ddm.language.template import Element
from ddm.resolve.intents import Intent


@dataclass(frozen=True, slots=True)
class Type:
    """How a text is asked to look. size: in canvas pixels, before any shrinking. spacing: in em."""

    families: tuple[str, ...]
    size: float
    weight: int = 400
    italic: bool = False
    spacing: float = 0.0
    fill: str = "#000000"
    decoration: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """id: the layer's, ending in -1, -2 … in a repeat. frame: in canvas pixels; what stands in a stack has its stack's.
    room: the frame that encloses it.

    intent: a PictureIntent of an <image>, a TextIntent of a <text>, a GroupIntent of a <g>, else a ShapeIntent.
    extent: width and height of a shape as written, in canvas pixels. type: of a text.
    """

    id: str
    tag: str
    element: Element
    intent: Intent
    frame: Box
    room: Box
    children: tuple[Placed, ...] = ()
    type: Type | None = None
    extent: tuple[float, float] = (0.0, 0.0)

    def walk(self) -> Iterator[Placed]:
        """This layer and all below, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()
