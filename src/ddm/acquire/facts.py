"""What the sources within one page state about its product, and how their statements are joined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from ddm.acquire.product import Money
from ddm.acquire.urls import picture_key


@dataclass(frozen=True, slots=True)
class Candidate:
    """A picture a page points to. declared: its source vouches that it shows the product (schema.org, OpenGraph).

    width: pixels as the page states them; 0 when it does not.
    """

    url: str
    alt: str = ""
    width: int = 0
    declared: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Statements about one product; what is empty or None was not stated."""

    title: str = ""
    language: str = ""
    description: str = ""
    brand: str = ""
    sku: str = ""
    price: Money | None = None
    list_price: Money | None = None
    availability: str = ""
    rating: float | None = None
    rating_count: int | None = None
    copy: Mapping[str, str] = field(default_factory=dict)
    pictures: tuple[Candidate, ...] = ()
    logos: tuple[Candidate, ...] = ()


def join(stated: Iterable[Facts]) -> Facts:
    """Field by field the first statement wins; wording is joined by name, pictures one after another."""
    sources = list(stated)
    single: dict[str, Any] = {
        each.name: next((value for source in sources if (value := getattr(source, each.name))), each.default)
        for each in fields(Facts)
        if each.name not in ("copy", "pictures")
    }
    wording = {name: text for source in reversed(sources) for name, text in source.copy.items()}
    pictures = distinct(picture for source in sources for picture in source.pictures)
    return _sound(Facts(**single, copy=wording, pictures=pictures))


def distinct(pictures: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """One candidate for each picture however many sizes of it are named: the widest, in the place of the first."""
    best: dict[str, Candidate] = {}
    for new in pictures:
        key = picture_key(new.url)
        old = best.setdefault(key, new)
        winner = new if new.width > old.width else old
        best[key] = replace(winner, alt=old.alt or new.alt, declared=old.declared or new.declared)
    return tuple(best.values())


def _sound(facts: Facts) -> Facts:
    """A list price counts only in the price's own currency and above it."""
    price, before = facts.price, facts.list_price
    honest = price and before and before.currency == price.currency and before.amount > price.amount
    return facts if honest else replace(facts, list_price=None)
