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
from ddm.resolve.ink import NIGHT, PAPER, RESERVE
from ddm.resolve.intents import GroupIntent, TextIntent
from ddm.resolve.paint.field import Means
from ddm.resolve.paint.tones import luminance_of
from ddm.resolve.placed import Placed
from ddm.resolve.setting import Fitted, set_group
from ddm.resolve.stage import Stage
from ddm.resolve.trace import Origin
from ddm.typeset.paragraph import direction_of

WIDTHS = (1.0, 0.72, 0.52, 0.40)  # parts of the frame the copy may be set to
HEIGHTS = (1.0, 0.6, 0.36)  # likewise: lower only where the copy, as large as its frame allows, has no calm place
ACROSS = (0.0, 0.25, 0.5, 0.75, 1.0)
DOWN = (0.0, 0.06, 0.12, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.88, 0.94, 1.0)
BUSIEST = 0.34  # mean busyness above which copy cannot lie on a picture
COVERED = 0.004  # part of the copy's box that may touch a subject: a lamp's cord is no more
BREATH = 0.02  # of the frame's shorter side, kept clear around the copy
APART = 0.15  # of the frame, by which centres differ where one place is worth trying after another
TOLD = 6  # places named in the trace
TAIL = 1.65  # standard deviations beyond which the worst twentieth lies, where luminances are spread evenly
UNREAD_PRICE = 0.4  # of a place where no ink can be read, so that it needs a veil or will be refused
BUSY_PRICE, COVERED_PRICE, SMALL_PRICE, GIVEN_PRICE = 1.6, 4.0, 1.3, 0.3
LOW, ODD, FAR = 0.10, 0.12, 0.05
"""What designers avoid: the foot of the frame, places that line up with nothing, the side where reading ends."""

Doubles = npt.NDArray[np.float64]
_ACROSS, _DOWN = np.array(ACROSS), np.array(DOWN)


class Spot(NamedTuple):
    """A place for the copy. cost: of what lies beneath, of small type, of what was given up, of an odd place."""

    box: Box
    fitted: Fitted
    cost: float


def spots(placed: Placed, stage: Stage) -> Iterator[tuple[Fitted, Box]]:
    """Places that differ, cheapest first. Unfit where the picture leaves no calm room.

    Each is told and charged as it is handed out, and taken back when the next is asked for.
    """
    places = _calm(placed, stage)
    for spot in places.different(placed.frame):
        origin = _told(placed, spot, places, stage)
        stage.trace.origins.append(origin)
        stage.trace.charge(spot.cost)
        yield spot.fitted, spot.box
        stage.trace.origins.remove(origin)
        stage.trace.charge(-spot.cost)


