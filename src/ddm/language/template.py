"""A template, compiled: objects that say what material is wanted, elements that say what is done with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from ddm.geometry import Box
from ddm.language.expressions import Condition
from ddm.language.parameters import ParameterValue
from ddm.language.source import Mark

ObjectKind: TypeAlias = Literal["image", "cutout", "logo", "copy", "number", "palette"]
Relation: TypeAlias = Literal["against", "same-product", "other-than", "kin", "light", "harmony"]


@dataclass(frozen=True, slots=True)
class Preference:
    """One wish: a condition that should hold, or an attribute that should be high (or low). Any weight above 0."""

    condition: Condition | None
    attribute: str = ""
    rising: bool = True
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Fallback:
    """What to do when nothing matches. where: a weaker condition to try; use: the object whose choice is taken.

    drop: leave out the layers named, and all that select the object. refuse: the template cannot serve this material.
    """

    kind: Literal["where", "use", "drop", "refuse"]
    where: Condition | None = None
    use: str = ""
    layers: tuple[str, ...] = ()


REFUSE = (Fallback("refuse"),)


@dataclass(frozen=True, slots=True)
class AbstractObject:
    """Wanted material, wording, number or palette.

    source: where to look: 'product', 'products', 'scenes', 'logos'; for copy and numbers, the names to try in order.
    count: fewest and most items; (1, 1) for a single one. otherwise: tried in order when nothing matches.
    relations: relation -> the other object. style, max_chars: how copy is written, and how long it may be.
    of: the object whose colours a palette takes, or whose items copy and numbers belong to. region, harmony: of a
    palette.
    """

    id: str
    kind: ObjectKind
    mark: Mark
    where: Condition | None = None
    prefer: tuple[Preference, ...] = ()
    otherwise: tuple[Fallback, ...] = REFUSE
    source: tuple[str, ...] = ()
    count: tuple[int, int] = (1, 1)
    relations: Mapping[Relation, str] = field(default_factory=dict)
    style: str = ""
    max_chars: int = 0
    of: str = ""
    region: str = "whole"
    harmony: str = ""

    @property
    def counted(self) -> bool:
        """Whether it stands for several items, 'id.1', 'id.2' …"""
        return self.count != (1, 1)


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
