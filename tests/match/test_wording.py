"""Copy for an object: the first source that fits, written as the language writes it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm.acquire.product import Money
from ddm.language.vocabulary import COPY_SOURCES, NUMBER_SOURCES
from ddm.match.sources import AMOUNTS
from ddm.match.wording import LONGEST, SOURCES, Wording, currency, locale_of, reduction, word
from tests.support.materials import product
from tests.support.templates import compiled


def money(amount: str, code: str = "USD") -> Money:
    return Money(Decimal(amount), code)


@pytest.mark.parametrize(
    ("amount", "code", "language", "text"),
    [
        ("1299", "USD", "en", "$1,299"),
        ("1299.00", "USD", "en", "$1,299"),  # no decimals where they say nothing
        ("1299.5", "USD", "en", "$1,299.50"),
        ("39", "CNY", "zh-CN", "¥39"),
        ("39.9", "CNY", "zh", "¥39.90"),
        ("39", "CNY", "en", "CN¥39"),  # elsewhere the bare sign would be yen
        ("1299.5", "EUR", "de", "1.299,50\xa0€"),
        ("1299", "EUR", "de-AT", "1.299\xa0€"),
        ("20", "GBP", "en-GB", "£20"),
        ("20", "GBP", "en", "£20"),
        ("3900", "JPY", "ja", "￥3,900"),
        ("1.25", "KWD", "en", "KWD\xa01.250"),
        ("39", "CHF", "en", "CHF\xa039"),
        ("5", "XXX", "en", "¤5"),
        ("5.5", "ABC", "en", "ABC\xa05.50"),
    ],
)
def test_currencies(amount: str, code: str, language: str, text: str) -> None:
    assert currency(money(amount, code), language) == text


LANGUAGES = st.sampled_from(["", "en", "zh-Hans-CN", "sr-Latn-RS", "x-klingon", "i-default", "ar", "en-GB-oed", "-"])


@given(
    st.decimals(0, Decimal("1e12"), places=4),
    st.sampled_from(["USD", "XXX", "", "usd", "BTC", "¥", "JPY"]) | st.text(max_size=4),
    LANGUAGES | st.text(max_size=8),
)
def test_no_currency_and_no_language_can_crash(amount: Decimal, code: str, language: str) -> None:
    assert currency(Money(amount, code), language).strip()


def test_a_price_of_unknown_currency_is_no_price() -> None:
    for code in ("XXX", ""):
        assert SOURCES["product.price"](product(price=money("5", code), list_price=money("9", code))) == ""
        assert SOURCES["product.list_price"](product(price=money("5", code), list_price=money("9", code))) == ""


def test_unknown_languages_are_read_as_english() -> None:
    assert locale_of("x-klingon").language == "en"
    assert locale_of("zh-CN").language == "zh"


@pytest.mark.parametrize(
    ("price", "was", "expected"),
    [
        (money("75"), money("100"), 0.25),
        (money("100"), money("100"), 0),
        (money("120"), money("100"), 0),  # dearer than before is no reduction
        (money("75"), money("100", "EUR"), 0),  # not comparable
        (money("75"), None, 0),
        (None, money("100"), 0),
        (money("0"), money("100"), 1),
        (money("0"), money("0"), 0),
    ],
)
def test_reduction(price: Money | None, was: Money | None, expected: float) -> None:
    assert reduction(product(price=price, list_price=was)) == pytest.approx(expected)


@pytest.mark.parametrize(("price", "text"), [("75", "-25%"), ("66.6", "-33%"), ("95", "-5%"), ("96", "")])
def test_a_reduction_is_worth_words_from_five_per_cent(price: str, text: str) -> None:
    assert SOURCES["product.reduction"](product(price=money(price), list_price=money("100"))) == text


def test_no_list_price_beside_the_same_price() -> None:
    assert SOURCES["product.list_price"](product(price=money("52"), list_price=money("52"))) == ""


def test_the_vocabulary_and_the_sources_agree() -> None:
    assert set(COPY_SOURCES) <= set(SOURCES)
    assert set(NUMBER_SOURCES) <= set(AMOUNTS)


def said(attributes: str, overrides: dict[str, str] | None = None, **changes: object) -> Wording | None:
    spec = compiled(f'<ddm:copy id="line" {attributes}/>').objects["line"]
    return word(spec, product(**changes), overrides or {})


def text(*args: object, **changes: object) -> str | None:
    found = said(*args, **changes)  # type: ignore[arg-type]
    return found.text if found else None


def test_the_first_source_that_has_something_short_enough() -> None:
    both = 'from="copy.tagline product.title"'
    assert text(both) == "Made for one stem"
    assert text(both, copy={}) == "Terracotta Vase"
    assert text(f'{both} max-chars="16"') == "Terracotta Vase"
    assert text(f'{both} max-chars="15"') == "Terracotta Vase"
    assert text(f'{both} max-chars="14"') is None
    assert text('from="copy.badge"', copy={"badge": "  "}) is None


def test_white_space_is_one_space() -> None:
    assert text('from="product.title"', title=" A\n\tvase\u00a0\u2003here ") == "A vase here"


def test_capitals() -> None:
    assert text('from="copy.cta" as="upper"') == "SHOP NOW"


def test_where_it_came_from() -> None:
    first, second = said('from="product.title"'), said('from="product.title"', url="")
    assert first is not None
    assert second is not None
    assert first.origin == "product.title of https://shop.example/vase"
    assert second.origin == "product.title of vase"


def test_what_is_given_wins() -> None:
    found = said('from="product.title" max-chars="3"', {"line": "Given words", "other": "no"})
    assert found == Wording("Given words", "given in the request")
    assert text('from="product.title"', {"line": ""}) == "Terracotta Vase"


def test_what_may_be_set_instead() -> None:
    """What the first source says in short, and what further sources say; each shorter than the one before."""
    found = said(
        'from="product.title product.description product.brand"',
        title="Terracotta Vase – thrown by hand",
        description="Made in one go. It holds a stem.",
    )
    assert found is not None
    assert found.text == "Terracotta Vase – thrown by hand"
    assert found.shorter == ("Terracotta Vase", "Ton & Erde")


def test_a_first_source_that_is_too_long_may_be_said_shorter() -> None:
    title = "Terracotta Vase – thrown by hand"
    assert text('from="product.title" max-chars="20"', title=title) == "Terracotta Vase"
    assert text('from="product.title product.brand" max-chars="20"', title=title) == "Terracotta Vase"
    assert text('from="product.title product.brand" max-chars="12"', title=title) == "Ton & Erde"


@given(st.integers(1, 60))
def test_everything_that_may_be_set_is_short_enough(most: int) -> None:
    found = said(f'from="product.description product.title copy.tagline" max-chars="{most}"', title="Vase (red), small")
    for wording in (found.text, *found.shorter) if found else ():
        assert len(wording) <= most


def test_styles_apply_to_what_is_shorter_too() -> None:
    found = said('from="product.title" as="upper"', title="Vase – red")
    assert found is not None
    assert (found.text, found.shorter) == ("VASE – RED", ("VASE",))


def test_prices_in_copy_can_be_formatted_too() -> None:
    found = said('from="product.price"')
    assert found is not None
    assert found.amount == money("39")


@pytest.mark.parametrize(
    ("state", "language", "words"),
    [
        ("InStock", "en", "In stock"),
        ("InStock", "de-AT", "Auf Lager"),
        ("PreOrder", "zh-CN", "预售"),
        ("InStock", "eu", None),  # better unsaid than in another language
        ("OutOfStock", "en", None),
        ("", "en", None),
    ],
)
def test_availability_in_words(state: str, language: str, words: str | None) -> None:
    assert text('from="product.availability"', availability=state, language=language) == words


def test_other_things_products_say() -> None:
    assert text('from="product.sku"', sku="TV-1") == "TV-1"
    assert text('from="product.rating"', rating=4.6, language="de") == "4,6"
    assert text('from="copy.legal"', copy={"legal": "While stocks last"}) == "While stocks last"


def test_wording_that_no_picture_could_hold_is_passed_over() -> None:
    template = compiled('<ddm:copy id="line" from="product.description product.title"/>')
    found = word(template.objects["line"], product(description="x" * (LONGEST + 1)), {})
    assert found is not None
    assert found.text == "Terracotta Vase"
