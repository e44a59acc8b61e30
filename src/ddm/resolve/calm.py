"""`place in="calm"`: where in a frame the copy disturbs least; a bounded search with every score kept."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

from ddm.errors import Unfit
from ddm.geometry import Box
from ddm.language.template import Element
from ddm.resolve.ground import Ground
from ddm.resolve.setting import SetGroup, set_group
from ddm.resolve.stage import Stage

WIDTHS = (1.0, 0.72, 0.52, 0.40)  # parts of the frame the copy may be set to
ACROSS = (0.0, 0.25, 0.5, 0.75, 1.0)
DOWN = (0.0, 0.12, 0.3, 0.5, 0.7, 0.88, 1.0)
BUSIEST = 0.34  # mean busyness above which copy cannot lie on a picture
COVERED = 0.004  # part of the copy's box that may touch a subject: a lamp's cord is no more


@dataclass(frozen=True, slots=True)
class Spot:
    """A place for the copy. cost: see `_cost`."""

    box: Box
    group: SetGroup
    cost: float
    scale: float
    gone: frozenset[str]


def _align(position: float, wide: bool) -> str:
    """Copy at the left or right is ranged left; in the middle it is centred."""
    return "centre" if position == 0.5 or wide else "start"


def _cost(ground: Ground, box: Box, frame: Box, scale: float, across: float, down: float) -> float | None:
    """Busyness beneath, smallness of the type, and distance from where designers put copy (upper part, an edge or
    the middle). None where the place is no place."""
    breath = min(frame.width, frame.height) * 0.02
    near = box.grown(breath)
    covered = ground.covered(near)
    busy = ground.busyness(near)
    if covered > COVERED or busy > BUSIEST or ground.copied(box) > 0:
        return None
    habit = 0.10 * down + (0.0 if across in (0.0, 0.5, 1.0) else 0.12) + (0.05 if across == 1.0 else 0.0)
    return 1.6 * busy + 4 * covered + 1.3 * (1 - scale) + habit


def _realigned(element: Element, align: str) -> Element:
    calls = tuple(
        replace(c, parameters={**c.parameters, "align": align}) if c.name == "stack" else c for c in element.calls
    )
    return replace(element, calls=calls)


def search(element: Element, frame: Box, stage: Stage) -> Spot:
    """The best spot. Unfit where the picture leaves no calm room; the trace gets the best few and their costs."""
    spots: list[Spot] = []
    why = "no calm room for the copy"
    for part in WIDTHS:
        try:
            sets = {
                a: set_group(_realigned(element, a), frame.width * part, frame.height, stage)
                for a in ("start", "centre")
            }
        except Unfit as reason:
            why = reason.what
            continue
        for across, down in itertools.product(ACROSS, DOWN):
            group, scale, gone = sets[_align(across, part == 1.0)]
            box = Box(
                frame.x + (frame.width - group.width) * across,
                frame.y + (frame.height - group.height) * down,
                group.width,
                group.height,
            )
            cost = _cost(stage.ground, box, frame, scale, across, down)
            if cost is not None:
                spots.append(Spot(box, group, cost + 0.3 * len(gone), scale, gone))
    if not spots:
        raise Unfit(why)
    spots.sort(key=lambda s: s.cost)
    _explain(element, spots, stage)
    return spots[0]


def _explain(element: Element, spots: list[Spot], stage: Stage) -> None:
    def name(spot: Spot) -> str:
        return " ".join(f"{v:.0f}" for v in spot.box)

    stage.trace.note(
        element.id,
        "place",
        name(spots[0]),
        f"calmest of {len(spots)} places: busyness {stage.ground.busyness(spots[0].box):.2f}",
        tuple((name(s), s.cost) for s in spots[:6]),
    )
    stage.trace.charge(spots[0].cost)
