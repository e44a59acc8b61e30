"""A product feed (RSS, Atom, delimited text, products.json) -> the facts of each product in it.

Attributes are named as Google's product data specification names them, whose names the feeds of Meta, Pinterest and
Criteo share: https://support.google.com/merchants/answer/7052112. What shops' own software offers as /products.json
(Shopify's form) is brought to the same names. Pure: no network.
"""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin, urlsplit

import lxml.etree

from ddm.acquire.facts import Candidate, Facts, join
from ddm.acquire.meta import bcp47
from ddm.acquire.money import Place, money
from ddm.acquire.page import guess
from ddm.acquire.product import Money, Rejection
from ddm.acquire.schema_org import availability, wording
from ddm.acquire.structured import clean
from ddm.acquire.urls import absolute, picture_key
from ddm.errors import InputError

ITEM_LIMIT = 200_000  # items of one feed: memory for what is known of them stays below a gigabyte
VALUES_LIMIT = 200  # values of an item that are read: the specification knows some 70, shops add their own
TEXT_LIMIT = 5000  # characters of a value: the specification's limit of the longest, the description
HEAD = 2000  # bytes in which a feed shows what it is
DELIMITERS = "\t,;|"
PICTURES = ("image_link", "lifestyle_image_link", "additional_image_link")
"""Attributes that name pictures, the main one first."""

Row = Mapping[str, Sequence[str]]
"""An item's values by attribute, in lower case and without prefix."""


@dataclass(frozen=True, slots=True)
class Item:
    """One product of a feed. place: feed and position, for messages. variants: items that would look the same."""

    facts: Facts
    url: str
    place: str
    variants: tuple[Rejection, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """rows: its items as they come. language: what the feed says it is written in, '' if nothing.

    damage: filled while the rows are read: why not all of them could be.
    """

    rows: Iterator[Row]
    language: str
    damage: list[str]


def items(body: bytes, url: str, now: datetime) -> Iterator[Item | Rejection]:
    """The products of a feed, and why an item is none. Variants of one group that have the same picture, such as sizes,
    are one product. now: with its time zone; a sale counts only while it lasts.

    InputError: this is no feed.
    """
    kind = kind_of(body)
    if kind is None:
        raise InputError("this is no product feed", url, "give RSS or Atom, CSV or TSV with image_link, or JSON")
    feed = READERS[kind](body, url)
    first, alike = dict[str, tuple[int, Row]](), dict[str, list[Rejection]]()
    for number, row in enumerate(itertools.islice(feed.rows, ITEM_LIMIT), 1):
        key = _look(row) or str(number)
        if key in first:
            reason = f"a variant that looks like item {first[key][0]} of the feed"
            alike.setdefault(key, []).append(Rejection(_one(row, "link") or f"{url}, item {number}", reason))
        first.setdefault(key, (number, row))
    yield from (Rejection(url, reason, fault=True) for reason in feed.damage)
    for key, (number, row) in first.items():
        yield _item(row, feed.language, url, number, tuple(alike.get(key, ())), now)
    if next(feed.rows, None) is not None:
        yield Rejection(url, f"the feed has more than {ITEM_LIMIT:,} items: those beyond were not read", fault=True)


def kind_of(body: bytes) -> str | None:
    """Which of READERS reads it; None where it is no feed."""
    head = _decoded(body[:HEAD]).lstrip().lower()
    if re.match(r"<(\?xml|!--|rss|feed)", head) and re.search(r"<(rss|feed)[\s>]", head):
        return "xml"
    if re.match(r'\{\s*"products"\s*:\s*\[', head):
        return "json"
    names = _names(head.partition("\n")[0])
    return "text" if {"title", "image_link"} <= set(names) else None


def _look(row: Row) -> str:
    """The same for variants that a creative could not tell apart; '' for an item that has none."""
    group = _one(row, "item_group_id")
    return f"{group} {picture_key(_one(row, 'image_link'))}" if group else ""


def _item(
    row: Row, language: str, url: str, number: int, variants: tuple[Rejection, ...], now: datetime
) -> Item | Rejection:
    place, link = f"{url}, item {number}", absolute(_one(row, "link"), url)
    title, pictures = _one(row, "title"), _pictures(row, url)
    for missing, name in ((not title, "title"), (not pictures, "image_link")):
        if missing:
            return Rejection(link or place, f"item {number} of the feed has no {name}")
    description = _one(row, "description", "summary", "content")
    tag = bcp47(_one(row, "content_language", "language")) or language or guess(f"{title} {description}")
    price, before = _prices(row, Place(tag, urlsplit(link or url).hostname or ""), now)
    facts = Facts(
        title=title,
        language=tag,
        description=description,
        brand=_one(row, "brand"),
        sku=_one(row, "id", "mpn"),
        price=price,
        list_price=before,
        availability=availability(_one(row, "availability")),
        copy=wording((name, values[0]) for name, values in row.items()),
        pictures=pictures,
    )
    return Item(join([facts]), link or f"{url}#{number}", place, variants)


def _one(row: Row, *names: str) -> str:
    return next((value for name in names for value in row.get(name, ()) if value), "")


def _pictures(row: Row, url: str) -> tuple[Candidate, ...]:
    """A comma parts addresses in delimited text; one within an address is written %2C."""
    named = [part for name in PICTURES for value in row.get(name, ()) for part in value.split(",")]
    found = dict.fromkeys(absolute(part, url) for part in named)
    return tuple(Candidate(address, declared=True) for address in found if address)


def _prices(row: Row, place: Place, now: datetime) -> tuple[Money | None, Money | None]:
    """What is asked today, and what was asked before."""
    price, sale = (money(_one(row, name), "", place) for name in ("price", "sale_price"))
    return (sale, price) if sale and _lasts(_one(row, "sale_price_effective_date"), now) else (price, None)


def _lasts(period: str, now: datetime) -> bool:
    """Whether now lies in 'start/end' (ISO 8601); one that cannot be read does not say that a sale is over."""
    try:
        start, end = (datetime.fromisoformat(part.strip()) for part in period.split("/"))
    except ValueError:
        return True
    zone = now.tzinfo
    start, end = (time if time.tzinfo else time.replace(tzinfo=zone) for time in (start, end))
    return start <= now <= end


# ------------------------------------------------------------------------------------------------ readers


def _xml(body: bytes, url: str) -> Feed:
    """Items are read one by one, so that memory does not grow with the feed; entities are never resolved."""
    damage: list[str] = []
    parser = lxml.etree.iterparse(
        io.BytesIO(body), tag=("{*}item", "{*}entry"), recover=True, resolve_entities=False, no_network=True
    )

    def rows() -> Iterator[Row]:
        try:
            for _, element in parser:
                yield _values(element)
                element.clear()
        except lxml.etree.XMLSyntaxError as error:
            damage.append(f"the feed breaks off: {error}")
            return
        for fault in [one for one in parser.error_log if one.domain_name != "NAMESPACE"][:1]:
            damage.append(f"the feed is damaged at line {fault.line}: {fault.message}")

    language = re.search(
        r"<language>\s*([\w-]{2,20})\s*<|<feed[^>]*\sxml:lang=[\"']([\w-]{2,20})", _decoded(body[:HEAD])
    )
    return Feed(rows(), bcp47(language[1] or language[2]) if language else "", damage)


def _values(element: lxml.etree._Element) -> Row:
    """The element's own children; Atom's link is an attribute."""
    row: dict[str, list[str]] = {}
    for child in itertools.islice(element, VALUES_LIMIT):
        if isinstance(child.tag, str):
            text = child.text or (child.get("href") if child.get("rel", "alternate") == "alternate" else "")
            row.setdefault(_name(child.tag.rpartition("}")[2]), []).append(_cleaned(text))
    return row


def _text(body: bytes, url: str) -> Feed:
    """Delimited text: the first line names the attributes."""
    text = _decoded(body)
    header, _, _ = text.partition("\n")
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(header))
    damage: list[str] = []

    def rows() -> Iterator[Row]:
        try:
            names = [_name(cell) for cell in next(lines)]
            for cells in lines:
                if any(cells):
                    pairs = zip(names[:VALUES_LIMIT], cells, strict=False)
                    yield {name: [_cleaned(value)] for name, value in pairs if name and value.strip()}
        except csv.Error as error:
            damage.append(f"the feed cannot be read on from line {lines.line_num}: {error}")

    return Feed(rows(), "", damage)


