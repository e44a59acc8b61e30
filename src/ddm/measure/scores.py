"""The table of measures, and `measure`: a creative -> its scores."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from ddm.measure import copy, free, picture, seams
from ddm.measure.evidence import Context, Evidence, Finding, seen
from ddm.svg.tree import Document

Judge = Callable[[Evidence], Finding | None]


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure. judge: its value and what decided it, None where it does not apply.

    target: the value to reach, from above or below by `wanted`. reach: how far from the target the grade falls to 0.
    unit: how a person writes the value.
    """

    name: str
    judge: Judge
    wanted: Literal["at least", "at most"]
    target: float
    reach: float
    unit: Literal["%", "ratio", "count"]
    meaning: str

    def excess(self, value: float) -> float:
        """How far beyond the target, on the wrong side; 0 where it is met."""
        return max(0.0, self.target - value if self.wanted == "at least" else value - self.target)

    def grade(self, value: float) -> float:
        """1 where the target is met, falling to 0 at `reach` beyond it."""
        return 1 - min(1.0, self.excess(value) / self.reach)

    def written(self, value: float) -> str:
        return {"%": f"{value:.1%}", "ratio": f"{value:.2f}", "count": f"{value:.0f}"}[self.unit]


_ROWS = (
    Measure("read_back", copy.read_back, "at least", 0.98, 0.5, "%", "Characters of the copy that are read right."),
    Measure("contrast", copy.contrast, "at least", 4.5, 3.5, "ratio", "Ink to ground, worst 5 % of the weakest line."),
    Measure("contrast_large", copy.contrast_large, "at least", 3.0, 2.0, "ratio", "The same for large type."),
    Measure("fits", copy.fits, "at most", 0, 3, "count", "Lines off the canvas, colliding or under the smallest size."),
    Measure("safe", free.safe, "at most", 0, 3, "count", "Copy or logos outside the safe area or in reserved regions."),
    Measure("text_share", free.text_share, "at most", 0, 0.3, "%", "Area of text beyond what the format allows."),
    Measure("subject_whole", picture.subject_whole, "at most", 0.005, 0.25, "%", "Part of the subject cut or covered."),
    Measure("subject_clear", picture.subject_clear, "at most", 0.02, 0.5, "%", "Part of the copy lying on a subject."),
    Measure("subject_seen", free.subject_seen, "at most", 0.02, 0.5, "%", "Part of the subject that the host covers."),
    Measure("cut_shows", picture.cut_shows, "at most", 0.002, 0.05, "%", "Edges where a photograph cut the subject."),
    Measure("seam", seams.seam, "at most", 2.0, 4.0, "ratio", "Step where a photograph ends and its growth begins."),
    Measure("true_shape", picture.true_shape, "at most", 0.01, 0.25, "%", "Stretch of a picture out of shape."),
    Measure("enlargement", picture.enlargement, "at most", 1.25, 1.75, "ratio", "Scale of a picture past its pixels."),
    Measure("weight", picture.weight, "at most", 1.0, 1.0, "%", "Bytes of the file against the format's limit."),
)

TABLE: dict[str, Measure] = {row.name: row for row in _ROWS}
"""All measures by name; documents and the gallery are made from it."""


@dataclass(frozen=True, slots=True)
class Scores:
    """values: by measure, those that apply. worst: the lowest grade, 1 where every target is met.

    failures: a sentence for each missed target, with what decided it and by how much.
    """

    values: Mapping[str, float]
    worst: float
    failures: tuple[str, ...]


def measure(document: Document, pixels: npt.NDArray[np.uint8], context: Context) -> Scores:
    """Judge a finished picture, uint8 (h, w, 3) sRGB, and the plain SVG it was drawn from.

    Raises InputError where the picture has not the canvas's size times the context's pixel ratio.
    """
    evidence = Evidence(document, seen(pixels, document, context.pixel_ratio), context)
    found = {row.name: finding for row in _ROWS if (finding := row.judge(evidence)) is not None}
    values = {name: finding.value for name, finding in found.items()}
    grades = [TABLE[name].grade(value) for name, value in values.items()]
    missed = tuple(_failure(TABLE[name], one) for name, one in found.items() if TABLE[name].excess(one.value) > 0)
    return Scores(values, min(grades, default=1.0), missed)


def _failure(row: Measure, finding: Finding) -> str:
    figure = f"{row.written(finding.value)}, wanted {row.wanted} {row.written(row.target)}"
    return f"{row.name} is {figure}" + (f": {finding.note}" if finding.note else "")
