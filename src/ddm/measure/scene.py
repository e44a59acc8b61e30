"""A plain SVG tree -> its leaves in paint order, each with the frame it is drawn in and what cuts it.

A frame is a float64 (2, 3) affine matrix from the leaf's coordinates to canvas pixels.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from ddm.geometry import Box
from ddm.svg import path
from ddm.svg.tree import Clip, Document, Ellipse, Group, Image, Node, Path, Rect, Text
from ddm.typeset import typesetter
from ddm.typeset.runs import Style

Frame: TypeAlias = npt.NDArray[np.float64]
Points: TypeAlias = npt.NDArray[np.float64]
Leaf: TypeAlias = Image | Rect | Ellipse | Path | Text

UPRIGHT: Frame = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
_ARC_STEPS = 8
"""Straight pieces for a quarter circle: off by 0.5 % of its radius, below what a 200 pixel sheet shows."""
_CURVE_STEPS = 6
_GLUE = 0.6
"""Runs on one baseline closer than this many ems are one line; a word space is a quarter of an em."""


@dataclass(frozen=True, eq=False)
class Placed:
    """A leaf, where and how strongly it is painted. opacity: its own times that of the groups around it."""

    node: Leaf
    frame: Frame
    opacity: float
    clips: tuple[tuple[Clip, Frame], ...]

    @property
    def role(self) -> str:
        return self.node.meta.role

    @property
    def bounds(self) -> Box:
        """The upright box around it on the canvas, clips not applied."""
        return bounds(moved(self.frame, outline(self.node)))


def placed(document: Document) -> tuple[Placed, ...]:
    """Every leaf of the document in the order it is painted."""
    return tuple(_walk(document.children, UPRIGHT, 1.0, ()))


def _walk(
    nodes: Iterable[Node], frame: Frame, opacity: float, clips: tuple[tuple[Clip, Frame], ...]
) -> Iterator[Placed]:
    for node in nodes:
        if isinstance(node, Group):
            inner = composed(frame, rotation(node.rotate, node.pivot))
            cut = (*clips, (node.clip, inner)) if node.clip else clips
            yield from _walk(node.children, inner, opacity * node.opacity, cut)
        else:
            yield Placed(node, frame, opacity * node.opacity, clips)


# ------------------------------------------------------------------------------------------------ frames


def rotation(degrees: float, pivot: tuple[float, float]) -> Frame:
    """Clockwise on the screen, as SVG's rotate(degrees, pivot)."""
    sin, cos = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    x, y = pivot
    return np.array([[cos, -sin, x - cos * x + sin * y], [sin, cos, y - sin * x - cos * y]])


def composed(outer: Frame, inner: Frame) -> Frame:
    """First `inner`, then `outer`."""
    linear = outer[:, :2] @ inner[:, :2]
    shift = outer[:, :2] @ inner[:, 2:] + outer[:, 2:]
    return np.hstack([linear, shift])


def moved(frame: Frame, points: Points) -> Points:
    """Points (n, 2) taken through the frame."""
    found: Points = points @ frame[:, :2].T + frame[:, 2]
    return found


def bounds(points: Points) -> Box:
    """The upright box around points (n, 2)."""
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    return Box.of_edges(float(left), float(top), float(right), float(bottom))


# ------------------------------------------------------------------------------------------------ outlines


def outline(node: Leaf | Clip) -> Points:
    """A polygon (n, 2) around what the node paints, in its own coordinates; of text, its line box."""
    match node:
        case Image():
            return rounded(node.box, 0)
        case Text():
            return rounded(extent(node).box, 0)
        case Ellipse():
            return rounded(node.box, math.inf)
        case Path():
            return path_points(node.d)
        case _:
            return rounded(node.box, node.radius)


def rounded(box: Box, radius: float) -> Points:
    """The corners of a box, or pieces of its rounded corners; an infinite radius makes an ellipse."""
    corners = np.array([[box.right, box.bottom], [box.x, box.bottom], [box.x, box.y], [box.right, box.y]])
    rx, ry = min(radius, box.width / 2), min(radius, box.height / 2)
    if min(rx, ry) <= 0:
        return corners
    turn = np.linspace(0, np.pi / 2, _ARC_STEPS + 1)
    pieces = []
    for quarter, (corner, towards) in enumerate(zip(corners, [(-1, -1), (1, -1), (1, 1), (-1, 1)], strict=True)):
        angle = turn + quarter * np.pi / 2
        pieces.append(corner + (rx, ry) * (np.stack([np.cos(angle), np.sin(angle)], axis=1) + towards))
    return np.concatenate(pieces)


