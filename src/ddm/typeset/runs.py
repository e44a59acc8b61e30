"""The values of typesetting: a font asked for, a run ready to draw, a measured line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from ddm.svg.tree import Direction

if TYPE_CHECKING:
    from ddm.typeset.measured import Measured


@dataclass(frozen=True, slots=True)
class Style:
    """How copy is asked to look. families: in order of preference, by names of the font table; size in pixels.

    letter_spacing: pixels added after every cluster.
    """

    families: tuple[str, ...]
    size: float
    weight: int = 400
    italic: bool = False
    letter_spacing: float = 0.0
    language: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one line in one family and direction. x: left end, from the line's left end, in pixels."""

    text: str
    family: str
    x: float
    width: float
    direction: Direction


@dataclass(frozen=True, slots=True)
class Line:
    """One set line: runs in visual order. ascent and descent: of the ink-carrying families, positive, in pixels.

    cap_height: height of capitals (of tall letters where the line has any of a script without), for optical alignment.
    """

    text: str
    runs: tuple[Run, ...]
    width: float
    ascent: float
    descent: float
    cap_height: float

    def scaled(self, size: float) -> Line:
        """A line of size 1 at that size."""
        runs = tuple(Run(r.text, r.family, r.x * size, r.width * size, r.direction) for r in self.runs)
        return Line(self.text, runs, self.width * size, self.ascent * size, self.descent * size, self.cap_height * size)


class Typesetter(Protocol):
    """Sets copy; the same glyphs at the same places are drawn by `render`."""

    def measured(
        self,
        text: str,
        families: tuple[str, ...],
        weight: int = 400,
        italic: bool = False,
        spacing: float = 0.0,
        language: str = "",
    ) -> Measured:
        """All ways to break `text`, in em; measured once. spacing: letter spacing in em."""
        ...

    def line(self, text: str, style: Style) -> Line:
        """All of `text` on one line."""
        ...

    def lines(self, text: str, style: Style, width: float) -> tuple[Line, ...]:
        """Broken by UAX 14 into as few lines as fit `width` (greedy); a word too wide stands alone and overflows."""
        ...

    def balanced(self, text: str, style: Style, width: float) -> tuple[Line, ...]:
        """As few lines as `lines` needs, but as even in width as breaks allow."""
        ...
