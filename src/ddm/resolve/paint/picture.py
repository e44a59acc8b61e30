"""A picture in its frame, known by its maps."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from ddm.geometry import Box
from ddm.perceive.perception import Bytes, Maps
from ddm.resolve.paint.chart import BUSY, SUBJECT, chart_of
from ddm.resolve.paint.coat import Channels, within
from ddm.resolve.paint.field import Field
from ddm.resolve.paint.grid import Edges, Grid
from ddm.resolve.paint.tones import Floats, Tones

BLURRED = 0.3  # how busy a picture out of focus still is, against the same in focus
MOST_CELLS = 48  # of a picture along either side of a box: the worst twentieth is known well enough from as many


class Picture:
    """A picture whose whole extent lies at `placed`, seen through `frame`; beyond its edge the border goes on."""

    __slots__ = ("_across", "_chart", "_down", "_left", "_top", "calm", "clear", "cutout", "edges")
    sheer = False

    def __init__(
        self, frame: Box, placed: Box, maps: Maps, mirror: bool, cutout: bool, blurred: bool, clear: bool
    ) -> None:
        self.edges = Edges(frame.x, frame.y, frame.x + frame.width, frame.y + frame.height)
        self._chart = chart_of(maps)
        self.cutout, self.clear, self.calm = cutout, clear, BLURRED if blurred else 1.0
        self._across, self._down = self._chart.columns / placed.width, self._chart.rows / placed.height
        if mirror:
            self._across = -self._across
        self._left = -(placed.right if mirror else placed.x) * self._across
        self._top = -placed.y * self._down

    def hides(self, box: Edges) -> bool:
        return not self.cutout and within(box, self.edges)

    def cells(self, box: Edges) -> Edges:
        """The box in cells of the maps; left of a mirrored picture is the greater."""
        return Edges(
            box.left * self._across + self._left,
            box.top * self._down + self._top,
            box.right * self._across + self._left,
            box.bottom * self._down + self._top,
        )

    def tones(self, box: Edges) -> Tones:
        left, top, right, bottom = self.cells(box)
        rows = _span(top, bottom, self._chart.rows)
        columns = _span(min(left, right), max(left, right), self._chart.columns)
        return Tones.of(self._chart.luminances[rows][:, columns])

    def busyness(self, box: Edges) -> float:
        return self._chart.sums.mean(BUSY, *self.cells(box)) * self.calm

    def covered(self, box: Edges) -> float:
        if not self.clear or not self._meets_subject(box):
            return 0.0
        seen = Edges(*map(max, box[:2], self.edges[:2]), *map(min, box[2:], self.edges[2:]))
        part = (seen.right - seen.left) * (seen.bottom - seen.top)
        whole = (box.right - box.left) * (box.bottom - box.top)
        return self._chart.sums.mean(SUBJECT, *self.cells(seen)) * part / whole

    def _meets_subject(self, box: Edges) -> bool:
        subject = self._chart.subject
        if subject is None:
            return False
        left, top, right, bottom = self.cells(box)
        low, high = (left, right) if left <= right else (right, left)
        c, r = self._chart.columns - 1, self._chart.rows - 1  # the border goes on beyond the edge
        across = subject.x < max(high, 0.5) and subject.right > min(low, c + 0.5)
        return across and subject.y < max(bottom, 0.5) and subject.bottom > min(top, r + 0.5)

    def field(self) -> Field:
        return Field(
            self._chart.sums, self._across, self._left, self._down, self._top, self.calm, 1.0 if self.clear else 0.0
        )

    def alpha(self, grid: Grid) -> Floats | float:
        return self._matte(grid) if self.cutout else 1.0

    def bytes(self, grid: Grid) -> Channels:
        return self._looked_up(self._chart.maps.thumb, grid)

    def busy(self, grid: Grid) -> Floats:
        return self._looked_up(self._chart.maps.busy, grid) * np.float32(self.calm / 255)

    def subject(self, grid: Grid) -> Floats | float:
        return self._matte(grid) if self.clear else 0.0

    def _matte(self, grid: Grid) -> Floats:
        return self._looked_up(self._chart.maps.matte, grid) * np.float32(1 / 255)

    def _looked_up(self, map_: Bytes, grid: Grid) -> Bytes:
        """The cell of a map at each point."""
        columns = _index(grid.x * np.float32(self._across) + np.float32(self._left), self._chart.columns)
        rows = _index(grid.y * np.float32(self._down) + np.float32(self._top), self._chart.rows)
        return map_.take(rows, 0).take(columns, 1)


def _index(cells: Floats, count: int) -> npt.NDArray[np.intp]:
    return np.minimum(np.maximum(cells, 0), count - 1).astype(np.intp)


def _span(low: float, high: float, count: int) -> slice | npt.NDArray[np.intp]:
    """The cells at least half of which lie between two places, or one; not more than MOST_CELLS."""
    first, end = round(low), round(high)
    if end <= first:
        first = math.floor((low + high) / 2)
        end = first + 1
    step = -(-(end - first) // MOST_CELLS)
    if first >= 0 and end <= count:
        return slice(first, end, step)
    return np.minimum(np.maximum(np.arange(first, end, step), 0), count - 1)
