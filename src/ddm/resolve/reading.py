"""`ink` and `scrim` for copy: which colour each text gets so that it can be read, and what veil it needs for that.

Everything is found out before anything is painted, so that a place where copy cannot be read costs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ddm.errors import Unfit
from ddm.geometry import Box
from ddm.resolve import ink
from ddm.resolve.ink import Ink, Veil
from ddm.resolve.intents import GroupIntent, InkIntent, TextIntent
from ddm.resolve.laid import PutText
from ddm.resolve.stage import Stage
from ddm.svg.tree import LinearGradient, Meta, Rect, Stop

ON_BADGE = 4.5  # contrast of type on a badge whose text names no ink: WCAG 2.2 AA
FADE = (0.0, 0.25, 0.5, 0.75, 1.0)
"""Where a veil's S-shaped fade is sampled for the gradient."""


class Readings(NamedTuple):
    """inks: of every bare text by id. veils: (id of the layer that asked, veil, reason)."""

    inks: dict[str, Ink]
    veils: tuple[tuple[str, Veil, str], ...]


def readings(puts: Sequence[PutText], group: GroupIntent | TextIntent, name: str, area: Box, stage: Stage) -> Readings:
    """Inks for texts that stand on no badge: texts that ask for the same get the same, where it can be read.

    Unfit names the text that cannot be read, with the contrast reached.
    """
    inks: dict[str, Ink] = {}
    veils: list[tuple[str, Veil, str]] = []
    for (asked, most), texts in _asked(puts, group).items():
        lines = [box for put in texts for box in put.boxes]
        found = _chosen(asked, lines, stage)
        if found.ratio >= asked.contrast * ink.RESERVE or (found.ratio >= asked.contrast and not most):
            inks.update((put.name, found) for put in texts)
        elif most:
            veil = ink.veil(found, asked.contrast, most, stage.ground, lines, area)
            veils.append((name, veil, f"the best ink reaches only {found.ratio:.1f}"))
            inks.update((put.name, found) for put in texts)
        else:
            inks.update((put.name, _alone(asked, put, stage)) for put in texts)
    return Readings(inks, tuple(veils))


def _asked(puts: Sequence[PutText], group: GroupIntent | TextIntent) -> dict[tuple[InkIntent, float], list[PutText]]:
    """Bare texts by the ink and the most opaque scrim they ask for, their own or their group's."""
    found: dict[tuple[InkIntent, float], list[PutText]] = {}
    for put in puts:
        intent = put.piece.item.intent
        asked = intent.ink or group.ink
        if asked:
            found.setdefault((asked, intent.scrim or group.scrim), []).append(put)
    return found


def _alone(asked: InkIntent, put: PutText, stage: Stage) -> Ink:
    """An ink of its own, where no one ink can be read everywhere."""
    found, name = _chosen(asked, put.boxes, stage), put.name
    if found.ratio < asked.contrast:
        raise Unfit(f"no ink for '{name}' can be read there: {found.ratio:.1f} to 1, {asked.contrast:g} wanted")
    return found


def _chosen(asked: InkIntent, lines: Sequence[Box], stage: Stage) -> Ink:
    return ink.choose(stage.roles(asked.palette), asked.role or None, asked.contrast, stage.ground, lines)


def on_badge(put: PutText, intent: TextIntent, stage: Stage) -> Ink:
    """What can be read best on the badge, which is painted already."""
    assert intent.badge is not None
    return _chosen(intent.ink or InkIntent(intent.badge.palette, ON_BADGE), put.boxes, stage)


def veiled(name: str, veil: Veil, canvas: Box) -> Rect:
    """The scrim: full up to `solid`, then fading in an S to nothing at `end`."""
    across = veil.edge in ("left", "right")
    length = canvas.width if across else canvas.height
    start, end = (0.0, veil.end * length) if veil.edge in ("left", "top") else (length, length * (1 - veil.end))
    held = veil.solid / veil.end if veil.end else 1.0
    stops = tuple(
        Stop(held + (1 - held) * t if t else held, veil.colour, veil.opacity * (1 - t) ** 2 * (1 + 2 * t)) for t in FADE
    )
    points = (start, 0.0, end, 0.0) if across else (0.0, start, 0.0, end)
    return Rect(canvas, LinearGradient(*points, stops), meta=Meta(f"{name}-scrim", "scrim"))