def _json(body: bytes, url: str) -> Feed:
    try:
        found = json.loads(_decoded(body))
    except (ValueError, RecursionError) as error:
        raise InputError(f"the feed is no JSON: {error}", url) from error
    products = found.get("products")
    return Feed((_offered(one, url) for one in products or () if isinstance(one, dict)), "", [])


def _offered(product: Mapping[str, object], url: str) -> Row:
    """A product of /products.json by our names: what its first variant costs, and before."""
    pictures, variants = (
        [one for one in listed if isinstance(one, dict)] if isinstance(listed := product.get(name), list) else []
        for name in ("images", "variants")
    )
    variant = variants[0] if variants else {}
    asked, before = str(variant.get("price") or ""), str(variant.get("compare_at_price") or "")
    stated = {
        "id": variant.get("sku") or product.get("id"),
        "title": product.get("title"),
        "description": product.get("body_html"),
        "brand": product.get("vendor"),
        "link": urljoin(url, f"/products/{product.get('handle')}"),
        "price": before or asked,
        "sale_price": asked if before else "",
        "availability": "in stock" if any(one.get("available") for one in variants) else "",
    }
    row = {name: [_cleaned(str(value))] for name, value in stated.items() if value}
    return {**row, "image_link": [str(one.get("src") or "").replace(",", "%2C") for one in pictures]}


READERS: Mapping[str, Callable[[bytes, str], Feed]] = {"xml": _xml, "text": _text, "json": _json}


def _decoded(body: bytes) -> str:
    """Spreadsheets write UTF-16 and Windows-1252 where they do not write UTF-8."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", "replace")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        cut = error.start > len(body) - 4  # within the last character: the beginning of a longer text
        return body.decode("utf-8-sig" if cut else "cp1252", "replace")


def _cleaned(text: str | None) -> str:
    return clean((text or "")[:TEXT_LIMIT])


def _name(cell: str) -> str:
    """Without prefix, declared or not."""
    return re.sub(r"[\s-]+", "_", cell.strip().lower().rpartition(":")[2])


def _names(header: str) -> list[str]:
    return [_name(cell.strip('"')) for cell in header.split(_delimiter(header))]


def _delimiter(header: str) -> str:
    return max(DELIMITERS, key=header.count)
