"""Why a creative is as it is, or why there is none, as plain data: every choice, value and refusal with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ddm.acquire.product import Money, Product
from ddm.errors import Unfit
from ddm.formats.catalogue import Format
from ddm.language.template import AbstractObject, Template
from ddm.language.vocabulary import PICTURES
from ddm.match import Choice, Wording
from ddm.match.misses import misses
from ddm.match.shortlist import Shortlist
from ddm.resolve import NoneFits, Resolved, Tried, best
from ddm.typeset import typesetter

if TYPE_CHECKING:
    from ddm.produce.workshop import Creative, Workshop

Row = dict[str, Any]


def explanation(creative: Creative) -> Row:
    """Of a finished creative: the winner and the others for each object, each concrete value and its origin."""
    scores = creative.scores
    return {
        **of_resolved(creative.resolved, creative.product),
        "ms": dict(creative.milliseconds),
        "scores": {k: round(v, 4) for k, v in scores.values.items()} if scores else {},
        "failures": list(scores.failures) if scores else [],
        "worst": round(scores.worst, 4) if scores else None,
    }


def of_resolved(resolved: Resolved, product: Product) -> Row:
    """What was chosen for each object and how well it suits, where each value comes from, and what else was tried.

    tried: every binding, best first, with its materials, its score, and its cost or its refusal.
    """
    binding = resolved.binding
    sources = {picture.sha256: picture.source for picture in product.pictures}
    return {
        "objects": {name: _choice(choice, sources) for name, choice in binding.choices.items()},
        "relations": [
            {"object": r.object, "relation": r.relation, "other": r.other, "value": r.value} for r in binding.relations
        ],
        "counts": dict(binding.counts),
        "gone": sorted(binding.gone),
        "binding": round(binding.score, 4),
        "values": [origin.row() for origin in resolved.trace.origins],
        "tried": [_tried(one) for one in resolved.tried],
        "cost": round(resolved.cost, 4),
    }


def of_refusal(unfit: Unfit) -> Row:
    """Why none of the bindings can serve; an empty `tried` where there was none."""
    return {"tried": [_tried(one) for one in unfit.tried] if isinstance(unfit, NoneFits) else []}


def _tried(one: Tried) -> Row:
    shown = {name: c.material.id for name, c in one.binding.choices.items() if c.material}
    row: Row = {"materials": shown, "score": round(one.binding.score, 4)}
    if one.refused:
        return row | {"refused": one.refused}
    return row | {"cost": round(one.cost, 4), "balance": round(one.cost - one.binding.score, 4)}


def _choice(choice: Choice, sources: Mapping[str, str]) -> Row:
    row: Row = {"why": list(choice.why)}
    if choice.material is not None:
        row |= {"material": choice.material.id, "score": choice.score}
        row |= {"source": sources[choice.material.id]} if choice.material.id in sources else {}
        row["runners_up"] = [{"material": m, "score": s} for m, s in choice.runners_up]
    if choice.product is not None:
        row["product"] = choice.product.id
    if choice.total:
        row |= {"removed": dict(choice.removed), "of": choice.total}
    if choice.wording is not None:
        row |= _wording(choice.wording)
    return row


def _wording(wording: Wording) -> Row:
    amount = wording.amount
    plain = f"{amount.amount} {amount.currency}" if isinstance(amount, Money) else amount
    row: Row = {"text": wording.text}
    row |= {"shorter": list(wording.shorter)} if wording.shorter else {}
    return row | ({"amount": plain} if plain is not None else {})


# ------------------------------------------------------------------------------------------------ asked for


def explain(workshop: Workshop, template: Template, product: Product, format_: Format) -> Row:
    """The creative that would be made, and every binding that was tried; or the reason why none can be made.

    made: whether there is one. tried: the bindings, best first, each with its cost or its refusal. candidates: for each
    picture object what its condition left over and the nearest of what it removed.
    """
    head: Row = {"product": product.id, "title": product.title, "template": template.id, "format": format_.id}
    asked = {"candidates": candidates(workshop, template, product)}
    try:
        bound = workshop.bind(template, product)
        resolved = best(template, bound, format_, product, typesetter(), workshop.library.derive)
    except Unfit as unfit:
        return head | {"made": False, "reason": unfit.what, "where": unfit.where} | of_refusal(unfit) | asked
    return head | {"made": True} | of_resolved(resolved, product) | asked


def candidates(workshop: Workshop, template: Template, product: Product) -> Row:
    """For each picture object what fits it, what its condition removed, and the nearest of those."""
    return dict(_candidates(workshop, template, product))


def _candidates(workshop: Workshop, template: Template, product: Product) -> Iterator[tuple[str, Row]]:
    for spec in template.objects.values():
        if spec.kind in PICTURES:
            yield spec.id, _candidate(spec, *workshop.candidates(spec, product))


def _candidate(spec: AbstractObject, fitting: Shortlist, everything: Shortlist) -> Row:
    near = misses(spec.where, (entry.material for entry in everything.entries))
    return {
        "kind": spec.kind,
        "from": list(spec.source),
        "where": str(spec.where) if spec.where else "",
        "fitting": fitting.fitting,
        "of": fitting.total,
        "removed": dict(fitting.removed),
        "ranked": [{"material": e.material.id, "score": round(e.score, 4)} for e in fitting.entries],
        "nearest": [
            {"material": m.material.id, "failed": [{"condition": c, "instead": i} for c, i in m.failed]} for m in near
        ],
    }


# ------------------------------------------------------------------------------------------------ looked up


def look_up(file: Path, rows: Iterable[Mapping[str, Any]]) -> Row | None:
    """The row of a manifest or of refusals that tells of a creative's file, or its name without folder and type."""
    for row in rows:
        if Path(row.get("file", "")).name == file.name or _name(row) == file.stem:
            return {"made": "reason" not in row, **row}
    return None


def _name(row: Mapping[str, Any]) -> str:
    return f"{row.get('product')}--{row.get('template')}--{row.get('format')}"
