"""What a page's head and visible text state: OpenGraph, meta tags, data attributes, headings -> Facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from lxml.html import HtmlElement

from ddm.acquire.facts import Candidate, Facts
from ddm.acquire.money import money
from ddm.acquire.product import Money
from ddm.acquire.schema_org import WORDING, Where, availability, wording
from ddm.acquire.structured import clean
from ddm.acquire.urls import absolute

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z]{4})?(-[a-z]{2})?", re.IGNORECASE)
_SITE_SUFFIX = re.compile(r"\s+[|–—·:-]\s+[^|–—·]{2,60}$")
_ASIDE = (
    "related|recommend|similar|recent|cross-?sell|up-?sell|also|breadcrumb|review|footer|carousel-products|sponsor|bundle"
    "|basket|cart-|minicart"
)
_LOWER = "translate({}, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')"
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


def visible(tree: HtmlElement, where: Where) -> Facts:
    """What a reader sees: the heading, and price, article number and stock by the names pages give to their boxes."""
    heading = next((text for h1 in tree.iter("h1") if (text := clean(h1.text_content()))), "")
    tags = metas(tree)
    return Facts(
        title=heading[:300] or page_title(tree),
        description=clean(next(iter(tags.get("description", ())), ""))[:TEXT_LIMIT],
        sku=_sku(tree),
        price=_price(tree, where),
        availability=_stock(tree),
    )


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


def _boxes(tree: HtmlElement, *words: str) -> Iterable[HtmlElement]:
    """Elements whose class, id or itemprop holds one of `words`, in page order, outside of asides."""
    tests = " or ".join(
        f"contains({_LOWER.format(attribute)}, '{word}')"
        for word in words
        for attribute in ("@class", "@id", "@itemprop", "@data-testid")
    )
    return (box for box in tree.xpath(f"//body//*[{tests}]") if not _aside(box))


def _aside(element: HtmlElement) -> bool:
    names = (f"{each.get('class', '')} {each.get('id', '')}".lower() for each in (element, *element.iterancestors()))
    return any(re.search(_ASIDE, name) for name in names)


def _price(tree: HtmlElement, where: Where) -> Money | None:
    """The first text in a price box that names a currency; crossed-out prices are passed over."""
    for box in _boxes(tree, "price", "prix", "preis", "precio", "cena"):
        text = box.get("content") or clean(box.text_content())
        crossed = re.search("old|was|list|before|strike|rrp|regular", (box.get("class") or "").lower())
        signed = re.search(r"[^\W\d_]|[^\w\s.,'’-]", text)
        plausible = len(text) <= 40 and re.search(r"\d", text) and signed and not crossed
        if plausible and (found := money(text, "", where.place)):
            return found
    return None


_SKU_ATTRIBUTES = (
    "data-sku",
    "data-product-sku",
    "data-asin",
    "data-article-number",
    "data-product-id",
    "data-productid",
)
_SKU_FIELDS = ("asin", "sku", "product_id", "productid", "products_id")
_SKU_LABEL = re.compile(
    r"\b(?:sku|asin|art(?:icle|ikel)?\.?\s?(?:no|nr|number|nummer)?|item (?:no|number)|product code|model|货号|商品编号)"
    r"\s?[.:#：]+\s*([A-Za-z0-9][\w./-]{2,29})",
    re.IGNORECASE,
)


def _sku(tree: HtmlElement) -> str:
    for field in tree.iter("input"):
        if (field.get("name") or "").lower() in _SKU_FIELDS and field.get("value"):
            return str(field.get("value")).strip()
    for name in _SKU_ATTRIBUTES:
        if found := next(
            (value for e in tree.xpath(f"//body//*[@{name}]") if (value := e.get(name).strip()) and not _aside(e)), ""
        ):
            return str(found)
    texts = (clean(box.text_content()) for box in _boxes(tree, "sku", "article", "product-code", "model"))
    labels = (_SKU_LABEL.search(text) for text in texts if len(text) < 200)
    return next((label[1] for label in labels if label), "")


def _stock(tree: HtmlElement) -> str:
    texts = (clean(box.text_content()) for box in _boxes(tree, "availab", "stock", "delivery"))
    return next((state for text in texts if len(text) < 120 and (state := availability(text))), "")


SOURCES: dict[str, Callable[[HtmlElement, Where], Facts]] = {
    "OpenGraph": open_graph,
    "data attributes": attributes,
    "visible text": visible,
}
