"""Pages of all kinds, read without a network."""

from __future__ import annotations

import contextlib
import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ddm.acquire.facts import Facts
from ddm.acquire.page import Page, read_page
from ddm.acquire.product import Money
from ddm.errors import InputError

URL = "https://shop.example/en/p/cup.html"
CUP: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "Product",
    "name": "Cup &amp; Saucer",
    "image": ["/a.jpg", {"@type": "ImageObject", "contentUrl": "/b.jpg", "caption": "From above"}],
    "offers": {
        "@type": "Offer",
        "price": "12.50",
        "priceCurrency": "EUR",
        "availability": "https://schema.org/InStock",
    },
}


def page(data: Any = None, body: str = "", head: str = "", language: str = "en") -> Page:
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>' if data is not None else ""
    return read_page(f'<html lang="{language}"><head>{head}{script}</head><body>{body}</body></html>'.encode(), URL)


def facts(data: Any = None, body: str = "", head: str = "") -> Facts:
    return page(data, body, head).facts


def euro(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


def test_a_product_in_json_ld() -> None:
    found = facts(CUP)
    assert (found.title, found.price, found.availability, found.language) == (
        "Cup & Saucer",
        euro("12.50"),
        "InStock",
        "en",
    )
    assert [(each.url, each.alt) for each in found.pictures] == [
        ("https://shop.example/a.jpg", ""),
        ("https://shop.example/b.jpg", "From above"),
    ]


def test_a_product_in_a_graph_with_other_things() -> None:
    graph = {"@graph": [{"@type": "WebSite", "name": "Shop"}, CUP, {"@type": "BreadcrumbList", "itemListElement": []}]}
    assert facts(graph).price == euro("12.50")


def test_wording_by_name() -> None:
    data = CUP | {
        "slogan": "Warm hands",
        "potentialAction": {"@type": "BuyAction", "name": "Shop now"},
        "additionalProperty": [
            {"@type": "PropertyValue", "name": "Badge", "value": "New"},
            {"name": "Volume", "value": "2 dl"},
        ],
    }
    assert facts(data).copy == {"tagline": "Warm hands", "cta": "Shop now", "badge": "New"}


@pytest.mark.parametrize(
    "markup",
    [
        '<p data-tagline="Warm hands"></p>',
        '<meta name="tagline" content="Warm hands">',
        '<meta name="slogan" content="Warm hands">',
    ],
)
def test_wording_in_the_page(markup: str) -> None:
    assert facts(CUP, markup).copy == {"tagline": "Warm hands"}


@pytest.mark.parametrize("kind", ["ListPrice", "https://schema.org/StrikethroughPrice", "SRP"])
def test_a_price_before_the_reduction(kind: str) -> None:
    offer = CUP["offers"] | {"priceSpecification": {"priceType": kind, "price": 20, "priceCurrency": "EUR"}}
    found = facts(CUP | {"offers": offer})
    assert (found.price, found.list_price) == (euro("12.50"), euro("20"))


@pytest.mark.parametrize(("price", "currency"), [(9, "EUR"), (20, "USD"), (12.5, "EUR")])
def test_a_list_price_that_is_none(price: float, currency: str) -> None:
    specification = {"priceType": "ListPrice", "price": price, "priceCurrency": currency}
    assert facts(CUP | {"offers": CUP["offers"] | {"priceSpecification": [specification]}}).list_price is None


def test_a_price_only_in_its_specification() -> None:
    offer = {"@type": "Offer", "priceSpecification": {"price": "1.299,00", "priceCurrency": "EUR"}}
    assert facts(CUP | {"offers": [offer]}).price == euro("1299.00")


def test_an_aggregate_offer_gives_its_lowest_price() -> None:
    assert facts(
        CUP | {"offers": {"@type": "AggregateOffer", "lowPrice": 8, "highPrice": 9, "priceCurrency": "EUR"}}
    ).price == euro("8")


def test_of_many_offers_the_first_in_stock() -> None:
    gone = {"price": 5, "priceCurrency": "EUR", "availability": "OutOfStock"}
    there = {"price": 7, "priceCurrency": "EUR", "availability": "http://schema.org/InStock"}
    found = facts(CUP | {"offers": [gone, there]})
    assert (found.price, found.availability) == (euro("7"), "InStock")


def test_of_a_group_the_variant_at_this_address() -> None:
    variants = [
        {"@type": "Product", "sku": sku, "url": url, "offers": {"price": price, "priceCurrency": "EUR"}}
        for sku, url, price in (("RED", "/en/p/red.html", 1), ("BLUE", URL, 2))
    ]
    group = {
        "@type": "ProductGroup",
        "name": "Cup",
        "brand": {"@type": "Brand", "name": "Holm"},
        "hasVariant": variants,
    }
    found = facts(group)
    assert (found.title, found.brand, found.sku, found.price) == ("Cup", "Holm", "BLUE", euro("2"))


def test_of_many_products_the_one_of_the_page() -> None:
    other = {"@type": "Product", "name": "Plate", "offers": {"price": 1, "priceCurrency": "EUR"}}
    assert facts([other, CUP | {"url": URL}]).title == "Cup & Saucer"
    assert facts([CUP | {"isRelatedTo": other}]).title == "Cup & Saucer"
    assert facts([other, CUP | {"name": "Cup"}], head="<title>Cup | Shop</title>").title == "Cup"


@pytest.mark.parametrize(
    ("value", "best", "rating"),
    [("4.5", None, 4.5), (9, 10, 4.5), ("4,5", 5, 4.5), ("x", None, None), (7, 5, None), ("inf", "inf", None)],
)
def test_ratings_are_out_of_five(value: Any, best: Any, rating: float | None) -> None:
    assert facts(CUP | {"aggregateRating": {"ratingValue": value, "bestRating": best}}).rating == rating


@pytest.mark.parametrize(
    ("given", "count"),
    [
        ({"ratingCount": "128"}, 128),
        ({"reviewCount": 9}, 9),
        ({"ratingCount": 0}, None),
        ({"ratingCount": "many"}, None),
    ],
)
def test_how_many_ratings_there_are(given: dict[str, Any], count: int | None) -> None:
    assert facts(CUP | {"aggregateRating": {"ratingValue": 4, **given}}).rating_count == count


def test_open_graph_alone() -> None:
    head = """<meta property="og:type" content="product"><meta property="og:title" content="Cup">
    <meta property="og:image" content="/og.jpg"><meta property="product:price:amount" content="20.00">
    <meta property="product:sale_price:amount" content="12.50"><meta property="product:price:currency" content="EUR">"""
    found = facts(head=head)
    assert (found.title, found.price, found.list_price) == ("Cup", euro("12.50"), euro("20.00"))
    assert found.pictures[0].url == "https://shop.example/og.jpg"


def test_visible_text_alone() -> None:
    found = page(
        body='<h1>Cup</h1><div class="price">€ 12,50</div><p class="stock">In stock</p><input name="sku" value="C-1">'
    )
    assert found.product
    assert (found.facts.title, found.facts.price, found.facts.sku) == ("Cup", euro("12.50"), "C-1")


def test_broken_json_ld_counts() -> None:
    broken = json.dumps(CUP)[:-1] + ",}"
    assert read_page(f'<script type="application/ld+json">/* x */{broken}</script>'.encode(), URL).facts.price == euro(
        "12.50"
    )


def test_a_page_without_a_product_says_what_was_looked_for() -> None:
    found = page({"@type": "Organization", "name": "Shop"}, "<h1>About us</h1>")
    assert not found.product
    assert "no JSON-LD, microdata or RDFa Product" in found.reason
    assert "looked at 1 JSON-LD scripts and 1 items" in found.reason


def test_a_listing_gives_its_links_in_order() -> None:
    elements = [{"@type": "ListItem", "url": f"/p/{n}"} for n in (2, 1)] + [
        {"item": {"@id": "/p/3", "@type": "Product"}}
    ]
    found = page({"@type": "ItemList", "itemListElement": elements})
    assert not found.product
    assert found.links == tuple(f"https://shop.example/p/{n}" for n in (2, 1, 3))


def test_links_that_look_like_products_serve_where_nothing_is_declared() -> None:
    body = '<a href="/p/cup">a</a><a href="/about">b</a><a href="/p/cup#x">c</a><a href="https://else.example/p/plate">d</a>'
    assert page(body=body).links == ("https://shop.example/p/cup",)


def test_the_gallery_adds_what_the_data_leaves_out() -> None:
    body = """<div class="product-gallery"><img src="/s.jpg" srcset="/s.jpg 300w, /l.jpg 1600w" alt="Side">
      <picture><source srcset="/w.webp 2x"><img src="data:image/gif;base64,AA"></picture>
      <img data-src="/lazy.jpg" src="/blank.gif"><img src="/t.jpg" data-zoom-image="/zoom.jpg"></div>
      <div class="related-products"><img src="/other.jpg"></div><footer><img src="/card.png"></footer>"""
    urls = [each.url.rsplit("/", 1)[1] for each in facts(CUP, body).pictures]
    assert urls == ["a.jpg", "b.jpg", "l.jpg", "w.webp", "lazy.jpg", "zoom.jpg"]


def test_sizes_of_one_picture_are_one_candidate() -> None:
    body = '<div class="gallery"><img src="/a.jpg?width=80" srcset="/a.jpg?width=1600 1600w" alt="Cup"></div>'
    first = facts(CUP, body).pictures[0]
    assert (first.url, first.alt, first.declared) == ("https://shop.example/a.jpg?width=1600", "Cup", True)


@pytest.mark.parametrize(("stated", "tag"), [("en_GB", "en-GB"), ("ZH-hans-cn", "zh-Hans-CN"), ("de", "de")])
def test_languages_are_written_properly(stated: str, tag: str) -> None:
    assert page(CUP, language=stated).facts.language == tag


def test_a_language_not_stated_is_read_off_the_script() -> None:
    assert page(CUP | {"name": "带刺仙人掌"}, language="").facts.language == "zh"
    assert page(CUP, language="").facts.language == "en"


def test_the_canonical_address_counts_on_its_own_host_only() -> None:
    assert page(CUP, head='<link rel="canonical" href="/cup">').url == "https://shop.example/cup"
    assert page(CUP, head='<link rel="canonical" href="https://else.example/cup">').url == URL


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "gb18030"])
def test_encodings(charset: str) -> None:
    title = "杯子" if charset == "gb18030" else "Tasse für zwei"
    body = f'<meta charset="{charset}"><h1>{title}</h1>'.encode(charset)
    assert read_page(body, URL).facts.title == title


@pytest.mark.parametrize("body", [b"", b"   ", b"\x00"])
def test_no_html_is_an_error_with_its_place(body: bytes) -> None:
    with pytest.raises(InputError, match="holds no HTML") as caught:
        read_page(body, URL)
    assert caught.value.where == URL


@given(some.binary(min_size=1, max_size=400))
def test_no_bytes_make_it_fail_otherwise(body: bytes) -> None:
    with contextlib.suppress(InputError):
        read_page(body, URL)


NAMES = some.sampled_from(["@type", "@id", "name", "offers", "price", "image", "url", "hasVariant", "ratingValue"])
ANYTHING = some.recursive(
    some.text(max_size=12) | some.floats() | some.none(),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(NAMES, inner, max_size=5),
    max_leaves=30,
)


@given(ANYTHING)
def test_no_data_makes_it_fail(data: Any) -> None:
    page(
        [{"@type": "Product", "name": "x", "offers": data, "image": data, "brand": data, "aggregateRating": data}, data]
    )


def test_deep_nesting_is_survived() -> None:
    read_page(b"<div class='gallery'>" * 5000 + b"<img src='a.jpg'>", URL)
