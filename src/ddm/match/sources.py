"""A product's copy and numbers by name: what `from` may say, and what the product then says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from ddm.acquire.product import Money, Product
from ddm.match.numbers import Amount, currency, decimal, percent

NO_CURRENCY = ("", "XXX")  # XXX: ISO 4217 for "no currency involved"
WORTH_WORDS = 0.05  # a smaller reduction is said by no advertisement

STOCK: Mapping[str, Mapping[str, str]] = {
    "InStock": {
        "en": "In stock", "de": "Auf Lager", "fr": "En stock", "es": "En stock", "it": "Disponibile", "sv": "I lager",
        "nl": "Op voorraad", "pt": "Em estoque", "da": "På lager", "nb": "På lager", "fi": "Varastossa",
        "pl": "W magazynie", "cs": "Skladem", "tr": "Stokta", "ja": "在庫あり", "ko": "재고 있음", "zh": "有现货",
    },
    "PreOrder": {
        "en": "Pre-order now", "de": "Jetzt vorbestellen", "fr": "En précommande", "es": "En preventa",
        "it": "In preordine", "nl": "Nu te reserveren", "pt": "Em pré-venda", "sv": "Förbeställ nu",
        "da": "Forudbestil nu", "ja": "予約受付中", "ko": "예약 판매", "zh": "预售",
    },
}  # fmt: skip
"""schema.org's ItemAvailability in words, by language; what no advertisement would say is left out."""


def _comparable(product: Product) -> tuple[Decimal, Decimal] | None:
    """(price, list price) where both are known, in one currency, and the price is the lower one."""
    now, before = product.price, product.list_price
    if not now or not before or now.currency != before.currency or before.amount <= now.amount:
        return None
    return now.amount, before.amount


def reduction(product: Product) -> float:
    """How far the price lies below the list price, 0..1; 0 where there is no list price."""
    found = _comparable(product)
    return float(1 - found[0] / found[1]) if found else 0.0


def _known(money: Money | None) -> Money | None:
    return money if money and money.currency not in NO_CURRENCY else None


def _saving(product: Product) -> Money | None:
    found = _comparable(product)
    return _known(Money(found[1] - found[0], product.price.currency)) if found and product.price else None


AMOUNTS: Mapping[str, Callable[[Product], Amount | None]] = {
    "product.price": lambda p: _known(p.price),
    "product.list_price": lambda p: _known(p.list_price) if reduction(p) else None,
    "product.reduction": lambda p: reduction(p) or None,
    "product.saving": _saving,
    "product.rating": lambda p: p.rating,
    "product.rating_count": lambda p: float(p.rating_count) if p.rating_count else None,
}
"""What `number` may be from; money in its currency, a reduction as 0..1, a rating on a scale of five."""


def _money(name: str) -> Callable[[Product], str]:
    def said(product: Product) -> str:
        money = AMOUNTS[name](product)
        return currency(money, product.language) if isinstance(money, Money) else ""

    return said


def _count(name: str) -> Callable[[Product], str]:
    def said(product: Product) -> str:
        value = AMOUNTS[name](product)
        return decimal(value, product.language) if isinstance(value, float) else ""

    return said


def _reduction(product: Product) -> str:
    share = round(reduction(product), 2)
    return f"-{percent(share, product.language)}" if share >= WORTH_WORDS else ""


def _stock(product: Product) -> str:
    return STOCK.get(product.availability, {}).get(product.language.split("-")[0].lower(), "")


def _copy(name: str) -> Callable[[Product], str]:
    return lambda product: product.copy.get(name, "")


SOURCES: Mapping[str, Callable[[Product], str]] = {
    "product.title": lambda p: p.title,
    "product.description": lambda p: p.description,
    "product.brand": lambda p: p.brand,
    "product.sku": lambda p: p.sku,
    "product.availability": _stock,
    "product.reduction": _reduction,
    **{name: _money(name) for name in ("product.price", "product.list_price", "product.saving")},
    **{name: _count(name) for name in ("product.rating", "product.rating_count")},
    **{f"copy.{name}": _copy(name) for name in ("tagline", "cta", "badge", "headline", "subline", "legal", "until")},
}
"""What `copy` may be from, in words; '' where the product has none."""
