"""The tree into a flat list of drawing steps in device pixels: what is static is worked out here, once.

Invisible nodes are gone, and opacity of a group with one child is the child's.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ddm.geometry import Box, union_of
from ddm.render.steps import Begin, Display, End, Letters, Outline, Picture, Shape, Step, Window
from ddm.svg.path import Segment, parse
from ddm.svg.tree import (
    Clip,
    Document,
    Ellipse,
    Group,
    Image,
    LinearGradient,
    Node,
    Paint,
    Path,
    RadialGradient,
    Rect,
    Text,
)

REACH = (0.6, 1.3)
"""Em that letters may reach beyond their advance, and above and below the baseline: swashes, stacked marks."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where nodes are compiled to: pixels a user unit, the visible window, and whether the axes are turned."""

    scale: float
    window: Window
    language: str
    turned: bool = False


def compile(document: Document, scale: float = 1.0) -> Display:
    """The steps of `document` at `scale` device pixels a unit."""
    width, height = max(1, round(document.width * scale)), max(1, round(document.height * scale))
    place = _Place(scale, Window(0, 0, width, height), document.lang)
    steps = tuple(step for node in document.children for step in _steps(node, place))
    isolated = any(isinstance(step, Picture) and step.blend == "screen" for step in steps)
    return Display(width, height, steps, isolated)


def _steps(node: Node, place: _Place) -> Iterator[Step]:
    if node.opacity <= 0:
        return
    if isinstance(node, Group):
        yield from _group(node, place)
    elif isinstance(node, Image):
        yield from _image(node, place)
    elif isinstance(node, Text):
        yield from _letters(node, place)
    else:
        yield from _shape(node, place)


def _group(group: Group, place: _Place) -> Iterator[Step]:
    children = tuple(child for child in group.children if child.opacity > 0)
    if not children:
        return
    if _plain(group):
        yield from (step for child in _with_opacity(children, group.opacity) for step in _steps(child, place))
        return
    clip = _scaled_clip(group.clip, place.scale) if group.clip else None
    pivot = (group.pivot[0] * place.scale, group.pivot[1] * place.scale)
    turned = place.turned or bool(group.rotate % 360)
    # Seen from inside, the window outside is turned back.
    inner = replace(place, window=_turned(place.window, -group.rotate, pivot), turned=turned)
    # Turned edges are soft: pictures must reach beyond the clip, or both would soften them.
    inner = replace(inner, window=visible(clip.box.grown(2 * inner.turned), inner.window)) if clip else inner
    if inner.window.empty:
        return
    lone = len(children) == 1 and _foldable(children[0])
    # A clip, like opacity below one, makes children blend among themselves (CSS Masking 1, 5.1; Compositing 1, 3.2).
    layered = (not lone and group.opacity < 1) or (group.clip is not None and any(map(_blends, children)))
    parts = _with_opacity(children, group.opacity) if lone else children
    steps = [step for child in parts for step in _steps(child, inner)]
    if steps:
        # A layer costs by its size: it is no larger than what is drawn on it.
        layer = _around(steps)
        window = _turned(layer, group.rotate, pivot)
        yield Begin(window, layer, group.rotate, pivot, clip, 1.0 if lone else group.opacity, layered)
        yield from steps
        yield End(layered)


def _around(steps: Sequence[Step]) -> Window:
    """The window that holds all steps; those inside a group are held by the group's own."""
    windows, depth = [], 0
    for step in steps:
        if not isinstance(step, End) and not depth:
            windows.append(step.window)
        depth += isinstance(step, Begin) - isinstance(step, End)
    lefts, tops, rights, bottoms = zip(*windows, strict=True)
    return Window(min(lefts), min(tops), max(rights), max(bottoms))


def _plain(group: Group) -> bool:
    """Whether a group does nothing that its children could not do alone."""
    alone = group.opacity >= 1 or (len(group.children) == 1 and _foldable(group.children[0]))
    return alone and group.clip is None and not group.rotate


def _foldable(node: Node) -> bool:
    """Whether a group's opacity may be multiplied into its only child's."""
    return not (isinstance(node, Group) or _blends(node))


def _blends(node: Node) -> bool:
    if isinstance(node, Group):
        return node.opacity >= 1 and node.clip is None and any(map(_blends, node.children))
    return isinstance(node, Image) and node.blend != "normal"


def _with_opacity(children: tuple[Node, ...], opacity: float) -> tuple[Node, ...]:
    return children if opacity >= 1 else tuple(replace(child, opacity=child.opacity * opacity) for child in children)


def _turned(window: Window, degrees: float, pivot: tuple[float, float]) -> Window:
    """The window around `window` turned about `pivot`."""
    if not degrees % 360:
        return window
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    corners = [(x - pivot[0], y - pivot[1]) for x in (window.left, window.right) for y in (window.top, window.bottom)]
    xs = [pivot[0] + x * cosine - y * sine for x, y in corners]
    ys = [pivot[1] + x * sine + y * cosine for x, y in corners]
    return Window(math.floor(min(xs)), math.floor(min(ys)), math.ceil(max(xs)), math.ceil(max(ys)))


