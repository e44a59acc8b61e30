"""A format -> a sheet for designers as plain SVG: the canvas with what must stay free of copy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Never

from ddm.errors import InputError
from ddm.formats.format import Format
from ddm.formats.rows import TYPES
from ddm.geometry import Box
from ddm.svg.tree import Document, Node, Rect, Text
from ddm.svg.writer import write

FAMILY = "Inter"
MARGIN, SAFE, RESERVED, FREE, INK = "#f3d9d6", "#ffffff", "#b9b4c7", "#2b7a4b", "#333333"
"""Colours of the margins, the safe box, the reserved regions, the edge of the free box, and the labels."""

KINDS = ("svg", *TYPES)
WIDE = 1.6
"""Type size that fits a width, for each character: letters are about half as wide as the type is high."""


def sheet(f: Format) -> Document:
    """The margins tinted, the safe box white, reserved regions grey with their reasons, the free box outlined."""
    line = max(1.0, f.min_text / 12)
    return Document(
        f.width,
        f.height,
        (
            Rect(f.canvas, MARGIN),
            Rect(f.safe_box, SAFE),
            *(Rect(box, RESERVED, opacity=0.7) for box in f.reserved),
            *_edges(f.free_box, line),
            *_labels(f),
        ),
        f.name,
    )


def drawn(f: Format, type_: str) -> bytes:
    """The sheet as a file of one of KINDS. InputError for any other."""
    if type_ not in KINDS:
        raise InputError(f"a sheet cannot be a '{type_}' file", mend=f"one of {', '.join(KINDS)}")
    document = sheet(f)
    if type_ == "svg":
        return write(document).encode()
    from ddm.render import Renderer, encode  # heavy, and only pixels need it

    return encode(Renderer(no_pictures).draw(document), type_)


def no_pictures(href: str) -> Never:
    raise InputError(f"a sheet has no pictures, and '{href}' is one")


def _edges(box: Box, line: float) -> Iterator[Node]:
    """The four sides as bars that lie inside."""
    for side in (
        Box(box.x, box.y, box.width, line),
        Box(box.x, box.bottom - line, box.width, line),
        Box(box.x, box.y, line, box.height),
        Box(box.right - line, box.y, line, box.height),
    ):
        yield Rect(side, FREE)


def _labels(f: Format) -> Iterator[Node]:
    size = f.min_text
    lines = (f.name, f"{f.id}, {f.width} x {f.height}", f"free: {f.free_box.width:g} x {f.free_box.height:g}")
    for i, line in enumerate(lines):
        baseline = f.free_box.y + size * (1.8 + 1.4 * i)
        if baseline + size / 3 < f.free_box.bottom:
            yield Text(line, f.free_box.x + size / 2, baseline, FAMILY, size, fill=INK)
    for box, reason in zip(f.reserved, f.reasons, strict=False):
        small = min(size * 0.8, WIDE * box.width / max(len(reason), 1))
        yield Text(reason, box.x + small / 2, box.y + 1.4 * small, FAMILY, small, fill=INK)
