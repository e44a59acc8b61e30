"""schema.org nodes -> Facts: which product the page is about, and what is said of it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ddm.acquire.facts import Candidate, Facts
from ddm.acquire.money import Place, money
from ddm.acquire.product import Money
from ddm.acquire.structured import Node
from ddm.acquire.urls import absolute, normal

PRODUCTS = frozenset(
    ("product", "individualproduct", "productmodel", "someproducts", "productgroup", "vehicle", "car", "book")
)
ORGANISATIONS = frozenset(
    ("organization", "corporation", "brand", "onlinestore", "onlinebusiness", "store", "localbusiness")
)
# A product under one of these is not what the page sells.
_ASIDE = frozenset(
    ("isRelatedTo", "isSimilarTo", "isAccessoryOrSparePartFor", "isConsumableFor", "itemListElement", "itemReviewed",
     "review", "reviews", "hasVariant", "predecessorVariant", "successorVariant", "isVariantOf", "itemOffered",
     "offers", "recommendation", "makesOffer")
)  # fmt: skip
_BEFORE = frozenset(["listprice", "strikethroughprice", "msrp", "srp", "regularprice"])
# schema.org has no word for these; shops state them as a PropertyValue, a meta tag or a data attribute of these names.
WORDING = {
    "tagline": "tagline", "slogan": "tagline", "headline": "tagline", "subtitle": "tagline", "cta": "cta",
    "calltoaction": "cta", "badge": "badge", "ribbon": "badge", "promo": "badge",
}  # fmt: skip
WORDING_LIMIT = 120  # characters; a longer one is a paragraph that landed in the wrong field
_AVAILABILITY = (
    (
        "OutOfStock",
        r"out\W?of\W?stock|sold\W?out|discontinued|unavailable|not available|^oos$|nicht (verfügbar|lieferbar)",
    ),
    ("BackOrder", r"back\W?order"),
    ("PreOrder", r"pre\W?(order|sale)|available for order"),
    ("InStock", r"in\W?stock|limited\W?availability|online\W?only|in\W?store\W?only|available|made\W?to\W?order|现货"),
)


@dataclass(frozen=True, slots=True)
class Where:
    """What is known of the page before its data is read: its URLs (own and canonical) and the place for prices."""

    urls: tuple[str, ...]
    titles: tuple[str, ...] = ()
    place: Place = field(default_factory=Place)

    @property
    def base(self) -> str:
        return self.urls[0] if self.urls else ""


def facts(nodes: Sequence[Node], where: Where) -> Facts:
    """What `nodes` say of the page's own product; empty Facts when they describe none."""
    product = choose(nodes, where)
    if product is None:
        return Facts(logos=_logos((), nodes, where.base))
    variant = _variant(product, where)
    group = product.nodes("isVariantOf")
    described = [node for node in (variant, product, *group) if node is not None]
    price, before, availability = _offer([o for node in described for o in offers(node)], where)
    return Facts(
        title=_first(described, "name", "title"),
        language=_first(described, "inLanguage"),
        description=_first(described, "description"),
        brand=_first(described, "brand", "manufacturer"),
        sku=_first(described, "sku", "productID") or _offer_sku(described),
        price=price,
        list_price=before,
        availability=availability,
        rating=_rating(product),
        rating_count=_rating_count(product),
        copy=_wording(described),
        pictures=tuple(picture for node in described for picture in _pictures(node, where.base)),
        logos=_logos(described, nodes, where.base),
    )


def choose(nodes: Sequence[Node], where: Where) -> Node | None:
    """The product the page is about: at its URL, else of its title, else the first with an offer, else the first."""
    own = [node for node in nodes if node.types & PRODUCTS and not _ASIDE & set(node.within)]
    pages = {normal(url) for url in where.urls}
    titles = {title.casefold() for title in where.titles}

    def merit(node: Node) -> tuple[bool, bool, bool]:
        address = absolute(node.text("url") or node.id, where.base)
        name = node.text("name").casefold()
        return (
            bool(address) and normal(address) in pages,
            bool(name) and any(name in title for title in titles),
            bool(node.nodes("offers", "hasVariant")),
        )

    return max(own, key=merit, default=None)


def _variant(product: Node, where: Where) -> Node | None:
    """Of a group, the variant at the page's URL, else the first that is offered."""
    variants = product.nodes("hasVariant")
    pages = {normal(url) for url in where.urls}
    here = (each for each in variants if normal(absolute(each.text("url"), where.base)) in pages)
    return next(here, None) or next((each for each in variants if offers(each)), None)


def offers(product: Node) -> list[Node]:
    """The product's offers, those inside an AggregateOffer first, before the aggregate itself."""
    return [each for offer in product.nodes("offers") for each in (*offer.nodes("offers"), offer)]


