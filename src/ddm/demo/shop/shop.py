"""The demo shop: a catalogue and its photographs -> the static pages of two storefronts, and a server for them.

Run it on its own to look at it in a browser: `python -m ddm.demo.shop.shop`.
"""

from __future__ import annotations

import json
import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from PIL import Image, ImageDraw
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from ddm.demo.shop.pages import STOREFRONTS, address, listing_page, product_page, sitemap, sitemap_index
from ddm.errors import Unavailable

HERE = Path(__file__).parent
THUMB = 320  # pixels of a listing's and gallery's thumbnails
QUALITY = 92
START_SECONDS = 20.0  # a server that is not up by then is not coming
_RELATED = 4


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
        folder = directory / store.name
        _write(folder / "index.html", listing_page(store, shop, base))
        _write(folder / "search" / "index.html", "<!doctype html><title>Search</title>")
        for number, product in enumerate(products):
            related = [products[(number + step) % len(products)] for step in range(1, _RELATED + 1)]
            page = product_page(store, shop, product, related, base, gone=number % _GONE_EVERY == 0)
            _write(folder / "p" / f"{product['slug']}.html", page)
        _write(directory / f"sitemap-{store.name}.xml", sitemap([address(base, store, each) for each in products]))
    _write(directory / "index.html", f'<!doctype html><meta http-equiv="refresh" content="0;url={base}/en/">')
    _write(directory / "sitemap.xml", sitemap_index([f"{base}/sitemap-{name}.xml" for name in STOREFRONTS]))


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
    brand().save(folder / "brand.png")
    sprite = Image.new("RGB", (720, 96), "#faf8f4")
    for number, colour in enumerate(("#c9c5bb", "#b9b4a8", "#a9a395", "#999283")):
        ImageDraw.Draw(sprite).rounded_rectangle((number * 180 + 14, 14, number * 180 + 150, 82), 14, fill=colour)
    sprite.save(folder / "sprite-payments.png")
    Image.new("P", (1, 1)).save(folder / "pixel.gif")


def brand(side: int = 640) -> Image.Image:
    """The shop's mark, with transparency: a half moon above the sea, drawn at four times its size for smooth edges."""
    large = side * 4
    unit = large / 64
    ink, mark = Image.new("L", (large, large)), "#1f5c4d"
    pen = ImageDraw.Draw(ink)
    pen.ellipse([4 * unit, 4 * unit, 60 * unit, 60 * unit], fill=255)
    pen.ellipse([8 * unit, 8 * unit, 56 * unit, 56 * unit], fill=0)
    pen.pieslice([15 * unit, 15 * unit, 49 * unit, 49 * unit], 180, 360, fill=255)
    for row, half in ((37, 19), (43, 14), (49, 8)):
        ends = [(32 - half) * unit, row * unit, (32 + half) * unit, (row + 2.6) * unit]
        pen.rounded_rectangle(ends, 1.3 * unit, fill=255)
    found = Image.new("RGB", (side, side), mark)
    found.putalpha(ink.resize((side, side), Image.Resampling.LANCZOS))
    return found


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
    with serve_shop() as place:
        print(f"{place}/en/  {place}/zh/  (Ctrl-C ends)")
        threading.Event().wait()
