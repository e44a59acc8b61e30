"""`ink` and `scrim`: a colour for copy that can be read on what lies beneath, and the veil where there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ddm import colour
from ddm.errors import Unfit
from ddm.geometry import Box
from ddm.resolve.ground import Ground
from ddm.resolve.shapes import rgb

WORST = 5.0  # per cent of the cells beneath that may be worse than the ratio given
RESERVE = 1.12  # the ground is coarse; aim a little above what is asked
NIGHT, PAPER = "#141414", "#ffffff"


@dataclass(frozen=True, slots=True)
class Ink:
    """colour: '#rrggbb'. ratio: the contrast reached on the ground. reason: one sentence."""

    colour: str
    ratio: float
    reason: str
    alternatives: tuple[tuple[str, float], ...] = ()


def ratio_on(ink: str, luminances: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> float:
    """WCAG contrast of the ink with all but the worst WORST per cent of the ground."""
    own = float(colour.luminance(rgb(ink)))
    return float(np.percentile(colour.contrast_of_luminances(own, luminances), WORST))


def _candidates(roles: Mapping[str, str], wished: str | None) -> list[tuple[str, str]]:
    named = [(roles[name], name) for name in ("night", "paper", "deep")]
    first = [(roles[wished], wished)] if wished else []
    return [*first, *named, (NIGHT, "near black"), (PAPER, "white")]


def choose(roles: Mapping[str, str], wished: str | None, wanted: float, ground: Ground, boxes: Sequence[Box]) -> Ink:
    """The first candidate that can be read; else the most readable. The wished role comes first, then night and paper.

    Between night and paper the more readable comes first, so that grey grounds get the stronger of the two.
    """
    beneath = np.concatenate([ground.luminances(box) for box in boxes])
    rated = [(hex_, name, ratio_on(hex_, beneath)) for hex_, name in _candidates(roles, wished)]
    start = 1 if wished else 0
    rated[start:] = sorted(
        rated[start:], key=lambda row: (row[2] < wanted * RESERVE, row[1] in ("near black", "white"), -row[2])
    )
    good = [row for row in rated if row[2] >= wanted * RESERVE]
    hex_, name, ratio = good[0] if good else max(rated, key=lambda row: row[2])
    return Ink(
        hex_, ratio, f"{name}: {ratio:.1f} to 1 on what lies beneath", tuple((f"{n} {h}", -r) for h, n, r in rated)
    )


@dataclass(frozen=True, slots=True)
class Veil:
    """A scrim: from `edge` of the canvas, full to `solid`, gone at `end` (fractions of the way to the far edge)."""

    edge: str
    solid: float
    end: float
    colour: str
    opacity: float


def _reach(edge: str, box: Box, canvas: Box) -> float:
    """How far from that edge the box's far side lies, as part of the canvas."""
    return {
        "left": box.right / canvas.width,
        "right": 1 - box.x / canvas.width,
        "top": box.bottom / canvas.height,
        "bottom": 1 - box.y / canvas.height,
    }[edge]


def alpha_of(veil: Veil, ground: Ground) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """The veil's opacity by cell."""
    y, x = ground.centres((slice(None), slice(None)))
    x, y = x / ground.canvas.width, y / ground.canvas.height
    along = {"left": x, "right": 1 - x, "top": y, "bottom": 1 - y}[veil.edge]
    ramp = np.clip((veil.end - along) / max(veil.end - veil.solid, 1e-6), 0, 1)
    return np.broadcast_to(ramp * veil.opacity, ground.shape).astype(np.float32)


def veil(ink: Ink, wanted: float, most: float, ground: Ground, boxes: Sequence[Box], area: Box) -> Veil:
    """The faintest scrim with which the ink can be read. Unfit where even the strongest allowed does not do."""
    edge = min(("left", "right", "top", "bottom"), key=lambda e: _reach(e, area, ground.canvas))
    solid = min(1.0, _reach(edge, area, ground.canvas) * 0.9)
    dark = float(colour.luminance(rgb(ink.colour))) > 0.3
    tone = "#101010" if dark else "#ffffff"
    beneath = [(ground.cells(b), b) for b in boxes]
    for step in range(1, 21):
        found = Veil(edge, solid, min(1.0, solid + 0.45), tone, most * step / 20)
        alpha = alpha_of(found, ground)
        cells = np.concatenate([_veiled(ground, where, alpha, tone) for where, _ in beneath])
        if ratio_on(ink.colour, cells) >= wanted * RESERVE:
            return found
    raise Unfit(f"no ink can be read there, even under a scrim of {most:.0%}")


def _veiled(
    ground: Ground,
    where: tuple[slice, slice],
    alpha: np.ndarray[tuple[int, ...], np.dtype[np.float32]],
    tone: str,
) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    a = alpha[where][..., None]
    mixed = ground.colours[where] * (1 - a) + rgb(tone) * a
    return colour.luminance(mixed.reshape(-1, 3)).astype(np.float32)
