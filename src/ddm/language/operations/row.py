"""What a row of the operations table says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from ddm.language.parameters import PARSERS, UNITS, ParameterValue

SHAPES = ("rect", "circle", "ellipse")
LAYERS = ("image", "text", "g", *SHAPES)
ROLES = ("surface", "soft", "counter", "base", "primary", "deep", "accent", "paper", "night")
SIDES = ("left", "top", "right", "bottom")

Refers: TypeAlias = Literal["", "any", "picture", "palette", "layer", "items"]
Family: TypeAlias = Literal["selection", "geometry", "extension", "subject", "colour", "copy"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """kind: a row of `parameters.PARSERS`. default: as it would be written; None where it may be left out without one.

    low, high: the range of share, number and degrees. choices: the words a 'word' may be, or each of 'words'.
    refers: what its names must name; 'any' is an object that fills the element, 'items' one with a count.
    """

    name: str
    kind: str
    meaning: str
    default: str | None = None
    required: bool = False
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    refers: Refers = ""

    @property
    def unit(self) -> str:
        """How its values are written."""
        return UNITS[self.kind]

    def parse(self, text: str) -> ParameterValue:
        """ValueError says what is wrong and what would be right."""
        value = PARSERS[self.kind](text)
        for word in value if isinstance(value, tuple) else (value,):
            if self.choices and word not in self.choices:
                raise ValueError(f"'{word}' is not one of {', '.join(self.choices)}")
        bounded = isinstance(value, float) and self.low is not None and self.high is not None
        if bounded and not self.low <= value <= self.high:  # type: ignore[operator]
            raise ValueError(f"{text} is outside {self.low:g} to {self.high:g}")
        return value


@dataclass(frozen=True, slots=True)
class Operation:
    """One row. on: the elements it may act on. stacked: whether it has a meaning on what stands in a stack.

    cutouts: it acts on the subject alone, so the image must select a cutout or come after `matte`.
    """

    name: str
    family: Family
    on: tuple[str, ...]
    meaning: str
    parameters: tuple[Parameter, ...] = ()
    stacked: bool = True
    cutouts: bool = False

    def parameter(self, name: str) -> Parameter | None:
        return next((p for p in self.parameters if p.name == name), None)

    def defaults(self) -> dict[str, ParameterValue]:
        """Parameters that have a default, as values."""
        return {p.name: p.parse(p.default) for p in self.parameters if p.default is not None}
