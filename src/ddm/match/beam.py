"""A bounded search for the best joint bindings: object after object, only the best partial bindings kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from heapq import nsmallest

from ddm.errors import Unfit
from ddm.language.template import AbstractObject
from ddm.match.binding import Related
from ddm.match.options import Options
from ddm.match.picks import Partial, Pick
from ddm.match.relations import RELATIONS, alike, same_picture, value
from ddm.perceive.perception import Perception

BEAM = 24  # partial bindings kept after each object; several times as many as are returned, so that these can differ
NEAR_COPY = 0.5  # what it costs to show one photograph in two files
ONE_COLOUR = 0.05  # what it costs that two pictures look alike from afar


def order(specs: Sequence[AbstractObject]) -> list[AbstractObject]:
    """As declared, but objects that are related to those placed come first, and `use` after what it uses."""
    left, placed = list(specs), list[AbstractObject]()
    while left:
        names = {spec.id for spec in placed}
        ready = [s for s in left if not _awaits(s) & {o.id for o in left if o is not s}] or left
        best = max(ready, key=lambda s: (_ties(s, names, placed), -left.index(s)))
        placed.append(best)
        left.remove(best)
    return placed


def _awaits(spec: AbstractObject) -> set[str]:
    return {step.use for step in spec.otherwise if step.kind == "use"}


def _ties(spec: AbstractObject, names: set[str], placed: Sequence[AbstractObject]) -> int:
    towards = sum(other in names for other in spec.relations.values())
    return towards + sum(spec.id in other.relations.values() for other in placed)


def search(specs: Sequence[AbstractObject], options: Options) -> list[Partial]:
    """All objects filled, best first, BEAM at most. Unfit says why the first object that nothing can fill is empty."""
    beam = [Partial()]
    known: dict[tuple[str, str, str], float] = {}
    for spec in order(specs):
        grown = (grow(partial, pick, known) for partial in beam for pick in options.of(spec, partial))
        beam = nsmallest(BEAM, grown, key=lambda partial: partial.rank)
        if not beam:
            raise Unfit(options.reasons[0], str(spec.mark))
    return beam


def grow(partial: Partial, pick: Pick, known: dict[tuple[str, str, str], float]) -> Partial:
    """The partial binding with one more object. known: values of relations between pictures, by name and ids."""
    materials = pick.materials
    picks = {**partial.picks, pick.spec.id: pick}
    if pick.used or not materials:
        return Partial(picks, partial.flaws + pick.flaws, partial.score + pick.score, partial.related, partial.shown)
    related = tuple(_related(pick, partial.picks, known))
    taken = {material.id for material in partial.shown}
    repeats = sum(material.id in taken for material in materials)
    gained = pick.score + sum(r.value for r in related if not RELATIONS[r.relation].hard)
    return Partial(
        picks,
        partial.flaws + pick.flaws + repeats,
        partial.score + gained - _sameness(materials, partial.shown, known),
        (*partial.related, *related),
        (*partial.shown, *materials),
    )


def _related(pick: Pick, others: Mapping[str, Pick], known: dict[tuple[str, str, str], float]) -> Iterator[Related]:
    """Relations that name both the new object and one before, whichever of the two declares them."""
    pairs = [(pick, others[other], name) for name, other in pick.spec.relations.items() if other in others]
    pairs += [(o, pick, n) for o in others.values() for n, id in o.spec.relations.items() if id == pick.spec.id]
    for one, other, name in pairs:
        if one.entries and other.entries and not one.used and not other.used:
            key = f"{name} {one.spec.id}", _ids(one), _ids(other)
            if key not in known:
                known[key] = value(RELATIONS[name], one.spec, one.materials, other.spec, other.materials)
            yield Related(one.spec.id, name, other.spec.id, round(known[key], 4))


def _ids(pick: Pick) -> str:
    return " ".join(entry.material.id for entry in pick.entries)


def _sameness(
    new: Sequence[Perception], shown: Sequence[Perception], known: dict[tuple[str, str, str], float]
) -> float:
    return sum(_alike(one, other, known) for one in new for other in shown if one.id != other.id)


def _alike(one: Perception, other: Perception, known: dict[tuple[str, str, str], float]) -> float:
    key = "alike", one.id, other.id
    if key not in known:
        known[key] = NEAR_COPY if same_picture(one, other) else ONE_COLOUR if alike(one, other) else 0.0
    return known[key]
