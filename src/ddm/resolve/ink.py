"""`ink` and `scrim`: a colour for copy that can be read on what lies beneath, and the veil where there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

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
STRENGTHS = np.arange(1, 21) / 20  # of the most opaque veil allowed, faintest first


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
    found = Veil(edge, solid, min(1.0, solid + REACH), tone, most)
    ratios = np.min([_ratios(found, own, ground, box) for box in boxes], axis=0)
    enough = np.flatnonzero(ratios >= wanted * RESERVE)
    if not len(enough):
        raise Unfit(f"no ink can be read there, even under a scrim of {most:.0%}")
    return replace(found, opacity=most * float(STRENGTHS[enough[0]]))


def _ratios(veil: Veil, ink: float, ground: Ground, box: Box) -> Floats:
    """The ink's contrast in the box under the veil at each of its STRENGTHS."""
    grid, beneath = ground.seen(box)
    alpha = veil.held(grid, ground.canvas).ravel() * np.float32(veil.opacity)
    alphas = (STRENGTHS.astype(np.float32)[:, None] * alpha)[..., None]
    tone = np.array(colour.parse_hex(veil.colour), np.float32) * 255
    points = beneath.reshape(-1, 3)
    levels = colour.luminance_of_bytes((points + (tone - points) * alphas + 0.5).astype(np.uint8))
    return np.array([Tones.of(row).ratio(ink) for row in levels], np.float32)
