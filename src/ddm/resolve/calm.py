"""`place in="calm"`: where in a frame the copy disturbs least; all places at once, cheapest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple, cast

import numpy as np
import numpy.typing as npt

from ddm.errors import Unfit
from ddm.geometry import Box
from ddm.resolve.ground import Ground
from ddm.resolve.intents import GroupIntent, TextIntent
from ddm.resolve.placed import Placed
from ddm.resolve.setting import Fitted, set_group
from ddm.resolve.stage import Stage
from ddm.resolve.trace import Origin
from ddm.typeset.paragraph import direction_of

WIDTHS = (1.0, 0.72, 0.52, 0.40)  # parts of the frame the copy may be set to
ACROSS = (0.0, 0.25, 0.5, 0.75, 1.0)
DOWN = (0.0, 0.06, 0.12, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.88, 0.94, 1.0)
BUSIEST = 0.34  # mean busyness above which copy cannot lie on a picture
COVERED = 0.004  # part of the copy's box that may touch a subject: a lamp's cord is no more
BREATH = 0.02  # of the frame's shorter side, kept clear around the copy
ALIKE = 0.75  # common part of two places, of both together, from which the second is no other place
TOLD = 6  # places named in the trace
BUSY_PRICE, COVERED_PRICE, SMALL_PRICE, GIVEN_PRICE = 1.6, 4.0, 1.3, 0.3
LOW, ODD, FAR = 0.10, 0.12, 0.05
"""What designers avoid: the foot of the frame, places that line up with nothing, the side where reading ends."""

Doubles = npt.NDArray[np.float64]


class Spot(NamedTuple):
    """A place for the copy. cost: see `_costs`."""

    box: Box
    fitted: Fitted
    cost: float


def spots(placed: Placed, stage: Stage) -> Iterator[tuple[Fitted, Box]]:
    """Places that differ, cheapest first. Unfit where the picture leaves no calm room.

    Each is told and charged as it is handed out, and taken back when the next is asked for.
    """
    places = _places(placed, _settings(placed, stage), stage)
    if not places.order:
        raise Unfit("no calm room for the copy")
    for spot in places.different():
        origin = _told(placed, spot, places, stage)
        stage.trace.origins.append(origin)
        stage.trace.charge(spot.cost)
        yield spot.fitted, spot.box
        stage.trace.origins.remove(origin)
        stage.trace.charge(-spot.cost)


class Places(NamedTuple):
    """Every setting at every place: boxes (4, n), costs (n), and the order of those that will do, cheapest first."""

    settings: Sequence[tuple[float, Fitted]]
    boxes: Doubles
    costs: Doubles
    order: list[int]
    backwards: bool

    def spot(self, index: int) -> Spot:
        part, fitted = self.settings[index // (len(ACROSS) * len(DOWN))]
        align = _align(ACROSS[index // len(DOWN) % len(ACROSS)], part, self.backwards)
        x, y, width, height = self.boxes[:, index].tolist()
        return Spot(Box(x, y, width, height), _ranged(fitted, align), float(self.costs[index]))

    def different(self) -> Iterator[Spot]:
        """Those that lie apart from all before them."""
        taken: list[Box] = []
        for spot in map(self.spot, self.order):
            if not any(_alike(spot.box, box) for box in taken):
                taken.append(spot.box)
                yield spot


def _settings(placed: Placed, stage: Stage) -> list[tuple[float, Fitted]]:
    """The copy set to each of the WIDTHS that has room for it. Unfit of the widest where none has."""
    found: list[tuple[float, Fitted]] = []
    refused: Unfit | None = None
    for part in WIDTHS:
        try:
            found.append((part, set_group(placed, placed.frame.width * part, placed.frame.height, stage)))
        except Unfit as reason:
            refused = refused or reason
    if refused and not found:
        raise refused
    return found


def _places(placed: Placed, settings: Sequence[tuple[float, Fitted]], stage: Stage) -> Places:
    backwards = direction_of(stage.product.language) == "rtl"
    boxes = _boxes(placed.frame, [fitted for _, fitted in settings])
    costs = _costs(stage.ground, placed.frame, boxes, backwards)
    costs += np.repeat([_price(fitted) for _, fitted in settings], len(ACROSS) * len(DOWN))
    costs[_touching(boxes, _avoided(placed, stage))] = np.inf
    order = np.argsort(costs, kind="stable")[: np.isfinite(costs).sum()].tolist()
    return Places(settings, boxes, costs, order, backwards)


def _price(fitted: Fitted) -> float:
    return SMALL_PRICE * (1 - fitted.scale) + GIVEN_PRICE * len(fitted.given)


def _align(across: float, part: float, backwards: bool) -> float:
    """Copy at either side is ranged where reading starts; in the middle it is centred."""
    return 0.5 if across == 0.5 or part == 1.0 else float(backwards)


def _ranged(fitted: Fitted, align: float) -> Fitted:
    return fitted._replace(group=fitted.group._replace(align=align))


def _boxes(frame: Box, settings: Sequence[Fitted]) -> Doubles:
    """x, y, width and height (4, n) of every setting at every place, down changing fastest, then across."""
    sizes = np.array([(fitted.group.width, fitted.group.height) for fitted in settings])
    width, height = sizes[:, 0, None, None], sizes[:, 1, None, None]
    x = frame.x + (frame.width - width) * np.array(ACROSS)[None, :, None]
    y = frame.y + (frame.height - height) * np.array(DOWN)[None, None, :]
    return np.stack(np.broadcast_arrays(x, y, width, height)).reshape(4, -1)


def _costs(ground: Ground, frame: Box, boxes: Doubles, backwards: bool) -> Doubles:
    """Busyness beneath, and distance from where designers put copy; infinite where the place is no place."""
    breath = min(frame.width, frame.height) * BREATH
    x, y, width, height = boxes
    canvas = ground.canvas
    left, right = np.clip((x - breath, x + width + breath), canvas.x, canvas.right)
    top, bottom = np.clip((y - breath, y + height + breath), canvas.y, canvas.bottom)
    busy, covered = ground.field(frame.grown(breath)).means(left, top, right, bottom)
    costs: Doubles = BUSY_PRICE * busy + COVERED_PRICE * covered + np.tile(_habits(backwards), len(x) // _habits().size)
    costs[(covered > COVERED) | (busy > BUSIEST)] = np.inf
    return costs


@cache
def _habits(backwards: bool = False) -> Doubles:
    """The upper part, an edge or the middle: the price of each place, in the order of `_boxes`."""
    far = 0.0 if backwards else 1.0
    across = [(ODD if a not in (0.0, 0.5, 1.0) else 0.0) + (FAR if a == far else 0.0) for a in ACROSS]
    return np.add.outer(across, LOW * np.array(DOWN)).ravel()


def _avoided(placed: Placed, stage: Stage) -> list[Box]:
    """Copy that was set before, and the layers that must not be touched, with the distance to keep."""
    intent = cast("GroupIntent | TextIntent", placed.intent)
    apart = intent.apart * min(stage.canvas.width, stage.canvas.height)
    layers = [stage.boxes[name].grown(apart) for name in intent.avoid if name in stage.boxes]
    return [*stage.ground.copies(), *layers]


def _touching(boxes: Doubles, others: Sequence[Box]) -> npt.NDArray[np.bool_]:
    x, y, width, height = boxes
    found = np.zeros(len(x), np.bool_)
    for other in others:
        found |= (x < other.right) & (x + width > other.x) & (y < other.bottom) & (y + height > other.y)
    return found


def _alike(one: Box, other: Box) -> bool:
    common = one.intersection(other).area
    return common > ALIKE * (one.area + other.area - common)


def _told(placed: Placed, spot: Spot, places: Places, stage: Stage) -> Origin:
    why = f"calmest of {len(places.order)} places: busyness {stage.ground.busyness(spot.box):.2f}"
    best = [places.spot(index) for index in places.order[:TOLD]]
    return Origin(placed.id, "place", _name(spot), why, tuple([(_name(s), s.cost) for s in best]))


def _name(spot: Spot) -> str:
    x, y, width, height = spot.box
    return f"{x:.0f} {y:.0f} {width:.0f} {height:.0f}"
