"""`ink` and `scrim`: a colour for copy that can be read on what lies beneath, and the veil where there is none."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ddm import colour
from ddm.errors import Unfit
from ddm.geometry import Box
from ddm.resolve.ground import Ground
from ddm.resolve.paint import Tones
from ddm.resolve.paint import Veil as Veil
from ddm.resolve.paint.tones import Floats, luminance_of

RESERVE = 1.12  # the ground is coarse; aim a little above what is asked
NIGHT, PAPER = "#141414", "#ffffff"
NAMED = ("night", "paper", "deep")
LAST = ("near black", "white")
REACH = 0.45  # of the canvas, over which a veil fades: a short fade is seen as an edge
STEPS = 20  # strengths a veil may have, up to the most that is allowed


@dataclass(frozen=True, slots=True)
class Ink:
    """colour: '#rrggbb'. ratio: the contrast reached on the ground. reason: one sentence."""

    colour: str
    ratio: float
    reason: str
    alternatives: tuple[tuple[str, float], ...] = ()


def ratio_on(ink: str, beneath: Tones | npt.NDArray[np.float32]) -> float:
    """WCAG contrast of the ink with all but the worst of the ground: its tones, or luminances of its cells."""
    tones = beneath if isinstance(beneath, Tones) else Tones.of(beneath)
    return tones.ratio(luminance_of(ink))


def _candidates(roles: Mapping[str, str], wished: str | None) -> list[tuple[str, str]]:
    first = [(roles[wished], wished)] if wished else []
    return [*first, *((roles[name], name) for name in NAMED), (NIGHT, LAST[0]), (PAPER, LAST[1])]


def choose(roles: Mapping[str, str], wished: str | None, wanted: float, ground: Ground, boxes: Sequence[Box]) -> Ink:
    """The first candidate that can be read in every box; else the most readable. The wished role comes first, then
    the palette's, then near black and white.

    Among each the more readable comes first, so that grey grounds get the stronger of the two.
    """
    beneath = [ground.tones(box) for box in boxes]
    least = wanted * RESERVE
    rated = []
    for hex_, name in _candidates(roles, wished):
        own = luminance_of(hex_)
        rated.append((hex_, name, min([tones.ratio(own) for tones in beneath])))
    start = 1 if wished else 0
    rated[start:] = sorted(rated[start:], key=lambda row: (row[2] < least, row[1] in LAST, -row[2]))
    found = next((row for row in rated if row[2] >= least), None) or max(rated, key=lambda row: row[2])
    reason = f"{found[1]}: {found[2]:.1f} to 1 on what lies beneath"
    return Ink(found[0], found[2], reason, tuple((f"{name} {hex_}", -ratio) for hex_, name, ratio in rated))


def _reach(edge: str, box: Box, canvas: Box) -> float:
    """How far from that edge the box's far side lies, as part of the canvas."""
    return {
        "left": box.right / canvas.width,
        "right": 1 - box.x / canvas.width,
        "top": box.bottom / canvas.height,
        "bottom": 1 - box.y / canvas.height,
    }[edge]


def veil(ink: Ink, wanted: float, most: float, ground: Ground, boxes: Sequence[Box], area: Box) -> Veil:
    """The faintest scrim with which the ink can be read. Unfit where even the strongest allowed does not do."""
    edge = min(("left", "right", "top", "bottom"), key=lambda e: _reach(e, area, ground.canvas))
    solid = min(1.0, _reach(edge, area, ground.canvas) * 0.9)
    own = luminance_of(ink.colour)
    tone = "#101010" if own > 0.3 else "#ffffff"
    strongest = Veil(edge, solid, min(1.0, solid + REACH), tone, most)
    beneath = [_Beneath.of(box, strongest, ground) for box in boxes]

    def enough(step: int) -> bool:
        return all(one.ratio(own, step / STEPS) >= wanted * RESERVE for one in beneath)

    step = bisect_left(range(1, STEPS + 1), True, key=enough) + 1
    if step > STEPS:
        raise Unfit(f"no ink can be read there, even under a scrim of {most:.0%}")
    return replace(strongest, opacity=most * step / STEPS)


class _Beneath(NamedTuple):
    """What a veil would lie on. points: sRGB 0..255 (n, 3); alphas: (n, 1) of the strongest veil; tone: its colour."""

    points: Floats
    alphas: Floats
    tone: Floats

    @classmethod
    def of(cls, box: Box, veil: Veil, ground: Ground) -> _Beneath:
        grid, points = ground.seen(box)
        alphas = np.broadcast_to(veil.held(grid, ground.canvas) * np.float32(veil.opacity), grid.shape)
        tone = np.array(colour.parse_hex(veil.colour), np.float32) * 255
        return cls(points.reshape(-1, 3), alphas.reshape(-1, 1), tone)

    def ratio(self, ink: float, strength: float) -> float:
        """The contrast of an ink under the veil at that part of its strength."""
        mixed = self.points + (self.tone - self.points) * (self.alphas * np.float32(strength))
        return Tones.of(colour.luminance_of_bytes((mixed + 0.5).astype(np.uint8))).ratio(ink)
