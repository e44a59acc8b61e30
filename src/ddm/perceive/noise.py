"""Pixels -> how strong their grain is."""

from __future__ import annotations

import numpy as np

from ddm.perceive import pixels as px
from ddm.perceive.pixels import Bytes, Floats

BLOCK, CELL = 16, 4
"""Blocks of pixels are judged one by one; by the means of their cells we see what is drawn in them."""
MOST = 1500
"""Blocks looked at: a regular subset of a large picture's."""
LEAST = 8
"""With fewer blocks a picture is too small to be judged."""
FLAT = 0.05
"""Part of the blocks, those with the least drawn in them, in which grain is measured: of a quarter of them too many are
cloth and carpet (rank correlation with the true grain on 26 pictures .84, with a tenth .91, so .95)."""
CRUSHED, BLOWN = 4, 251
CLIPPED = 0.05
"""Part of a block beyond these levels from which its grain is cut off; blank paper has none for that reason alone."""
UNCLIPPED = 0.1
"""Part of the flat blocks that must not be clipped, or all are taken: then the picture's ground is blank paper."""
HALF = 0.584
"""Deviation of white noise of which one half is cut off, as on blank paper: of a Gaussian rectified at its mean."""
EVEN = 1.5
"""Cells of pure grain vary by a quarter of its deviation, after a JPEG by half as much again; what varies more is
cloth, wood or gravel, and counts for less, by the square."""
FAINT = 0.3
"""Levels: the deviation that rounding alone makes."""
FULL = 25.5
"""Deviation in levels that is 1: a tenth of the range."""


def noise(pixels: Bytes) -> float:
    """0 none, 1 a standard deviation of a tenth of the range of luma; of uint8 (h, w, 3) sRGB at full size.

    In the flattest blocks, by a mask that leaves nothing of planes and edges (Immerkaer, "Fast noise variance
    estimation", 1996), the median of them. Texture without any large-scale trace, such as fine sand all over
    a picture, is the same to it as grain; and on cloth without an even place grain is taken for less than it is.
    """
    blocks = _blocks(px.luma(pixels))
    if len(blocks) < LEAST:
        return 0.0
    fine, drawn, spread = _fine(blocks), *_cells(blocks)
    flat = _flat(blocks, drawn)
    uneven = float(np.median(CELL * drawn[flat] / np.maximum(spread[flat], FAINT)))
    kept = float(np.interp(np.median(_clipped(blocks[flat])), (CLIPPED, 0.5), (1.0, HALF)))
    return min(1.0, float(np.median(fine[flat])) * min(1.0, EVEN / max(uneven, FAINT)) ** 2 / kept / FULL)


def _blocks(luma: Bytes) -> Floats:
    """float32 (n, BLOCK, BLOCK)."""
    rows, columns = (n // BLOCK for n in luma.shape)
    cut = luma[: rows * BLOCK, : columns * BLOCK].reshape(rows, BLOCK, columns, BLOCK)
    blocks = cut.swapaxes(1, 2).reshape(-1, BLOCK, BLOCK)
    found: Floats = blocks[:: -(-len(blocks) // MOST) or 1].astype(np.float32)
    return found


def _fine(blocks: Floats) -> Floats:
    """Deviation (n,) of what the mask 1 -2 1 / -2 4 -2 / 1 -2 1 leaves; on white noise it is the noise's own."""
    across = blocks[:, :, 2:] - 2 * blocks[:, :, 1:-1] + blocks[:, :, :-2]
    both = across[:, 2:] - 2 * across[:, 1:-1] + across[:, :-2]
    found: Floats = np.sqrt((both**2).mean((1, 2))) / 6
    return found


def _cells(blocks: Floats) -> tuple[Floats, Floats]:
    """Deviation (n,) of the cells' means from a plane through them, and the deviation inside the cells."""
    count = BLOCK // CELL
    means, squares = (px.reduced(one.reshape(-1, BLOCK), CELL).reshape(len(blocks), -1) for one in (blocks, blocks**2))
    y, x = (axis.ravel() for axis in np.mgrid[-1 : 1 : count * 1j, -1 : 1 : count * 1j])
    terms = np.stack([np.ones_like(x), x, y], 1)
    rest = means @ (np.eye(count**2) - terms @ np.linalg.pinv(terms)).astype(np.float32)
    inside = np.maximum(0, squares - means**2).mean(1) * CELL**2 / (CELL**2 - 1)
    return np.sqrt((rest**2).sum(1) / (count**2 - 3)), np.sqrt(inside)


def _clipped(blocks: Floats) -> Floats:
    """Part (n,) of each block that is crushed or blown."""
    found: Floats = ((blocks <= CRUSHED) | (blocks >= BLOWN)).mean((1, 2))
    return found


def _flat(blocks: Floats, drawn: Floats) -> np.ndarray:
    """Numbers of the flat blocks, without clipped ones if enough are left."""
    flat = np.argsort(drawn, kind="stable")[: max(LEAST, int(FLAT * len(drawn)))]
    whole = flat[_clipped(blocks[flat]) < CLIPPED]
    return whole if len(whole) >= max(LEAST, UNCLIPPED * len(flat)) else flat
