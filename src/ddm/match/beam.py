"""A bounded search for the best joint bindings: object after object, only the best partial bindings kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from ddm.errors import Unfit
from ddm.language.template import AbstractObject
from ddm.match.binding import Related
from ddm.match.looks import same_picture
from ddm.match.options import Options
from ddm.match.picks import Partial, Pick
from ddm.match.relations import RELATIONS, Row, alike, value
from ddm.perceive.perception import Perception

BEAM = 16  # partial bindings kept after each object; several times as many as are returned, so that these can differ
NEAR_COPY = 0.5  # what it costs to show one photograph in two files
ONE_COLOUR = 0.05  # what it costs that two pictures look alike from afar

Link: TypeAlias = tuple[Row, str, str]
"""A relation, the object that declares it, and the other."""


def order(specs: Sequence[AbstractObject]) -> list[AbstractObject]:
    """As declared, but objects that are related to those placed come first, and `use` after what it uses."""
    left, placed = list(specs), list[AbstractObject]()
    while left:
        ready = [s for s in left if not _awaits(s) & {o.id for o in left if o is not s}] or left
        best = max(ready, key=lambda s: (len(links(s, placed)), -left.index(s)))
        placed.append(best)
        left.remove(best)
    return placed


def _awaits(spec: AbstractObject) -> set[str]:
    return {step.use for step in spec.otherwise if step.kind == "use"}


def links(spec: AbstractObject, placed: Sequence[AbstractObject]) -> list[Link]:
    """Relations between an object and those placed, whichever of the two declares them."""
    ids = {other.id for other in placed}
    towards = [(RELATIONS[name], spec.id, other) for name, other in spec.relations.items() if other in ids]
    back = [(RELATIONS[n], o.id, id) for o in placed for n, id in o.relations.items() if id == spec.id]
    return towards + back


def search(specs: Sequence[AbstractObject], options: Options) -> list[Partial]:
    """All objects filled, best first, BEAM at most. Unfit says why the first object that nothing can fill is empty."""
    beam, placed, scale = [Partial()], list[AbstractObject](), Scale()
    for spec in order(specs):
        tied = links(spec, placed)
        grown = [scale.grown(partial, pick, tied) for partial in beam for pick in options.of(spec, partial)]
        if not grown:
            raise Unfit(options.reasons[0], str(spec.mark))
        beam = sorted(grown, key=lambda partial: partial.rank)[:BEAM]
        placed.append(spec)
    return beam


class Scale:
    """Weighs bindings; remembers what it said of two pictures."""

    def __init__(self) -> None:
        self._related: dict[tuple[str, str, str, str], float] = {}
        self._alike: dict[tuple[str, str], float] = {}

    def grown(self, partial: Partial, pick: Pick, tied: Sequence[Link]) -> Partial:
        """The partial binding with one more object."""
        picks = {**partial.picks, pick.spec.id: pick}
        flaws, score = partial.flaws + pick.flaws, partial.score + pick.score
        if pick.used or not pick.entries:
            return Partial(picks, flaws, score, partial.related, partial.shown)
        related = [self._link(link, picks) for link in tied if self._applies(link, picks)]
        materials = pick.materials
        shown = {material.id for material in partial.shown}
        flaws += sum(material.id in shown for material in materials)
        score += sum(r.value for r in related if not RELATIONS[r.relation].hard)
        score -= sum(self._sameness(one, other) for one in materials for other in partial.shown)
        return Partial(picks, flaws, score, (*partial.related, *related), (*partial.shown, *materials))

    def _applies(self, link: Link, picks: dict[str, Pick]) -> bool:
        """Objects without pictures, and those that take another's, are in no relation."""
        return all(picks[id].entries and not picks[id].used for id in link[1:])

    def _link(self, link: Link, picks: dict[str, Pick]) -> Related:
        row, mine, theirs = link
        one, other = picks[mine], picks[theirs]
        key = row.name, mine, one.key, other.key
        found = self._related.get(key)
        if found is None:
            found = self._related[key] = value(row, one.spec, one.materials, other.spec, other.materials)
        return Related(mine, row.name, theirs, round(found, 4))

    def _sameness(self, one: Perception, other: Perception) -> float:
        """What it costs that both are shown."""
        if one.id == other.id:
            return 0.0  # counted as a flaw
        key = one.id, other.id
        found = self._alike.get(key)
        if found is None:
            found = NEAR_COPY if same_picture(one, other) else ONE_COLOUR if alike(one, other) else 0.0
            self._alike[key] = found
        return found
