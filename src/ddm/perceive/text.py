"""Pixels -> lines of text that can be read in them."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, radians, sin

import numpy as np

from ddm.perceive import pixels as px
from ddm.perceive.perception import Element
from ddm.perceive.pixels import Bytes
from ddm.perceive.text_lines import Line, lines
from ddm.perceive.text_words import HEIGHT, word

SIDE = 576
"""Longer side at which lines are looked for: recall .979 of lines typed over photographs (tuned half), as at 640 and
736; .959 at 512, .928 at 448. On posters 512 would do."""
CONFIDENT = 0.8
"""Readings below are foliage and keyboards more often than words."""
LONE = 0.95
"""... and a lone letter is more often a button or a leaf."""
HUGE = 0.4
"""Part of the picture's height from which a lone letter is no letter."""
AROUND = 0.12
"""Of a line's height, kept around it on every side for the reader."""
DOWN = 45.0
"""Degrees of turn from which a line runs down the picture."""


def read(pixels: Bytes, side: int = SIDE, confident: float = CONFIDENT) -> tuple[Element, ...]:
    """Lines of text in uint8 (h, w, 3) sRGB from top to bottom: elements whose boxes hold the letters closely."""
    views = _halves(pixels)
    found = lines(pixels, side)
    readings = ((line, *_reading(views, line)) for line in found)
    ratio = pixels.shape[1] / pixels.shape[0]
    elements = (Element("text", line.box(ratio), round(score, 4), text) for line, text, score in readings)
    return tuple(one for one in elements if _word(one, confident))


def _halves(pixels: Bytes) -> list[Bytes]:
    """From a small copy up to the picture."""
    found = [pixels]
    while max(found[-1].shape[:2]) >= 4 * HEIGHT:
        found.append(px.reduced(found[-1], 2))
    return found[::-1]


def _reading(views: Sequence[Bytes], line: Line) -> tuple[str, float]:
    """The surest, where it may be read in two ways."""
    return max(map(word, _ways(views, line)), key=lambda pair: pair[1])


def _ways(views: Sequence[Bytes], line: Line) -> list[Bytes]:
    """Lines that run down may be turned to the right or to the left; Chinese letter under letter is read as well so.
    Taken of the smallest copy that has enough pixels: of more, they would be left out."""
    view = next((view for view in views if line.height * view.shape[1] >= HEIGHT), views[-1])
    strip = _strip(view, line)
    return [strip, np.rot90(strip, 2)] if line.turn > DOWN else [strip]


def _strip(sharp: Bytes, line: Line) -> Bytes:
    """What lies under the line, laid level, HEIGHT tall."""
    columns = sharp.shape[1]
    edge = AROUND * line.height
    wide, high = ((n + 2 * edge) * columns for n in (line.width, line.height))
    scale = HEIGHT / high
    across, along = cos(radians(line.turn)) * scale, sin(radians(line.turn)) * scale
    turned = np.array([[across, along], [-along, across]])
    centre = turned @ (line.x * columns, line.y * columns)
    matrix = np.column_stack([turned, np.array([wide * scale, HEIGHT]) / 2 - centre])
    return px.affine(sharp, matrix, max(8, round(wide * scale)), HEIGHT)


def _word(found: Element, confident: float) -> bool:
    letters = len(found.label.strip())
    if letters <= 2 and found.box.height > HUGE:  # stripes and frames pass for one or two huge letters
        return False
    return letters > 0 and found.score >= (max(confident, LONE) if letters == 1 else confident)
