"""Perception: what is known of one material. Pure values; no pixels beyond small maps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from ddm.geometry import Box
from ddm.perceive.schema import Value
from ddm.perceive.sums import Means, Sums

Bytes: TypeAlias = npt.NDArray[np.uint8]

MAP_SIDE = 96
"""Longer side of the maps: fine enough to place copy within 1 %, small enough to keep in every record (about 40 kB)."""


@dataclass(frozen=True)
class Maps:
    """The picture in little, all of one shape (h, w), longer side MAP_SIDE.

    thumb: uint8 (h, w, 3), sRGB, area-averaged. matte: 0..255, the subject's coverage.
    saliency: 0..255. busy: 0..255, local gradient energy; 0 is perfectly calm.

    `calm_in`, `salient_in` and `covered_in` answer boxes (..., 4) of x, y, width, height in fractions of the picture,
    one or thousands at once, with means 0..1 (...); only what lies inside counts, and wholly outside it is 0.
    """

    thumb: Bytes
    matte: Bytes
    saliency: Bytes
    busy: Bytes

    def calm_in(self, boxes: npt.ArrayLike) -> Means:
        """How calm it is there: 1 without any gradient."""
        return self._calm.mean(boxes)

    def salient_in(self, boxes: npt.ArrayLike) -> Means:
        """How much the eye is drawn there."""
        return self._salient.mean(boxes)

    def covered_in(self, boxes: npt.ArrayLike) -> Means:
        """The part that the subject covers."""
        return self._covered.mean(boxes)

    @cached_property
    def _calm(self) -> Sums:
        return Sums(1 - self.busy / 255)

    @cached_property
    def _salient(self) -> Sums:
        return Sums(self.saliency / 255)

    @cached_property
    def _covered(self) -> Sums:
        return Sums(self.matte / 255)


@dataclass(frozen=True, slots=True)
class Swatch:
    """A main colour of a region. weight 0..1 of that region; lightness, a, b in OKLab."""

    weight: float
    lightness: float
    a: float
    b: float


ElementKind: TypeAlias = Literal["object", "person", "face", "logo", "text"]


@dataclass(frozen=True, slots=True)
class Element:
    """Something found in the picture. box: in fractions of the picture. score: 0..1, how sure it is there.

    label: the class of an object, the reading of a text, the name of a logo where it is known; '' for a face.
    """

    kind: ElementKind
    box: Box
    score: float
    label: str = ""


def mean_score(elements: Sequence[Element]) -> float:
    """1 where there is none: sure that there is nothing."""
    return sum(one.score for one in elements) / len(elements) if elements else 1.0


@dataclass(frozen=True, slots=True)
class Raster:
    """Pixels that exist: width x height of them, and where they lie over their source picture.

    href: how plain SVG refers to them. x, y: their left top corner in the source picture's pixels;
    scale: their pixels per source pixel.
    """

    href: str
    width: int
    height: int
    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0

    @property
    def box(self) -> Box:
        """The rectangle they cover, in the source picture's pixels."""
        return Box(self.x, self.y, self.width / self.scale, self.height / self.scale)


@dataclass(frozen=True)
class Perception:
    """One material. id: sha256 of its raw bytes. product: id of the product that brought it, '' for a scene.

    attributes: by the names of `schema.ATTRIBUTES`. palettes: by region of `schema.REGIONS`,
    heaviest first. embedding: float32 (n,), unit length. models: name -> version of what perceived it.
    """

    id: str
    product: str
    attributes: Mapping[str, Value]
    maps: Maps
    palettes: Mapping[str, tuple[Swatch, ...]]
    elements: tuple[Element, ...] = ()
    embedding: npt.NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32))
    models: Mapping[str, str] = field(default_factory=dict)
    schema: int = 1

    def number(self, name: str) -> float:
        value = self.attributes[name]
        assert isinstance(value, (int, float)), f"{name} is not a number"
        return float(value)

    @property
    def size(self) -> tuple[int, int]:
        return int(self.number("width")), int(self.number("height"))

    @property
    def subject(self) -> Box:
        """The subject's box in the picture's pixels."""
        width, height = self.size
        edges = (self.number(f"subject.{side}") for side in ("left", "top", "right", "bottom"))
        return Box.of_edges(*edges).scaled(width, height)

    def elements_of(self, kind: ElementKind) -> tuple[Element, ...]:
        return tuple(element for element in self.elements if element.kind == kind)

    @property
    def texts(self) -> tuple[Element, ...]:
        """Lines of text, in the recogniser's order; `label` is what was read."""
        return self.elements_of("text")

    @property
    def faces(self) -> tuple[Element, ...]:
        """Most certain first."""
        return self.elements_of("face")

    def with_attributes(self, **changes: Value) -> Perception:
        return replace(self, attributes={**self.attributes, **{k.replace("__", "."): v for k, v in changes.items()}})


Params: TypeAlias = Mapping[str, float | str]
Steps: TypeAlias = tuple[tuple[str, Params], ...]
"""Derivations by name and parameters, in the order in which they are carried out."""

MOST_STEPS = 6
"""Steps of one question: more is a mistake, and each is stored."""


class Derive(Protocol):
    """The perception room's pixels, asked for by name; the same question always gives the same answer.

    Of the picture: picture {}, extended {left, top, right, bottom, scale}, blurred {sigma}, erased {what},
    toned {lightness, a, b, chroma, warmth, strength}, fitted {black, white, a, b, grain, blur, strength},
    tinted {colour, strength, white}, relit {direction, strength}, unshadowed {strength}.
    Of the subject: cutout {}, RGBA, cropped to its matte; and to be laid beneath it, by its matte alone:
    shadow {kind, strength, softness, direction, height, colour}, outline {width, colour};
    reflection {strength, length}.
    `ddm.derive.table.TABLE` has their meaning, units and ranges.

    before: what is done first, by rows that may stand there (`Derivation.before`); to the picture, or to the subject
    alone where the subject is asked for.
    Raises ddm.errors.Unfit where the material does not allow it, ddm.errors.InputError for an unknown name or value.
    """

    def __call__(self, material: Perception, name: str, params: Params, before: Steps = ()) -> Raster: ...
