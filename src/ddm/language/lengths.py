"""Lengths of the language: per cent of the enclosing frame, u (a hundredth of the canvas's mean side), px, auto."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from ddm.geometry import Box

_PATTERN = re.compile(r"(-?\d{1,4}(?:\.\d{1,9})?)(%|u|px)", re.ASCII)  # more digits would lead off every canvas


@dataclass(frozen=True, slots=True)
class Length:
    """unit: % of the frame along its axis, u: 1/100 of sqrt(width x height) of the canvas, px: pixels of the canvas."""

    value: float
    unit: str

    def pixels(self, along: float, canvas: Box) -> float:
        """In canvas pixels; `along` is the frame's extent on the axis in question."""
        per_unit = {"%": along / 100, "u": unit_of(canvas), "px": 1.0}
        return self.value * per_unit[self.unit]

    def __str__(self) -> str:
        return plain(self.value) + self.unit


def plain(value: float) -> str:
    """A number as a person writes it: no exponent, no zeros at the end."""
    return f"{value:.9f}".rstrip("0").rstrip(".")


def unit_of(canvas: Box) -> float:
    """One u in pixels: it grows with the canvas's area, so type keeps its weight in every ratio."""
    return math.sqrt(canvas.area) / 100


def parse_length(text: str) -> Length:
    """ValueError says what a length looks like."""
    found = _PATTERN.fullmatch(text.strip())
    if not found:
        raise ValueError(f"'{text}' is not a length; write 12%, 3u or 40px")
    return Length(float(found[1]), found[2])
