"""Product feeds of every form, as bytes and from a real server."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm.acquire import Client, Product, Rejection, acquire
from ddm.acquire.client import Limits
from ddm.acquire.feed import Item, items, kind_of
from ddm.acquire.product import Money
from ddm.errors import InputError
from tests.acquire.pictures import encoded, scene
from tests.acquire.server import answer, serve

URL = "https://shop.example/feed.xml"
NOW = datetime(2026, 6, 15, tzinfo=UTC)
RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel>
<title>Shop</title><language>de-AT</language>{}</channel></rss>"""
CUP = """<item><title>Becher</title><link>https://shop.example/becher</link><g:id>B1</g:id>
<g:description>Aus &lt;b&gt;Ton&lt;/b&gt; &amp;amp; Glasur</g:description><g:brand>Ton</g:brand>
<g:price>12.50 EUR</g:price><g:availability>in_stock</g:availability>
<g:image_link>https://shop.example/1.jpg</g:image_link><g:additional_image_link>/2.jpg,/3%2C4.jpg</g:additional_image_link>
<g:shipping><g:country>AT</g:country><g:price>4.90 EUR</g:price></g:shipping></item>"""


def read(body: str | bytes, url: str = URL) -> list[Item | Rejection]:
    return list(items(body.encode() if isinstance(body, str) else body, url, NOW))


def only(body: str | bytes, url: str = URL) -> Item:
    (found,) = read(body, url)
    assert isinstance(found, Item), found
    return found


def csv(*lines: str) -> str:
    return "\n".join(("id,title,link,image_link,price,sale_price,sale_price_effective_date,item_group_id", *lines))


def test_an_item_of_an_rss_feed() -> None:
    cup = only(RSS.format(CUP))
    assert (cup.facts.title, cup.facts.brand, cup.facts.sku, cup.facts.language) == ("Becher", "Ton", "B1", "de-AT")
    assert (cup.facts.price, cup.facts.availability) == (Money(Decimal("12.50"), "EUR"), "InStock")
    assert cup.facts.description == "Aus Ton & Glasur"
    assert [one.url for one in cup.facts.pictures] == [
        "https://shop.example/1.jpg",
        "https://shop.example/2.jpg",
        "https://shop.example/3%2C4.jpg",
    ]


def test_an_entry_of_an_atom_feed() -> None:
    cup = only(
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0" xml:lang="fr"><entry>'
        '<title>Tasse</title><link href="/tasse"/><g:image_link>/t.jpg</g:image_link></entry></feed>'
    )
    assert (cup.facts.title, cup.facts.language, cup.url) == ("Tasse", "fr", "https://shop.example/tasse")


def test_a_prefix_that_was_never_declared_is_no_damage() -> None:
    feed = RSS.format(CUP).replace(' xmlns:g="http://base.google.com/ns/1.0"', "")
    assert only(feed).facts.price == Money(Decimal("12.50"), "EUR")


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_delimited_text(delimiter: str, encoding: str) -> None:
    header = delimiter.join(("ID", "Title", "Link", "Image Link", "Price"))
    row = delimiter.join(("7", "Café crème", "https://shop.example/7", "https://shop.example/7.jpg", "3.20 EUR"))
    cup = only(f"{header}\n{row}\n".encode(encoding))
    assert (cup.facts.title, cup.facts.sku, cup.facts.price) == ("Café crème", "7", Money(Decimal("3.20"), "EUR"))


@pytest.mark.parametrize(
    ("period", "price"),
    [
        ("", "9"),
        ("2026-06-01T00:00+0000/2026-06-30T23:59+0000", "9"),
        ("2026-07-01/2026-07-31", "12"),
        ("2026-01-01T00:00Z/2026-02-01T00:00Z", "12"),
        ("soon", "9"),
    ],
)
def test_a_sale_counts_while_it_lasts(period: str, price: str) -> None:
    facts = only(csv(f"1,Cup,/cup,/cup.jpg,12.00 EUR,9.00 EUR,{period},")).facts
    assert facts.price == Money(Decimal(f"{price}.00"), "EUR")
    assert (facts.list_price is not None) == (price == "9")


def test_variants_that_look_alike_are_one_product() -> None:
    red, blue = read(
        csv("1,Shirt S,/s,/red.jpg,5 EUR,,,shirt", "2,Shirt blue,/b,/blue.jpg,5 EUR,,,shirt")
        + "\n3,Shirt M,https://shop.example/m,/red.jpg,5 EUR,,,shirt"
    )
    assert isinstance(red, Item)
    assert isinstance(blue, Item)
    assert [(one.source, one.reason) for one in red.variants] == [
        ("https://shop.example/m", "a variant that looks like item 1 of the feed")
    ]
    assert not blue.variants


