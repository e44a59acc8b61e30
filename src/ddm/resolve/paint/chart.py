"""A picture's maps made ready for many questions: luminance by cell, and sums of what is busy and what is subject."""

from __future__ import annotations

from functools import cached_property, lru_cache

import numpy as np

from ddm import colour
from ddm.geometry import Box
from ddm.perceive.perception import Maps
from ddm.resolve.paint.sums import Sums
from ddm.resolve.paint.tones import Floats

KEPT = 512  # pictures whose charts are kept: about 500 kB each, and a creative has few
FAINT = 8  # of 255: less coverage than this is noise of the matte
BUSY, SUBJECT = 0, 1  # the grids of `sums`


class Chart:
    """Everything lazily, and once. Boxes are in cells of the maps."""

    def __init__(self, maps: Maps) -> None:
        self.maps = maps
        self.rows, self.columns = maps.matte.shape

    @cached_property
    def luminances(self) -> Floats:
        """WCAG relative luminance, float32 (rows, columns)."""
        return colour.luminance_of_bytes(self.maps.thumb)

    @cached_property
    def sums(self) -> Sums:
        """Of busyness, of the subject's coverage, of luminance and of its square; all 0..1."""
        levels = self.luminances
        return Sums(self.maps.busy / 255, self.maps.matte / 255, levels, levels * levels)

    @cached_property
    def subject(self) -> Box | None:
        """The smallest box around all that is subject, None where nothing is."""
        there = self.maps.matte >= FAINT
        rows, columns = np.flatnonzero(there.any(1)), np.flatnonzero(there.any(0))
        if not len(rows):
            return None
        return Box.of_edges(*map(float, (columns[0], rows[0], columns[-1] + 1, rows[-1] + 1)))


class _Same:
    """A value that is itself and no other, for caches of what cannot be hashed."""

    __slots__ = ("maps",)

    def __init__(self, maps: Maps) -> None:
        self.maps = maps

    def __hash__(self) -> int:
        return id(self.maps)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.maps is self.maps


@lru_cache(maxsize=KEPT)
def _chart(same: _Same) -> Chart:
    return Chart(same.maps)


def chart_of(maps: Maps) -> Chart:
    """The same chart for the same maps, as long as they are much asked for."""
    return _chart(_Same(maps))
