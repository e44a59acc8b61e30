"""A set text into the text nodes of plain SVG: one for each run."""

from __future__ import annotations

from ddm.resolve.laid import PutText
from ddm.svg.tree import Meta, Node, Text


def letters(put: PutText, fill: str) -> list[Node]:
    """The runs of all lines, in the order of the lines and from left to right; ids 'text-line-run'."""
    piece = put.piece
    size, type_, placed = piece.size, piece.item.type, piece.item.placed
    source, spacing = placed.intent.object, type_.spacing * size
    return [
        Text(
            run.text,
            x + run.x * size,
            y,
            run.family,
            size,
            type_.weight,
            type_.italic,
            fill,
            1.0,
            spacing,
            run.direction,
            type_.decoration,  # type: ignore[arg-type]
            max(0.0, run.width * size),  # letters drawn together, with signs of no width among them
            Meta(f"{placed.id}-{index}-{number}", "copy", source),
        )
        for index, ((x, y), line) in enumerate(zip(put.lines, piece.cut.way.lines, strict=True), 1)
        for number, run in enumerate(line.runs, 1)
    ]
