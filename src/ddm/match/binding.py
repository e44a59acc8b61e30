"""Which material fills which object: candidates by condition, ranked by wishes, every removal counted."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ddm.acquire.product import Product
from ddm.errors import Unfit
from ddm.language.expressions import conjuncts, holds
from ddm.language.template import AbstractObject, Preference, Template
from ddm.match.wording import Wording, word
from ddm.perceive.perception import Perception, Swatch
from ddm.perceive.schema import ATTRIBUTES

BEAM = 8  # best candidates of each object that are combined with one another
MOST_BINDINGS = 4  # bindings tried for one creative; bounds the time of a hopeless one


@dataclass(frozen=True, slots=True)
class Choice:
    """What one object got. Exactly one of material and wording is set, or neither where its layers are dropped.

    score: of the winner; runners_up: (material id, score); removed: condition -> materials that failed it first.
    """

    material: Perception | None = None
    wording: Wording | None = None
    score: float = 0.0
    runners_up: tuple[tuple[str, float], ...] = ()
    removed: Mapping[str, int] = field(default_factory=dict)
    total: int = 0
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Binding:
    """A template's objects, filled. dropped: ids of objects whose layers are left out."""

    choices: Mapping[str, Choice]
    score: float

    @property
    def dropped(self) -> frozenset[str]:
        return frozenset(n for n, c in self.choices.items() if c.material is None and c.wording is None)

    def material(self, name: str) -> Perception | None:
        choice = self.choices.get(name)
        return choice.material if choice else None


def wish(preference: Preference, material: Perception) -> float:
    """How far one wish is met, 0..1."""
    if preference.condition is not None:
        return float(holds(preference.condition, material.attributes.get))
    row = ATTRIBUTES[preference.attribute]
    value = (material.number(row.name) - row.low) / (row.high - row.low)
    return 1 - value if preference.rising else value


def score(spec: AbstractObject, material: Perception) -> float:
    """Mean of the wishes by weight; 1 where there are none."""
    weights = sum(p.weight for p in spec.prefer)
    return sum(p.weight * wish(p, material) for p in spec.prefer) / weights if weights else 1.0


def _first_failing(spec: AbstractObject, material: Perception) -> str | None:
    return next((str(c) for c in conjuncts(spec.where) if not holds(c, material.attributes.get)), None)


def shortlist(spec: AbstractObject, pool: Sequence[Perception]) -> list[Choice]:
    """The object's candidates, best first; the first carries the others as runners-up. Unfit says what removed all."""
    failures = [(m, _first_failing(spec, m)) for m in pool]
    removed = dict(Counter(reason for _, reason in failures if reason))
    fitting = sorted(((score(spec, m), m) for m, reason in failures if not reason), key=lambda x: (-x[0], x[1].id))
    if not fitting:
        detail = ", ".join(f"{reason} removed {count}" for reason, count in removed.items()) or "there is no material"
        raise Unfit(f"no {spec.kind} for '{spec.id}': 0 of {len(pool)} ({detail})")
    held = tuple(f"{c} holds" for c in conjuncts(spec.where))
    return [
        Choice(
            material=material,
            score=round(points, 4),
            runners_up=tuple((m.id, round(s, 4)) for s, m in fitting if m is not material)[:5],
            removed=removed,
            total=len(pool),
            why=(*held, f"ranks {rank} of {len(fitting)} with {points:.2f}"),
        )
        for rank, (points, material) in enumerate(fitting, 1)
    ]


def _pool(spec: AbstractObject, materials: Sequence[Perception]) -> list[Perception]:
    roles = {"product": "product", "scenes": "scene"}
    wanted = {roles[name] for name in spec.source}
    return [m for m in materials if m.attributes["role"] in wanted]


def _copy_choice(spec: AbstractObject, product: Product, overrides: Mapping[str, str]) -> Choice:
    wording = word(spec, product, overrides)
    if wording is None and spec.otherwise == "refuse":
        raise Unfit(f"no copy for '{spec.id}': {product.id} has none of {', '.join(spec.source)} that fits")
    return Choice(wording=wording, why=(wording.origin if wording else "no such copy; its layers are dropped",))


def _choices(
    spec: AbstractObject, product: Product, materials: Sequence[Perception], overrides: Mapping[str, str]
) -> list[Choice]:
    if spec.kind == "copy":
        return [_copy_choice(spec, product, overrides)]
    try:
        return shortlist(spec, _pool(spec, materials))[:BEAM]
    except Unfit as reason:
        if spec.otherwise == "refuse":
            raise
        return [Choice(why=(f"{reason.what}; its layers are dropped",))]


def _distinct(choices: Iterable[Choice]) -> bool:
    ids = [c.material.id for c in choices if c.material]
    return len(ids) == len(set(ids))


def _mean(swatches: Sequence[Swatch]) -> tuple[float, float, float]:
    total = sum(s.weight for s in swatches) or 1.0
    light, a, b = (sum(s.weight * getattr(s, n) for s in swatches) / total for n in ("lightness", "a", "b"))
    return light, a, b


ENOUGH = 0.3  # difference of lightness from which a subject stands out without help


def set_off(scene: Perception, subject: Perception) -> float:
    """How well a subject stands before a scene, 0..1: apart in lightness, near in warmth."""
    (l1, a1, b1), (l2, a2, b2) = _mean(scene.palettes["whole"]), _mean(subject.palettes["subject"])
    apart = min(1.0, abs(l1 - l2) / ENOUGH)
    clash = min(1.0, abs((a1 + b1) - (a2 + b2)) / 0.3)
    return 0.75 * apart + 0.25 * (1 - clash)


def _relations(template: Template, choices: Mapping[str, Choice]) -> float:
    """The sum over all objects that are to set off another."""
    pairs = [(choices[s.id].material, choices[s.against].material) for s in template.objects.values() if s.against]
    return sum(set_off(scene, subject) for scene, subject in pairs if scene and subject)


def bindings(
    template: Template, product: Product, materials: Sequence[Perception], overrides: Mapping[str, str] | None = None
) -> list[Binding]:
    """The best joint bindings, best first, at most MOST_BINDINGS. Unfit names the object that nothing can fill.

    materials: of the product and all scenes. Two objects of one binding share a picture only where there is no other.
    """
    wanted = [s for s in template.objects.values() if s.kind != "palette"]
    options = [_choices(s, product, materials, overrides or {}) for s in wanted]
    joint = [dict(zip((s.id for s in wanted), combo, strict=True)) for combo in itertools.product(*options)]
    distinct = [c for c in joint if _distinct(c.values())] or joint
    ranked = sorted(
        (Binding(c, sum(x.score for x in c.values()) + _relations(template, c)) for c in distinct),
        key=lambda b: -b.score,
    )
    return ranked[:MOST_BINDINGS]
