"""`<image>` into plain pictures: the intent is realised once, by one search over all that was asked."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple, cast

import numpy as np
import numpy.typing as npt

from ddm.errors import InputError, Unfit
from ddm.geometry import Box
from ddm.perceive.perception import Perception, Raster
from ddm.perceive.schema import SIDES
from ddm.resolve.alone import alone
from ddm.resolve.cast import Cast, steps
from ddm.resolve.framing import choose
from ddm.resolve.intents import PictureIntent, Shown
from ddm.resolve.placed import Placed
from ddm.resolve.stage import Stage
from ddm.resolve.window import MOST_ENLARGEMENT, NOTHING, Insets, Source, Window, Wish, as_taken, cover
from ddm.svg.tree import Clip, Group, Image, Meta, Node

GROWN_SCALES = (0.125, 0.1875, 0.25, 0.375, 0.5, 0.75, 1.0)  # few, so that formats of like size share grown pictures
LEAST_CLEAR = 0.2  # of a frame's sides, that the host must leave free for a subject to be shown in it
CORD = 0.02  # part of a subject that the host may cover where the picture cuts it: what it hangs by
TOLD = 6  # windows named in the trace


def picture(placed: Placed, stage: Stage) -> list[Node]:
    """The nodes for an `<image>`. Unfit where the material cannot serve here."""
    intent = cast(PictureIntent, placed.intent)
    material = _material(intent, stage)
    if material is None:
        stage.trace.note(placed.id, "pick", "nothing", f"'{intent.object}' has fewer than {intent.nth} candidates")
        return []
    layer = Cast(placed, intent, Shown(material, _mirrored(placed, intent, material, stage)))
    return alone(layer, stage) if intent.cutout else _whole(layer, stage)


def _material(intent: PictureIntent, stage: Stage) -> Perception | None:
    """What the object was bound to, or the candidate that `pick` asks for."""
    choice = stage.binding.choices.get(intent.object)
    if choice is None or choice.material is None:
        raise InputError(f"'{intent.object}' is no picture")
    if not intent.nth:
        return choice.material
    candidates = choice.candidates
    if intent.by:
        name, sign = intent.by.attribute, 1 if intent.by.rising else -1
        candidates = tuple(sorted(candidates, key=lambda m: (sign * m.number(name), m.id)))
    return candidates[intent.nth - 1] if intent.nth <= len(candidates) else None


def _mirrored(placed: Placed, intent: PictureIntent, material: Perception, stage: Stage) -> bool:
    """Refused where reading direction or a face would be wrong; the refusal is noted."""
    if intent.mirror is None:
        return False
    attributes = material.attributes
    reasons = (("it carries text", attributes["text.count"]), ("it shows a face", attributes["face.count"]))
    reason = next((why for why, found in reasons if found), "it is a logo" if attributes["role"] == "logo" else "")
    if reason:
        stage.trace.note(placed.id, "mirror", "no", f"asked for, but refused: {reason}")
        return False
    stage.trace.note(placed.id, "mirror", "yes", f"mirror when {intent.mirror.when or 'always'}")
    return True


# ------------------------------------------------------------------------------------------------ whole pictures


class Seen(NamedTuple):
    """What the window search and the ground need of a material, made once."""

    source: Source
    mirrored: Source
    subject: bool


@lru_cache(maxsize=8192)
def _seen_by_id(_id: str, holder: _Holder) -> Seen:
    material = holder.material
    width, height = material.size
    left, top, right, bottom = (str(material.attributes[f"border.{side}"]) for side in SIDES)
    cut = frozenset(cast("frozenset[str]", material.attributes["subject.cut"]))
    source = Source(width, height, material.subject, cut, (left, top, right, bottom), _bare(material))
    subject = material.attributes["role"] == "product" and material.subject.area > 0
    return Seen(source, source.mirrored(), subject)


def _bare(material: Perception) -> Insets:
    """By side, how deep only CORD of the subject lies, in the picture's pixels."""
    matte = material.maps.matte
    left, right = (_depth(line, material.size[0]) for line in (matte.sum(0), matte.sum(0)[::-1]))
    top, bottom = (_depth(line, material.size[1]) for line in (matte.sum(1), matte.sum(1)[::-1]))
    return left, top, right, bottom


def _depth(masses: npt.NDArray[np.integer], length: float) -> float:
    sums = np.cumsum(masses, dtype=float)
    return float((sums <= CORD * sums[-1]).sum()) / len(masses) * length


class _Holder:
    """A material that rides along with its id; perceptions have no hash."""

    def __init__(self, material: Perception) -> None:
        self.material = material
        self.key = (material.size, material.subject, material.attributes["subject.cut"], material.attributes["role"])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Holder) and self.key == other.key

    def __hash__(self) -> int:
        return 0


def _seen(material: Perception) -> Seen:
    return _seen_by_id(material.id, _Holder(material))


def _windows(layer: Cast, stage: Stage) -> tuple[Window, ...]:
    """The one that this take shows, then the others that were found, cheapest first."""
    intent, seen = layer.intent, _seen(layer.material)
    source = seen.mirrored if layer.mirror else seen.source
    frame = layer.placed.frame
    if not seen.subject:
        return (cover(source, frame, MOST_ENLARGEMENT * (2 if intent.blur else 1)),)
    margins = intent.close and not stage.format.reserved  # a detail runs through those
    covered = NOTHING if margins else _covered(frame, stage.format.free_box)
    wish = Wish(intent.zones, intent.size, intent.margin, max(intent.grow), covered=covered)
    wish = as_taken(source, frame, wish) if intent.whole else replace(wish, close=intent.close)
    windows = choose(_growing(source, intent.grow), frame, wish)
    stage.takes = max(stage.takes, len(windows))
    taken = min(stage.take, len(windows) - 1)
    return (windows[taken], *windows[:taken], *windows[taken + 1 :])


