"""The wording that an object of copy or a number gets: the first source that has something and that fits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ddm.acquire.product import Money, Product
from ddm.language.expressions import Condition, holds
from ddm.language.template import AbstractObject
from ddm.match.lettering import styled
from ddm.match.numbers import Amount, currency, day, locale_of, percent, written
from ddm.match.shorten import SHORTER
from ddm.match.sources import AMOUNTS, SOURCES, reduction

__all__ = ["SOURCES", "Wording", "currency", "formatted", "locale_of", "reduction", "why_none", "word"]


LONGEST = 1_000  # characters of a wording: no picture holds as many, and they are passed over like all that is too long


@dataclass(frozen=True, slots=True)
class Wording:
    """text as it will be set; origin: where it came from. shorter: what may be set instead, longest first.

    amount: the number behind the text, for `format`.
    """

    text: str
    origin: str
    shorter: tuple[str, ...] = ()
    amount: Amount | None = None


@lru_cache(maxsize=4096)
def formatted(wording: Wording, style: str, digits: int, language: str) -> str:
    """The wording's amount as `style` (currency, number, percent, date, compact) in a language; its text without one.

    digits: decimal places, -1 for as many as needed. Money is never rounded.
    """
    if style == "date":
        return day(wording.text, language)
    return wording.text if wording.amount is None else written(wording.amount, style, language, digits)


def value(amount: Amount) -> float:
    """What conditions on a number see."""
    return float(amount.amount) if isinstance(amount, Money) else amount


def _candidates(spec: AbstractObject, product: Product) -> Iterator[tuple[str, str]]:
    """(source, text): of each source in order its text, then its shortenings; only what is short enough."""
    names = frozenset(product.brand.split())
    for name in spec.source:
        full = " ".join(SOURCES[name](product).split())
        for text in (full, *SHORTER[name](full)) if name in SHORTER else (full,):
            if text and len(text) <= min(spec.max_chars or LONGEST, LONGEST):
                yield name, styled(text, spec.style, product.language, names)


def _shorter(texts: list[str]) -> tuple[str, ...]:
    """Those behind the first that are each shorter than the one before, longest first."""
    found = [texts[0]]
    for text in sorted(texts[1:], key=len, reverse=True):
        if len(text) < len(found[-1]):
            found.append(text)
    return tuple(found[1:])


def _copy(spec: AbstractObject, product: Product) -> Wording | None:
    found = list(_candidates(spec, product))
    if not found:
        return None
    name, text = found[0]
    amount = AMOUNTS[name](product) if name in AMOUNTS else None
    return Wording(text, _origin(name, product), _shorter([t for _, t in found]), amount)


def _number(spec: AbstractObject, product: Product, where: Condition | None) -> Wording | None:
    for name in spec.source:
        amount = AMOUNTS[name](product)
        if amount is not None and holds(where, {"value": value(amount)}.get):
            return Wording(_said(name, amount, product), _origin(name, product), amount=amount)
    return None


def _said(name: str, amount: Amount, product: Product) -> str:
    """A number that no `format` is asked for, as copy would say it."""
    if name == "product.reduction" and isinstance(amount, float):
        return f"-{percent(amount, product.language)}"
    return written(amount, "currency", product.language, -1)


def _origin(name: str, product: Product) -> str:
    return f"{name} of {product.url or product.id}"


def word(
    spec: AbstractObject, product: Product, overrides: Mapping[str, str], where: Condition | None = None
) -> Wording | None:
    """The first of the object's sources that the product has and that is not too long; None where none is.

    overrides: wording given from outside by object id; they win. where: the condition on the value of a number.
    """
    if overrides.get(spec.id):
        return Wording(overrides[spec.id], "given in the request")
    return _number(spec, product, where or spec.where) if spec.kind == "number" else _copy(spec, product)


def why_none(spec: AbstractObject, product: Product, where: Condition | None = None) -> str:
    """Why `word` found nothing: 'no copy for 'line': vase has none of copy.tagline that fits'."""
    amounts = [(n, a) for n in spec.source if spec.kind == "number" and (a := AMOUNTS[n](product)) is not None]
    if not amounts:
        return f"no {spec.kind} for '{spec.id}': {product.id} has none of {', '.join(spec.source)} that fits"
    seen = ", ".join(f"{name} is {value(amount):g}" for name, amount in amounts)
    return f"no number for '{spec.id}': {seen}; {where or spec.where} does not hold"
