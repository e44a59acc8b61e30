"""Paths that are rectangles, rounded rectangles or ellipses, into just that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from ddm.geometry import Box
from ddm.language.importing.matrix import numbers

MAX_PATH = 4_000  # characters; longer ones are no rectangles
MAX_TRACED = 200_000  # characters whose extent is looked at
SLACK = 0.004  # of the longer side; programs round their numbers

Point: TypeAlias = tuple[float, float]

_SEGMENT = re.compile(r"([MmLlHhVvCcSsQqTtAaZz])([^MmLlHhVvCcSsQqTtAaZz]*)")
_TAKES = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "t": 2, "a": 7, "z": 0}


class Step(NamedTuple):
    """One segment in absolute terms. kind: m, l, c, a, z, or ? for any other curve; controls: of a cubic curve."""

    kind: str
    start: Point
    end: Point
    controls: tuple[Point, ...] = ()
    radii: Point = (0.0, 0.0)


class Outline(NamedTuple):
    """rx, ry: rounding of the corners; half of both sides for an ellipse."""

    box: Box
    rx: float = 0.0
    ry: float = 0.0


def steps(text: str) -> Iterator[Step]:
    """The path's segments; stops where it is malformed, as viewers do."""
    here = first = (0.0, 0.0)
    for command, inside in _SEGMENT.findall(text):
        lower, given = command.lower(), numbers(inside)
        takes = _TAKES[lower]
        if lower == "z":
            yield Step("z", here, first)
            here = first
        for index in range(0, len(given) - takes + 1, takes) if takes else ():
            kind = "l" if lower == "m" and index else lower
            step = _step(kind, given[index : index + takes], here, command.islower())
            yield step
            here = step.end
            first = here if kind == "m" else first


def _step(kind: str, given: list[float], here: Point, relative: bool) -> Step:
    x, y = here if relative else (0.0, 0.0)
    if kind == "h":
        return Step("l", here, (x + given[0], here[1]))
    if kind == "v":
        return Step("l", here, (here[0], y + given[0]))
    if kind == "a":
        return Step("a", here, (x + given[5], y + given[6]), (), (abs(given[0]), abs(given[1])))
    points = [(x + a, y + b) for a, b in zip(given[::2], given[1::2], strict=True)]
    return Step(kind if kind in "mlc" else "?", here, points[-1], tuple(points[:-1]))


def extent(text: str) -> Box | None:
    """The box around all points of a path, those of its curves included; None for none."""
    points = [p for step in steps(text[:MAX_TRACED]) for p in (*step.controls, step.end)]
    return _around(points) if len(points) > 1 else None


def _around(points: list[Point]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box.of_edges(min(xs), min(ys), max(xs), max(ys))


def outline(text: str) -> Outline | None:
    """What the path is, where it is a rectangle, a rounded one, or an ellipse; all upright."""
    if len(text) > MAX_PATH:
        return None
    found = [s for s in steps(text) if s.kind == "m" or s.start != s.end or s.kind == "a"]
    sides = [s for s in found if s.kind != "m"]
    if not sides or found[0].kind != "m" or sum(s.kind == "m" for s in found) > 1 or any(s.kind == "?" for s in found):
        return None
    return _halves(sides) or _cornered(sides)


def _halves(sides: list[Step]) -> Outline | None:
    """An ellipse of two arcs, as some programs write it."""
    arcs = [s for s in sides if s.kind == "a"]
    if len(arcs) != 2 or len({s.radii for s in arcs}) != 1 or any(s.kind in "lc" for s in sides):
        return None
    (ax, ay), (bx, by), (rx, ry) = arcs[0].start, arcs[0].end, arcs[0].radii
    across, down = abs(ax - bx), abs(ay - by)
    if not (_near(across, 2 * rx, rx) and _near(down, 0, rx)) and not (
        _near(down, 2 * ry, ry) and _near(across, 0, ry)
    ):
        return None
    x, y = (ax + bx) / 2, (ay + by) / 2
    return Outline(Box(x - rx, y - ry, 2 * rx, 2 * ry), rx, ry)


def _near(one: float, other: float, size: float) -> bool:
    return abs(one - other) <= max(SLACK * abs(size), 1e-6)


def _cornered(sides: list[Step]) -> Outline | None:
    """Lines along the edges of the box, and none or four like corners between them."""
    box = _around([s.end for s in sides])
    size = max(box.width, box.height)
    lines, curves = [s for s in sides if s.kind in "lz"], [s for s in sides if s.kind in "ca"]
    if (
        min(box.width, box.height) <= 0
        or len(curves) not in (0, 4)
        or len(lines) > 4
        or (not curves and len(lines) < 4)
    ):
        return None
    if not all(_on_edge(p, box, size) for s in sides for p in (s.end, *s.controls)):
        return None
    if not all(_near(s.start[0], s.end[0], size) or _near(s.start[1], s.end[1], size) for s in lines):
        return None
    if not curves:
        corners = {(_near(s.end[0], box.x, size), _near(s.end[1], box.y, size)) for s in lines}
        return Outline(box) if len(corners) == 4 else None
    return _rounded(box, curves, size)


def _rounded(box: Box, curves: list[Step], size: float) -> Outline | None:
    radii = [(abs(s.end[0] - s.start[0]), abs(s.end[1] - s.start[1])) for s in curves]
    rx, ry = radii[0]
    alike = all(_near(x, rx, size) and _near(y, ry, size) for x, y in radii)
    return Outline(box, rx, ry) if alike and min(rx, ry) > 0 else None


def _on_edge(point: Point, box: Box, size: float) -> bool:
    x, y = point
    across = _near(x, box.x, size) or _near(x, box.right, size)
    return across or _near(y, box.y, size) or _near(y, box.bottom, size)
