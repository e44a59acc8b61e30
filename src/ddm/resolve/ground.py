"""What lies beneath, coarsely: a small picture of the canvas as painted so far, for placing and inking copy.

Everything painted is painted here too: colours, how busy the place is, where subjects and copy are.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ddm import colour
from ddm.geometry import Box
from ddm.perceive.perception import Maps

SIDE = 160  # cells along the longer side: a line of small type is about 4 cells high

Floats = npt.NDArray[np.float32]


class Ground:
    """Grids of one shape (rows, columns): colours (sRGB 0..1, 3 channels), busy, subject and copy (0..1)."""

    def __init__(self, canvas: Box) -> None:
        self.canvas = canvas
        self.step = max(canvas.width, canvas.height) / SIDE
        self.shape = (max(8, round(canvas.height / self.step)), max(8, round(canvas.width / self.step)))
        self.colours: Floats = np.ones((*self.shape, 3), np.float32)
        self.busy: Floats = np.zeros(self.shape, np.float32)
        self.subject: Floats = np.zeros(self.shape, np.float32)
        self.copy: Floats = np.zeros(self.shape, np.float32)

    def cells(self, box: Box) -> tuple[slice, slice]:
        """Rows and columns that the box touches; at least one cell where it meets the canvas."""
        inside = box.intersection(self.canvas)
        rows, columns = self.shape
        sx, sy = columns / self.canvas.width, rows / self.canvas.height
        left, top = int(inside.x * sx), int(inside.y * sy)
        right, bottom = int(np.ceil(inside.right * sx)), int(np.ceil(inside.bottom * sy))
        return slice(min(top, rows - 1), max(bottom, top + 1)), slice(min(left, columns - 1), max(right, left + 1))

    def centres(self, where: tuple[slice, slice]) -> tuple[Floats, Floats]:
        """Canvas coordinates of the cells' centres, as (rows, 1) and (1, columns)."""
        rows, columns = self.shape
        y = (np.arange(rows, dtype=np.float32)[where[0]] + 0.5) * self.canvas.height / rows
        x = (np.arange(columns, dtype=np.float32)[where[1]] + 0.5) * self.canvas.width / columns
        return y[:, None].astype(np.float32), x[None, :].astype(np.float32)

    def paint_flat(self, box: Box, srgb: npt.ArrayLike, opacity: float = 1.0, round_: bool = False) -> None:
        """A plain shape: calm, and it hides what was busy beneath."""
        where = self.cells(box)
        alpha = np.full(self.colours[where].shape[:2], opacity, np.float32)
        if round_:
            y, x = self.centres(where)
            cx, cy = box.centre
            alpha *= ((x - cx) / (box.width / 2)) ** 2 + ((y - cy) / (box.height / 2)) ** 2 <= 1
        self._blend(where, np.asarray(srgb, np.float32), alpha)
        self.busy[where] *= 1 - alpha
        self.subject[where] *= 1 - alpha

    def paint_gradient(self, box: Box, first: npt.ArrayLike, last: npt.ArrayLike, along: tuple[float, float]) -> None:
        """From `first` to `last` in the direction `along` across the box."""
        where = self.cells(box)
        y, x = self.centres(where)
        t = ((x - box.x) / box.width - 0.5) * along[0] + ((y - box.y) / box.height - 0.5) * along[1] + 0.5
        t = np.clip(t, 0, 1)[..., None]
        shade = np.asarray(first, np.float32) * (1 - t) + np.asarray(last, np.float32) * t
        self._blend(where, shade.astype(np.float32), np.ones(shade.shape[:2], np.float32))
        self.busy[where] = 0
        self.subject[where] = 0

    def paint_veil(self, srgb: npt.ArrayLike, alpha: Floats) -> None:
        """A translucent layer over the whole canvas, alpha by cell."""
        self._blend((slice(None), slice(None)), np.asarray(srgb, np.float32), alpha)
        self.busy *= 1 - alpha

    def paint_picture(
        self, frame: Box, placed: Box, maps: Maps, mirror: bool, cutout: bool, blurred: bool = False, clear: bool = True
    ) -> None:
        """A picture whose whole extent lies at `placed`, seen through `frame`; beyond its edge the border goes on.

        clear: its subject must stay uncovered.
        """
        where = self.cells(frame)
        y, x = self.centres(where)
        h, w = maps.matte.shape
        u = (x - placed.x) / placed.width
        column = np.clip(((1 - u if mirror else u) * w).astype(int), 0, w - 1)
        row = np.clip((y - placed.y) / placed.height * h, 0, h - 1).astype(int)
        matte = maps.matte[row, column].astype(np.float32) / 255
        alpha = matte if cutout else np.ones_like(matte)
        self._blend(where, maps.thumb[row, column].astype(np.float32) / 255, alpha)
        busy = maps.busy[row, column].astype(np.float32) / 255 * (0.3 if blurred else 1.0)
        self.busy[where] = self.busy[where] * (1 - alpha) + busy * alpha
        shown = matte if clear else np.zeros_like(matte)
        self.subject[where] = np.maximum(self.subject[where] * (1 - alpha), shown)

    def mark_copy(self, box: Box) -> None:
        self.copy[self.cells(box)] = 1

    def _blend(self, where: tuple[slice, slice], srgb: Floats, alpha: Floats) -> None:
        a = alpha[..., None]
        self.colours[where] = self.colours[where] * (1 - a) + srgb * a

    def luminances(self, box: Box) -> Floats:
        """WCAG relative luminance of every cell beneath the box, flat."""
        return colour.luminance(self.colours[self.cells(box)].reshape(-1, 3)).astype(np.float32)

    def covered(self, box: Box) -> float:
        """How much of the box lies on a subject, 0..1."""
        return float(self.subject[self.cells(box)].mean())

    def copied(self, box: Box) -> float:
        return float(self.copy[self.cells(box)].mean())

    def busyness(self, box: Box) -> float:
        return float(self.busy[self.cells(box)].mean())
