"""An amount as its language writes it; the only file that knows Babel."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import TypeAlias

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_compact_decimal, format_currency, format_decimal, format_percent

from ddm.acquire.product import Money

Amount: TypeAlias = Money | float

CURRENCY_HOME = {"USD": "en_US", "CNY": "zh_CN", "EUR": "de_DE", "GBP": "en_GB", "JPY": "ja_JP"}
"""Where a currency is written by its bare sign; elsewhere the sign would be taken for another country's."""
MOST_DIGITS = 6  # decimal places, where as many are written as are needed
_TOUCHING = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
"""Where letters and digits touch: CHF 39 needs a space that $39 does not (CLDR, currency spacing)."""


@lru_cache(maxsize=256)
def locale_of(language: str) -> Locale:
    """Babel's locale for a BCP 47 tag; English where the tag is unknown."""
    try:
        return Locale.parse(language.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return Locale("en")


@lru_cache(maxsize=4096)
def currency(money: Money, language: str, digits: int = -1) -> str:
    """'$1,299', '¥39', '1.299,50 €': no decimals where they are zero, the bare sign at home.

    digits: decimal places, -1 for as many as needed. A price is never rounded: where it needs more, it gets them.
    """
    locale = locale_of(language)
    home = Locale.parse(CURRENCY_HOME.get(money.currency, str(locale)))
    if locale.language == home.language:
        locale = home
    pattern = locale.currency_formats["standard"].pattern
    places = max(digits, 0)
    if digits >= 0 or money.amount == money.amount.to_integral_value():
        exact = money.amount == round(money.amount, places)
        pattern = pattern.replace("0.00", f"0.{'0' * places}".rstrip(".")) if exact else pattern
        text = format_currency(money.amount, money.currency, format=pattern, locale=locale, currency_digits=not exact)
    else:
        text = format_currency(money.amount, money.currency, locale=locale)
    return _TOUCHING.sub("\N{NO-BREAK SPACE}", str(text))


def decimal(value: float, language: str, digits: int = -1) -> str:
    """'4.6', '1.204': with as many decimal places as needed, or exactly `digits`."""
    return str(format_decimal(value, format=_pattern(digits), locale=locale_of(language)))


def percent(value: float, language: str, digits: int = -1) -> str:
    """'25%', '25 %', of 0.25; in whole per cent unless `digits` says more."""
    places = max(digits, 0)
    locale = locale_of(language)
    pattern = locale.percent_formats[None].pattern.replace("0", f"0.{'0' * places}".rstrip("."), 1)
    return str(format_percent(value, format=pattern, locale=locale))


def compact(value: float, language: str, digits: int = -1) -> str:
    """'1.2K', '1,2 Mio.': one decimal place unless `digits` says otherwise."""
    places = 1 if digits < 0 else digits
    return str(format_compact_decimal(value, locale=locale_of(language), fraction_digits=places))


def day(text: str, language: str) -> str:
    """'24 Dec 2026' of '2026-12-24'; the text as it is where it begins with no date (ISO 8601)."""
    try:
        return str(format_date(date.fromisoformat(text[:10]), format="medium", locale=locale_of(language)))
    except ValueError:
        return text


def _pattern(digits: int) -> str:
    return "#,##0." + ("0" * digits if digits >= 0 else "#" * MOST_DIGITS) if digits else "#,##0"


STYLES: Mapping[str, Callable[[float, str, int], str]] = {"number": decimal, "percent": percent, "compact": compact}


def written(amount: Amount, style: str, language: str, digits: int) -> str:
    """Any amount in a style; money as currency unless its bare number is wanted, numbers never as currency."""
    if isinstance(amount, Money) and style != "number":
        return currency(amount, language, digits)
    if isinstance(amount, Money):
        amount = float(amount.amount)
    return STYLES.get(style, decimal)(amount, language, digits)
