"""How two objects' pictures suit each other: one row for each relation that a template may ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ddm.language.template import AbstractObject, Relation
from ddm.match.harmony import Leaning, harmony
from ddm.match.looks import look, same_picture
from ddm.perceive.perception import Perception

ENOUGH = 0.3  # difference of OKLab lightness from which a subject stands out without help
KNOWN = 0.35  # sureness of a category from which on goods are taken to be of that sort
ONE_SIZE = (
    frozenset({"footwear", "beauty", "food", "kitchen", "plant", "electronics", "toy", "tool", "stationery"}),
    frozenset({"furniture", "appliance"}),
)
"""Sorts of goods that are about of one size: a table's, and a room's. Others are of many sizes, or of their own."""
ALIKE = 0.03  # distance of mean colours in OKLab below which two pictures look like one


class Shown(NamedTuple):
    """A picture in the part that an object gives it."""

    spec: AbstractObject
    material: Perception

    @property
    def hues(self) -> Leaning | None:
        """Of what is seen of it: the subject of a cut-out, else the whole picture."""
        found = look(self.material)
        return found.subject_hues if self.spec.kind == "cutout" else found.whole_hues


@dataclass(frozen=True, slots=True)
class Row:
    """value(mine, other): 0..1; below HOLDS, a hard relation does not hold.

    yields: a hard relation that gives way before the creative is refused.
    """

    name: Relation
    hard: bool
    yields: bool
    value: Callable[[Shown, Shown], float]
    meaning: str


def set_off(scene: Perception, subject: Perception) -> float:
    """How well a subject stands before a scene, 0..1: apart in lightness, near in warmth."""
    (l1, a1, b1), (l2, a2, b2) = look(scene).whole, look(subject).subject
    apart = min(1.0, abs(l1 - l2) / ENOUGH)
    clash = min(1.0, abs((a1 + b1) - (a2 + b2)) / 0.3)
    return 0.75 * apart + 0.25 * (1 - clash)


def alike(one: Perception, other: Perception) -> bool:
    """Whether two pictures have nearly the same mean colour."""
    (l1, a1, b1), (l2, a2, b2) = look(one).whole, look(other).whole
    return (l1 - l2) ** 2 + (a1 - a2) ** 2 + (b1 - b2) ** 2 < ALIKE**2


def _another(mine: Shown, other: Shown) -> float:
    roams = "products" in mine.spec.source and "same-product" not in mine.spec.relations
    if roams and mine.material.product == other.material.product:
        return 0.0
    return float(not same_picture(mine.material, other.material))


def _kin(mine: Shown, other: Shown) -> float:
    """A ball as large as the chair beside it looks absurd."""
    if min(shown.material.number("subject.category_sure") for shown in (mine, other)) < KNOWN:
        return 0.0
    first, second = (str(shown.material.attributes["subject.category"]) for shown in (mine, other))
    return float(first == second != "other" or any({first, second} <= sorts for sorts in ONE_SIZE))


def _light(mine: Shown, other: Shown) -> float:
    first, second = look(mine.material).light, look(other.material).light
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
        "creative would be refused otherwise, unless the object has a count.",
    ),
    Row("kin", True, False, _kin, "Goods of about its size, as far as perception is sure of their sort."),
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
        lambda mine, other: harmony(mine.hues, other.hues),
        "Colours that go together on the hue wheel.",
    ),
)
RELATIONS: Mapping[Relation, Row] = {row.name: row for row in _ROWS}
HARD: Mapping[Relation, Row] = {row.name: row for row in _ROWS if row.hard}
HOLDS = 0.5
"""From which value on a hard relation holds."""


def value(
    row: Row, spec: AbstractObject, mine: Sequence[Perception], other: AbstractObject, theirs: Sequence[Perception]
) -> float:
    """Of all items of both: the mean of a soft relation, the worst of a hard one."""
    if len(mine) == len(theirs) == 1:
        return row.value(Shown(spec, mine[0]), Shown(other, theirs[0]))
    found = [row.value(Shown(spec, a), Shown(other, b)) for a in mine for b in theirs]
    return min(found) if row.hard else sum(found) / len(found)
