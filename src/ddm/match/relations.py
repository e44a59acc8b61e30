"""How two objects' pictures suit each other: one row for each relation that a template may ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from ddm.language.template import AbstractObject, Relation
from ddm.match.harmony import harmony
from ddm.perceive.perception import Perception, Swatch

ENOUGH = 0.3  # difference of OKLab lightness from which a subject stands out without help
SAME = 0.95  # cosine of two embeddings above which they are of one photograph, resized or compressed anew
ALIKE = 0.03  # distance of mean colours in OKLab below which two pictures look like one


class Shown(NamedTuple):
    """A picture in the part that an object gives it."""

    spec: AbstractObject
    material: Perception

    @property
    def palette(self) -> tuple[Swatch, ...]:
        """The colours that are seen of it: the subject's of a cut-out, else the whole picture's."""
        palettes = self.material.palettes
        return palettes["subject" if self.spec.kind == "cutout" else "whole"] or palettes["whole"]


@dataclass(frozen=True, slots=True)
class Row:
    """value(mine, other): 0..1; below a half, a hard relation does not hold.

    yields: a hard relation that gives way before the creative is refused.
    """

    name: Relation
    hard: bool
    yields: bool
    value: Callable[[Shown, Shown], float]
    meaning: str


@lru_cache(maxsize=4096)
def _mean(swatches: tuple[Swatch, ...]) -> tuple[float, float, float]:
    total = sum(s.weight for s in swatches) or 1.0
    light, a, b = (sum(s.weight * getattr(s, n) for s in swatches) / total for n in ("lightness", "a", "b"))
    return light, a, b


def set_off(scene: Perception, subject: Perception) -> float:
    """How well a subject stands before a scene, 0..1: apart in lightness, near in warmth."""
    (l1, a1, b1), (l2, a2, b2) = _mean(scene.palettes["whole"]), _mean(subject.palettes["subject"])
    apart = min(1.0, abs(l1 - l2) / ENOUGH)
    clash = min(1.0, abs((a1 + b1) - (a2 + b2)) / 0.3)
    return 0.75 * apart + 0.25 * (1 - clash)


def same_picture(one: Perception, other: Perception) -> bool:
    """Whether two materials show one photograph: the same file, or nearly the same embedding."""
    if one.id == other.id:
        return True
    size = one.embedding.size
    return bool(size) and size == other.embedding.size and float(np.dot(one.embedding, other.embedding)) >= SAME


def alike(one: Perception, other: Perception) -> bool:
    """Whether two pictures have nearly the same mean colour."""
    first, second = _mean(one.palettes["whole"]), _mean(other.palettes["whole"])
    return sum((a - b) ** 2 for a, b in zip(first, second, strict=True)) < ALIKE**2


def _another(mine: Shown, other: Shown) -> float:
    roams = "products" in mine.spec.source and "same-product" not in mine.spec.relations
    if roams and mine.material.product == other.material.product:
        return 0.0
    return float(not same_picture(mine.material, other.material))


def _light(mine: Shown, other: Shown) -> float:
    first, second = (shown.material.attributes.get("light.side", "front") for shown in (mine, other))
    return 1.0 if first == second else 0.5 if "front" in (first, second) else 0.0


def _same_product(mine: Shown, other: Shown) -> float:
    return float(mine.material.product == other.material.product != "")


_ROWS = (
    Row("same-product", True, False, _same_product, "A picture of the same product."),
    Row(
        "other-than",
        True,
        True,
        _another,
        "Not the same photograph; where the object looks among all products, another product. Gives way where the "
        "creative would be refused otherwise.",
    ),
    Row(
        "against",
        False,
        False,
        lambda mine, other: set_off(mine.material, other.material),
        "Sets the other off: apart in lightness, near in warmth.",
    ),
    Row("light", False, False, _light, "Lit from the same side; light from the front suits either."),
    Row(
        "harmony",
        False,
        False,
        lambda mine, other: harmony(mine.palette, other.palette),
        "Colours that go together on the hue wheel.",
    ),
)
RELATIONS: Mapping[Relation, Row] = {row.name: row for row in _ROWS}


def value(
    row: Row, spec: AbstractObject, mine: Sequence[Perception], other: AbstractObject, theirs: Sequence[Perception]
) -> float:
    """Of all items of both: the mean of a soft relation, the worst of a hard one."""
    found = [row.value(Shown(spec, a), Shown(other, b)) for a in mine for b in theirs]
    return min(found) if row.hard else sum(found) / len(found)
