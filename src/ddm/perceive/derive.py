"""The table of derivations: pixels made from one material on request, by name and parameters.

Each row is pure: the same material and parameters give the same pixels.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from ddm.errors import InputError, Unfit
from ddm.perceive import extend, shadow
from ddm.perceive import pixels as px
from ddm.perceive.cutout import Cutout
from ddm.perceive.perception import Perception
from ddm.perceive.pixels import Bytes
from ddm.perceive.schema import SIDES

REVISION = "6"
"""Raised when any row gives other pixels than before: stored ones are then made anew."""
FARTHEST = 8192
"""Most pixels a side may be grown by, and the longer side of the outcome: four times the largest picture kept."""


class Source(Protocol):
    """The pixels of a material as perceived: uint8 (h, w, 3) sRGB, uint8 (h, w) matte, and the cut-out."""

    @property
    def perception(self) -> Perception: ...
    @property
    def pixels(self) -> Bytes: ...
    @property
    def matte(self) -> Bytes: ...
    @property
    def cutout(self) -> Cutout: ...


@dataclass(frozen=True)
class Layer:
    """Pixels uint8 (h, w, 3) or, unpremultiplied, (h, w, 4); where they lie over the picture, and their scale."""

    pixels: Bytes
    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number within low..high, or one of `choices`."""

    name: str
    default: float | str
    low: float = 0.0
    high: float = 1.0
    choices: tuple[str, ...] = ()


Params = Mapping[str, float | str]


@dataclass(frozen=True, slots=True)
class Derivation:
    name: str
    make: Callable[[Source, Params], Layer]
    meaning: str
    parameters: tuple[Parameter, ...] = ()

    def settled(self, given: Params) -> dict[str, float | str]:
        """All parameters with their values: given ones checked, the others by default. Raises InputError."""
        unknown = set(given) - {p.name for p in self.parameters}
        if unknown:
            known = ", ".join(p.name for p in self.parameters) or "none"
            raise InputError(f"'{self.name}' has no parameter '{min(unknown)}'", mend=f"known: {known}")
        return {p.name: _checked(self.name, p, given.get(p.name, p.default)) for p in self.parameters}


def _checked(name: str, parameter: Parameter, value: float | str) -> float | str:
    if parameter.choices:
        if value not in parameter.choices:
            mend = f"one of {', '.join(parameter.choices)}"
            raise InputError(f"{name}: {parameter.name} cannot be '{value}'", mend=mend)
        return value
    if isinstance(value, str) or not parameter.low <= value <= parameter.high:
        mend = f"{parameter.low:g} to {parameter.high:g}"
        raise InputError(f"{name}: {parameter.name} cannot be {value!r}", mend=mend)
    return round(float(value), 4)


def _picture(source: Source, _: Params) -> Layer:
    return Layer(source.pixels)


def _cutout(source: Source, _: Params) -> Layer:
    found = source.cutout
    if not found.pixels[..., 3].any():
        raise Unfit("no subject was found in this picture")
    return Layer(found.pixels, found.x, found.y)


def _shadow(source: Source, params: Params) -> Layer:
    found = source.cutout
    if not found.pixels[..., 3].any():
        raise Unfit("no subject was found in this picture")
    strength, softness, direction = (float(params[n]) for n in ("strength", "softness", "direction"))
    kind = str(params["kind"])
    made = shadow.shadow(found.pixels[..., 3], found.x, found.y, kind, strength, softness, direction)
    return Layer(made.pixels, made.x, made.y, made.scale)


def _extended(source: Source, params: Params) -> Layer:
    growth = {side: round(float(params[side])) for side in SIDES}
    attributes = source.perception.attributes
    kinds = {side: str(attributes[f"border.{side}"]) for side in SIDES}
    scene = attributes["role"] == "scene"  # nothing in a backdrop is a subject that must stay whole
    cut = frozenset() if scene else attributes["subject.cut"]
    assert isinstance(cut, frozenset)
    height, width = source.pixels.shape[:2]
    scale = float(params["scale"])
    if max(height + growth["top"] + growth["bottom"], width + growth["left"] + growth["right"]) * scale > FARTHEST:
        raise Unfit(f"the grown picture would be larger than {FARTHEST} pixels")
    extend.check(width, height, kinds, cut, growth)
    pixels, matte = (_scaled(p, scale) for p in (source.pixels, source.matte))
    coverage = matte.astype(np.float32) / 255 * (not scene)
    made = extend.extended(pixels, coverage, kinds, {side: round(g * scale) for side, g in growth.items()})
    shown = pixels.shape[1] / width
    return Layer(made, -round(growth["left"] * scale) / shown, -round(growth["top"] * scale) / shown, shown)


def _scaled(pixels: Bytes, scale: float) -> Bytes:
    height, width = pixels.shape[:2]
    return pixels if scale == 1 else px.resize(pixels, round(width * scale), round(height * scale))


def _blurred(source: Source, params: Params) -> Layer:
    """Wide blurs are stored at half size: the eye cannot tell."""
    height, width = source.pixels.shape[:2]
    sigma = float(params["sigma"]) / 100 * max(height, width)
    scale = 0.5 if sigma >= 6 else 1.0
    small = px.resize(source.pixels, round(width * scale), round(height * scale)).astype(np.float32)
    soft = px.blur(small, sigma * scale) + np.random.default_rng(5).random((*small.shape[:2], 1), np.float32)
    return Layer(np.clip(soft, 0, 255).astype(np.uint8), 0, 0, small.shape[1] / width)


TABLE = {
    row.name: row
    for row in (
        Derivation("picture", _picture, "The material itself, upright, sRGB."),
        Derivation("cutout", _cutout, "The subject alone, cropped to its matte."),
        Derivation(
            "shadow",
            _shadow,
            "The subject's shadow as black with alpha, to be laid beneath the cut-out.",
            (
                Parameter("kind", "contact", choices=tuple(shadow.KINDS)),
                Parameter("strength", 0.6),
                Parameter("softness", 0.5),
                Parameter("direction", 0.4, -1, 1),
            ),
        ),
        Derivation(
            "extended",
            _extended,
            "Grown by so many source pixels at each side; scale: pixels made for each of the source's.",
            (*(Parameter(side, 0.0, 0, FARTHEST * 4) for side in SIDES), Parameter("scale", 1.0, 0.05, 1.0)),
        ),
        Derivation(
            "blurred",
            _blurred,
            "Out of focus; sigma in per cent of the longer side.",
            (Parameter("sigma", 1.0, 0.05, 25),),
        ),
    )
}


def derivation(name: str) -> Derivation:
    """The row of that name. Raises InputError."""
    if name not in TABLE:
        raise InputError(f"no derivation is called '{name}'", mend=f"one of {', '.join(TABLE)}")
    return TABLE[name]
