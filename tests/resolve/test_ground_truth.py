"""The ground against the truth: what it tells of a box is what the pixels drawn there show."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ddm import colour
from ddm.geometry import Box
from ddm.resolve.ground import Ground
from ddm.resolve.paint import Veil
from tests.support.materials import Look, drawn, material

CANVAS = Box(0, 0, 480, 320)
LOOK = Look(960, 640, Box(0.3, 0.2, 0.35, 0.6))
Y, X = (axis + 0.5 for axis in np.mgrid[0:320, 0:480].astype(np.float32))


@dataclass
class Truth:
    """Pixels of the canvas, and how much of each is a subject that shows."""

    pixels: np.ndarray
    subject: np.ndarray

    def over(self, srgb: np.ndarray, alpha: np.ndarray) -> None:
        self.pixels = self.pixels * (1 - alpha[..., None]) + srgb * alpha[..., None]


def inside(box: Box, round_: bool = False) -> np.ndarray:
    cx, cy = box.centre
    if round_:
        return (((X - cx) / (box.width / 2)) ** 2 + ((Y - cy) / (box.height / 2)) ** 2 <= 1).astype(np.float32)
    return ((abs(X - cx) <= box.width / 2) & (abs(Y - cy) <= box.height / 2)).astype(np.float32)


def rgb(text: str) -> np.ndarray:
    return np.array(colour.parse_hex(text), np.float32)


@dataclass(frozen=True)
class Flat:
    box: Box
    fill: str
    opacity: float
    round_: bool

    def paint(self, ground: Ground) -> None:
        ground.paint_flat(self.box, self.fill, self.opacity, self.round_)

    def draw(self, truth: Truth) -> None:
        alpha = inside(self.box, self.round_) * self.opacity
        truth.over(rgb(self.fill), alpha)
        truth.subject = truth.subject * (1 - alpha)


@dataclass(frozen=True)
class Gradient:
    box: Box
    first: str
    last: str
    angle: float

    @property
    def along(self) -> tuple[float, float]:
        return float(np.cos(self.angle)), float(np.sin(self.angle))

    def paint(self, ground: Ground) -> None:
        ground.paint_gradient(self.box, self.first, self.last, self.along)

    def draw(self, truth: Truth) -> None:
        """From edge to edge: the lines through the outermost corners, at right angles to the direction."""
        (dx, dy), (cx, cy) = self.along, self.box.centre
        reach = abs(dx) * self.box.width / 2 + abs(dy) * self.box.height / 2
        t = np.clip(((X - cx) * dx + (Y - cy) * dy) / (2 * reach) + 0.5, 0, 1)[..., None]
        alpha = inside(self.box)
        truth.over(rgb(self.first) * (1 - t) + rgb(self.last) * t, alpha)
        truth.subject = truth.subject * (1 - alpha)


@dataclass(frozen=True)
class Picture:
    frame: Box
    scale: float
    shift: tuple[float, float]
    mirror: bool
    cutout: bool

    @property
    def placed(self) -> Box:
        width, height = LOOK.width * self.scale, LOOK.height * self.scale
        x = self.frame.x - (width - self.frame.width) * self.shift[0]
        return Box(x, self.frame.y - (height - self.frame.height) * self.shift[1], width, height)

    def paint(self, ground: Ground) -> None:
        ground.paint_picture(self.frame, self.placed, material(look=LOOK).maps, self.mirror, self.cutout)

    def draw(self, truth: Truth) -> None:
        pixels, matte, _ = drawn(LOOK)
        u = (X - self.placed.x) / self.placed.width
        column = np.clip((1 - u if self.mirror else u) * LOOK.width, 0, LOOK.width - 1).astype(int)
        row = np.clip((Y - self.placed.y) / self.placed.height * LOOK.height, 0, LOOK.height - 1).astype(int)
        cover, seen = matte[row, column] / np.float32(255), inside(self.frame)
        alpha = seen * cover if self.cutout else seen
        truth.over(pixels[row, column] / np.float32(255), alpha)
        truth.subject = np.maximum(truth.subject * (1 - alpha), cover * seen)


@dataclass(frozen=True)
class Scrim:
    veil: Veil

    def paint(self, ground: Ground) -> None:
        ground.paint_veil(self.veil)

    def draw(self, truth: Truth) -> None:
        x, y = X / CANVAS.width, Y / CANVAS.height
        along = {"left": x, "right": 1 - x, "top": y, "bottom": 1 - y}[self.veil.edge]
        t = np.clip((self.veil.end - along) / (self.veil.end - self.veil.solid), 0, 1)
        truth.over(rgb(self.veil.colour), self.veil.opacity * t**2 * (3 - 2 * t))


HUNDREDTHS = st.integers(0, 100).map(lambda n: n / 100)
SHARES = st.tuples(HUNDREDTHS, HUNDREDTHS)
HEXES = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}")


def boxes(least: int) -> st.SearchStrategy[Box]:
    return st.builds(
        lambda x, y, w, h: Box(x * (480 - w), y * (320 - h), w, h),
        HUNDREDTHS,
        HUNDREDTHS,
        st.integers(least, 480),
        st.integers(least, 320),
    )


VEILS = st.builds(
    lambda edge, solid, fill, opacity: Veil(edge, solid, solid + 0.4, fill, opacity),
    st.sampled_from(["left", "right", "top", "bottom"]),
    st.integers(10, 60).map(lambda n: n / 100),
    st.sampled_from(["#101010", "#ffffff"]),
    st.integers(10, 90).map(lambda n: n / 100),
)
PICTURES = st.builds(Picture, boxes(100), st.sampled_from([0.5, 0.75, 1.0]), SHARES, st.booleans(), st.booleans())
LAYERS = st.one_of(
    st.builds(Flat, boxes(60), HEXES, st.sampled_from([1.0, 1.0, 0.5]), st.booleans()),
    st.builds(Gradient, boxes(60), HEXES, HEXES, st.sampled_from([0.0, 0.5, np.pi / 2, 2.0])),
    PICTURES,
    st.builds(Scrim, VEILS),
)
STACKS = st.lists(LAYERS, min_size=1, max_size=4)


def painted(layers: list) -> tuple[Ground, Truth]:
    ground, truth = Ground(CANVAS), Truth(np.ones((320, 480, 3), np.float32), np.zeros((320, 480), np.float32))
    for layer in layers:
        layer.paint(ground)
        layer.draw(truth)
    return ground, truth


def part(grid: np.ndarray, box: Box) -> np.ndarray:
    return grid[int(box.y) : int(np.ceil(box.bottom)), int(box.x) : int(np.ceil(box.right))]


@given(STACKS, boxes(24))
def test_the_darkest_and_lightest_are_those_of_the_pixels(layers: list, box: Box) -> None:
    """The worst twentieth, give or take a twenty-fifth: an edge may fall a little differently."""
    ground, truth = painted(layers)
    tones = ground.tones(box)
    levels = colour.luminance(part(truth.pixels, box))
    darkest, dark, light, lightest = np.percentile(levels, [1, 9, 91, 99])
    assert darkest - 0.02 <= tones.dark <= dark + 0.02
    assert light - 0.02 <= tones.light <= lightest + 0.02


@given(STACKS, boxes(24), HEXES)
def test_the_contrast_told_is_reached_by_nearly_all_pixels(layers: list, box: Box, ink: str) -> None:
    ground, truth = painted(layers)
    own = float(colour.luminance(rgb(ink)))
    told = ground.tones(box).ratio(own)
    reached = colour.contrast_of_luminances(own, colour.luminance(part(truth.pixels, box)))
    assert np.mean(reached < told * 0.93) <= 0.09


@given(STACKS, boxes(24))
def test_subjects_are_where_they_show(layers: list, box: Box) -> None:
    ground, truth = painted(layers)
    assert abs(ground.covered(box) - part(truth.subject, box).mean()) <= 0.04
