"""A product's copy by name: which wording an object of copy gets, formatted for its language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from babel import Locale, UnknownLocaleError
from babel.numbers import format_currency

from ddm.acquire.product import Money, Product
from ddm.language.template import AbstractObject

CURRENCY_HOME = {"USD": "en_US", "CNY": "zh_CN", "EUR": "de_DE", "GBP": "en_GB", "JPY": "ja_JP"}
"""Where a currency is written by its bare sign; elsewhere the sign would be taken for another country's."""
NO_CURRENCY = ("", "XXX")  # XXX: ISO 4217 for "no currency involved"
_TOUCHING = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
"""Where letters and digits touch: CHF 39 needs a space that $39 does not (CLDR, currency spacing)."""


@dataclass(frozen=True, slots=True)
class Wording:
    """text as it will be set; origin: where it came from."""

    text: str
    origin: str


def locale_of(language: str) -> Locale:
    """Babel's locale for a BCP 47 tag; English where the tag is unknown."""
    try:
        return Locale.parse(language.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return Locale("en")


def currency(money: Money, language: str) -> str:
    """'$1,299', '¥39', '1.299,50 €': no decimals where they are zero, the bare sign at home."""
    locale = locale_of(language)
    home = Locale.parse(CURRENCY_HOME.get(money.currency, str(locale)))
    if locale.language == home.language:
        locale = home
    pattern = locale.currency_formats["standard"].pattern
    if money.amount == money.amount.to_integral_value():
        pattern = pattern.replace("0.00", "0")
        text = format_currency(money.amount, money.currency, format=pattern, locale=locale, currency_digits=False)
    else:
        text = format_currency(money.amount, money.currency, locale=locale)
    return _TOUCHING.sub("\N{NO-BREAK SPACE}", str(text))


def reduction(product: Product) -> float:
    """How far the price lies below the list price, 0..1; 0 where there is no list price."""
    if not product.price or not product.list_price or product.list_price.currency != product.price.currency:
        return 0.0
    if product.list_price.amount <= product.price.amount:
        return 0.0
    return float(1 - product.price.amount / product.list_price.amount)


def _money(money: Money | None, product: Product) -> str:
    return currency(money, product.language) if money and money.currency not in NO_CURRENCY else ""


def _reduction(product: Product) -> str:
    share = round(reduction(product) * 100)
    return f"-{share}%" if share >= 5 else ""


SOURCES: Mapping[str, Callable[[Product], str]] = {
    "product.title": lambda p: p.title,
    "product.description": lambda p: p.description,
    "product.brand": lambda p: p.brand,
    "product.price": lambda p: _money(p.price, p),
    "product.list_price": lambda p: _money(p.list_price, p) if reduction(p) else "",
    "product.reduction": _reduction,
    "copy.tagline": lambda p: p.copy.get("tagline", ""),
    "copy.cta": lambda p: p.copy.get("cta", ""),
    "copy.badge": lambda p: p.copy.get("badge", ""),
}


def word(spec: AbstractObject, product: Product, overrides: Mapping[str, str]) -> Wording | None:
    """The first of the object's sources that the product has and that is not too long; None where none is.

    overrides: wording given from outside by object id; they win.
    """
    if overrides.get(spec.id):
        return Wording(overrides[spec.id], "given in the request")
    for name in spec.source:
        text = " ".join(SOURCES[name](product).split())
        if text and (not spec.max_chars or len(text) <= spec.max_chars):
            return Wording(text.upper() if spec.style == "upper" else text, f"{name} of {product.url or product.id}")
    return None
