"""Pictures, copy, shapes and plain things of a drawing, each into a layer with its object and its operations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeAlias

from ddm.geometry import Box
from ddm.language.importing.desk import Desk
from ddm.language.importing.drawn import Drawn, plain
from ddm.language.importing.kinds import Kind
from ddm.language.importing.layers import SHAPES, Layer, left_out, only
from ddm.language.importing.nodes import Node
from ddm.language.importing.said import Said
from ddm.language.lengths import unit_of

LINES = 8  # most that `fit` takes
LEAST = "60%"  # how far copy may shrink, and a photograph grow, unless the name says another
MARGIN = "3%"
CONTRAST = "4.5"  # of WCAG, for type of any size
PILL = 0.4  # of the height; a corner rounder than that is a pill's
EM = 0.95  # height of a line of outlines, from ascender to descender, by its size
BASELINE = 0.75  # of the size, from their top


class Filling(NamedTuple):
    """What is said of it, its element, and where it was drawn."""

    said: Said
    node: Node
    box: Box


Make: TypeAlias = Callable[[Layer, Kind, str, Desk], Filling | None]


def picture(layer: Layer, kind: Kind, scope: str, desk: Desk) -> Filling:
    """Of its picture, or of the place that is drawn for one."""
    pictures = only(layer.drawn, ("image",))
    if len(pictures) > 1:
        desk.findings.warn(layer.drawn.mark, f"'{layer.label.name}' has {len(pictures)} pictures; one shows it")
    shown = pictures[0] if pictures and len(list(layer.drawn.leaves())) == 1 else layer.drawn
    sample = {key: each.attributes[key] for each in pictures[:1] for key in ("href",) if key in each.attributes}
    if not sample:
        desk.findings.warn(layer.drawn.mark, f"'{layer.label.name}' shows no sample picture", "link or embed one")
    fills = {"preserveAspectRatio": "xMidYMid slice"} if sample and kind.element == "image" else {}
    node = desk.node("image", layer, scope, {**_box(shown.box), **sample, **fills})
    said = desk.said("image", layer, kind)
    said.calls += _photographic(kind, shown, desk.canvas)
    if "from" in kind.attributes and desk.declared.hero not in ("", desk.declared.id_of(layer.label.name, kind)):
        said.declared["against"] = desk.declared.hero
    desk.select(said, node, layer, kind)
    return Filling(said, node, shown.box)


def _photographic(kind: Kind, shown: Drawn, canvas: Box) -> list[tuple[str, dict[str, str]]]:
    """A photograph grows and is cut to its frame; any picture has the corners it was drawn with."""
    radius = float(shown.attributes.get("rx", "0"))
    rounded = {"radius": f"{plain(radius / unit_of(canvas))}u"} if radius else {}
    if kind.element == "image" and "from" not in kind.attributes:
        return [("extend", {"most": LEAST}), ("crop", {"margin": MARGIN, **rounded})]
    return [("crop", rounded)] if rounded else []


def copy(layer: Layer, kind: Kind, scope: str, desk: Desk) -> Filling:
    """Of its text; on a badge where it is drawn on a shape, else in an ink that can be read."""
    said, text = desk.said("text", layer, kind), _text_in(layer, desk)
    node = desk.node("text", layer, scope, _lettered(text), " ".join(text.lines))
    if "max-chars" in said.declared:
        said.declared["max-chars"] = str(max(int(said.declared["max-chars"]), len(node.text)))
    if text.attributes.get("text-transform") == "uppercase":
        said.declared["as"] = "upper"
    said.calls.append(_fit(text, kind.priority))
    if kind.shown:
        said.calls.append(("format", {"as": kind.shown}))
    backing = max(only(layer.drawn, SHAPES), key=lambda shape: shape.box.area, default=None)
    if said.palette and backing is not None:
        said.calls.append(("badge", {"shape": _badge(backing), "role": "accent", "from": said.palette}))
    elif said.palette:
        said.calls.append(("ink", {"from": said.palette, "contrast": CONTRAST}))
    desk.select(said, node, layer, kind)
    return Filling(said, node, layer.box if layer.drawn.tag == "g" else text.box)


def _text_in(layer: Layer, desk: Desk) -> Drawn:
    """The one text of a layer; where type was turned into outlines, one of about its size."""
    texts, drawn = only(layer.drawn, ("text",)), layer.drawn
    if len(texts) > 1:
        desk.findings.warn(drawn.mark, f"'{layer.label.name}' has {len(texts)} texts; the first shows it")
    if texts:
        return texts[0]
    what = f"'{layer.label.name}' holds no text, only outlines; it is set in Inter"
    desk.findings.warn(drawn.mark, what, "export type as type")
    size = max(1.0, drawn.box.height / EM)
    attributes = {
        "x": plain(drawn.box.x),
        "y": plain(drawn.box.y + BASELINE * size),
        "font-size": plain(size),
        "font-family": "Inter, Noto Sans CJK SC",
        "fill": "#000000",
    }
    return Drawn("text", drawn.mark, drawn.name, drawn.box, attributes, lines=(layer.label.name,))


def shape(layer: Layer, kind: Kind, scope: str, desk: Desk) -> Filling | None:
    """Coloured by its role."""
    shapes = only(layer.drawn, SHAPES)
    if not shapes:
        desk.findings.warn(layer.drawn.mark, f"'{layer.label.name}' is left out: no rectangle, circle or ellipse in it")
        return None
    largest = max(shapes, key=lambda each: each.box.area)
    said = desk.said(largest.tag, layer)
    if said.palette:
        said.calls.append(("recolour", {"role": kind.role, "from": said.palette}))
    else:
        said.error("no picture gives the colours", "name one '| cutout' or '| image'")
    desk.read(said, layer)
    return Filling(said, desk.node(largest.tag, layer, scope, {**_outline(largest), **_paint(largest)}), largest.box)


def as_drawn(layer: Layer, scope: str, desk: Desk) -> Filling | None:
    """As it is, whatever the product; a picture cannot be, and a path is not drawn."""
    drawn = layer.drawn
    if drawn.tag == "image":
        name = layer.label.name or "a picture"
        desk.findings.warn(drawn.mark, f"'{name[:60]}' is left out: it shows no object", "name it '| cutout'")
        return None
    if drawn.tag == "other":
        left_out([drawn], desk.findings)
        return None
    said = desk.said(drawn.tag, layer)
    words = " ".join(drawn.lines)
    if drawn.tag == "text":
        said.calls.append(_fit(drawn, 0))
        if not layer.label.said:
            what = f"'{words[:40]}' is set on every creative as it is"
            desk.findings.warn(drawn.mark, what, "'| title', '| price' … or '| plain'")
    desk.read(said, layer)
    sample = _lettered(drawn) if drawn.tag == "text" else {**_outline(drawn), **_paint(drawn)}
    return Filling(said, desk.node(drawn.tag, layer, scope, sample, words), drawn.box)


MAKERS: Mapping[str, Make] = {"picture": picture, "copy": copy, "shape": shape}
"""By the family of the layer's kind; all others are as drawn."""


