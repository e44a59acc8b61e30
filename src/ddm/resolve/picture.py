"""`<image>` into plain pictures: each operation changes the intent, then the intent is realised once."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import cast

from ddm.errors import InputError, Unfit
from ddm.geometry import Box
from ddm.language.lengths import Length
from ddm.language.parameters import Range, Zone
from ddm.language.template import Call, Element
from ddm.perceive.perception import Perception, Raster
from ddm.perceive.schema import SIDES
from ddm.resolve.frames import align, frame_of
from ddm.resolve.stage import Stage
from ddm.resolve.window import MOST_ENLARGEMENT, Source, Window, Wish, choose, cover
from ddm.svg.tree import Clip, Group, Image, Meta, Node


@dataclass(frozen=True, slots=True)
class Intent:
    """What shall become of one picture."""

    element: Element
    frame: Box
    object: str
    material: Perception
    cutout: bool
    place: Call | None = None
    mirror: bool = False
    margin: float = 0.0
    radius: float = 0.0
    grow: float = 0.0
    blur: float = 0.0
    shadows: tuple[tuple[str, float], ...] = ()


GROWN_SCALES = (0.125, 0.1875, 0.25, 0.375, 0.5, 0.75, 1.0)  # few, so that formats of like size share grown pictures

Step = Callable[[Intent, Call, Stage], Intent]


def _mirror(intent: Intent, call: Call, stage: Stage) -> Intent:
    """Refused where reading direction or a face would be wrong; the refusal is noted."""
    text, faces = intent.material.number("text.count"), intent.material.number("face.count")
    if text or faces:
        reason = "it carries text" if text else "it shows a face"
        stage.trace.note(intent.element.id, "mirror", "no", f"asked for, but refused: {reason}")
        return intent
    stage.trace.note(intent.element.id, "mirror", "yes", f"{call.name} when {call.when or 'always'}")
    return replace(intent, mirror=not intent.mirror)


def _crop(intent: Intent, call: Call, stage: Stage) -> Intent:
    radius = cast(Length, call.parameters["radius"]).pixels(min(intent.frame.width, intent.frame.height), stage.canvas)
    return replace(intent, margin=cast(float, call.parameters["margin"]), radius=radius)


def _shadow(intent: Intent, call: Call, _: Stage) -> Intent:
    row = (str(call.parameters["kind"]), cast(float, call.parameters["strength"]))
    return replace(intent, shadows=(*intent.shadows, row))


STEPS: Mapping[str, Step] = {
    "mirror": _mirror,
    "crop": _crop,
    "shadow": _shadow,
    "extend": lambda i, call, _: replace(i, grow=cast(float, call.parameters["most"])),
    "matte": lambda i, call, _: replace(i, cutout=True),
    "blur": lambda i, call, _: replace(i, blur=cast(float, call.parameters["sigma"])),
    "place": lambda i, call, _: replace(i, place=call),
}


def intent_of(element: Element, frame: Box, stage: Stage) -> Intent:
    """All operations of the element, in document order, folded into one intent."""
    select = element.call("select")
    if select is None:
        raise InputError("this image selects no object", str(element.mark), "add <ddm:select object=…/>")
    name = str(select.parameters["object"])
    material = stage.binding.material(name)
    if material is None:
        raise InputError(f"'{name}' is no picture", str(select.mark))
    kind = stage.template.objects[name].kind
    intent = Intent(element, frame_of(element, frame, stage), name, material, kind == "cutout")
    for call in element.calls:
        if call.name in STEPS:
            intent = STEPS[call.name](intent, call, stage)
    return intent


def _source(material: Perception) -> Source:
    width, height = material.size
    left, top, right, bottom = (str(material.attributes[f"border.{side}"]) for side in SIDES)
    cut = material.attributes["subject.cut"]
    return Source(width, height, material.subject, frozenset(cast("frozenset[str]", cut)), (left, top, right, bottom))


def _wish(intent: Intent) -> Wish:
    p = intent.place.parameters if intent.place else {}
    zones = cast("tuple[Zone, ...]", p.get("subject", (Zone(0.5, 0.5),)))
    size = cast(Range, p.get("subject-size", Range(0.5, 0.75)))
    return Wish(zones, size, intent.margin, intent.grow)


def _has_subject(material: Perception) -> bool:
    return material.attributes["role"] == "product" and material.subject.area > 0


def _window(intent: Intent, stage: Stage) -> Window:
    source = _source(intent.material)
    if intent.mirror:
        source = source.mirrored()
    if not _has_subject(intent.material):
        return cover(source, intent.frame, MOST_ENLARGEMENT * (2 if intent.blur else 1))
    windows = choose(source, intent.frame, _wish(intent))
    stage.takes = max(stage.takes, len(windows))
    return windows[min(stage.take, len(windows) - 1)]


def _growth(window: Window, mirror: bool) -> dict[str, float]:
    """In the picture's own sides, whole pixels and a little more, so that rounding leaves no gap."""
    swap = {"left": "right", "right": "left"} if mirror else {}
    return {swap.get(side, side): math.ceil(g) + 2.0 if g else 0.0 for side, g in window.growth.items()}


