"""The tree into SVG text: deterministic, one element a line, lengths with at most three decimals."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ddm.svg.parse import SVG
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

REAL_FACES = "font-synthesis:none"
"""A weight or slope that a family lacks is never faked, for nobody measured a faked one."""

_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
_ESCAPED = re.compile('[&<>"\t\n\r]')
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot carry; it has no picture either."""


def write(document: Document) -> str:
    """`document` as SVG text that any viewer shows and `ddm.svg.reader.read` reads back to an equal tree.

    Numbers are rounded to three decimals; characters XML cannot carry are left out.
    """
    defs = _Defs()
    body = [line for child in document.children for line in _node(child, defs)]
    title = [f"<title>{escape(document.title)}</title>"] if document.title else []
    inner = [*title, *defs.lines(), *body]
    return "\n".join([_root(document), *inner, "</svg>"]) + "\n"


def number(value: float, decimals: int = 3) -> str:
    """So many decimals, trailing zeros trimmed, no negative zero."""
    text = f"{value:.{decimals}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def escape(text: str) -> str:
    """Safe as character data and in double quotes, also after the parser has normalised white space."""
    return _ESCAPED.sub(lambda found: _ESCAPES[found[0]], _FORBIDDEN.sub("", text))


def _tag(name: str, attributes: dict[str, str], end: str = "/>") -> str:
    written = [f' {key}="{escape(value)}"' for key, value in attributes.items() if value]
    return f"<{name}{''.join(written)}{end}"


def _root(document: Document) -> str:
    width, height = str(document.width), str(document.height)
    return _tag(
        "svg",
        {
            "xmlns": SVG,
            "width": width,
            "height": height,
            "viewBox": f"0 0 {width} {height}",
            "lang": document.lang,
            # Unhinted, linear advances: the same glyph positions at every scale and in every viewer.
            "text-rendering": "geometricPrecision",
            "style": REAL_FACES,
        },
        ">",
    )


class _Defs:
    """Gradients and clips met so far; equal ones are shared."""

    def __init__(self) -> None:
        self.paints: dict[Paint, str] = {}
        self.clips: dict[Clip, str] = {}

    def paint(self, paint: Paint | None) -> str:
        if paint is None:
            return "none"
        if isinstance(paint, str):
            return paint
        return f"url(#{self.paints.setdefault(paint, f'ddm-paint-{len(self.paints) + 1}')})"

    def clip(self, clip: Clip | None) -> str:
        return f"url(#{self.clips.setdefault(clip, f'ddm-clip-{len(self.clips) + 1}')})" if clip else ""

    def lines(self) -> list[str]:
        paints = [_gradient(paint, name) for paint, name in self.paints.items()]
        clips = [f'<clipPath id="{name}">{_clip(clip)}</clipPath>' for clip, name in self.clips.items()]
        return ["<defs>", *paints, *clips, "</defs>"] if paints or clips else []


def _gradient(paint: Paint, name: str) -> str:
    axis: dict[str, float]
    if isinstance(paint, LinearGradient):
        tag, axis = "linearGradient", {"x1": paint.x1, "y1": paint.y1, "x2": paint.x2, "y2": paint.y2}
    else:
        assert isinstance(paint, RadialGradient)
        tag, axis = "radialGradient", {"cx": paint.cx, "cy": paint.cy, "r": paint.r}
    head = {"id": name, "gradientUnits": "userSpaceOnUse", **{key: number(value) for key, value in axis.items()}}
    return f"{_tag(tag, head, '>')}{''.join(map(_stop, paint.stops))}</{tag}>"


def _stop(stop: Stop) -> str:
    return _tag(
        "stop",
        {"offset": number(stop.offset), "stop-color": stop.colour, "stop-opacity": _unless(stop.opacity, 1)},
    )


def _clip(clip: Clip) -> str:
    return _tag("rect", {**_box(clip), "rx": _unless(clip.radius, 0)})


def _unless(value: float, default: float) -> str:
    """The number, or nothing where it is the default."""
    text = number(value)
    return "" if text == number(default) else text


def _box(node: Any) -> dict[str, str]:
    return {key: number(getattr(node.box, key)) for key in ("x", "y", "width", "height")}


def _meta(meta: Meta) -> dict[str, str]:
    return {"id": meta.id, "data-role": meta.role, "data-object": meta.object}


def _shape(node: Rect | Ellipse | Path, defs: _Defs) -> dict[str, str]:
    return {
        "fill": defs.paint(node.fill),
        "opacity": _unless(node.opacity, 1),
        "stroke": node.stroke,
        "stroke-width": _unless(node.stroke_width, 0),
        **_meta(node.meta),
    }


def _group(node: Group, defs: _Defs) -> list[str]:
    turn = [number(value) for value in (node.rotate, *node.pivot)]
    head = {
        "opacity": _unless(node.opacity, 1),
        "clip-path": defs.clip(node.clip),
        "transform": f"rotate({' '.join(turn)})" if set(turn) != {"0"} else "",
        **_meta(node.meta),
    }
    return [_tag("g", head, ">"), *(line for child in node.children for line in _node(child, defs)), "</g>"]


def _image(node: Image, defs: _Defs) -> list[str]:
    box = _box(node)
    axis = number(2 * float(box["x"]) + float(box["width"]))
    head = {
        "href": node.href,
        **box,
        "preserveAspectRatio": "none",
        "transform": f"matrix(-1 0 0 1 {axis} 0)" if node.mirror else "",
        "opacity": _unless(node.opacity, 1),
        "style": "" if node.blend == "normal" else f"mix-blend-mode:{node.blend}",
        **_meta(node.meta),
    }
    return [_tag("image", head)]


def _rect(node: Rect, defs: _Defs) -> list[str]:
    return [_tag("rect", {**_box(node), "rx": _unless(node.radius, 0), **_shape(node, defs)})]


def _ellipse(node: Ellipse, defs: _Defs) -> list[str]:
    x, y, width, height = (float(value) for value in _box(node).values())
    axis = {"cx": x + width / 2, "cy": y + height / 2, "rx": width / 2, "ry": height / 2}
    # A fourth decimal, for the half of an odd thousandth: the box comes back exactly.
    return [_tag("ellipse", {**{key: number(value, 4) for key, value in axis.items()}, **_shape(node, defs)})]


def _path(node: Path, defs: _Defs) -> list[str]:
    return [_tag("path", {"d": node.d, **_shape(node, defs)})]


def _text(node: Text, defs: _Defs) -> list[str]:
    rtl = node.direction == "rtl"
    head = {
        "x": number(node.x),
        "y": number(node.y),
        "font-family": node.family,
        "font-size": number(node.size),
        "font-weight": _unless(node.weight, 400),
        "font-style": "italic" if node.italic else "",
        "fill": node.fill,
        "opacity": _unless(node.opacity, 1),
        "letter-spacing": _unless(node.letter_spacing, 0),
        "direction": "rtl" if rtl else "",
        "unicode-bidi": "bidi-override" if rtl else "",
        "text-anchor": "end" if rtl else "",  # in a run from right to left the end is at the left
        "text-decoration": node.decoration,
        "data-width": _unless(node.width, 0),
        "xml:space": "preserve",
        **_meta(node.meta),
    }
    return [f"{_tag('text', head, '>')}{escape(node.text)}</text>"]


_WRITERS: dict[type, Callable[[Any, _Defs], list[str]]] = {
    Group: _group,
    Image: _image,
    Rect: _rect,
    Ellipse: _ellipse,
    Path: _path,
    Text: _text,
}


def _node(node: Node, defs: _Defs) -> list[str]:
    return _WRITERS[type(node)](node, defs)
