"""page, feed or folder -> Product: copy and raw materials, with what was filtered out and why."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from ddm.acquire.client import Client
from ddm.acquire.materials import Materials
from ddm.acquire.picture import look
from ddm.acquire.product import Money, Picture, Product, Rejection
from ddm.acquire.sources import PRODUCT_LIMIT, Progress, Run, logo, products, scenes
from ddm.acquire.store import Store
from ddm.errors import InputError

__all__ = [
    "Client",
    "Money",
    "Picture",
    "Product",
    "Rejection",
    "acquire",
    "acquire_logo",
    "acquire_scenes",
    "picture_of",
]


def acquire(
    source: str | Path,
    *,
    cache: Path,
    client: Client | None = None,
    allow_private: bool = False,
    limit: int | None = None,
    progress: Progress | None = None,
) -> Iterator[Product | Rejection]:
    """The products of `source`: the URL of a product page, a listing, a sitemap or a feed; a saved page (.html,
    .html.gz) with its pictures beside it; a feed as a file (see `ddm.acquire.feed`); or a folder with product.json or
    products.csv (see `ddm.acquire.folder`).

    Yields a Product for each product, its rejected pictures inside, and a Rejection for each page that has none.
    Raw pictures are stored under `cache`/raw by their SHA-256. limit: products at most, 1000 unless given.
    progress(what, done, total): called before each product. client: one to use; allow_private then counts for nothing.

    InputError, Unavailable: the source itself cannot be read; a failure within it is a Rejection.
    """
    own = client is None
    used = client or Client(allow_private=allow_private)
    try:
        run = Run(used, Materials(Store(cache)), PRODUCT_LIMIT if limit is None else limit, progress)
        yield from products(str(source), run)
    finally:
        if own:
            used.close()


def acquire_scenes(folder: Path, *, cache: Path) -> tuple[tuple[Picture, ...], tuple[Rejection, ...]]:
    """The pictures of `folder` as materials of role 'scene', and those that were left out."""
    with Client() as client:
        return scenes(folder, Run(client, Materials(Store(cache))))


def acquire_logo(file: Path, *, cache: Path) -> Picture:
    """A picture file as material of role 'logo'. InputError says why it cannot be one."""
    return logo(file, Materials(Store(cache)))


def picture_of(path: Path) -> Picture:
    """A picture file as a raw material, checked by decoding it. InputError says what is wrong with it."""
    try:
        body = path.read_bytes()
    except OSError as error:
        raise InputError(f"the picture cannot be read: {error.strerror}", str(path), "check the name") from None
    seen = look(body, str(path))
    digest = hashlib.sha256(body).hexdigest()
    return Picture(digest, path, str(path), seen.width, seen.height, seen.media_type)
