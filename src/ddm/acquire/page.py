"""A page's HTML -> what it states about its product, the pictures it shows and the pages it lists. Pure: no network."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import lxml.html
from lxml.html import HtmlElement
from w3lib.encoding import html_to_unicode

from ddm.acquire import meta, schema_org
from ddm.acquire.facts import Facts, distinct, join
from ddm.acquire.gallery import gallery
from ddm.acquire.money import Place
from ddm.acquire.schema_org import PRODUCTS, Where
from ddm.acquire.structured import Node, read
from ddm.acquire.urls import absolute, normal
from ddm.acquire.visible import visible
from ddm.errors import InputError

_HAN, _KANA, _ARABIC, _CYRILLIC = "\u4e00-\u9fff", "\u3040-\u30ff", "\u0600-\u06ff", "\u0400-\u04ff"
_SCRIPTS = (("ja", _KANA), ("zh", _HAN), ("ar", _ARABIC), ("ru", _CYRILLIC))
_PRODUCT_PATH = re.compile(r"/(?:products?|p|dp|item|itm|shop|artikel|produit|producto|prod)/[^/?#]{3,}", re.IGNORECASE)


# The sources of a page after its structured data, in the order of trust.
SOURCES: dict[str, Callable[[HtmlElement, Where], Facts]] = {
    "OpenGraph": meta.open_graph,
    "data attributes": meta.attributes,
    "visible text": visible,
}


@dataclass(frozen=True, slots=True)
class Page:
    """One page, read.

    url: its canonical address. facts: what is stated; `product` tells whether any source describes a product.
    links: product pages it lists, in its order. reason: why it is no product page; '' when it is one.
    """

    url: str
    facts: Facts
    links: tuple[str, ...]
    reason: str

    @property
    def product(self) -> bool:
        return not self.reason


def read_page(body: bytes, url: str, charset: str = "") -> Page:
    """Everything a page states. body: HTML in any encoding. charset: of the Content-Type header, if any.

    InputError: the body holds no HTML at all.
    """
    tree = parse(body, url, charset)
    canonical = _canonical(tree, url)
    language = meta.language(tree)
    titles = (*(meta.metas(tree).get("og:title", ())), meta.page_title(tree))
    place = Place(language, urlsplit(canonical).hostname or "")
    where = Where((url, canonical), titles, place)
    syntaxes = read(tree, url)
    stated = {name: schema_org.facts(nodes, where) for name, nodes in syntaxes.items()}
    stated |= {name: source(tree, where) for name, source in SOURCES.items()}
    links = _listed(tree, syntaxes, url)
    facts = join(stated.values())
    facts = replace(
        facts,
        language=language or meta.bcp47(facts.language) or guess(f"{facts.title} {facts.description}"),
        pictures=distinct((*facts.pictures, *gallery(tree, url))),
    )
    return Page(canonical, facts, links, _reason(tree, stated, syntaxes, links))


def parse(body: bytes, url: str, charset: str = "") -> HtmlElement:
    """The element tree of a page; entities and external references are never loaded."""
    header = f"text/html; charset={charset}" if charset else None
    _, text = html_to_unicode(header, body, default_encoding="utf-8")
    parser = lxml.html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        return lxml.html.document_fromstring(text.replace("\x00", "").encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.ParserError, ValueError) as error:
        raise InputError("the page holds no HTML", url, "give the address of a product page") from error


def _canonical(tree: HtmlElement, url: str) -> str:
    """The address the page gives itself, when it is on the same host: a foreign one is a mistake or a trick."""
    for link in tree.xpath("//link[translate(@rel, 'CANOIL', 'canoil')='canonical']/@href"):
        address = absolute(link, url)
        if address and (urlsplit(address).hostname == urlsplit(url).hostname or url.startswith("file:")):
            return address
    return url


def guess(text: str) -> str:
    return next((tag for tag, letters in _SCRIPTS if len(re.findall(f"[{letters}]", text)) > len(text) * 0.15), "en")


def _reason(tree: HtmlElement, stated: dict[str, Facts], syntaxes: dict[str, list[Node]], links: Sequence[str]) -> str:
    """Why this is no product page: no syntax names a product, OpenGraph none, and no price stands beside a heading."""
    if not any(each.title for each in stated.values()):
        return "no product in the page: nothing in it has a title"
    if any(stated[name].title or stated[name].price for name in syntaxes):
        return ""
    if _declares_product(tree) or stated["OpenGraph"].price:
        return ""
    seen = stated["visible text"]
    if seen.title and seen.price and (seen.sku or seen.availability) and len(links) < 3:
        return ""
    scripts = len(tree.xpath("//script[contains(@type, 'ld+json')]"))
    items = sum(len(nodes) for nodes in syntaxes.values())
    return (
        f"no product in the page: no JSON-LD, microdata or RDFa Product, no OpenGraph product, no heading with price "
        f"and article number; looked at {scripts} JSON-LD scripts and {items} items"
    )


def _declares_product(tree: HtmlElement) -> bool:
    return any(
        kind.lower().split(":")[-1] in ("product", "item", "product.item")
        for kind in meta.metas(tree).get("og:type", ())
    )


def _listed(tree: HtmlElement, syntaxes: dict[str, list[Node]], url: str) -> tuple[str, ...]:
    """Product pages that this page lists: of its ItemList, else links that look like product pages of its host."""
    lists = [node for nodes in syntaxes.values() for node in nodes if "itemlist" in node.types]
    stated = [absolute(address, url) for node in lists for address in _elements(node)]
    return _unique(stated, url) or _unique(_linked(tree, url), url)


def _elements(node: Node) -> list[str]:
    """The addresses in an ItemList: plain, of the ListItem, or of the item in it."""
    plain = [str(value) for value in node.scalars("itemListElement")]
    items = [(each, *each.nodes("item")) for each in node.nodes("itemListElement")]
    found = (next((url for part in item if (url := part.text("url") or _page_id(part))), "") for item in items)
    return [*plain, *(url for url in found if url)]


def _page_id(node: Node) -> str:
    return next((str(value) for value in node.scalars("item")), "") or (node.id if node.types & PRODUCTS else "")


def _linked(tree: HtmlElement, url: str) -> list[str]:
    hrefs = [absolute(href, url) for href in tree.xpath("//body//a/@href")]
    return [href for href in hrefs if _PRODUCT_PATH.search(urlsplit(href).path)]


def _unique(urls: Sequence[str], page: str) -> tuple[str, ...]:
    """Each address once, on the page's own host, the page itself left out."""
    host, own = urlsplit(page).netloc, normal(page)
    kept = {normal(url): url for url in reversed(urls) if urlsplit(url).netloc == host and normal(url) != own}
    return tuple(reversed(kept.values()))
