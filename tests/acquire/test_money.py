"""Prices as people and machines write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ddm.acquire.money import LARGEST, Place, money
from ddm.acquire.product import Money

GERMANY, AMERICA, CHINA, JAPAN = (
    Place("de", "x.de"),
    Place("en-US", "x.com"),
    Place("zh-CN", "x.cn"),
    Place("ja", "x.jp"),
)


@pytest.mark.parametrize(
    ("written", "currency", "place", "amount", "code"),
    [
        ("19.99", "USD", AMERICA, "19.99", "USD"),
        (19.99, "EUR", GERMANY, "19.99", "EUR"),
        ("1.299,00 €", "", GERMANY, "1299.00", "EUR"),
        ("ab 1.299,00", "€", GERMANY, "1299.00", "EUR"),
        ("$1,299.00", "", AMERICA, "1299.00", "USD"),
        ("2.449", "ARS", Place("es", "x.com.ar"), "2449", "ARS"),
        ("1.250", "KWD", Place(), "1.250", "KWD"),
        ("¥17,800", "", CHINA, "17800", "CNY"),
        ("¥1,980", "", JAPAN, "1980", "JPY"),
        ("￥99.00", "", Place(), "99.00", "CNY"),
        ("128元", "", CHINA, "128", "CNY"),
        ("NT$ 990", "", Place("zh-TW", "x.tw"), "990", "TWD"),
        ("$ 35", "", Place("es", "tienda.cl"), "35", "CLP"),
        ("Rs 23,450", "", Place("en", "x.pk"), "23450", "PKR"),
        ("1 299 zł", "", Place("pl"), "1299", "PLN"),
        ("CHF 2.25", "", Place("de", "x.ch"), "2.25", "CHF"),
        ("٩٩ ر.س", "", Place("ar"), "99", "SAR"),
        ("15", "", Place(), "15", "XXX"),
    ],
)
def test_prices(written: str | float, currency: str, place: Place, amount: str, code: str) -> None:
    assert money(written, currency, place) == Money(Decimal(amount), code)


@pytest.mark.parametrize(
    "written", [None, "", "free", "0", "0.00", "-5", True, float("nan"), float("inf"), "9" * 30, "1 " * 60]
)
def test_no_prices(written: str | float | None) -> None:
    assert money(written, "USD") is None


@given(some.decimals(min_value="0.01", max_value=999_999, places=2))
def test_plain_decimals_are_read_as_written(amount: Decimal) -> None:
    assert money(str(amount), "USD") == Money(amount, "USD")


@given(some.integers(1, 9_999_999), some.integers(0, 99))
def test_both_ways_of_grouping_mean_the_same(whole: int, cents: int) -> None:
    english = f"{whole:,}.{cents:02}"
    german = english.replace(",", " ").replace(".", ",").replace(" ", ".")
    assert money(english, "EUR") == money(german, "EUR") == Money(Decimal(f"{whole}.{cents:02}"), "EUR")


@given(some.text(max_size=100), some.text(max_size=5), some.text(max_size=10), some.text(max_size=10))
def test_any_text_is_a_sound_price_or_none(written: str, currency: str, language: str, host: str) -> None:
    found = money(written, currency, Place(language, host))
    assert found is None or (0 < found.amount < LARGEST and len(found.currency) == 3 and found.currency.isupper())
