"""Pixels -> where lines of text lie, as boxes that may be turned; the detector of PP-OCR.

The network marks the middle of each line; a line is a connected mark, grown to the size of its letters (Liao et al.,
"Real-time scene text detection with differentiable binarization", AAAI 2020).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin
from typing import TypeAlias

import numpy as np

from ddm import models
from ddm.geometry import Box
from ddm.perceive import pixels as px
from ddm.perceive.pixels import Bytes, Floats

STEP = 32
"""The network wants sides that are multiples of this."""
MIDDLE = (127.5,) * 3
"""Mean and spread of each channel, as the network was trained."""
MARKED = 0.3
"""Probability from which a pixel is in the middle of a line, as the network was trained for."""
LIKELY = 0.5
"""Mean probability of a mark below which it is texture."""
THIN = 3.0
"""Marks less tall than this, in pixels of the picture looked at, are no letters that could be read."""
INK = 0.36
"""Of a mark's height, by which it falls short of its letters on every side: mean overlap with the truth .82 on posters
and .83 on typed photographs (tuned halves); .81 and .78 at .28."""
TALL = 1.5
"""Height over width of a mark from which it is a line that runs down; below, a letter or two."""
MOST = 120
"""Lines of one picture, the tallest: each takes 20 ms to be read, and a page of a book has 50."""

Mark: TypeAlias = tuple[float, float, float, float, float]
"""x, y of its centre, width, height, turn in degrees, as `pixels.tilted_boxes` gives them."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, in fractions of the picture's width. x, y: its centre. width: along the letters; height: across.

    turn: degrees, clockwise, of the direction in which it runs, from -45 up to 45, and around 90 where it runs down.
    """

    x: float
    y: float
    width: float
    height: float
    turn: float

    def box(self, ratio: float) -> Box:
        """The upright box around it, in fractions of a picture of that ratio of width to height."""
        across, along = abs(cos(radians(self.turn))), abs(sin(radians(self.turn)))
        width, height = self.width * across + self.height * along, self.width * along + self.height * across
        left, top = self.x - width / 2, (self.y - height / 2) * ratio
        edges = np.clip((left, top, left + width, top + height * ratio), 0, 1)
        return Box.of_edges(*(round(float(edge), 5) for edge in edges))


def lines(pixels: Bytes, side: int) -> list[Line]:
    """From top to bottom, in uint8 (h, w, 3) sRGB looked at with `side` pixels along the longer side at most."""
    chance = _chances(px.limited(pixels, side))
    height, width = chance.shape
    stretch = (pixels.shape[0] / pixels.shape[1]) / (height / width)  # sides were rounded to STEP
    found = [_line(box, width, stretch) for box in px.tilted_boxes(chance > MARKED) if _likely(chance, box)]
    tallest = sorted(found, key=lambda line: -line.height)[:MOST]
    return sorted(tallest, key=lambda line: (round(line.y, 3), line.x))


def _chances(small: Bytes) -> Floats:
    """Of each pixel to lie in the middle of a line; (h, w) 0..1, sides rounded to STEP."""
    height, width = (max(STEP, round(n / STEP) * STEP) for n in small.shape[:2])
    session = models.session("text-detect")
    blob = px.blob(px.resize(small, width, height)[..., ::-1], MIDDLE, MIDDLE)
    found: Floats = session.run(None, {session.input: blob})[0][0, 0]
    return found


def _likely(chance: Floats, box: Mark) -> bool:
    x, y, width, height, turn = box
    if min(width, height) < THIN:
        return False
    across, along = abs(cos(radians(turn))), abs(sin(radians(turn)))
    high, wide = (width * along + height * across) / 2, (width * across + height * along) / 2
    part = chance[max(0, int(y - high)) : int(y + high) + 1, max(0, int(x - wide)) : int(x + wide) + 1]
    return float(part[part > MARKED].mean()) >= LIKELY


def _line(box: Mark, columns: int, stretch: float) -> Line:
    """A mark grown to its letters; it runs across the picture unless it is clearly taller than wide."""
    x, y, width, height, turn = box
    quarters = round(turn / 90)
    turn -= 90 * quarters
    if quarters % 2:
        width, height = height, width
    grown = 2 * INK * min(width, height)
    if height > TALL * width:
        width, height, turn = height, width, turn + 90
    return Line(x / columns, y * stretch / columns, (width + grown) / columns, (height + grown) / columns, turn)
