"""A cut-out into plain pictures: the subject alone in its frame or running off it, with what is laid beneath."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple, cast

import numpy as np

from ddm.errors import Unfit
from ddm.geometry import Box
from ddm.perceive.perception import Params, Raster
from ddm.resolve.bleeding import Past, laid, past, reaching
from ddm.resolve.cast import Cast, said, steps
from ddm.resolve.fronting import hidden, withdrawing
from ddm.resolve.intents import SWAPPED, Effect
from ddm.resolve.paint import Picture
from ddm.resolve.stage import Stage
from ddm.resolve.surface import cut_to, surface
from ddm.resolve.window import MOST_ENLARGEMENT
from ddm.svg.tree import Clip, Group, Image, Meta, Node

BLACK = "#000000"
FOOT = 0.06  # of a cut-out's height, above and below its foot: the ground that its shadow falls on
THROWN_BACK, SHADES = 110, 12  # how much of the ground's hue its darkest shadow keeps at most, of 255, and its steps
COVERED = 0.02  # part of a cut-out's middle that may lie over copy: its soft edge, no more
LEAST_FILLED = 0.55  # of its frame, along the tighter side: smaller, a subject is lost in what was drawn around it
HIDDEN = 0.02  # part of a subject that runs off an edge which the host may cover: a cord, not what it holds
EDGE = 0.5  # pixels by which a room may miss the canvas and still end with it
UPRIGHT = frozenset({"top", "bottom"})  # what runs off there stands on no ground


class Lie(NamedTuple):
    """Where a cut-out lies: its extent in the picture's pixels, and on the canvas."""

    native: Box
    box: Box

    @property
    def scale(self) -> float:
        return self.box.width / self.native.width


def alone(layer: Cast, stage: Stage) -> list[Node]:
    """The subject cut out, as large as the frame allows. Unfit where it is cut at a side that it may not run off."""
    intent, name = layer.intent, layer.placed.id
    sides = past(_cut(layer), intent.bleed, intent.off)
    raster = stage.derive(layer.material, "cutout", {}, steps(layer, stage))
    lie = _lying(layer, sides, raster, stage)
    if sides:
        _run_off(layer, sides, lie, stage)
    ground = None if sides.keys() & UPRIGHT else () if intent.turn else surface(stage.painted, stage.canvas, lie.box)
    _paint(layer, lie, stage)
    stage.boxes[name] = lie.box
    under = (_beneath(effect, n, layer, lie, ground, stage) for n, effect in enumerate(intent.beneath, 1))
    nodes: list[Node] = [
        *(node for node in under if node),
        _laid(raster, layer, lie, Meta(name, "subject", intent.object)),
    ]
    return _cut_off(nodes, layer, sides, stage)


def _lying(layer: Cast, sides: Past, raster: Raster, stage: Stage) -> Lie:
    """Unfit where it has so few pixels that it would be lost in its frame; a mark may be small."""
    placed, intent, native = layer.placed, layer.intent, raster.box
    frame = reaching(placed.frame, placed.room, sides)
    finest, align = MOST_ENLARGEMENT * raster.scale, (intent.align, intent.rise)
    copy = stage.boxes.get(intent.before_copy) if intent.before_copy in stage.letters else None
    frames = withdrawing(frame, copy) if copy else (frame,)
    lies = (Lie(native, laid(native, sides, one, align, finest)) for one in frames)
    box = next((lie.box for lie in lies if _spares(layer, lie, stage)), None)
    if box is None:
        raise Unfit("the subject would hide copy")
    filled = min(1.0, max(box.width / frame.width, box.height / frame.height))
    if filled < LEAST_FILLED and layer.material.attributes["role"] != "logo":
        mend = f"it would fill {filled:.0%} of it; at least {LEAST_FILLED:.0%}"
        raise Unfit("the subject has too few pixels for its frame", mend=mend)
    stage.trace.note(
        placed.id, "scale", f"{box.width / native.width:.3f}", f"fits its frame, at most {MOST_ENLARGEMENT}"
    )
    stage.trace.charge(0.4 * (1 - filled))
    return Lie(native, box)


def _spares(layer: Cast, lie: Lie, stage: Stage) -> bool:
    """Whether the copy that it may stand before can still be read; copy that it is clear of always can."""
    intent, letters = layer.intent, stage.letters.get(layer.intent.before_copy, [])
    if not letters:
        return True
    maps, whole = layer.material.maps, _whole(layer, lie)
    share = hidden(Picture(lie.box, whole, maps, layer.mirror, cutout=True, blurred=False, clear=True), letters)
    if share <= intent.hides or not lie.box.intersection(stage.boxes[intent.before_copy]).area:
        stage.trace.note(layer.placed.id, "front", f"{share:.0%}", f"of a letter hidden, at most {intent.hides:.0%}")
        return True
    return False


def _cut(layer: Cast) -> frozenset[str]:
    """Sides of the canvas at which the picture cuts the subject. A mark is as it is."""
    if layer.material.attributes["role"] == "logo":
        return frozenset()
    cut = cast("frozenset[str]", layer.material.attributes["subject.cut"])
    return frozenset(SWAPPED.get(side, side) for side in cut) if layer.mirror else cut


