"""A template's objects and a product's material, put together into bindings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ddm.acquire.product import Product
from ddm.language.template import Template
from ddm.match.beam import search
from ddm.match.binding import Binding, Choice, Related
from ddm.match.copies import Copies
from ddm.match.different import different
from ddm.match.options import Options
from ddm.match.picks import Partial, Pick
from ddm.match.shelf import Pool, Shelf
from ddm.match.shortlist import Entry
from ddm.perceive.perception import Perception

MOST_BINDINGS = 4  # bindings tried for one creative; bounds the time of a hopeless one
RUNNERS_UP = 5  # told of each choice
PICTURES = ("image", "cutout", "logo")


def bindings(
    template: Template,
    product: Product,
    materials: Sequence[Perception],
    overrides: Mapping[str, str] | None = None,
    *,
    most: int = MOST_BINDINGS,
) -> list[Binding]:
    """As `match`, from materials in memory: those of the product, and all that `from` may lead to."""
    return match(template, product, Pool(materials, [product]), overrides, most=most)


def match(
    template: Template,
    product: Product,
    shelf: Shelf,
    overrides: Mapping[str, str] | None = None,
    *,
    most: int = MOST_BINDINGS,
) -> list[Binding]:
    """The best bindings of different pictures, best first, at most `most`. Unfit names the object nothing can fill.

    Two objects of one binding share a picture only where there is no other. The same arguments give the same bindings.
    overrides: wording given from outside, by object id.
    """
    copies = Copies(template.objects, overrides or {})
    fixed = {id: copies.choice(id, product) for id, spec in copies.specs.items() if not spec.of}
    options = Options(product, shelf, copies.needs)
    pictures = [spec for spec in template.objects.values() if spec.kind in PICTURES]
    best = different(search(pictures, options), most)
    return [_Binder(template, options, copies, partial).binding(fixed) for partial in best]


class _Binder:
    """One partial binding that is whole, told as a Binding."""

    def __init__(self, template: Template, options: Options, copies: Copies, partial: Partial) -> None:
        self.template, self.options, self.copies, self.partial = template, options, copies, partial
        self.gone = {layer for pick in partial.picks.values() for layer in pick.gone}

    def binding(self, fixed: Mapping[str, tuple[Choice, tuple[str, ...]]]) -> Binding:
        """In the order in which the template declares its objects."""
        choices = {name: choice for id in self.template.objects for name, choice in self._choices(id, fixed)}
        picks = self.partial.picks
        counts = {id: len(pick.entries) for id, pick in picks.items() if pick.spec.counted}
        score = round(self.partial.score, 6)
        return Binding(choices, score, counts, frozenset(self.gone), self.partial.related)

    def _choices(self, id: str, fixed: Mapping[str, tuple[Choice, tuple[str, ...]]]) -> Iterator[tuple[str, Choice]]:
        spec = self.template.objects[id]
        if id in self.partial.picks:
            yield from self._pictures(self.partial.picks[id])
        elif id in fixed:
            self.gone.update(fixed[id][1])
            yield id, fixed[id][0]
        elif spec.of in self.partial.picks and id in self.copies.specs:
            yield from self._copy_of(id, self.partial.picks[spec.of])

    def _copy_of(self, id: str, pick: Pick) -> Iterator[tuple[str, Choice]]:
        """The copy of each item's product."""
        if not pick.entries:
            yield id, Choice(why=(f"'{pick.spec.id}' is left out, and its copy with it",))
        for item, entry in zip(_items(pick), pick.entries, strict=True):
            owner = self.options.spoken_of(entry)
            if owner is None:
                yield id + item, Choice(why=(f"nothing is known of the product '{entry.material.product}'",))
            else:
                choice, gone = self.copies.choice(id, owner, item)
                self.gone.update(gone)
                yield id + item, choice

    def _pictures(self, pick: Pick) -> Iterator[tuple[str, Choice]]:
        if not pick.entries:
            wanted = self.options.listed(pick.spec, pick.spec.where)
            yield pick.spec.id, Choice(removed=wanted.removed, total=wanted.total, why=pick.notes)
        related = [r for r in self.partial.related if r.object == pick.spec.id]
        for item, entry in zip(_items(pick), pick.entries, strict=True):
            yield pick.spec.id + item, self._picture(pick, entry, related)

    def _picture(self, pick: Pick, entry: Entry, related: Sequence[Related]) -> Choice:
        listed = pick.listed
        rank = next(place for place, e in enumerate(listed.entries, 1) if e is entry)
        others = [e for e in listed.entries if e is not entry]
        ranked = f"ranks {rank} of {listed.fitting} with {entry.score:.2f}"
        held = () if pick.used else tuple(f"{condition} holds" for condition in listed.held)
        return Choice(
            material=entry.material,
            product=self.options.owner(entry),
            candidates=(entry.material, *(e.material for e in others)),
            score=round(entry.score, 4),
            runners_up=tuple((e.material.id, round(e.score, 4)) for e in others[:RUNNERS_UP]),
            removed=listed.removed,
            total=listed.total,
            why=(*pick.notes, *held, ranked, *(f"{r.relation} '{r.other}': {r.value:.2f}" for r in related)),
        )


def _items(pick: Pick) -> list[str]:
    """'' for a single one, else '.1', '.2' …"""
    return [f".{n}" for n in range(1, len(pick.entries) + 1)] if pick.spec.counted else [""] * len(pick.entries)
