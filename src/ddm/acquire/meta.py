"""What a page's head and attributes state: OpenGraph, meta tags, language, data attributes -> Facts."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from ddm.acquire.facts import Candidate, Facts
from ddm.acquire.money import money
from ddm.acquire.product import Money
from ddm.acquire.schema_org import WORDING, Where, availability, wording
from ddm.acquire.structured import clean
from ddm.acquire.urls import absolute

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z]{4})?(-[a-z]{2})?", re.IGNORECASE)
_SITE_SUFFIX = re.compile(r"\s+[|–—·:-]\s+[^|–—·]{2,60}$")
TEXT_LIMIT = 5000  # characters of a description; what is longer is the whole page


def metas(tree: HtmlElement) -> dict[str, list[str]]:
    """The contents of all meta tags by their name or property, in lower case."""
    found: dict[str, list[str]] = {}
    for tag in tree.iter("meta"):
        name = (tag.get("property") or tag.get("name") or tag.get("http-equiv") or "").lower()
        content = (tag.get("content") or "").strip()
        if name and content:
            found.setdefault(name, []).append(content)
    return found


def open_graph(tree: HtmlElement, where: Where) -> Facts:
    """OpenGraph with its product namespaces, and Twitter's card, which repeats it."""
    tags = metas(tree)

    def tag(*names: str) -> str:
        return next((tags[name][0] for name in names if tags.get(name)), "")

    def price(*names: str) -> Money | None:
        amounts = ((tag(f"{name}:amount"), tag(f"{name}:currency") or tag("product:price:currency")) for name in names)
        return next((found for amount, code in amounts if (found := money(amount, code, where.place))), None)

    alt = clean(tag("og:image:alt"))
    urls = [
        url
        for name in ("og:image:secure_url", "og:image", "og:image:url", "twitter:image")
        for url in tags.get(name, ())
    ]
    return Facts(
        title=clean(tag("og:title", "twitter:title")),
        language=tag("og:locale"),
        description=clean(tag("og:description", "twitter:description"))[:TEXT_LIMIT],
        brand=clean(tag("product:brand", "og:brand")),
        sku=tag("product:retailer_item_id", "product:sku", "og:sku", "product:mfr_part_no"),
        price=price("product:sale_price", "product:price", "og:price"),
        list_price=price("product:original_price", "og:standard_price", "product:price"),
        availability=availability(tag("product:availability", "og:availability")),
        copy=wording((name.rsplit(":", 1)[-1], clean(values[0])) for name, values in tags.items()),
        pictures=tuple(Candidate(absolute(url, where.base), alt, declared=True) for url in urls),
    )


def attributes(tree: HtmlElement, where: Where) -> Facts:
    """data-* attributes: wording such as data-tagline, article numbers such as data-sku."""
    names = [*WORDING, "call-to-action"]
    stated = [
        (name, clean(element.get(f"data-{name}"))) for name in names for element in tree.xpath(f"//*[@data-{name}]")[:1]
    ]
    return Facts(copy=wording(stated))


def page_title(tree: HtmlElement) -> str:
    """The title tag without the shop's name after it."""
    return _SITE_SUFFIX.sub("", clean(tree.findtext(".//title") or ""))


def language(tree: HtmlElement) -> str:
    """The page's language as BCP 47, from the html tag or the headers it carries; '' when it states none."""
    tags = metas(tree)
    root = tree.getroottree().getroot()
    stated = [
        root.get("lang"),
        root.get("xml:lang"),
        *(tags.get(n, [""])[0] for n in ("content-language", "og:locale")),
    ]
    return next((found for text in stated if (found := bcp47(text or ""))), "")


def bcp47(text: str) -> str:
    """'en_GB' -> 'en-GB', 'ZH-hans-cn' -> 'zh-Hans-CN'; '' when `text` is no language tag."""
    if not _LANGUAGE.fullmatch(tag := text.strip().replace("_", "-")):
        return ""
    first, *rest = tag.split("-")
    return "-".join([first.lower(), *(part.title() if len(part) == 4 else part.upper() for part in rest)])