def visible(box: Box, window: Window) -> Window:
    """The whole pixels of `window` that `box` touches."""
    slack = 1e-3  # three decimals of SVG: a box that ends a thousandth later touches no further pixel
    return Window(
        max(window.left, math.floor(max(box.x, -1e6) + slack)),
        max(window.top, math.floor(max(box.y, -1e6) + slack)),
        min(window.right, math.ceil(min(box.right, 1e6) - slack)),
        min(window.bottom, math.ceil(min(box.bottom, 1e6) - slack)),
    )


def _image(image: Image, place: _Place) -> Iterator[Step]:
    box = image.box.scaled(place.scale)
    window = visible(box, place.window)
    if not window.empty and box.area > 0:
        yield Picture(window, image.href, box, image.mirror, image.opacity, image.blend, place.turned)


def _letters(text: Text, place: _Place) -> Iterator[Step]:
    run = _scaled_text(text, place.scale)
    # Unmeasured runs are taken at one and a half em a character, more than any script's.
    width = run.width or len(run.text) * (1.5 * run.size + abs(run.letter_spacing))
    window = visible(Box(run.x, run.y, width, 0).grown(REACH[0] * run.size, REACH[1] * run.size), place.window)
    if run.text.strip() and run.size > 0 and not window.empty:
        yield Letters(window, run, place.language)


def _shape(node: Rect | Ellipse | Path, place: _Place) -> Iterator[Step]:
    outline, width = _outline(node, place.scale), node.stroke_width * place.scale if node.stroke else 0.0
    # A mitre reaches four half widths (SVG's limit) past a corner, a pixel more for anti-aliasing.
    window = visible(outline.box.grown(2 * width + 1), place.window)
    # A rectangle or ellipse without extent is not drawn (SVG 1.1, 9.2 and 9.4); a straight path may be stroked.
    nothing = outline.box.width <= 0 or outline.box.height <= 0
    if window.empty or (nothing and (outline.kind != "path" or not width)):
        return
    fill = _scaled_paint(node.fill, place.scale)
    yield Shape(window, outline, fill, node.stroke if width else "", width, node.opacity, place.turned)


def _outline(node: Rect | Ellipse | Path, scale: float) -> Outline:
    if isinstance(node, Path):
        segments = tuple(_scaled_segment(segment, scale) for segment in parse(node.d))
        return Outline("path", _hull(segments), segments=segments)
    radius = node.radius * scale if isinstance(node, Rect) else 0.0
    return Outline("ellipse" if isinstance(node, Ellipse) else "rectangle", node.box.scaled(scale), radius)


def _scaled_segment(segment: Segment, scale: float) -> Segment:
    verb, points = segment
    if verb != "A":
        return Segment(verb, tuple(value * scale for value in points))
    rx, ry, turn, large, sweep, x, y = points
    return Segment(verb, (rx * scale, ry * scale, turn, large, sweep, x * scale, y * scale))


def _hull(segments: tuple[Segment, ...]) -> Box:
    """A box that surely holds the path: control points, and for arcs both radii about both ends."""
    boxes, pen = [], (0.0, 0.0)
    for verb, points in segments:
        if verb == "A":
            reach = 2 * max(points[0], points[1], math.dist(pen, points[-2:]))
            boxes.append(Box(points[-2], points[-1], 0, 0).grown(reach))
        boxes += [Box(x, y, 0, 0) for x, y in _pairs(points[-2:] if verb == "A" else points)]
        pen = (points[-2], points[-1]) if points else pen
    return union_of(boxes) or Box(0, 0, 0, 0)


def _pairs(values: tuple[float, ...]) -> Iterator[tuple[float, float]]:
    return zip(values[::2], values[1::2], strict=True)


def _scaled_clip(clip: Clip, scale: float) -> Clip:
    return Clip(clip.box.scaled(scale), clip.radius * scale)


def _scaled_paint(paint: Paint | None, s: float) -> Paint | None:
    if isinstance(paint, LinearGradient):
        return replace(paint, x1=paint.x1 * s, y1=paint.y1 * s, x2=paint.x2 * s, y2=paint.y2 * s)
    if isinstance(paint, RadialGradient):
        return replace(paint, cx=paint.cx * s, cy=paint.cy * s, r=paint.r * s)
    return paint


def _scaled_text(text: Text, s: float) -> Text:
    if s == 1:
        return text
    spacing, width = text.letter_spacing * s, text.width * s
    return replace(text, x=text.x * s, y=text.y * s, size=text.size * s, letter_spacing=spacing, width=width)
