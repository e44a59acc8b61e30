"""SVG text into the tree: the exact inverse of the writer, and a closed door for everything else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ddm.geometry import Box
from ddm.svg.check import CLIP, MIRROR, ROTATE, verify
from ddm.svg.parse import Element, local, parse
from ddm.svg.tree import (
    Clip,
    Document,
    Ellipse,
    Group,
    Image,
    LinearGradient,
    Meta,
    Node,
    Paint,
    Path,
    RadialGradient,
    Rect,
    Stop,
    Text,
)

_DRAWN = ("g", "image", "rect", "ellipse", "path", "text")


def read(text: str, name: str = "") -> Document:
    """The tree that `text` says. InputError (with `name` and lines) names everything outside the output language."""
    root = parse(text, name)
    verify(root, name)
    parts = _Parts(root)
    return Document(
        width=int(root.get("width")),
        height=int(root.get("height")),
        children=parts.children(root),
        title=next((child.text or "" for child in root if local(child) == "title"), ""),
        lang=root.get("lang", ""),
    )


class _Parts:
    """Reads verified elements; knows the gradients and clips by id."""

    def __init__(self, root: Element) -> None:
        defs = [child for part in root if local(part) == "defs" for child in part]
        self.clips = {child.get("id"): _clip(child[0]) for child in defs if local(child) == "clipPath"}
        self.paints = {child.get("id"): _GRADIENTS[local(child)](child) for child in defs if local(child) in _GRADIENTS}

    def children(self, element: Element) -> tuple[Node, ...]:
        return tuple(_READERS[tag](child, self) for child in element if (tag := local(child)) in _DRAWN)

    def paint(self, value: str) -> Paint:
        target = CLIP.fullmatch(value)
        return self.paints[target[1]] if target else value

    def clip(self, value: str | None) -> Clip | None:
        target = CLIP.fullmatch(value) if value else None
        return self.clips[target[1]] if target else None


def _float(values: Mapping[str, str], key: str, default: float = 0.0) -> float:
    return float(values.get(key, default))


def _box(element: Element) -> Box:
    return Box(*(float(element.get(key)) for key in ("x", "y", "width", "height")))


def _clip(element: Element) -> Clip:
    return Clip(_box(element), _float(element.attrib, "rx"))


def _stops(element: Element) -> tuple[Stop, ...]:
    return tuple(
        Stop(float(stop.get("offset")), stop.get("stop-color"), _float(stop.attrib, "stop-opacity", 1))
        for stop in element
    )


def _linear(element: Element) -> LinearGradient:
    x1, y1, x2, y2 = (float(element.get(key)) for key in ("x1", "y1", "x2", "y2"))
    return LinearGradient(x1, y1, x2, y2, _stops(element))


def _radial(element: Element) -> RadialGradient:
    cx, cy, r = (float(element.get(key)) for key in ("cx", "cy", "r"))
    return RadialGradient(cx, cy, r, _stops(element))


_GRADIENTS: dict[str, Callable[[Element], Paint]] = {"linearGradient": _linear, "radialGradient": _radial}


def _meta(values: Mapping[str, str]) -> Meta:
    return Meta(values.get("id", ""), values.get("data-role", "decoration"), values.get("data-object", ""))


def _shape(values: Mapping[str, str], parts: _Parts) -> dict[str, Any]:
    """What rect, ellipse and path share."""
    fill = values.get("fill", "#000000")
    return {
        "fill": None if fill == "none" else parts.paint(fill),
        "opacity": _float(values, "opacity", 1),
        "stroke": values.get("stroke", ""),
        "stroke_width": _float(values, "stroke-width"),
        "meta": _meta(values),
    }


def _group(element: Element, parts: _Parts) -> Group:
    values = element.attrib
    turn = ROTATE.fullmatch(values.get("transform", ""))
    rotate, x, y = (float(value) for value in turn.groups()) if turn else (0.0, 0.0, 0.0)
    return Group(
        children=parts.children(element),
        opacity=_float(values, "opacity", 1),
        clip=parts.clip(values.get("clip-path")),
        rotate=rotate,
        pivot=(x, y),
        meta=_meta(values),
    )


def _image(element: Element, parts: _Parts) -> Image:
    values = element.attrib
    return Image(
        href=values["href"],
        box=_box(element),
        mirror=MIRROR.fullmatch(values.get("transform", "")) is not None,
        opacity=_float(values, "opacity", 1),
        blend=values.get("style", "mix-blend-mode:normal").partition(":")[2],
        meta=_meta(values),
    )


def _rect(element: Element, parts: _Parts) -> Rect:
    return Rect(_box(element), radius=_float(element.attrib, "rx"), **_shape(element.attrib, parts))


def _ellipse(element: Element, parts: _Parts) -> Ellipse:
    cx, cy, rx, ry = (float(element.get(key)) for key in ("cx", "cy", "rx", "ry"))
    box = Box(*(round(value, 3) for value in (cx - rx, cy - ry, 2 * rx, 2 * ry)))
    return Ellipse(box, **_shape(element.attrib, parts))


def _path(element: Element, parts: _Parts) -> Path:
    return Path(element.get("d"), **_shape(element.attrib, parts))


def _text(element: Element, parts: _Parts) -> Text:
    values = element.attrib
    return Text(
        text=element.text or "",
        x=float(values["x"]),
        y=float(values["y"]),
        family=values["font-family"],
        size=float(values["font-size"]),
        weight=int(values.get("font-weight", 400)),
        italic="font-style" in values,
        fill=values.get("fill", "#000000"),
        opacity=_float(values, "opacity", 1),
        letter_spacing=_float(values, "letter-spacing"),
        direction=values.get("direction", "ltr"),
        decoration=values.get("text-decoration", ""),
        width=_float(values, "data-width"),
        meta=_meta(values),
    )


_READERS: dict[str, Callable[[Element, _Parts], Node]] = {
    "g": _group,
    "image": _image,
    "rect": _rect,
    "ellipse": _ellipse,
    "path": _path,
    "text": _text,
}