def _run_off(layer: Cast, sides: Past, lie: Lie, stage: Stage) -> None:
    """Told, and refused where the host would cover what the subject is seen by."""
    why = "the picture cuts the subject there" if _cut(layer) else f"by {max(sides.values()):.0%} of a whole subject"
    stage.trace.note(layer.placed.id, "bleed", " ".join(sides), why)
    if layer.intent.turn:
        raise Unfit("a subject that runs off an edge cannot be turned: its cut would show")
    hidden = _hidden(layer, lie, stage)
    if hidden > HIDDEN:
        what = f"the host would cover a subject that runs off the {' and '.join(sides)}"
        raise Unfit(what, mend=f"{hidden:.0%} of it; at most {HIDDEN:.0%}")


def _hidden(layer: Cast, lie: Lie, stage: Stage) -> float:
    """The part of the subject's matte that the host covers; what the room cuts off is not there to be covered."""
    matte = layer.material.maps.matte.astype(np.float32)
    matte = matte[:, ::-1] if layer.mirror else matte
    rows, columns = matte.shape
    whole = _whole(layer, lie)
    seen = np.ones(matte.shape, bool)
    for reserved in stage.format.reserved:
        region = reserved.intersection(layer.placed.room)
        part = region.shifted(-whole.x, -whole.y).scaled(columns / whole.width, rows / whole.height)
        top, left = max(0, round(part.y)), max(0, round(part.x))
        seen[top : max(0, round(part.bottom)), left : max(0, round(part.right))] = False
    return 1 - float(matte[seen].sum()) / max(1.0, float(matte.sum()))


def _cut_off(nodes: list[Node], layer: Cast, sides: Past, stage: Stage) -> list[Node]:
    """The edge of a room inside the canvas cuts what runs off it."""
    room, canvas = layer.placed.room, stage.canvas
    if not any(abs(room.edge(side) - canvas.edge(side)) > EDGE for side in sides):
        return nodes
    return [Group(tuple(nodes), clip=Clip(room, 0.0), meta=Meta(f"{layer.placed.id}-frame", "image"))]


def _whole(layer: Cast, lie: Lie) -> Box:
    """Where the whole picture would lie."""
    width, height = layer.material.size
    native, box, scale = lie.native, lie.box, lie.scale
    left = width - native.right if layer.mirror else native.x
    return Box(box.x - left * scale, box.y - native.y * scale, width * scale, height * scale)


def _shade(box: Box, stage: Stage, white: bool) -> str:
    """What is left of white, or else of the ground at the foot of a box, in the darkest shadow: some of its own hue.

    What lies in shadow is lit by what the ground around throws back. In coarse steps, so that few shadows differ.
    """
    seen = stage.ground.seen(Box(box.x, box.bottom - FOOT * box.height, box.width, 2 * FOOT * box.height))[1]
    channels = [float(seen[..., n].mean()) for n in range(3)]
    least, most = min(channels), max(*channels, 1.0)
    left = [THROWN_BACK * (c - least) / most * (1.0 if white else c / 255) for c in channels]
    return "#" + "".join([f"{round(n / SHADES) * SHADES:02x}" for n in left])


def _hovers(effect: Effect, params: Params) -> bool:
    """Whether it is laid beneath what stands on no ground, too."""
    return effect.derivation != "reflection" and params.get("kind", "drop") == "drop"


def _beneath(
    effect: Effect, number: int, layer: Cast, lie: Lie, ground: tuple[Clip, ...] | None, stage: Stage
) -> Node | None:
    """Cut to the ground if it lies there; what is cut blends with nothing outside, so it has the ground's colour.

    ground: None where the subject stands on none.
    """
    params = effect.asked(layer.shown, stage)
    if params is None or (ground is None and not _hovers(effect, params)):
        return None
    ground = () if _hovers(effect, params) else ground
    if effect.derivation == "shadow":
        params = {**params, "colour": _shade(lie.box, stage, white=not ground)}
    raster = stage.derive(layer.material, effect.derivation, params)
    name = f"{layer.placed.id}-{effect.derivation}-{number}"
    stage.trace.note(
        layer.placed.id, effect.derivation, said(params), f"{effect.call.name}, line {effect.call.mark.line}"
    )
    role = "shadow" if effect.derivation in ("shadow", "reflection") else "decoration"
    laid = _laid(raster, layer, lie, Meta(name, role, layer.intent.object))
    if ground:
        return cut_to(ground, laid, name)
    return replace(laid, blend="multiply") if params.get("colour", BLACK) != BLACK and role == "shadow" else laid


def _laid(raster: Raster, layer: Cast, lie: Lie, meta: Meta) -> Image:
    """A derived raster where it belongs relative to the cut-out."""
    own, (native, box), scale = raster.box, lie, lie.scale
    offset = native.right - own.right if layer.mirror else own.x - native.x
    place = Box(box.x + offset * scale, box.y + (own.y - native.y) * scale, own.width * scale, own.height * scale)
    return Image(raster.href, place, layer.mirror, meta=meta)


def _paint(layer: Cast, lie: Lie, stage: Stage) -> None:
    box, own = lie.box, stage.boxes.get(layer.intent.before_copy)
    if stage.ground.copied(box.grown(-box.width * 0.08, -box.height * 0.08), own) > COVERED:
        raise Unfit("the subject would cover copy")
    stage.ground.paint_picture(box, _whole(layer, lie), layer.material.maps, layer.mirror, True)
