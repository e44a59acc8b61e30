"""A template, compiled: objects that say what material is wanted, elements that say what is done with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from ddm.geometry import Box
from ddm.language.expressions import Condition
from ddm.language.parameters import ParameterValue
from ddm.language.source import Mark

ObjectKind: TypeAlias = Literal["image", "cutout", "copy", "palette"]


@dataclass(frozen=True, slots=True)
class Preference:
    """One wish: a condition that should hold, or an attribute that should be high (or low). Any weight above 0."""

    condition: Condition | None
    attribute: str = ""
    rising: bool = True
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class AbstractObject:
    """Wanted material. source: where to look ('product' or 'scenes'; for copy, the names to try in order).

    otherwise: 'refuse' the template, or 'drop' the layers that select it. style: how copy is formatted.
    of, region: the object and the region a palette is taken from. against: the object whose subject it must set off.
    """

    id: str
    kind: ObjectKind
    mark: Mark
    where: Condition | None = None
    prefer: tuple[Preference, ...] = ()
    otherwise: Literal["refuse", "drop"] = "refuse"
    source: tuple[str, ...] = ()
    style: str = ""
    max_chars: int = 0
    of: str = ""
    region: str = "whole"
    against: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """One operation with its parameters, defaults filled in; `when` it applies."""

    name: str
    parameters: Mapping[str, ParameterValue]
    mark: Mark
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Element:
    """A layer. tag: image, text, rect, circle, ellipse, g or switch."""

    tag: str
    id: str
    attributes: Mapping[str, str]
    mark: Mark
    calls: tuple[Call, ...] = ()
    children: tuple[Element, ...] = ()
    text: str = ""
    when: Condition | None = None

    def call(self, name: str) -> Call | None:
        """The last call of that name."""
        return next((c for c in reversed(self.calls) if c.name == name), None)

    def walk(self) -> Iterator[Element]:
        """This element and all below, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Template:
    """A whole template. canvas: the sample's viewBox; ratios: the range of width over height it serves."""

    id: str
    title: str
    description: str
    canvas: Box
    objects: Mapping[str, AbstractObject]
    layers: tuple[Element, ...]
    ratios: tuple[float, float] = (0.05, 20.0)
    file: str = ""
    sha256: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)

    def elements(self) -> Iterator[Element]:
        for layer in self.layers:
            yield from layer.walk()