@lru_cache(maxsize=256)
def path_points(d: str) -> Points:
    """The corners and curve points of SVG path data as one polygon; arcs count by their chords.

    The polygon judges what is covered; it is not drawn. Raises InputError for data that cannot be read.
    """
    at = np.zeros((1, 2))
    found: list[Points] = []
    for verb, numbers in path.parse(d):
        if verb == "Z":
            continue
        handles = np.array(numbers[-2:] if verb == "A" else numbers).reshape(-1, 2)
        found.append(_bezier(np.vstack([at, handles])) if len(handles) > 1 else handles)
        at = handles[-1:]
    return np.concatenate(found) if found else at


def _bezier(handles: Points) -> Points:
    """Points of a Bezier curve of any degree by de Casteljau, its start left out."""
    t = np.linspace(0, 1, _CURVE_STEPS + 1)[1:, None, None]
    rows = np.broadcast_to(handles, (_CURVE_STEPS, *handles.shape))
    while rows.shape[1] > 1:
        rows = rows[:, :-1] * (1 - t) + rows[:, 1:] * t
    found: Points = rows[:, 0]
    return found


# ------------------------------------------------------------------------------------------------ copy


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a run reaches. box: its advance by ascent and descent. caps: its advance by the height of capitals."""

    box: Box
    caps: Box


@lru_cache(maxsize=1024)
def extent(node: Text) -> Extent:
    """Set anew with the typesetter, so that a width written into the picture need not be believed."""
    style = Style((node.family,), node.size, node.weight, node.italic, node.letter_spacing)
    line = typesetter().line(node.text, style)
    box = Box(node.x, node.y - line.ascent, line.width, line.ascent + line.descent)
    return Extent(box, Box(node.x, node.y - line.cap_height, line.width, line.cap_height))


@dataclass(frozen=True, eq=False)
class Line:
    """Runs of copy on one baseline, left to right. Boxes in the coordinates of `frame`."""

    runs: tuple[Placed, ...]

    @property
    def texts(self) -> tuple[Text, ...]:
        return tuple(run.node for run in self.runs if isinstance(run.node, Text))

    @property
    def text(self) -> str:
        return "".join(text.text for text in self.texts)

    @property
    def frame(self) -> Frame:
        return self.runs[0].frame

    @property
    def size(self) -> float:
        return min(text.size for text in self.texts)

    @property
    def box(self) -> Box:
        return _around([extent(text).box for text in self.texts])

    @property
    def caps(self) -> Box:
        return _around([extent(text).caps for text in self.texts])

    @property
    def bounds(self) -> Box:
        """The upright box around its capitals on the canvas."""
        return bounds(moved(self.frame, rounded(self.caps, 0)))


def _around(boxes: list[Box]) -> Box:
    found = boxes[0]
    for box in boxes[1:]:
        found = found.union(box)
    return found


def lines(items: Iterable[Placed]) -> tuple[Line, ...]:
    """Copy grouped into set lines: same frame, baseline and paint, and no wider apart than a word space."""
    found: list[list[Placed]] = []
    for item in items:
        if not isinstance(item.node, Text) or not item.node.text.strip():
            continue
        home = next((line for line in reversed(found) if _joins(line[-1], item)), None)
        if home is None:
            found.append([item])
        else:
            home.append(item)
    return tuple(Line(tuple(sorted(line, key=_left))) for line in found)


def _left(item: Placed) -> float:
    assert isinstance(item.node, Text)
    return item.node.x


def _joins(one: Placed, other: Placed) -> bool:
    a, b = one.node, other.node
    assert isinstance(a, Text)
    assert isinstance(b, Text)
    near = extent(a).box.grown(_GLUE * max(a.size, b.size), 0).intersection(extent(b).box).width > 0
    same = a.decoration == b.decoration and a.meta.object == b.meta.object
    return near and same and abs(a.y - b.y) < 0.05 * a.size and np.array_equal(one.frame, other.frame)
