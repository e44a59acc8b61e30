"""Measures of what the host needs for itself: regions that it covers, margins, the area that text may take."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from ddm.geometry import Box
from ddm.measure.copy import SLACK, counted, meet, pixels_in
from ddm.measure.evidence import Evidence, Finding
from ddm.measure.picture import Subject, subjects, within
from ddm.measure.scene import Line, Placed, bounds, moved, rounded
from ddm.svg.tree import Image, Text


def safe(evidence: Evidence) -> Finding:
    """Copy, badges and logos outside the safe area or inside a region the slot's host covers; ink decides, not boxes.

    Backgrounds and decoration may lie anywhere, pictures may enter the margins; for subjects see `subject_seen`.
    """
    shape = evidence.context.format
    own = [*_copy(evidence), *_logos(evidence)]
    notes = [f"{name} leaves the safe area" for name, box in own if not shape.safe_box.contains(box, SLACK)]
    notes += [f"{name} is covered by the host" for name, box in own for hole in shape.reserved if meet(box, hole)]
    return counted(notes)


def _copy(evidence: Evidence) -> Iterator[tuple[str, Box]]:
    for line in evidence.lines:
        yield f"'{line.text.strip()}'", _inked(evidence, line)
    for item in _badges(evidence):
        yield item.node.meta.id or "a badge", item.bounds


def _badges(evidence: Evidence) -> list[Placed]:
    return [item for item in evidence.items if item.role == "copy" and not isinstance(item.node, Text)]


def _logos(evidence: Evidence) -> Iterator[tuple[str, Box]]:
    """Pictures set as subjects that show no product: nothing is known of their outline but their box."""
    for item in evidence.items:
        if isinstance(item.node, Image) and item.role == "subject" and item.node.href not in evidence.context.mattes:
            yield item.node.meta.object or item.node.meta.id or "a logo", item.bounds


def subject_seen(evidence: Evidence) -> Finding | None:
    """Part of the worst subject's matte, cut out or in a photograph, that lies where the host covers the slot."""
    regions = evidence.context.format.reserved
    found = [(_covered(evidence, subject), subject.name) for _, subject in subjects(evidence)] if regions else []
    if not found:
        return None
    share, name = max(found)
    return Finding(share, f"{share:.0%} of {name} is covered by the host" if share else "")


def _covered(evidence: Evidence, subject: Subject) -> float:
    shown = subject.matte * within(evidence, subject)
    masks = [subject.mask(rounded(region, 0), np.eye(2, 3)) for region in evidence.context.format.reserved]
    return float((shown * np.maximum.reduce(masks)).sum()) / float(subject.matte.sum())


def text_share(evidence: Evidence) -> Finding | None:
    """Share of the canvas under lines of text and badges beyond what the format allows; None where it allows any.

    Overlapping boxes count once: a button and the words on it are one thing to whoever judges them.
    """
    shape = evidence.context.format
    if shape.text == "any":
        return None
    boxes = [bounds(moved(line.frame, rounded(line.box, 0))) for line in evidence.lines]
    boxes += [item.bounds for item in _badges(evidence)]
    share = covered(evidence.canvas, boxes) / evidence.canvas.area
    note = f"text covers {share:.1%} of the canvas, {shape.text_share:.0%} allowed"
    return Finding(max(0.0, share - shape.text_share), note if share > shape.text_share else "")


def covered(canvas: Box, boxes: list[Box]) -> float:
    """Area of the union of boxes within a canvas: the sum over the cells of the grid that their edges make."""
    inside = [box.intersection(canvas) for box in boxes]
    xs = sorted({x for box in inside for x in (box.x, box.right)})
    ys = sorted({y for box in inside for y in (box.y, box.bottom)})
    full = np.zeros((max(0, len(ys) - 1), max(0, len(xs) - 1)), bool)
    for box in inside:
        full[ys.index(box.y) : ys.index(box.bottom), xs.index(box.x) : xs.index(box.right)] = True
    return float((full * np.outer(np.diff(ys), np.diff(xs))).sum())


def _inked(evidence: Evidence, line: Line) -> Box:
    """The upright box around the line's ink; where it leaves the canvas, its capitals' box counts as well."""
    around = bounds(moved(line.frame, rounded(line.box, 0)))
    box = around.intersection(evidence.canvas)
    if not evidence.canvas.contains(line.bounds, SLACK) or not box.area:
        return around
    ink = pixels_in(evidence.ink, box) > 8
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not rows.size:
        return line.bounds
    left, top = math.floor(box.x), math.floor(box.y)
    return Box.of_edges(left + columns[0], top + rows[0], left + columns[-1] + 1, top + rows[-1] + 1)
