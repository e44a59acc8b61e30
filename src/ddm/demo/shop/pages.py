"""The demo shop's catalogue -> its HTML pages, their structured data, and its sitemaps."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Storefront:
    """One country's shop window. price: how an amount is written."""

    name: str
    language: str
    currency: str
    price: str
    words: Mapping[str, str]


STOREFRONTS = {
    "en": Storefront(
        "en",
        "en-US",
        "USD",
        "${:,.2f}",
        {"all": "All products", "other": "中文", "sku": "Item no.", "also": "You may also like"},
    ),
    "zh": Storefront(
        "zh", "zh-CN", "CNY", "¥{:,.0f}", {"all": "全部商品", "other": "English", "sku": "货号：", "also": "猜你喜欢"}
    ),
}


def _template(name: str, values: Mapping[str, str], raw: Mapping[str, str]) -> str:
    """The template with `values` escaped for HTML and `raw` as it is."""
    escaped = {key: html.escape(value) for key, value in values.items()}
    return Template((HERE / name).read_text("utf-8")).substitute({**escaped, **raw})


def _frame(store: Storefront, shop: Mapping[str, Any], base: str, path: str) -> dict[str, str]:
    """The values that every page of a storefront needs."""
    other = next(each for each in STOREFRONTS.values() if each.name != store.name)
    return {
        "language": store.language,
        "other_language": other.language,
        "store": store.name,
        "base": base,
        "url": f"{base}/{store.name}/{path}",
        "other_url": f"{base}/{other.name}/{path}",
        "shop": shop["shop"]["name"][store.name],
        "motto": shop["shop"]["motto"][store.name],
        "all": store.words["all"],
        "other_name": store.words["other"],
    }


def product_page(
    store: Storefront,
    shop: Mapping[str, Any],
    product: Mapping[str, Any],
    related: Sequence[Mapping[str, Any]],
    base: str,
    gone: bool,
) -> str:
    """A product's page. related: the products shown below it. gone: its gallery also names a picture that is a 404."""
    words = product[store.name]
    values = _frame(store, shop, base, f"p/{product['slug']}.html") | {
        "slug": product["slug"],
        "title": words["title"],
        "tagline": words["tagline"],
        "description": words["description"],
        "cta": words["cta"],
        "amount": words["price"],
        "currency": store.currency,
        "sku": product["sku"],
        "sku_label": store.words["sku"],
        "also": store.words["also"],
    }
    names = [product["slug"], *(f"{product['slug']}-{crop['name']}" for crop in product.get("crops", ()))]
    shown = [*names, f"{product['slug']}-back"] if gone else names
    raw = {
        "data": _script(_data(store, shop, product, names, base), product.get("quirk", "")),
        "gallery": "\n    ".join(_figure(name, words["title"], base) for name in shown),
        "thumbs": f'<img src="{base}/images/thumbs/{product["slug"]}.jpg" alt="">',
        "price": _price(store, words),
        "badge": _badge(html.escape(words.get("badge", ""))),
        "related": "".join(_card(store, each, base) for each in related),
    }
    return _template("product.html", values, raw)


def _badge(text: str) -> str:
    return f'<span class="badge" data-badge="{text}">{text}</span>' if text else ""


def _figure(name: str, alt: str, base: str) -> str:
    return f'<img src="{base}/images/{name}.jpg" alt="{html.escape(alt)}" loading="lazy">'


def _price(store: Storefront, words: Mapping[str, str]) -> str:
    before = f"<s>{store.price.format(float(words['list_price']))}</s>" if "list_price" in words else ""
    return store.price.format(float(words["price"])) + before


def _card(store: Storefront, product: Mapping[str, Any], base: str) -> str:
    words = product[store.name]
    return (
        f'<li class="card"><a href="{address(base, store, product)}">'
        f'<img src="{base}/images/thumbs/{product["slug"]}.jpg" alt="" loading="lazy">'
        f"<h2>{html.escape(words['title'])}</h2>{_price(store, words)}</a></li>"
    )


def listing_page(store: Storefront, shop: Mapping[str, Any], base: str) -> str:
    """A storefront's front page: all its products, as cards and as an ItemList."""
    elements = [
        {"@type": "ListItem", "position": number, "url": address(base, store, product)}
        for number, product in enumerate(shop["products"], 1)
    ]
    data = {"@context": "https://schema.org", "@type": "ItemList", "itemListElement": elements}
    cards = "\n".join(_card(store, product, base) for product in shop["products"])
    return _template("listing.html", _frame(store, shop, base, ""), {"data": _script(data, ""), "cards": cards})


def _data(
    store: Storefront, shop: Mapping[str, Any], product: Mapping[str, Any], names: Sequence[str], base: str
) -> dict[str, Any]:
    """The page's schema.org Product."""
    words = product[store.name]
    data = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": words["title"],
        "slogan": words["tagline"],
        "description": words["description"],
        "sku": product["sku"],
        "brand": {"@type": "Brand", "name": shop["shop"]["name"][store.name], "logo": f"{base}/assets/brand.png"},
        "image": [f"{base}/images/{name}.jpg" for name in names],
        "offers": _offer(store, words, address(base, store, product)),
        "potentialAction": {"@type": "BuyAction", "name": words["cta"]},
    }
    if "badge" in words:
        data["additionalProperty"] = [{"@type": "PropertyValue", "name": "badge", "value": words["badge"]}]
    if "rating" in product:
        data["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": product["rating"],
            "reviewCount": product["reviews"],
        }
    return data


def _offer(store: Storefront, words: Mapping[str, str], url: str) -> dict[str, Any]:
    offer: dict[str, Any] = {
        "@type": "Offer",
        "url": url,
        "price": words["price"],
        "priceCurrency": store.currency,
        "availability": "https://schema.org/InStock",
    }
    if "list_price" in words:
        offer["priceSpecification"] = {
            "@type": "UnitPriceSpecification",
            "priceType": "https://schema.org/StrikethroughPrice",
            "price": words["list_price"],
            "priceCurrency": store.currency,
        }
    return offer


# Mistakes that real shops make in their JSON-LD.
_QUIRKS: dict[str, Callable[[str], str]] = {
    "trailing-comma": lambda text: text.removesuffix("\n}") + ",\n}",
    "commented": lambda text: f"//<![CDATA[\n/* product data */\n{text}\n//]]>",
}


def _script(data: Mapping[str, Any], quirk: str) -> str:
    """JSON for a script element; '<' is escaped, so that no text can close it."""
    text = json.dumps(data, ensure_ascii=False, indent=1).replace("<", "\\u003c")
    return _QUIRKS[quirk](text) if quirk else text


_SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap(urls: Sequence[str]) -> str:
    """A sitemap of pages (sitemaps.org, protocol 0.9)."""
    rows = "".join(f"<url><loc>{html.escape(url)}</loc></url>\n" for url in urls)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{_SITEMAPS}">\n{rows}</urlset>\n'


def sitemap_index(urls: Sequence[str]) -> str:
    """A sitemap of sitemaps."""
    rows = "".join(f"<sitemap><loc>{html.escape(url)}</loc></sitemap>\n" for url in urls)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="{_SITEMAPS}">\n{rows}</sitemapindex>\n'


def address(base: str, store: Storefront, product: Mapping[str, Any]) -> str:
    """Where a product's page lies in a storefront."""
    return f"{base}/{store.name}/p/{product['slug']}.html"
