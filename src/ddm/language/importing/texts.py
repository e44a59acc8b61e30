"""A text with its tspans into lines, one style, and about the room it takes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ddm.geometry import Box
from ddm.language.importing import style as css
from ddm.language.importing.door import TEXT
from ddm.language.source import SourceElement

MAX_CHARACTERS = 2_000  # of one text; copy is short
CAP, DESCENT = 0.72, 0.2  # of the size, above and below a baseline
SAME_LINE = 0.3  # of the size; baselines nearer than that are one line
ADVANCE = 0.54  # of the size, of an average Latin letter; no font is opened for an import
HEAVY = 0.04  # more of it in bold


@dataclass(slots=True)
class Piece:
    """Characters of one style, set from (x, y); fresh: they begin where they say, not where the last ended."""

    text: str
    x: float
    y: float
    style: Mapping[str, str]
    fresh: bool


@dataclass(frozen=True, slots=True)
class Words:
    """A text as read, in its own units. style: of most of its characters; mixed: it has more than one size."""

    lines: tuple[str, ...]
    box: Box
    x: float
    y: float
    size: float
    style: Mapping[str, str]
    mixed: bool


def size_of(style: Mapping[str, str]) -> float:
    return max(0.01, css.length(style.get("font-size", "16px")) or 16.0)


def read(element: SourceElement, style: Mapping[str, str], sheet: css.Sheet) -> Words | None:
    """None for a text without characters."""
    pieces = _joined(_Reader(sheet).pieces(element, style))
    if not pieces:
        return None
    lines = _lines(pieces)
    longest = max(pieces, key=lambda p: len(p.text.strip()))
    size, anchor = size_of(longest.style), longest.style.get("text-anchor", "start")
    extents = [sum(width(p.text, p.style) for p in line) for line in lines]
    left = min(line[0].x - _before(anchor) * extent for line, extent in zip(lines, extents, strict=True))
    right = max(line[0].x + (1 - _before(anchor)) * extent for line, extent in zip(lines, extents, strict=True))
    top, bottom = lines[0][0].y - CAP * size, lines[-1][0].y + DESCENT * size
    return Words(
        tuple(" ".join("".join(p.text for p in line).split()) for line in lines),
        Box.of_edges(left, top, right, bottom),
        lines[0][0].x,
        lines[0][0].y,
        size,
        longest.style,
        len({round(size_of(p.style), 1) for p in pieces}) > 1,
    )


def _before(anchor: str) -> float:
    return {"middle": 0.5, "end": 1.0}.get(anchor, 0.0)


def width(text: str, style: Mapping[str, str]) -> float:
    """About as wide as it is set."""
    size, letters = size_of(style), " ".join(text.split()) or text[:1]
    per = ADVANCE + (HEAVY if style.get("font-weight", "400") in ("600", "700", "800", "900", "bold") else 0)
    units = sum(1.0 if unicodedata.east_asian_width(c) in "WF" else per for c in letters)
    return size * units + len(letters) * (css.length(style.get("letter-spacing", "0"), size=size) or 0)


@dataclass
class _Reader:
    """Walks tspans in order, with the place where the next characters go."""

    sheet: css.Sheet
    x: float = 0.0
    y: float = 0.0
    fresh: bool = True
    read: int = 0

    def pieces(self, element: SourceElement, style: Mapping[str, str]) -> Iterator[Piece]:
        self._move(element, style)
        for child in element.children:
            if child.name == TEXT:
                yield from self._piece(child.text, style)
            elif child.name in ("tspan", "a", "textPath"):
                yield from self.pieces(child, {**style, **css.own(child, self.sheet)})

    def _piece(self, text: str, style: Mapping[str, str]) -> Iterator[Piece]:
        text = text[: MAX_CHARACTERS - self.read]
        if text and (text.strip() or "\n" not in text):  # indentation between tspans is not copy
            self.read += len(text)
            yield Piece(text, self.x, self.y, style, self.fresh)
            self.x += width(text, style)
            self.fresh = False

    def _move(self, element: SourceElement, style: Mapping[str, str]) -> None:
        for axis in ("x", "y"):
            if (value := _first(element.attributes.get(axis, ""), style)) is not None:
                setattr(self, axis, value)
                self.fresh = True
        if down := _first(element.attributes.get("dy", ""), style):
            self.y += down


def _first(text: str, style: Mapping[str, str]) -> float | None:
    """The first of a list of lengths; programs give one for each letter."""
    parts = text[:200].replace(",", " ").split()
    return css.length(parts[0], size=size_of(style)) if parts else None


def _joined(pieces: Iterator[Piece]) -> list[Piece]:
    return [p for p in pieces if p.text.strip() or not p.fresh]


def _lines(pieces: list[Piece]) -> list[list[Piece]]:
    lines: list[list[Piece]] = []
    for piece in pieces:
        if lines and abs(lines[-1][-1].y - piece.y) < SAME_LINE * size_of(piece.style):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [line for line in lines if any(p.text.strip() for p in line)]
