"""The demo shop: a catalogue and its photographs -> the static pages of two storefronts, and a server for them.

Run it on its own to look at it in a browser: `python -m ddm.demo.shop.shop`.
"""

from __future__ import annotations

import html
import json
import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

import uvicorn
from PIL import Image, ImageDraw
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from ddm.errors import Unavailable

HERE = Path(__file__).parent
THUMB = 320  # pixels of a listing's and gallery's thumbnails
QUALITY = 92
START_SECONDS = 20.0  # a server that is not up by then is not coming
_RELATED = 4


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
ROBOTS = """User-agent: *
Disallow: /en/search
Disallow: /zh/search
Disallow: /internal/
Crawl-delay: 0

Sitemap: {base}/sitemap.xml
"""
# Every so many products, one page names a picture that is gone, as real shops do.
_GONE_EVERY = 9


def catalogue() -> dict[str, Any]:
    """The shop's names and its products, both storefronts."""
    found: dict[str, Any] = json.loads((HERE / "catalogue.json").read_text("utf-8"))
    return found


def build(directory: Path, pictures: Path, base: str) -> None:
    """Write the whole shop into `directory`. pictures: the folder with images/. base: its address, no final '/'."""
    shop = catalogue()
    products = shop["products"]
    _write_pictures(directory, pictures / "images", products)
    _write_chrome(directory / "assets")
    _write(directory / "robots.txt", ROBOTS.format(base=base))
    for store in STOREFRONTS.values():
        _write(directory / store.name / "index.html", _listing(store, shop, base))
        for number, product in enumerate(products):
            related = [products[(number + step) % len(products)] for step in range(1, _RELATED + 1)]
            gone = number % _GONE_EVERY == 0
            _write(
                directory / store.name / "p" / f"{product['slug']}.html",
                _page(store, shop, product, related, base, gone),
            )
        _write(directory / f"sitemap-{store.name}.xml", _sitemap([_url(base, store, each) for each in products]))
        _write(directory / store.name / "search" / "index.html", "<!doctype html><title>Search</title>")
    _write(
        directory / "index.html",
        f'<!doctype html><title>Halfmoon</title><meta http-equiv="refresh" content="0;url={base}/en/">',
    )
    _write(directory / "sitemap.xml", _sitemap_index([f"{base}/sitemap-{name}.xml" for name in STOREFRONTS]))


def _url(base: str, store: Storefront, product: Mapping[str, Any]) -> str:
    return f"{base}/{store.name}/p/{product['slug']}.html"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _write_pictures(directory: Path, images: Path, products: Sequence[Mapping[str, Any]]) -> None:
    """Each product's photograph unchanged, a thumbnail of it, and the crops its gallery shows."""
    folder = directory / "images"
    (folder / "thumbs").mkdir(parents=True, exist_ok=True)
    for product in products:
        original = images / product["photo"]
        shutil.copyfile(original, folder / f"{product['slug']}.jpg")
        with Image.open(original) as image:
            photograph = image.convert("RGB")
        for crop in product.get("crops", ()):
            photograph.crop(_pixels(crop["box"], photograph.size)).save(
                folder / f"{product['slug']}-{crop['name']}.jpg", quality=QUALITY
            )
        photograph.thumbnail((THUMB, THUMB))
        photograph.save(folder / "thumbs" / f"{product['slug']}.jpg", quality=QUALITY)


def _pixels(box: Sequence[float], size: tuple[int, int]) -> tuple[int, int, int, int]:
    """A box in fractions of the picture (left, top, right, bottom) in pixels."""
    left, top, right, bottom = (round(part * size[index % 2]) for index, part in enumerate(box))
    return left, top, right, bottom


