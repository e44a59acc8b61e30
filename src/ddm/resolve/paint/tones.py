"""How light and how dark it is beneath a box: turns luminances into the contrast an ink would have there."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ddm import colour

WORST = 0.05  # part of what lies beneath that may be worse than the ratio given: a speck does no harm

Floats = npt.NDArray[np.float32]


def ratio(one: float, other: float) -> float:
    """WCAG 2.2 contrast, 1..21, of two relative luminances."""
    return (one + 0.05) / (other + 0.05) if one > other else (other + 0.05) / (one + 0.05)


@lru_cache(maxsize=65536)
def luminance_of(hex_: str) -> float:
    """WCAG relative luminance, 0..1, of '#rrggbb'."""
    return float(colour.luminance(colour.parse_hex(hex_)))


class Tones(NamedTuple):
    """WCAG relative luminances beneath a box, without the WORST part at either end.

    cells: all of them, sorted, where they vary in steps; None where they fill the range from dark to light evenly.
    """

    dark: float
    light: float
    cells: Floats | None = None

    @classmethod
    def of(cls, luminances: npt.ArrayLike) -> Tones:
        """From luminances of cells of one size, in any order and shape; at least one."""
        cells: Floats = np.sort(np.asarray(luminances, np.float32), axis=None)
        last = len(cells) - 1
        return cls(cells.item(math.floor(last * WORST)), cells.item(math.ceil(last * (1 - WORST))), cells)

    def ratio(self, ink: float) -> float:
        """The contrast that an ink of that luminance has with all but the worst part."""
        if ink >= self.light:
            return (ink + 0.05) / (self.light + 0.05)
        if ink <= self.dark:
            return (self.dark + 0.05) / (ink + 0.05)
        return 1.0 if self.cells is None else _worst(self.cells, ink)


def _worst(cells: Floats, ink: float) -> float:
    """Some are lighter than the ink and some darker: contrast is sorted anew."""
    found = np.sort(np.where(cells > ink, (cells + 0.05) / (ink + 0.05), (ink + 0.05) / (cells + 0.05)))
    return float(found[math.floor((len(found) - 1) * WORST)])
