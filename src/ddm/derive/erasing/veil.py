"""Strokes that can be seen through -> what lies beneath them: one colour laid evenly over all is taken off again.

A mark of one colour C and coverage a gives I = (1 - a) J + a C of the photograph J. Where J was, as far as it can be
told from beside the strokes, explains I by one slope 1 - a for all channels, both slope and offset are known, and J is
I less the offset over the slope: the photograph itself, where a fill would only be likely.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ddm.perceive.pixels import Floats

THROUGH = (0.25, 0.92)
"""Part of the photograph that shows through a mark; less is its grain alone, more is no mark."""
TELLING = 0.02
"""Deviation (0..1) of the ground beneath, below which nothing tells the slope: there any fill is right."""
SURE = 0.08
"""Standard error of the slope up to which it is believed."""
ALIKE = 25.0
"""Pixels that err alike, so that so many count for one."""
EXPLAINED = 0.35
"""Least part of the variance seen that what lies beneath explains: little of that of an ink with a pattern."""
IMPOSSIBLE = 0.12
"""How far the mark's colour may lie outside 0..1: the slope and the offset are measured, and err."""


@dataclass(frozen=True, slots=True)
class Veil:
    """slope: 1 - a. offset: a C, float32 (3,), of sRGB 0..1."""

    slope: float
    offset: Floats

    def lifted(self, seen: Floats) -> Floats:
        """What lies beneath, of what is seen (n, 3)."""
        found: Floats = np.clip((seen - self.offset) / self.slope, 0, 1).astype(np.float32)
        return found


def veil(seen: Floats, beneath: Floats, places: Floats) -> Veil | None:
    """From pixels of a mark and what is likely beneath them, float32 (n, 3) sRGB 0..1; None where it is none.

    places: rows and columns, (n, 2). An even run of colour along them tells nothing: inks have gradients, too.
    """
    if len(seen) < ALIKE:
        return None
    level, ground = seen.mean(0), beneath.mean(0)
    plane = np.linalg.qr(np.column_stack([np.ones(len(places)), places]).astype(np.float32))[0]
    one, other = (values - plane @ (plane.T @ values) for values in (seen, beneath))
    power = float((other**2).sum())
    if power < len(seen) * 3 * TELLING**2:
        return None
    slope = float((one * other).sum() / power)
    rest = one - slope * other
    error = float(np.sqrt((rest**2).mean() / (power / 3 / ALIKE)))
    explained = 1 - float((rest**2).sum() / max(1e-9, (one**2).sum()))
    offset = (level - slope * ground).astype(np.float32)
    colour = offset / max(1e-3, 1 - slope)
    real = bool((colour > -IMPOSSIBLE).all() and (colour < 1 + IMPOSSIBLE).all())
    believed = THROUGH[0] < slope < THROUGH[1] and error < SURE and explained > EXPLAINED and real
    return Veil(slope, offset) if believed else None
