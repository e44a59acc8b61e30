"""`format`: an amount as its language writes it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm.acquire.product import Money
from ddm.match.numbers import Amount
from ddm.match.wording import Wording, formatted
from tests.support.matching import best
from tests.support.materials import product


def shown(amount: Amount | None, style: str, language: str = "en", digits: int = -1) -> str:
    return formatted(Wording("as it is", "", amount=amount), style, digits, language).replace("\u202f", "\xa0")


def money(amount: str, code: str = "EUR") -> Money:
    return Money(Decimal(amount), code)


@pytest.mark.parametrize(
    ("amount", "style", "digits", "language", "text"),
    [
        (money("1299"), "currency", -1, "de", "1.299\xa0€"),
        (money("1299"), "currency", 2, "de", "1.299,00\xa0€"),
        (money("39.90"), "currency", 0, "de", "39,90\xa0€"),  # a price is never rounded
        (money("39.00"), "currency", 0, "fr", "39\xa0€"),
        (money("1299.5"), "number", -1, "de", "1.299,5"),
        (0.25, "percent", -1, "en", "25%"),
        (0.25, "percent", -1, "de", "25\xa0%"),
        (0.3333, "percent", 1, "fr", "33,3\xa0%"),
        (0.25, "percent", -1, "tr", "%25"),
        (4.6, "number", -1, "en", "4.6"),
        (4.0, "number", -1, "en", "4"),
        (4.0, "number", 1, "de", "4,0"),
        (1204.0, "number", -1, "en", "1,204"),
        (1204.0, "compact", -1, "en", "1.2K"),
        (1530000.0, "compact", -1, "de", "1,5\xa0Mio."),
        (1530000.0, "compact", 0, "zh-CN", "153万"),
        (4.6, "currency", -1, "en", "4.6"),  # in no currency
    ],
)
def test_styles(amount: Amount, style: str, digits: int, language: str, text: str) -> None:
    assert shown(amount, style, language, digits) == text


def test_dates_by_language() -> None:
    date = Wording("2026-12-24", "")
    assert formatted(date, "date", -1, "en") == "Dec 24, 2026"
    assert formatted(date, "date", -1, "de") == "24.12.2026"
    assert formatted(Wording("soon", ""), "date", -1, "de") == "soon"


def test_words_without_an_amount_stay_as_they_are() -> None:
    assert shown(None, "currency") == "as it is"


@given(
    st.floats(-1e12, 1e12) | st.decimals(0, Decimal("1e12"), places=4).map(lambda d: Money(d, "EUR")),
    st.sampled_from(["currency", "number", "percent", "compact"]),
    st.integers(-1, 6),
    st.sampled_from(["en", "de", "ar", "hi", "zh-CN", "tr", "", "x-nothing"]),
)
def test_any_amount_can_be_written(amount: Amount, style: str, digits: int, language: str) -> None:
    assert shown(amount, style, language, digits)


@pytest.mark.parametrize(
    ("source", "text", "amount"),
    [
        ("product.price", "$39", Money(Decimal(39), "USD")),
        ("product.list_price", "$52", Money(Decimal(52), "USD")),
        ("product.saving", "$13", Money(Decimal(13), "USD")),
        ("product.reduction", "-25%", 0.25),
        ("product.rating", "4.6", 4.6),
        ("product.rating_count", "1,204", 1204.0),
    ],
)
def test_what_a_number_may_be_from(source: str, text: str, amount: Amount) -> None:
    rated = product(rating=4.6, rating_count=1204)
    wording = best(f'<ddm:number id="n" from="{source}"/>', product=rated).choices["n"].wording
    assert wording is not None
    assert (wording.text, wording.amount) == (text, amount)


def test_the_first_number_there_is() -> None:
    sources = '<ddm:number id="n" from="product.saving product.price"/>'
    wording = best(sources, product=product(list_price=None)).choices["n"].wording
    assert wording is not None
    assert wording.text == "$39"