# ------------------------------------------------------------------------------------------------ the sample


def _fit(text: Drawn, priority: int) -> tuple[str, dict[str, str]]:
    fit = {"lines": str(min(LINES, max(1, len(text.lines)))), "least": LEAST}
    return "fit", {**fit, **({"priority": str(priority)} if priority else {})}


def _box(box: Box) -> dict[str, str]:
    return {"x": plain(box.x), "y": plain(box.y), "width": plain(box.width), "height": plain(box.height)}


def _outline(shape: Drawn) -> dict[str, str]:
    """A shape's own coordinates."""
    x, y = shape.box.centre
    if shape.tag == "circle":
        return {"cx": plain(x), "cy": plain(y), "r": plain(shape.box.width / 2)}
    if shape.tag == "ellipse":
        return {"cx": plain(x), "cy": plain(y), "rx": plain(shape.box.width / 2), "ry": plain(shape.box.height / 2)}
    return _box(shape.box)


def _paint(shape: Drawn) -> dict[str, str]:
    return {key: value for key, value in shape.attributes.items() if key in ("fill", "opacity", "rx")}


def _lettered(text: Drawn) -> dict[str, str]:
    return {key: value for key, value in text.attributes.items() if key != "text-transform"}


def _badge(shape: Drawn) -> str:
    if shape.tag == "circle":
        return "disc"
    return "pill" if float(shape.attributes.get("rx", "0")) >= PILL * shape.box.height else "box"