def _extent(intent: Intent, window: Window) -> Box:
    """What the pixels show, in the picture's own: exactly this, however their number was rounded."""
    width, height = intent.material.size
    left, top, right, bottom = (_growth(window, intent.mirror)[side] for side in SIDES)
    return Box.of_edges(-left, -top, width + right, height + bottom)


def _raster(intent: Intent, window: Window, stage: Stage) -> Raster:
    if window.grows:
        fine = next((s for s in GROWN_SCALES if s >= window.scale), 1.0)
        return stage.derive(intent.material, "extended", {**_growth(window, intent.mirror), "scale": fine})
    if intent.blur:
        return stage.derive(intent.material, "blurred", {"sigma": intent.blur * 100})
    return stage.derive(intent.material, "picture", {})


def _on_canvas(box: Box, window: Window, frame: Box) -> Box:
    """A box in the (mirrored) picture's pixels, on the canvas."""
    return Box(
        frame.x + (box.x - window.box.x) * window.scale,
        frame.y + (box.y - window.box.y) * window.scale,
        box.width * window.scale,
        box.height * window.scale,
    )


def _whole(intent: Intent, stage: Stage) -> list[Node]:
    """The picture with its surroundings, through a window."""
    window = _window(intent, stage)
    width, height = intent.material.size
    raster = _raster(intent, window, stage)
    box = _extent(intent, window)
    image = Image(
        raster.href,
        _on_canvas(box.mirrored(width) if intent.mirror else box, window, intent.frame),
        intent.mirror,
        meta=Meta(intent.element.id, "image", intent.object),
    )
    _explain_window(intent, window, stage)
    placed = _on_canvas(Box(0, 0, width, height), window, intent.frame)
    clear = _has_subject(intent.material)
    stage.ground.paint_picture(
        intent.frame, placed, intent.material.maps, intent.mirror, False, bool(intent.blur), clear
    )
    stage.trace.charge(window.cost)
    return [Group((image,), clip=Clip(intent.frame, intent.radius), meta=Meta(f"{intent.element.id}-frame", "image"))]


def _explain_window(intent: Intent, window: Window, stage: Stage) -> None:
    note = stage.trace.note
    name = intent.element.id
    x, y, w, h = (round(v) for v in window.box)
    note(
        name,
        "window",
        f"{x} {y} {w} {h}",
        f"subject to {window.zone.x:.0%} {window.zone.y:.0%}, cost {window.cost:.2f}",
    )
    note(name, "scale", f"{window.scale:.3f}", f"at most {MOST_ENLARGEMENT}")
    for side, growth in window.growth.items():
        if growth:
            kind = _source(intent.material).border(side)
            note(
                name, f"extend {side}", f"{growth:.0f}px", f"the frame is larger than the picture; the border is {kind}"
            )


def _alone(intent: Intent, stage: Stage) -> list[Node]:
    """The subject cut out, as large as the frame allows, with its shadows beneath."""
    cut = cast("frozenset[str]", intent.material.attributes["subject.cut"])
    if cut:
        raise Unfit(f"the subject is cut at the {', '.join(sorted(cut))}, so it cannot stand alone")
    raster = stage.derive(intent.material, "cutout", {})
    native = raster.box
    scale = min(intent.frame.width / native.width, intent.frame.height / native.height, MOST_ENLARGEMENT * raster.scale)
    box = align(intent.frame, native.width * scale, native.height * scale, intent.place)
    stage.trace.note(intent.element.id, "scale", f"{scale:.3f}", f"fits its frame, at most {MOST_ENLARGEMENT}")
    stage.trace.charge(0.4 * (1 - max(box.width / intent.frame.width, box.height / intent.frame.height)))
    _paint_cutout(intent, native, box, scale, stage)
    name, shadows = intent.element.id, []
    for number, (kind, strength) in enumerate(intent.shadows, 1):
        shadow = stage.derive(intent.material, "shadow", {"kind": kind, "strength": strength})
        meta = Meta(f"{name}-shadow-{number}", "shadow", intent.object)
        shadows.append(_laid(shadow, intent, native, box, scale, meta))
    return [*shadows, _laid(raster, intent, native, box, scale, Meta(name, "subject", intent.object))]


def _laid(raster: Raster, intent: Intent, native: Box, box: Box, scale: float, meta: Meta) -> Image:
    """A derived raster where it belongs relative to the cut-out that lies at `box`."""
    own = raster.box
    offset = native.right - own.right if intent.mirror else own.x - native.x
    place = Box(box.x + offset * scale, box.y + (own.y - native.y) * scale, own.width * scale, own.height * scale)
    return Image(raster.href, place, intent.mirror, meta=meta)


def _paint_cutout(intent: Intent, native: Box, box: Box, scale: float, stage: Stage) -> None:
    if stage.ground.copied(box.grown(-box.width * 0.08, -box.height * 0.08)) > 0.02:
        raise Unfit("the subject would cover copy")
    width, height = intent.material.size
    left = native.x if not intent.mirror else width - native.right
    placed = Box(box.x - left * scale, box.y - native.y * scale, width * scale, height * scale)
    stage.ground.paint_picture(box, placed, intent.material.maps, intent.mirror, True)


def picture(element: Element, frame: Box, stage: Stage) -> list[Node]:
    """The nodes for an `<image>`. Unfit where the material cannot serve here."""
    intent = intent_of(element, frame, stage)
    return _alone(intent, stage) if intent.cutout else _whole(intent, stage)
