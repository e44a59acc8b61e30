"""What is drawn, step by step, in device pixels. Every step knows the whole-pixel window that it can touch, and no step
knows which engine draws it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from ddm.geometry import Box
from ddm.svg.path import Segment
from ddm.svg.tree import Clip, Paint, Text


class Window(NamedTuple):
    """Whole pixels: left and top included, right and bottom not."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def empty(self) -> bool:
        return self.right <= self.left or self.bottom <= self.top


@dataclass(frozen=True, slots=True)
class Begin:
    """Opens a group: turned by `rotate` degrees about `pivot`, cut to `clip`, on a layer of its own when `layered`.

    window: what it can touch outside; layer: what its steps can touch inside.
    """

    window: Window
    layer: Window
    rotate: float
    pivot: tuple[float, float]
    clip: Clip | None
    opacity: float
    layered: bool


@dataclass(frozen=True, slots=True)
class End:
    """Closes the last group opened, and its layer."""

    layered: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """A raster onto `box`. turned: inside a rotated group, so that its pixels meet no pixel grid."""

    window: Window
    href: str
    box: Box
    mirror: bool
    opacity: float
    blend: str
    turned: bool


@dataclass(frozen=True, slots=True)
class Outline:
    """rectangle and ellipse by `box`, rounded by `radius`; path by absolute segments."""

    kind: str
    box: Box
    radius: float = 0.0
    segments: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    window: Window
    outline: Outline
    fill: Paint | None
    stroke: str
    stroke_width: float
    opacity: float
    turned: bool


@dataclass(frozen=True, slots=True)
class Letters:
    """A run of text; all lengths of `run` are device pixels."""

    window: Window
    run: Text
    language: str


Step: TypeAlias = Begin | End | Picture | Shape | Letters


@dataclass(frozen=True, slots=True)
class Display:
    """width x height device pixels and the steps that fill them.

    isolated: they blend among themselves before they come onto the white page, as browsers do; only screening shows it.
    """

    width: int
    height: int
    steps: tuple[Step, ...]
    isolated: bool
