"""What a row of the table of derivations is made of: parameters, sources, layers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, Protocol

import numpy as np

from ddm.derive.change import Change, View
from ddm.errors import InputError
from ddm.perceive import pixels as px
from ddm.perceive.cutout import Cutout
from ddm.perceive.perception import Params, Perception
from ddm.perceive.pixels import Bytes

COLOUR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)


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
    """A number within low..high, one of `choices`, or a colour written '#rrggbb'."""

    name: str
    default: float | str
    low: float = 0.0
    high: float = 1.0
    choices: tuple[str, ...] = ()
    colour: bool = False

    def checked(self, owner: str, value: float | str) -> float | str:
        """Numbers rounded, colours in lower case. Raises InputError."""
        if self._holds(value):
            return value.lower() if isinstance(value, str) else round(float(value), 4)
        raise InputError(f"{owner}: {self.name} cannot be {value!r:.60}", mend=self.span)

    def _holds(self, value: float | str) -> bool:
        if self.choices:
            return value in self.choices
        if self.colour:
            return isinstance(value, str) and COLOUR.fullmatch(value) is not None
        return not isinstance(value, str) and self.low <= value <= self.high

    @property
    def span(self) -> str:
        """What is allowed, for people."""
        if self.choices:
            return f"one of {', '.join(self.choices)}"
        return "a colour such as #1a2b3c" if self.colour else f"{self.low:g} to {self.high:g}"


@dataclass(frozen=True, slots=True)
class Derivation:
    """A row. make: from the source to the layer.

    on: what it needs of the source. A row on the matte alone looks the same whatever was done before.
    change: what the row does to pixels, for rows that may stand before others and keep the size.
    revision: raised when the row gives other pixels than before: stored ones are then made anew.
    """

    name: str
    make: Callable[[Source, Params], Layer]
    meaning: str
    parameters: tuple[Parameter, ...] = ()
    on: Literal["picture", "cutout", "matte"] = "picture"
    change: Change | None = None
    revision: str = "1"

    def settled(self, given: Params) -> dict[str, float | str]:
        """All parameters with their values: given ones checked, the others by default. Raises InputError."""
        unknown = set(given) - {p.name for p in self.parameters}
        if unknown:
            known = ", ".join(p.name for p in self.parameters) or "none"
            raise InputError(f"'{self.name}' has no parameter '{min(unknown)}'", mend=f"known: {known}")
        return {p.name: p.checked(self.name, given.get(p.name, p.default)) for p in self.parameters}


@dataclass(frozen=True)
class Changed:
    """A source after one more step. whole: the picture as it now is. alone: the subject alone as it was before."""

    before: Source
    whole: Callable[[], Bytes]
    alone: Callable[[], Cutout]
    change: Change
    params: Params

    @property
    def perception(self) -> Perception:
        return self.before.perception

    @cached_property
    def pixels(self) -> Bytes:
        """A change may have been stored at a smaller scale."""
        height, width = self.matte.shape
        return px.resize(self.whole(), width, height)

    @property
    def matte(self) -> Bytes:
        return self.before.matte

    @cached_property
    def cutout(self) -> Cutout:
        """Changed by itself, so that its edge stays free of background."""
        was = self.alone()
        view = View(self.perception, was.pixels[..., :3], was.pixels[..., 3], alone=True)
        return Cutout(np.dstack([self.change(view, self.params), was.pixels[..., 3]]), was.x, was.y)