def _offer(stated: list[Node], where: Where) -> tuple[Money | None, Money | None, str]:
    """Price, price before, availability: of the offer at the page's URL, else the first in stock, else the first."""
    pages = {normal(url) for url in where.urls}
    priced = [(offer, *_prices(offer, where.place)) for offer in stated]

    def merit(row: tuple[Node, Money | None, Money | None]) -> tuple[bool, bool, bool]:
        offer, price, _ = row
        return price is not None, normal(absolute(offer.text("url"), where.base)) in pages, _state(offer) == "InStock"

    best = max(priced, key=merit, default=None)
    states = [state for offer in stated if (state := _state(offer))]
    overall = "InStock" if "InStock" in states else next(iter(states), "")
    return (best[1], best[2], overall) if best else (None, None, "")


def _prices(offer: Node, place: Place) -> tuple[Money | None, Money | None]:
    """An offer's price and the price before the reduction."""
    specifications = offer.nodes("priceSpecification")
    before = [each for each in specifications if each.text("priceType").rsplit("/", 1)[-1].lower() in _BEFORE]
    asked = [each for each in specifications if each not in before and not each.nodes("referenceQuantity")]
    return _amount([offer, *asked], place, offer), _amount(before, place, offer)


def _amount(stated: Iterable[Node], place: Place, offer: Node) -> Money | None:
    currency = offer.text("priceCurrency", "currency")
    return next(
        (
            found
            for node in stated
            for value in node.scalars("price", "lowPrice", "minPrice")
            if (found := money(value, node.text("priceCurrency") or currency, place))
        ),
        None,
    )


def _state(offer: Node) -> str:
    return availability(offer.text("availability"))


def availability(text: str) -> str:
    """schema.org's ItemAvailability in its own spelling, from its URL or from words; '' when it is neither."""
    name = text.strip().rsplit("/", 1)[-1].lower().replace("_", " ")
    return next((state for state, words in _AVAILABILITY if re.search(words, name)), "")


def _first(described: Iterable[Node], *names: str) -> str:
    return next((text for name in names for node in described if (text := node.text(name))), "")


def _offer_sku(described: Iterable[Node]) -> str:
    return next((sku for node in described for offer in offers(node) if (sku := offer.text("sku"))), "")


def _rating_count(product: Node) -> int | None:
    """How many ratings the mean is of; reviews where only those are counted."""
    nodes = product.nodes("aggregateRating")
    counts = (node.text(name).strip() for name in ("ratingCount", "reviewCount") for node in nodes)
    return next((int(text) for text in counts if re.fullmatch(r"[1-9][0-9]{0,8}", text)), None)


def _rating(product: Node) -> float | None:
    """The mean rating on a scale of five."""
    for node in product.nodes("aggregateRating"):
        try:
            value = float(node.text("ratingValue").replace(",", "."))
            best = float(node.text("bestRating").replace(",", ".") or 5)
        except ValueError:
            continue
        if 0 < value <= best < math.inf:
            return round(value / best * 5, 2)
    return None


def _wording(described: Sequence[Node]) -> dict[str, str]:
    """The tagline, call to action and badge that the data states."""
    stated = [("slogan", node.text("slogan")) for node in described]
    stated += [("cta", action.text("name")) for node in described for action in node.nodes("potentialAction")]
    stated += [
        (each.text("name", "propertyID"), each.text("value"))
        for node in described
        for each in node.nodes("additionalProperty")
    ]
    return wording(stated)


def wording(stated: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Of (name, text) pairs those that are wording, by our names; the first of each name counts."""
    found: dict[str, str] = {}
    for name, text in stated:
        known = WORDING.get(re.sub(r"[^a-z]", "", name.lower()))
        if known and text and len(text) <= WORDING_LIMIT:
            found.setdefault(known, text)
    return found


def _logos(described: Sequence[Node], nodes: Sequence[Node], base: str) -> tuple[Candidate, ...]:
    """The brand's mark, else its maker's, else that of the page's own organisation."""
    brands = [brand for name in ("brand", "manufacturer") for node in described for brand in node.nodes(name)]
    shops = [node for node in nodes if node.types & ORGANISATIONS and not (_ASIDE | {"author"}) & set(node.within)]
    found = (mark for owner in (*brands, *shops) for mark in _pictures(owner, base, ("logo",)))
    return tuple(dict.fromkeys(found))


def _pictures(node: Node, base: str, names: tuple[str, ...] = ("image", "images", "photo")) -> list[Candidate]:
    plain = [Candidate(absolute(str(url), base), declared=True) for url in node.scalars(*names)]
    objects = [
        Candidate(
            absolute(url, base),
            alt=each.text("caption", "description"),
            width=_pixels(each.text("width")),
            declared=True,
        )
        for each in node.nodes(*names)
        if (url := each.text("contentUrl", "url") or each.id)
    ]
    return [picture for picture in (*plain, *objects) if picture.url]


def _pixels(text: str) -> int:
    digits = re.match(r"\d{1,5}", text)
    return int(digits[0]) if digits else 0
