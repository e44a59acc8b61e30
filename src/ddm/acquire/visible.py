"""What a reader of the page sees: heading, price, article number, stock, brand -> Facts. The last resort."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from lxml.html import HtmlElement

from ddm.acquire.facts import Facts
from ddm.acquire.meta import TEXT_LIMIT, metas, page_title
from ddm.acquire.money import money
from ddm.acquire.product import Money
from ddm.acquire.schema_org import Where
from ddm.acquire.structured import clean

# Boxes under these names speak of other products.
_ASIDE = re.compile(
    "related|recommend|similar|recent|cross-?sell|up-?sell|also|breadcrumb|review|footer|carousel-products|sponsor"
    "|bundle|basket|cart-|minicart"
)
_LOWER = "translate({}, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')"
_BOX_NAMES = ("@class", "@id", "@itemprop", "@data-testid")
_CROSSED = re.compile("old|was|list|before|strike|rrp|regular")
_SIGN = re.compile(r"[^\W\d_]|[^\w\s.,'’-]")  # a letter or a symbol: a bare number may be anything
PRICE_LENGTH = 40  # characters; a longer text holds more than a price
STOCK_LENGTH = 160
BRAND_LENGTH = 60

# How shops begin the line about stock, in the languages of the stores we know; what denies comes first.
_OUT = (
    r"(currently |temporarily )?(out of stock|sold out|unavailable|not available|no longer)|non disponibile|esaurito"
    r"|ausverkauft|(derzeit )?nicht (verfügbar|lieferbar|auf lager)|rupture|indisponible|épuisé|agotado|sin stock"
    r"|esgotado|uitverkocht|niet (op voorraad|leverbaar)|slut|vypred|vyprod|nedostup|brak w|niedost|stoc epuizat"
    r"|нет в наличии|缺货|已售罄|売り切れ|在庫なし|품절"
)
_IN = (
    r"(only \d+ )?(left )?in stock|available|disponibil|en stock|auf lager|sofort (lieferbar|verfügbar)|verfügbar"
    r"|disponible|em estoque|op voorraad|i lager|på lager|varastossa|skladom|skladem|na sklad|na zalogi|w magazynie"
    r"|dostępn|în stoc|raktáron|v zásob|в наличии|есть|现货|有货|有貨|在庫あり|재고"
)
_STOCK = (
    ("OutOfStock", re.compile(_OUT)),
    ("PreOrder", re.compile(r"pre-?order|vorbestell|预售|予約")),
    ("InStock", re.compile(_IN)),
)
_BUY = re.compile(
    r"(add|in|to|auf|en|do|v|ajouter|aggiungi|adicionar|añadir|lisää|lägg|legg|læg|dodaj|přidat|pridať|buy|jetzt|в)\b.{0,20}"
    r"\b(cart|bag|basket|trolley|warenkorb|panier|carrello|carrito|cesta|carrinho|winkelwagen|ostoskoriin|varukorg"
    r"|koszyka|košíka|košíku|košarico|now|kaufen|корзину)\b|加入购物车|加入購物車|立即购买|カートに入れる|장바구니",
    re.IGNORECASE,
)
_BRAND_PREFIX = re.compile(
    r"^(?:brand|marke|marca|marque|merk|brand name|by|von|di|par|品牌)\s?[:：]\s?|^visit the (?=.+ store$)"
    r"|^visita lo store di |^visiter la boutique |^besuchen sie den (?=.+-store$)|^visita la store de ",
    re.IGNORECASE,
)
_BRAND_SUFFIX = re.compile(r"[ -]store$", re.IGNORECASE)
_SKU_ATTRIBUTES = (
    "data-sku", "data-product-sku", "data-asin", "data-article-number", "data-product-id", "data-productid",
)  # fmt: skip
_SKU_FIELDS = ("asin", "sku", "product_id", "productid", "products_id")
_SKU_LABEL = re.compile(
    r"\b(?:sku|asin|art(?:icle|ikel)?\.?\s?(?:no|nr|number|nummer)?|item (?:no|number)|product code|model"
    r"|货号|商品编号)\s?[.:#：]+\s*([A-Za-z0-9][\w./-]{2,29})",
    re.IGNORECASE,
)
_SKU_PATH = re.compile(r"(?:^|[-_/]|\bp)(\d{6,14})(?:\.\w{2,5})?/?$")


def visible(tree: HtmlElement, where: Where) -> Facts:
    """The product as its page shows it, by the names pages give to their boxes."""
    heading = next((text for h1 in tree.iter("h1") if (text := clean(h1.text_content()))), "")
    return Facts(
        title=heading[:300] or page_title(tree),
        description=clean(next(iter(metas(tree).get("description", ())), ""))[:TEXT_LIMIT],
        brand=_brand(tree),
        sku=_sku(tree, where),
        price=_price(tree, where),
        availability=_stock(tree),
    )


def _boxes(tree: HtmlElement, *words: str) -> Iterator[HtmlElement]:
    """Elements with one of `words` in a name, in page order, outside of asides."""
    tests = (f"contains({_LOWER.format(name)}, '{word}')" for word in words for name in _BOX_NAMES)
    return (box for box in tree.xpath(f"//body//*[{' or '.join(tests)}]") if not _aside(box))


def _texts(tree: HtmlElement, *words: str) -> Iterator[str]:
    return (text for box in _boxes(tree, *words) if (text := box.get("content") or clean(box.text_content())))


def _aside(element: HtmlElement) -> bool:
    names = (f"{each.get('class', '')} {each.get('id', '')}".lower() for each in (element, *element.iterancestors()))
    return any(_ASIDE.search(name) for name in names)


def _price(tree: HtmlElement, where: Where) -> Money | None:
    """The first text in a price box that names a currency; crossed-out prices are passed over."""
    for box in _boxes(tree, "price", "prix", "preis", "precio", "cena"):
        text = box.get("content") or clean(box.text_content())
        crossed = _CROSSED.search((box.get("class") or "").lower())
        plausible = len(text) <= PRICE_LENGTH and re.search(r"\d", text) and _SIGN.search(text) and not crossed
        if plausible and (found := money(text, "", where.place)):
            return found
    return None


def _sku(tree: HtmlElement, where: Where) -> str:
    """The article number: of the order form, of an attribute, of a labelled line, or of the page's address."""
    fields = (each.get("value", "").strip() for each in tree.iter("input") if _named(each) in _SKU_FIELDS)
    marked = (
        box.get(name).strip()
        for name in _SKU_ATTRIBUTES
        for box in tree.xpath(f"//body//*[@{name}]")
        if not _aside(box)
    )
    labels = (_SKU_LABEL.search(text) for text in _texts(tree, "sku", "article", "product-code") if len(text) < 200)
    choices = (fields, marked, (label[1] for label in labels if label), _sku_in_address(where.base))
    return next((found for choice in choices for found in choice if found), "")