class Places(NamedTuple):
    """Every setting at every place, by (setting, across, down).

    x, y: left edges (settings, across) and top edges (settings, down). costs: (n,). order: of those that will do,
    cheapest first.
    """

    settings: Sequence[tuple[float, Fitted]]
    x: Doubles
    y: Doubles
    costs: Doubles
    order: list[int]
    backwards: bool

    def spot(self, index: int) -> Spot:
        part, fitted = self.settings[index // (len(ACROSS) * len(DOWN))]
        align = _align(ACROSS[index // len(DOWN) % len(ACROSS)], part, self.backwards)
        return Spot(self.box(index), _ranged(fitted, align), self.costs.item(index))

    def box(self, index: int) -> Box:
        rest, down = divmod(index, len(DOWN))
        number, across = divmod(rest, len(ACROSS))
        group = self.settings[number][1].group
        return Box(self.x.item(number, across), self.y.item(number, down), group.width, group.height)

    def different(self, frame: Box) -> Iterator[Spot]:
        """Those that lie apart from all before them: neighbours share most faults."""
        taken: list[tuple[float, float]] = []
        for index in self.order:
            x, y = self.box(index).centre
            if all(abs(x - a) / frame.width + abs(y - b) / frame.height >= APART for a, b in taken):
                taken.append((x, y))
                yield self.spot(index)


def _calm(placed: Placed, stage: Stage) -> Places:
    """Places for copy as large as there are any for."""
    for part in HEIGHTS:
        places = _places(placed, _settings(placed, part, stage), stage)
        if places.order:
            return places
    raise Unfit("no calm room for the copy")


def _settings(placed: Placed, low: float, stage: Stage) -> list[tuple[float, Fitted]]:
    """The copy set to each of the WIDTHS that has room for it, in that part of the height. Unfit of the widest where
    none has in all of it."""
    found: list[tuple[float, Fitted]] = []
    refused: Unfit | None = None
    for part in WIDTHS:
        try:
            found.append((part, set_group(placed, placed.frame.width * part, placed.frame.height * low, stage)))
        except Unfit as reason:
            refused = refused or reason
    if refused and not found and low == HEIGHTS[0]:
        raise refused
    return found


def _places(placed: Placed, settings: Sequence[tuple[float, Fitted]], stage: Stage) -> Places:
    frame, backwards = placed.frame, direction_of(stage.product.language) == "rtl"
    width = np.array([fitted.group.width for _, fitted in settings])[:, None]
    height = np.array([fitted.group.height for _, fitted in settings])[:, None]
    x, y = frame.x + (frame.width - width) * _ACROSS, frame.y + (frame.height - height) * _DOWN
    costs = np.zeros((len(settings), len(ACROSS), len(DOWN))) + _habits(backwards)
    costs += _costs(_beneath(x, y, width, height, frame, stage.ground), _wanted(placed))
    costs += np.array([_price(fitted) for _, fitted in settings])[:, None, None]
    for box in _avoided(placed, stage):
        across = (x < box.right) & (x + width > box.x)
        down = (y < box.bottom) & (y + height > box.y)
        costs[across[:, :, None] & down[:, None, :]] = np.inf
    flat = costs.ravel()
    order = flat.argsort(kind="stable")[: np.isfinite(flat).sum()].tolist()
    return Places(settings, x, y, flat, order, backwards)


def _price(fitted: Fitted) -> float:
    return SMALL_PRICE * (1 - fitted.scale) + GIVEN_PRICE * len(fitted.given)


def _align(across: float, part: float, backwards: bool) -> float:
    """Copy at either side is ranged where reading starts; in the middle it is centred."""
    return 0.5 if across == 0.5 or part == 1.0 else float(backwards)


def _ranged(fitted: Fitted, align: float) -> Fitted:
    return fitted._replace(group=fitted.group._replace(align=align))


def _beneath(x: Doubles, y: Doubles, width: Doubles, height: Doubles, frame: Box, ground: Ground) -> Means:
    """Of the places with the room kept around them. x: (settings, across); y: (settings, down); width, height:
    (settings, 1)."""
    breath, canvas = min(frame.width, frame.height) * BREATH, ground.canvas
    left, right = np.maximum(x - breath, canvas.x), np.minimum(x + (width + breath), canvas.right)
    top, bottom = np.maximum(y - breath, canvas.y), np.minimum(y + (height + breath), canvas.bottom)
    return ground.field(frame.grown(breath)).means(left, right, top, bottom)


def _costs(means: Means, wanted: float) -> Doubles:
    """Of what lies beneath; infinite where the place is no place."""
    unread = UNREAD_PRICE * (_readable(means) < wanted * RESERVE)
    nowhere: Doubles = np.where((means.covered > COVERED) | (means.busy > BUSIEST), np.inf, 0.0)
    return nowhere + unread + BUSY_PRICE * means.busy + COVERED_PRICE * means.covered


def _readable(means: Means) -> Doubles | float:
    """About the contrast that the better of near black and white has."""
    dark, light = np.maximum(means.level - TAIL * means.spread, 0.0), means.level + TAIL * means.spread
    return np.maximum((dark + 0.05) / (luminance_of(NIGHT) + 0.05), (luminance_of(PAPER) + 0.05) / (light + 0.05))


def _wanted(placed: Placed) -> float:
    """The highest contrast that the copy asks for where it stands on no badge; 0 where it asks for none."""
    own = cast("GroupIntent | TextIntent", placed.intent).ink
    asked = [child.intent.ink for child in placed.walk() if isinstance(child.intent, TextIntent)]
    return max([ink.contrast for ink in (own, *asked) if ink], default=0.0)


@cache
def _habits(backwards: bool) -> Doubles:
    """Distance from where designers put copy, (across, down)."""
    far = 0.0 if backwards else 1.0
    across = [(ODD if a not in (0.0, 0.5, 1.0) else 0.0) + (FAR if a == far else 0.0) for a in ACROSS]
    return np.add.outer(across, LOW * _DOWN)


def _avoided(placed: Placed, stage: Stage) -> list[Box]:
    """Copy that was set before, and the layers that must not be touched, with the distance to keep."""
    intent = cast("GroupIntent | TextIntent", placed.intent)
    apart = intent.apart * min(stage.canvas.width, stage.canvas.height)
    layers = [stage.boxes[name].grown(apart) for name in intent.avoid if name in stage.boxes]
    return [*stage.ground.copies(), *layers]


def _told(placed: Placed, spot: Spot, places: Places, stage: Stage) -> Origin:
    why = f"calmest of {len(places.order)} places: busyness {stage.ground.busyness(spot.box):.2f}"
    best = [(_name(places.box(index)), places.costs.item(index)) for index in places.order[:TOLD]]
    return Origin(placed.id, "place", _name(spot.box), why, tuple(best))


def _name(box: Box) -> str:
    x, y, width, height = box
    return f"{x:.0f} {y:.0f} {width:.0f} {height:.0f}"