def _covered(frame: Box, free: Box) -> Insets:
    """What the host covers at the sides of a frame. Unfit where it leaves so little that no subject could be seen."""
    clear = frame.intersection(free)
    if clear.width < LEAST_CLEAR * frame.width or clear.height < LEAST_CLEAR * frame.height:
        raise Unfit("the host covers most of its frame")
    return clear.x - frame.x, clear.y - frame.y, frame.right - clear.right, frame.bottom - clear.bottom


def _growing(source: Source, grow: tuple[float, float, float, float]) -> Source:
    """The picture with those borders kept that must not grow."""
    if all(grow) or not any(grow):
        return source
    left, top, right, bottom = (border if g else "kept" for border, g in zip(source.borders, grow, strict=True))
    return replace(source, borders=(left, top, right, bottom))


def _growth(window: Window, mirror: bool) -> dict[str, float]:
    """In the picture's own sides, whole pixels and a little more, so that rounding leaves no gap."""
    swap = {"left": "right", "right": "left"} if mirror else {}
    return {swap.get(side, side): math.ceil(g) + 2.0 if g else 0.0 for side, g in window.growth.items()}


def _extent(layer: Cast, window: Window) -> Box:
    """What the pixels show, in the picture's own: exactly this, however their number was rounded."""
    width, height = layer.material.size
    left, top, right, bottom = (_growth(window, layer.mirror)[side] for side in SIDES)
    return Box.of_edges(-left, -top, width + right, height + bottom)


def _raster(layer: Cast, window: Window, stage: Stage) -> Raster:
    """Grown, blurred or plain; with the steps asked for before."""
    before = steps(layer, stage)
    if window.grows:
        fine = next((s for s in GROWN_SCALES if s >= window.scale), 1.0)
        return stage.derive(layer.material, "extended", {**_growth(window, layer.mirror), "scale": fine}, before)
    if layer.intent.blur:
        return stage.derive(layer.material, "blurred", {"sigma": round(layer.intent.blur * 100, 2)}, before)
    if before:
        (name, params), earlier = before[-1], before[:-1]
        return stage.derive(layer.material, name, params, earlier)
    return stage.derive(layer.material, "picture", {})


def _whole(layer: Cast, stage: Stage) -> list[Node]:
    """The picture in its frame: the window it shows, cut to the frame."""
    placed, intent, material = layer.placed, layer.intent, layer.material
    windows = _windows(layer, stage)
    window = windows[0]
    raster = _raster(layer, window, stage)
    frame, name = placed.frame, placed.id
    width, height = material.size
    extent = _extent(layer, window)
    mirrored = extent.mirrored(width) if layer.mirror else extent
    image = Image(
        raster.href, _on_canvas(mirrored, window, frame), layer.mirror, meta=Meta(name, "image", intent.object)
    )
    _explain_window(layer, windows, stage)
    whole = _on_canvas(Box(0, 0, width, height), window, frame)
    subject = _seen(material).subject
    if intent.close:
        stage.trace.note(name, "bleed", "all sides", "a detail was asked for: the frame may cut the subject")
    stage.ground.paint_picture(frame, whole, material.maps, layer.mirror, False, bool(intent.blur), subject)
    stage.trace.charge(window.cost)
    stage.boxes[name] = frame
    radius = intent.radius.pixels(min(frame.width, frame.height), stage.canvas)
    stage.painted.append(Clip(frame, radius))
    return [Group((image,), clip=Clip(frame, radius), meta=Meta(f"{name}-frame", "image"))]


def _on_canvas(box: Box, window: Window, frame: Box) -> Box:
    """A rectangle of the picture (mirrored, where it is) where the window puts it on the canvas."""
    s = window.scale
    return Box(
        frame.x + (box.x - window.box.x) * s, frame.y + (box.y - window.box.y) * s, box.width * s, box.height * s
    )


def _explain_window(layer: Cast, windows: tuple[Window, ...], stage: Stage) -> None:
    note, name, window = stage.trace.note, layer.placed.id, windows[0]
    x, y, w, h = window.box
    zone = window.zone
    told = f"subject to {zone.x:.0%} {zone.y:.0%}, cost {window.cost:.2f}"
    note(name, "window", f"{x:.0f} {y:.0f} {w:.0f} {h:.0f}", told, _others(windows))
    note(name, "scale", f"{window.scale:.3f}", f"at most {MOST_ENLARGEMENT}")
    source = _seen(layer.material).source
    for side, growth in window.growth.items():
        if growth:
            why = f"the frame is larger than the picture; the border is {source.border(side)}"
            note(name, f"extend {side}", f"{growth:.0f}px", why)


def _others(windows: tuple[Window, ...]) -> tuple[tuple[str, float], ...]:
    """Every window that was found, by where it puts the subject and how large; none where there was no choice."""
    if len(windows) == 1:
        return ()
    return tuple([(f"{w.zone.x:.0%} {w.zone.y:.0%} at {w.scale:.2f}", w.cost) for w in windows[:TOLD]])