def test_what_a_shop_offers_as_json() -> None:
    cup = only(
        json.dumps(
            {
                "products": [
                    {
                        "id": 5,
                        "title": "Cup",
                        "body_html": "<p>Blue.</p>",
                        "vendor": "Clay",
                        "handle": "cup",
                        "images": [{"src": "https://cdn.example/a.jpg"}, {"src": "https://cdn.example/b,c.jpg"}],
                        "variants": [{"price": "8.00", "compare_at_price": "10.00", "sku": "C5", "available": True}],
                    }
                ]
            }
        ),
        "https://shop.co.uk/products.json",
    )
    assert (cup.url, cup.facts.sku, cup.facts.description) == ("https://shop.co.uk/products/cup", "C5", "Blue.")
    assert (cup.facts.price, cup.facts.list_price) == (Money(Decimal("8.00"), "GBP"), Money(Decimal("10.00"), "GBP"))
    assert len(cup.facts.pictures) == 2


@pytest.mark.parametrize(("row", "lacks"), [("1,,/cup,/cup.jpg,1 EUR", "title"), ("1,Cup,/cup,,1 EUR", "image_link")])
def test_what_lacks_something_is_told_and_the_rest_goes_on(row: str, lacks: str) -> None:
    missing, cup = read(csv(row, "2,Cup,/cup,/cup.jpg,1 EUR"))
    assert isinstance(missing, Rejection)
    assert missing.reason == f"item 1 of the feed has no {lacks}"
    assert isinstance(cup, Item)


def test_a_feed_that_breaks_off_gives_what_it_has_and_says_so() -> None:
    found = read(RSS.format(CUP + "<item><title>Tel")[:-30])
    assert [type(one) for one in found][:2] == [Rejection, Item]
    assert "the feed is damaged at line" in getattr(found[0], "reason", "")


def test_entities_are_not_resolved() -> None:
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    feed = RSS.format(CUP.replace("Becher", "Becher &b;")).replace("<rss", f"{bomb}<rss")
    assert "aaaa" not in str(read(feed))


@pytest.mark.parametrize("body", [b"", b"hello", b"<html><rss></rss></html>", b'{"a": 1}', b"id,title\n1,Cup"])
def test_what_is_no_feed(body: bytes) -> None:
    assert kind_of(body) is None
    with pytest.raises(InputError, match="no product feed"):
        read(body)


@given(st.sampled_from([RSS.format(CUP), csv("1,Cup,/cup,/cup.jpg,1 EUR,,,g")]), st.data())
def test_damaged_feeds_end_in_items_or_reasons(text: str, data: st.DataObject) -> None:
    body = bytearray(text.encode())
    for _ in range(data.draw(st.integers(1, 5))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = read(bytes(body))
    except InputError:
        return
    assert all(isinstance(one, Item | Rejection) for one in found)


@pytest.mark.parametrize("packed", [False, True])
def test_a_feed_by_its_address_and_as_a_file(packed: bool, tmp_path: Path) -> None:
    routes = {"/1.jpg": answer(encoded(scene(800, 600, 1)), content_type="image/jpeg")}
    with serve(routes) as site, Client(allow_private=True, limits=Limits(pause=0.0)) as client:
        feed = f"id\ttitle\tlink\timage_link\tprice\n1\tCup\t{site.url}/cup\t{site.url}/1.jpg\t2 EUR\n".encode()
        body = gzip.compress(feed) if packed else feed
        site.routes["/feed"] = answer(body, content_type="text/plain")
        file = tmp_path / ("feed.tsv.gz" if packed else "feed.tsv")
        file.write_bytes(body)
        for source in (f"{site.url}/feed", str(file)):
            (cup,) = acquire(source, cache=tmp_path, client=client)
            assert isinstance(cup, Product)
            assert (cup.title, cup.id.startswith("cup-"), len(cup.pictures)) == ("Cup", True, 1)


def test_a_file_that_is_no_feed_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("milk, bread")
    with Client() as client, pytest.raises(InputError, match="no product feed"):
        list(acquire(file, cache=tmp_path, client=client))


def test_pictures_lie_beside_a_feed(tmp_path: Path) -> None:
    (tmp_path / "shop" / "pictures").mkdir(parents=True)
    (tmp_path / "shop" / "pictures" / "a cup.jpg").write_bytes(encoded(scene(800, 600, 1)))
    (tmp_path / "secret.jpg").write_bytes(encoded(scene(800, 600, 2)))
    file = tmp_path / "shop" / "feed.csv"
    names = ("pictures/a cup.jpg", "none.jpg", "../secret.jpg", (tmp_path / "secret.jpg").as_uri())
    file.write_text("id,title,image_link\n" + "".join(f"{i},Cup {i},{name}\n" for i, name in enumerate(names)))
    with Client() as client:
        found = [one for one in acquire(file, cache=tmp_path / "cache", client=client) if isinstance(one, Product)]
    assert [len(one.pictures) for one in found] == [1, 0, 0, 0]
    reasons = [one.rejected[0].reason for one in found[1:]]
    assert "not beside its page or feed" in reasons[0]
    assert all("outside of the folder" in reason for reason in reasons[1:])
