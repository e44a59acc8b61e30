"""The nodes of plain SVG: frozen values, lengths in canvas pixels, colours as #rrggbb."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from ddm.geometry import Box

Direction: TypeAlias = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True)
class Stop:
    """A gradient stop. offset and opacity 0..1."""

    offset: float
    colour: str
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class LinearGradient:
    """From (x1, y1) to (x2, y2) in canvas pixels (userSpaceOnUse), padded at both ends."""

    x1: float
    y1: float
    x2: float
    y2: float
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class RadialGradient:
    """Around (cx, cy) with radius r in canvas pixels (userSpaceOnUse), padded."""

    cx: float
    cy: float
    r: float
    stops: tuple[Stop, ...]


Paint: TypeAlias = str | LinearGradient | RadialGradient
"""A fill: '#rrggbb' or a gradient."""


@dataclass(frozen=True, slots=True)
class Meta:
    """What a node is for; carried as id and data-* so that `measure` and a person can tell.

    role: background | image | subject | shadow | decoration | copy | scrim
    object: the template's object that supplied it, or ''.
    """

    id: str = ""
    role: str = "decoration"
    object: str = ""


@dataclass(frozen=True, slots=True)
class Clip:
    """A rounded rectangle that children are clipped to. radius 0 is a plain rectangle."""

    box: Box
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Group:
    """Children drawn in order, together at `opacity`, cut to `clip`, turned by `rotate` degrees about `pivot`."""

    children: tuple[Node, ...]
    opacity: float = 1.0
    clip: Clip | None = None
    rotate: float = 0.0
    pivot: tuple[float, float] = (0.0, 0.0)
    meta: Meta = Meta()


@dataclass(frozen=True, slots=True)
class Image:
    """A raster stretched onto exactly `box` (may reach outside canvas or clip); mirrored left to right if asked."""

    href: str
    box: Box
    mirror: bool = False
    opacity: float = 1.0
    blend: Literal["normal", "multiply", "screen"] = "normal"
    meta: Meta = Meta()


@dataclass(frozen=True, slots=True)
class Rect:
    box: Box
    fill: Paint = "#000000"
    radius: float = 0.0
    opacity: float = 1.0
    stroke: str = ""
    stroke_width: float = 0.0
    meta: Meta = Meta()


@dataclass(frozen=True, slots=True)
class Ellipse:
    """The ellipse inscribed in `box`."""

    box: Box
    fill: Paint = "#000000"
    opacity: float = 1.0
    stroke: str = ""
    stroke_width: float = 0.0
    meta: Meta = Meta()


@dataclass(frozen=True, slots=True)
class Path:
    """SVG path data in canvas pixels, absolute or relative commands as SVG 1.1 allows, non-zero fill."""

    d: str
    fill: Paint | None = "#000000"
    opacity: float = 1.0
    stroke: str = ""
    stroke_width: float = 0.0
    meta: Meta = Meta()


@dataclass(frozen=True, slots=True)
class Text:
    """One run of one line: one family, one direction. (x, y) is the left end of its baseline, also for rtl.

    width: the advance the shaper measured, in pixels; for checks, renderers need not use it.
    """

    text: str
    x: float
    y: float
    family: str
    size: float
    weight: int = 400
    italic: bool = False
    fill: str = "#000000"
    opacity: float = 1.0
    letter_spacing: float = 0.0
    direction: Direction = "ltr"
    decoration: Literal["", "line-through", "underline"] = ""
    width: float = 0.0
    meta: Meta = Meta()


Node: TypeAlias = Group | Image | Rect | Ellipse | Path | Text


@dataclass(frozen=True, slots=True)
class Document:
    """A whole creative of width x height pixels."""

    width: int
    height: int
    children: tuple[Node, ...]
    title: str = ""
    lang: str = ""
