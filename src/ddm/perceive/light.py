"""Lightness over the subject and around it -> where the light comes from, how soft it is, and how sure that is.

Of a product a small trained network weighs what shade, shadow, highlights and backdrop tell (`lightcues`,
`lightmodel`). In a backdrop a window tells: something far lighter than the rest, on one side.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ddm.perceive.lightcues import cues
from ddm.perceive.lightmodel import guess
from ddm.perceive.pixels import Floats

SURE = 0.5
"""Sureness from which light has a side: 45 degrees of error to be expected at most."""
ASIDE = 25.0
"""Degrees off straight above or below from which a side is told; nearer, shade lies on both."""
WINDOW, TALL = 0.2, 0.7
"""How much lighter than the middle of all a window is, and the upper part of a picture in which windows are."""
LARGE, OFF = 0.01, 0.12
"""Part of the picture that a window fills at least, and how far off the middle it must lie to give a side."""
WINDOW_SURE = 0.5
"""A window says which half the light comes from, no more."""


@dataclass(frozen=True, slots=True)
class Light:
    """direction: degrees by the clock in the picture's plane, 0 from above, 90 from the right. softness: 0 the hard
    shadow of a small lamp .. 1 none to be seen. sure: 1 less the expected error over 90 degrees; 0 is a mere guess.
    """

    direction: float
    softness: float
    sure: float

    @property
    def side(self) -> str:
        """'left', 'front' or 'right'; front where unsure, and where it comes from above or below."""
        across = float(np.sin(np.radians(self.direction)))
        if self.sure < SURE or abs(across) < np.sin(np.radians(ASIDE)):
            return "front"
        return "right" if across > 0 else "left"


UNKNOWN = Light(0.0, 1.0, 0.0)


def light(lab: Floats, coverage: Floats) -> Light:
    """Of OKLab (h, w, 3) and the subject's coverage float32 (h, w); best at 512 pixels or so."""
    found = cues(lab, coverage)
    if found is None:
        return UNKNOWN
    seen = guess(found)
    return Light(seen.direction, seen.softness, max(0.0, 1 - seen.error / 90))


def scene_light(lab: Floats) -> Light:
    """Of a backdrop: where its window is, or whatever else shines; a window is soft."""
    bright = lab[: round(TALL * len(lab)), :, 0]
    shining = bright > float(np.median(lab[..., 0])) + WINDOW
    if shining.mean() < LARGE:
        return UNKNOWN
    rows, columns = shining.nonzero()
    across = float(columns.mean() + 0.5) / lab.shape[1] - 0.5
    up = max(0.0, 0.5 - float(rows.mean() + 0.5) / len(lab))
    direction = float(np.degrees(np.arctan2(across, up)) % 360)
    return Light(direction, 1.0, WINDOW_SURE if abs(across) >= OFF else 0.0)