def _write_chrome(folder: Path) -> None:
    """What belongs to the pages and to no product: style, logo, payment sprite, tracking pixel."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(HERE / "style.css", folder / "style.css")
    logo = Image.new("RGB", (112, 112), "#faf8f4")
    pen = ImageDraw.Draw(logo)
    pen.ellipse((8, 8, 104, 104), fill="#1f5c4d")
    pen.ellipse((38, -2, 118, 94), fill="#faf8f4")
    logo.save(folder / "logo.png")
    sprite = Image.new("RGB", (720, 96), "#faf8f4")
    for number, colour in enumerate(("#c9c5bb", "#b9b4a8", "#a9a395", "#999283")):
        ImageDraw.Draw(sprite).rounded_rectangle((number * 180 + 14, 14, number * 180 + 150, 82), 14, fill=colour)
    sprite.save(folder / "sprite-payments.png")
    Image.new("P", (1, 1)).save(folder / "pixel.gif")


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


def _page(
    store: Storefront,
    shop: Mapping[str, Any],
    product: Mapping[str, Any],
    related: Sequence[Mapping[str, Any]],
    base: str,
    gone: bool,
) -> str:
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
    raw = {
        "data": _script(_data(store, shop, product, names, base), product.get("quirk", "")),
        "gallery": "\n    ".join(
            _figure(name, words["title"], base) for name in [*names, *([f"{product['slug']}-back"] if gone else [])]
        ),
        "thumbs": f'<img src="{base}/images/thumbs/{product["slug"]}.jpg" alt="">',
        "price": _price(store, words),
        "badge": f'<span class="badge" data-badge="{html.escape(words["badge"])}">{html.escape(words["badge"])}</span>'
        if "badge" in words
        else "",
        "related": "".join(_card(store, each, base) for each in related),
    }
    return _template("product.html", values, raw)


def _figure(name: str, alt: str, base: str) -> str:
    return f'<img src="{base}/images/{name}.jpg" alt="{html.escape(alt)}" loading="lazy">'


def _price(store: Storefront, words: Mapping[str, str]) -> str:
    before = f"<s>{store.price.format(float(words['list_price']))}</s>" if "list_price" in words else ""
    return store.price.format(float(words["price"])) + before


def _card(store: Storefront, product: Mapping[str, Any], base: str) -> str:
    words = product[store.name]
    return (
        f'<li class="card"><a href="{_url(base, store, product)}">'
        f'<img src="{base}/images/thumbs/{product["slug"]}.jpg" alt="" loading="lazy">'
        f"<h2>{html.escape(words['title'])}</h2>{_price(store, words)}</a></li>"
    )


def _listing(store: Storefront, shop: Mapping[str, Any], base: str) -> str:
    elements = [
        {"@type": "ListItem", "position": number, "url": _url(base, store, product)}
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
        "brand": {"@type": "Brand", "name": shop["shop"]["name"][store.name]},
        "image": [f"{base}/images/{name}.jpg" for name in names],
        "offers": _offer(store, words, _url(base, store, product)),
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


def _sitemap(urls: Sequence[str]) -> str:
    rows = "".join(f"<url><loc>{html.escape(url)}</loc></url>\n" for url in urls)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{_SITEMAPS}">\n{rows}</urlset>\n'


def _sitemap_index(urls: Sequence[str]) -> str:
    rows = "".join(f"<sitemap><loc>{html.escape(url)}</loc></sitemap>\n" for url in urls)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="{_SITEMAPS}">\n{rows}</sitemapindex>\n'


@contextmanager
def serve_shop(pictures: Path | None = None, port: int = 0) -> Iterator[str]:
    """The shop on the loopback interface for as long as the block runs; yields its address, without final '/'.

    pictures: the folder with images/; the fetched ones unless given. Missing: they are not fetched.
    """
    if pictures is None:
        from ddm.models import pictures as fetched

        pictures = fetched("vendure")
    with tempfile.TemporaryDirectory(prefix="ddm-shop-") as name, socket.create_server(("127.0.0.1", port)) as listener:
        base = f"http://127.0.0.1:{listener.getsockname()[1]}"
        build(Path(name), pictures, base)
        with serving(Path(name), listener):
            yield base


@contextmanager
def serving(directory: Path, listener: socket.socket) -> Iterator[None]:
    """Serve the files of `directory` on `listener` from a thread of its own."""
    app = Starlette(routes=[Mount("/", StaticFiles(directory=directory, html=True))])
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off", ws="none", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        _wait(server, thread)
        yield
    finally:
        server.should_exit = True
        thread.join(START_SECONDS)


def _wait(server: uvicorn.Server, thread: threading.Thread) -> None:
    until = time.monotonic() + START_SECONDS
    while not server.started:
        if not thread.is_alive() or time.monotonic() > until:
            raise Unavailable("the demo shop did not start", mend="see the messages above")
        time.sleep(0.01)


if __name__ == "__main__":
    with serve_shop() as address:
        print(f"{address}/en/  {address}/zh/  (Ctrl-C ends)")
        threading.Event().wait()
