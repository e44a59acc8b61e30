"""Copy into plain text: sized, placed, checked against what lies beneath, inked, with its scrim and badges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple, cast

from ddm.errors import Unfit
from ddm.geometry import Box
from ddm.resolve import badge, calm
from ddm.resolve.badge import COVERED
from ddm.resolve.intents import GroupIntent, TextIntent
from ddm.resolve.laid import Put, PutText, laid, sliced
from ddm.resolve.letters import letters
from ddm.resolve.placed import Placed
from ddm.resolve.reading import Readings, on_badge, readings, veiled
from ddm.resolve.setting import Fitted, set_group, silent
from ddm.resolve.shapes import shape
from ddm.resolve.stage import Stage
from ddm.svg.tree import Node

MOST_SPOTS = 4  # calm places tried in turn where copy cannot be read, or would cover a subject, at the calmest
SMALLER, GIVEN = 0.5, 0.2  # the cost of all type being nothing, and of each thing given up
BUSIEST_LINE = 0.4  # busyness of what one line lies on: above, letters lie among blossoms or spokes
WHY_GIVEN = {
    "shorter": ("wording", "no room for the longer wording at the least scale"),
    "dropped": ("dropped", "no room at the least scale, and its priority allows it"),
    "cut": ("wording", "cut short: no room for all of it, and nothing else to give up"),
}


class Play(NamedTuple):
    """A stack at a place that will do."""

    fitted: Fitted
    box: Box
    puts: list[Put]
    readings: Readings
    groups: dict[str, Box]


def copy(placed: Placed, stage: Stage) -> list[Node]:
    """The nodes for a stack of copy, or for a text alone. Unfit where it cannot be set, or not be read, here."""
    play = _play(placed, stage)
    if not play.puts:
        return []
    _explain(placed, play.fitted, stage)
    stage.boxes.update(play.groups)
    stage.letters[placed.id] = [letter for put in play.puts if isinstance(put, PutText) for letter in sliced(put)]
    for name, veil, why in play.readings.veils:
        stage.ground.paint_veil(veil)
        stage.trace.note(name, "scrim", f"{veil.colour} {veil.opacity:.0%}", why)
        stage.trace.charge(veil.opacity)
    nodes: list[Node] = [veiled(name, veil, stage.canvas) for name, veil, _ in play.readings.veils]
    for put in play.puts:
        nodes += _drawn(put, play.readings, stage)
    stage.ground.mark_copy(play.box)
    return nodes


def _play(placed: Placed, stage: Stage) -> Play:
    """The first of the best places that will do. Unfit gives the reason of the very best."""
    refused: Unfit | None = None
    for fitted, box in islice(_spots(placed, stage), MOST_SPOTS):
        try:
            return _checked(placed, fitted, box, stage)
        except Unfit as reason:
            refused = refused or reason
    raise refused or Unfit(f"no place for the copy '{placed.id}'")


def _spots(placed: Placed, stage: Stage) -> Iterator[tuple[Fitted, Box]]:
    intent, frame = cast("GroupIntent | TextIntent", placed.intent), placed.frame
    if intent.calm and not silent(placed, stage):
        yield from calm.spots(placed, stage)
        return
    fitted = set_group(placed, frame.width, frame.height, stage)
    width, height = fitted.group.width, fitted.group.height
    x, y = frame.x + (frame.width - width) * intent.align, frame.y + (frame.height - height) * intent.rise
    yield fitted, Box(x, y, width, height)


def _checked(placed: Placed, fitted: Fitted, box: Box, stage: Stage) -> Play:
    """Unfit where copy would cover a subject, or not be read."""
    intent = cast("GroupIntent | TextIntent", placed.intent)
    groups: dict[str, Box] = {}
    puts: list[Put] = []
    laid(fitted.group, box.x, box.y, puts, groups)
    texts = [put for put in puts if isinstance(put, PutText)]
    bare = [put for put in texts if not put.piece.item.badge]
    _uncovered(placed, box, bare, stage)
    _calm_enough(placed, bare, stage)
    for put in texts:
        if put.piece.item.badge:
            badge.check(put, stage)
    return Play(fitted, box, puts, readings(bare, intent, placed.id, box, stage), groups)


def _uncovered(placed: Placed, box: Box, bare: Sequence[PutText], stage: Stage) -> None:
    if not stage.ground.covered(box):
        return
    covered = max([stage.ground.covered(line) for put in bare for line in put.boxes], default=0.0)
    if covered > COVERED:
        raise Unfit(f"the copy '{placed.id}' would cover {covered:.0%} of a line's ground that is subject")


def _calm_enough(placed: Placed, bare: Sequence[PutText], stage: Stage) -> None:
    """A place may be calm as a whole, and one line of it lie on blossoms."""
    if max([stage.ground.busyness(line) for put in bare for line in put.boxes], default=0.0) > BUSIEST_LINE:
        raise Unfit(f"a line of the copy '{placed.id}' would lie where the picture is busy")


def _explain(placed: Placed, fitted: Fitted, stage: Stage) -> None:
    stage.trace.note(placed.id, "scale", f"{fitted.scale:.2f}", "the largest at which all of it fits")
    for one in fitted.given:
        name, why = WHY_GIVEN[one.kind]
        stage.trace.note(one.item.placed.id, name, one.text or "yes", why)
    stage.trace.charge(SMALLER * (1 - fitted.scale) + GIVEN * len(fitted.given))


def _drawn(put: Put, found: Readings, stage: Stage) -> list[Node]:
    """A piece into nodes: a shape keeps its place in the stack, a text stands on its badge."""
    if not isinstance(put, PutText):
        return shape(put.piece.item.placed, stage, put.box)
    name, intent = put.name, put.piece.item.intent
    stage.boxes[name] = put.box
    if intent.badge:
        node = badge.badge(put, intent.badge, stage)
        reading = on_badge(put, intent, stage)
        stage.trace.note(name, "ink", reading.colour, reading.reason, reading.alternatives)
        return [node, *letters(put, reading.colour)]
    chosen = found.inks.get(name)
    if chosen is None:
        return letters(put, put.piece.item.type.fill)
    stage.trace.note(name, "ink", chosen.colour, chosen.reason, chosen.alternatives)
    return letters(put, chosen.colour)
