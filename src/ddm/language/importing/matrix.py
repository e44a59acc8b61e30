"""Transforms of a drawing: read, multiplied, and taken apart into scale and turn."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from ddm.geometry import Box

MAX_TRANSFORM = 2_000  # characters; programs write one to three functions
_FUNCTION = re.compile(r"([a-zA-Z]{4,9})\s{0,9}\(([^()]*)\)")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_SKEWED = 1e-3


def numbers(text: str) -> list[float]:
    """All the numbers in an attribute; those too large to be anything come as 0."""
    found = (float(part) for part in _NUMBER.findall(text))
    return [value if math.isfinite(value) and abs(value) < 1e9 else 0.0 for value in found]


class Parts(NamedTuple):
    """A transform taken apart. turn: degrees clockwise, above -90 and up to 90; flipped: left and right swapped."""

    width: float
    height: float
    turn: float
    flipped: bool


class Matrix(NamedTuple):
    """(x, y) -> (a x + c y + e, b x + d y + f), as SVG writes it."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def times(self, inner: Matrix) -> Matrix:
        """`inner` first, then this."""
        return Matrix(
            self.a * inner.a + self.c * inner.b,
            self.b * inner.a + self.d * inner.b,
            self.a * inner.c + self.c * inner.d,
            self.b * inner.c + self.d * inner.d,
            self.a * inner.e + self.c * inner.f + self.e,
            self.b * inner.e + self.d * inner.f + self.f,
        )

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    @property
    def scale(self) -> float:
        """By how much an area's side grows."""
        return math.sqrt(abs(self.a * self.d - self.b * self.c))

    def parts(self) -> Parts | None:
        """None where it skews or flattens."""
        width, determinant = math.hypot(self.a, self.b), self.a * self.d - self.b * self.c
        if width < 1e-9 or abs(determinant) < 1e-12:
            return None
        if abs(self.a * self.c + self.b * self.d) > _SKEWED * max(width * width, abs(determinant)):
            return None
        turn = math.degrees(math.atan2(self.b, self.a)) + (180 if determinant < 0 else 0)
        return Parts(width, abs(determinant) / width, 90 - (90 - turn) % 180, determinant < 0)

    def around(self, box: Box) -> Box:
        """The upright box around a transformed one."""
        corners = [self.point(x, y) for x in (box.x, box.right) for y in (box.y, box.bottom)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return Box.of_edges(min(xs), min(ys), max(xs), max(ys))

    def unturned(self, box: Box, parts: Parts) -> Box:
        """The box scaled and moved, but not turned: turn it about its centre to have it where it was drawn."""
        x, y = self.point(*box.centre)
        width, height = box.width * parts.width, box.height * parts.height
        return Box(x - width / 2, y - height / 2, width, height)


def _rotate(angle: float = 0, x: float = 0, y: float = 0) -> Matrix:
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return Matrix(cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y)


def _scale(x: float = 1, y: float | None = None) -> Matrix:
    return Matrix(a=x, d=x if y is None else y)


_FUNCTIONS: Mapping[str, tuple[int, int, Callable[..., Matrix]]] = {
    "matrix": (6, 6, Matrix),
    "translate": (1, 2, lambda x, y=0.0: Matrix(e=x, f=y)),
    "scale": (1, 2, _scale),
    "rotate": (1, 3, _rotate),
    "skewx": (1, 1, lambda angle: Matrix(c=math.tan(math.radians(angle)))),
    "skewy": (1, 1, lambda angle: Matrix(b=math.tan(math.radians(angle)))),
}


def parse(text: str) -> Matrix:
    """ValueError says what cannot be read."""
    found, rest = Matrix(), text[:MAX_TRANSFORM]
    if len(text) > MAX_TRANSFORM:
        raise ValueError(f"a transform of {len(text)} characters")
    for name, inside in _FUNCTION.findall(rest):
        least, most, make = _FUNCTIONS.get(name.lower(), (1, 0, Matrix))
        given = numbers(inside)
        if not least <= len(given) <= most:
            raise ValueError(f"'{name}({inside[:40]})'")
        found = found.times(make(*given))
    return found