def _named(field: HtmlElement) -> str:
    return (field.get("name") or "").lower()


def _sku_in_address(url: str) -> Iterator[str]:
    query = parse_qs(urlsplit(url).query)
    yield from (query[name][0] for name in ("sku", "pid", "item", "itemid") if name in query)
    found = _SKU_PATH.search(urlsplit(url).path)
    yield found[1] if found else ""


def _stock(tree: HtmlElement) -> str:
    """What the line about stock says; without one, a button to buy says that there is some."""
    lines = (text.lower() for text in _texts(tree, "availab", "stock", "dostup", "verfueg") if len(text) < STOCK_LENGTH)
    stated = next((state for line in lines for state, words in _STOCK if words.match(line)), "")
    return stated or ("InStock" if any(_BUY.search(label) for label in _buttons(tree)) else "")


def _buttons(tree: HtmlElement) -> Iterator[str]:
    """The labels of the buttons that can be pressed, outside of asides."""
    path = (
        "//button|//input[@type='submit' or @type='button']|//a[contains(@class, 'btn') or contains(@class, 'button')]"
    )
    for button in tree.xpath(path):
        if button.get("disabled") is None and not _aside(button):
            label = clean(button.text_content()) or button.get("value") or button.get("aria-label") or ""
            yield label[:PRICE_LENGTH]


def _brand(tree: HtmlElement) -> str:
    """The first short line of a box for the brand, without 'Brand:' or 'Visit the … Store'."""
    lines = (text for text in _texts(tree, "brand", "byline", "marca", "manufacturer") if len(text) <= BRAND_LENGTH)
    return next((_BRAND_SUFFIX.sub("", _BRAND_PREFIX.sub("", line)) for line in lines if _BRAND_PREFIX.match(line)), "")
