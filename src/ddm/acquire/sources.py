"""A source of any kind -> the products in it: page, listing, sitemap, feed, saved page, folder."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from urllib.parse import unquote, urlsplit

import lxml.etree

from ddm.acquire import feed
from ddm.acquire.client import FEED_LIMIT, PAGE_LIMIT, Client
from ddm.acquire.facts import Candidate, Facts
from ddm.acquire.folder import Listed, inside, listed, pictures_in, product_file
from ddm.acquire.materials import PICTURE_LIMIT, Found, Materials
from ddm.acquire.network import Answer
from ddm.acquire.page import Page, read_page
from ddm.acquire.product import Picture, Product, Rejection
from ddm.acquire.urls import product_id
from ddm.errors import DdmError, InputError, Missing

PRODUCT_LIMIT = 1000  # products of one source unless asked otherwise; a shop of this size is a feed's work
SITEMAP_DEPTH = 3  # an index of indexes of sitemaps; the protocol itself knows one level
Progress = Callable[[str, int, int], None]
FEEDS = tuple(
    kind + packed for kind in (".xml", ".rss", ".atom", ".csv", ".tsv", ".txt", ".json") for packed in ("", ".gz")
)
_SAVED_FROM = re.compile(rb"<!-- saved from url=\(\d+\)(\S+) -->")


@dataclass(frozen=True, slots=True)
class Run:
    """What one acquisition works with. progress(what, done, total) is called as it goes; total 0: not known."""

    client: Client
    materials: Materials
    limit: int = PRODUCT_LIMIT
    progress: Progress | None = None

    def tell(self, what: str, done: int = 0, total: int = 0) -> None:
        """Report progress, when someone listens."""
        if self.progress:
            self.progress(what, done, total)


def products(source: str, run: Run) -> Iterator[Product | Rejection]:
    """The products of `source`, at most run.limit of them.

    InputError: nothing can be read from a source of this kind. Unavailable: its server does not answer.
    """
    if re.match(r"https?://", source, re.IGNORECASE):
        return islice(_from_address(source, run), run.limit)
    path = Path(source).expanduser()
    if not path.exists():
        raise InputError("there is no such file or folder", source, "give a URL, a saved page or a folder")
    if path.is_dir():
        return islice(_from_folder(path, run), run.limit)
    if path.name.lower().endswith((".html", ".htm", ".html.gz", ".xhtml")):
        return iter([_from_saved(path, run)])
    if path.name in ("product.json", "products.json", "products.csv"):
        return islice(_from_file(path, run), run.limit)
    if path.name.lower().endswith(FEEDS):
        return islice(_from_feed(_whole(path), path.resolve().as_uri(), run, _beside(path, run)), run.limit)
    raise InputError(f"'{path.suffix}' files are no source", source, "give a URL, .html, .html.gz, a feed or a folder")


def _from_address(url: str, run: Run) -> Iterator[Product | Rejection]:
    run.tell(url)
    answer = run.client.source(url)
    if _is_sitemap(answer):
        yield from _each(_sitemap(answer, run, 0), run)
        return
    body = unpacked(answer.body, answer.url, FEED_LIMIT)
    if feed.kind_of(body):
        yield from _from_feed(body, answer.url, run, _fetched(run))
        return
    if len(body) > PAGE_LIMIT:
        raise InputError(f"the page is over {PAGE_LIMIT:,} bytes", url, "use a smaller page")
    page = read_page(answer.body, answer.url, answer.charset)
    if page.product:
        run.tell(page.url, 1, 1)
        yield _product(page, run, _fetched(run))
    elif page.links:
        yield from _each(page.links[: run.limit], run)
    else:
        yield Rejection(url, page.reason)


def _each(urls: Iterator[str] | tuple[str, ...], run: Run) -> Iterator[Product | Rejection]:
    """The product at each address; one that fails is a Rejection, and the others go on."""
    addresses = list(islice(urls, run.limit))
    for number, url in enumerate(addresses, 1):
        run.tell(url, number, len(addresses))
        yield _try_page(url, run)


def _try_page(url: str, run: Run) -> Product | Rejection:
    try:
        answer = run.client.page(url)
        page = read_page(answer.body, answer.url, answer.charset)
        return _product(page, run, _fetched(run)) if page.product else Rejection(url, page.reason)
    except Missing:
        raise
    except DdmError as error:
        return Rejection(url, str(error))


def _is_sitemap(answer: Answer) -> bool:
    head = answer.body[:2000]
    if head.startswith(b"\x1f\x8b"):
        head = unpacked(answer.body, answer.url, FEED_LIMIT)[:2000]
    return b"<urlset" in head or b"<sitemapindex" in head


def _sitemap(answer: Answer, run: Run, depth: int) -> Iterator[str]:
    """The page addresses in a sitemap and in those it names (sitemaps.org), on its own host only."""
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    root = lxml.etree.fromstring(unpacked(answer.body, answer.url), parser)
    if root is None:
        raise InputError("this is no sitemap", answer.url, "give the address of a sitemap, a listing or a product page")
    host = urlsplit(answer.url).netloc
    places = [(str(loc.text or "").strip(), lxml.etree.QName(loc.getparent()).localname) for loc in root.iter("{*}loc")]
    for place, kind in places:
        if urlsplit(place).netloc != host:
            continue
        if kind == "sitemap" and depth < SITEMAP_DEPTH:
            yield from _sitemap(run.client.page(place), run, depth + 1)
        elif kind == "url":
            yield place


def unpacked(body: bytes, source: str, limit: int = PAGE_LIMIT) -> bytes:
    """`body`, unpacked if it is a gzip file; InputError beyond `limit` bytes or when it is damaged."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        state = zlib.decompressobj(zlib.MAX_WBITS | 16)
        found = state.decompress(body, limit + 1)
    except zlib.error as error:
        raise InputError(f"the gzip file is damaged: {error}", source) from error
    if len(found) > limit:
        raise InputError(f"the file unpacks to over {limit:,} bytes", source, "use a smaller one")
    return found


Load = Callable[[Candidate], Found]


def _from_feed(body: bytes, url: str, run: Run, load: Load) -> Iterator[Product | Rejection]:
    """Its pictures are loaded as each product is asked for."""
    for found in feed.items(body, url, datetime.now(UTC)):
        run.tell(found.source if isinstance(found, Rejection) else found.place)
        yield found if isinstance(found, Rejection) else _fed(found, run, load)


def _fed(item: feed.Item, run: Run, load: Load) -> Product:
    pictures, rejected = run.materials.gather(item.facts.pictures, load)
    return _made(item.facts, item.url, pictures, (*rejected, *item.variants))


def _whole(path: Path) -> bytes:
    if path.stat().st_size > FEED_LIMIT:
        raise InputError(f"the feed is over {FEED_LIMIT:,} bytes", str(path), "part it")
    return unpacked(path.read_bytes(), str(path), FEED_LIMIT)


def _from_saved(path: Path, run: Run) -> Product | Rejection:
    """A page saved by a browser; its pictures lie beside it, or are fetched where the page names full addresses."""
    if path.stat().st_size > PAGE_LIMIT:
        raise InputError(f"the page is over {PAGE_LIMIT:,} bytes", str(path), "use a smaller page")
    body = unpacked(path.read_bytes(), str(path))
    local = path.resolve().as_uri()
    page = read_page(body, local)
    saved = _SAVED_FROM.search(body[:4000])
    if saved and page.url == local:
        page = Page(saved[1].decode("latin-1"), page.facts, page.links, page.reason)
    run.tell(page.url, 1, 1)
    return _product(page, run, _beside(path, run)) if page.product else Rejection(str(path), page.reason)


def _fetched(run: Run) -> Load:
    return lambda candidate: Found(candidate, run.client.picture(candidate.url).body)


def _beside(saved: Path, run: Run) -> Load:
    """Loads a picture of a saved page or feed: the file it names, else one of its name in the page's picture folder."""
    folder = saved.resolve().parent
    stem = re.sub(r"\.x?html?(\.gz)?$", "", saved.name)

    def load(candidate: Candidate) -> Found:
        parts = urlsplit(candidate.url)
        name = unquote(parts.path.rsplit("/", 1)[-1])
        beside = [folder / f"{stem}{suffix}" / name for suffix in ("_files", ".files", "-Dateien")] if name else []
        if parts.scheme == "file":
            beside.insert(0, inside(folder, _relative(unquote(parts.path), folder), str(saved)))
        file = next((each for each in beside if each.is_file()), None)
        if file is not None:
            return Found(candidate, file.read_bytes())
        if parts.scheme == "file":
            raise InputError("the picture is not beside its page or feed", candidate.url, "put it there")
        return Found(candidate, run.client.picture(candidate.url).body)

    return load


def _relative(path: str, folder: Path) -> str:
    return str(Path(path)) if not Path(path).is_relative_to(folder) else str(Path(path).relative_to(folder))


def _product(page: Page, run: Run, load: Load) -> Product:
    pictures, rejected = run.materials.gather(page.facts.pictures, load)
    marks, unfit = run.materials.mark(page.facts.logos, load)
    return _made(page.facts, page.url, (*pictures, *marks), (*rejected, *unfit))


def _made(facts: Facts, url: str, pictures: tuple[Picture, ...], rejected: tuple[Rejection, ...]) -> Product:
    path = urlsplit(url).path.rstrip("/").rsplit("/", 1)[-1]
    names = (facts.title, re.sub(r"\.\w{2,5}$", "", unquote(path)), facts.sku)
    return Product(
        id=product_id(names, url),
        url=url,
        title=facts.title,
        language=facts.language or "en",
        description=facts.description,
        brand=facts.brand,
        sku=facts.sku,
        price=facts.price,
        list_price=facts.list_price,
        availability=facts.availability,
        rating=facts.rating,
        rating_count=facts.rating_count,
        copy=facts.copy,
        pictures=pictures,
        rejected=rejected,
    )


def _from_folder(folder: Path, run: Run) -> Iterator[Product | Rejection]:
    file = product_file(folder)
    if file is not None:
        yield from _from_file(file, run)
        return
    saved = sorted(path for path in folder.iterdir() if path.name.lower().endswith((".html", ".htm", ".html.gz")))
    if not saved:
        raise InputError("the folder holds no product", str(folder), "add product.json or products.csv, or saved pages")
    for number, path in enumerate(saved, 1):
        run.tell(str(path), number, len(saved))
        try:
            yield _from_saved(path, run)
        except InputError as error:
            yield Rejection(str(path), str(error))


def _from_file(file: Path, run: Run) -> Iterator[Product | Rejection]:
    entries = list(listed(file))
    for number, entry in enumerate(entries, 1):
        run.tell(entry.place, number, len(entries))
        yield _from_entry(entry, run)


def _from_entry(entry: Listed, run: Run) -> Product:
    paths = {str(named.path): named for named in entry.pictures}
    candidates = {path: Candidate(path, named.alt, declared=True) for path, named in paths.items()}
    marks = [candidates.pop(path) for path, named in paths.items() if named.role == "logo"]
    load = lambda candidate: Found(candidate, _bytes(Path(candidate.url)), paths[candidate.url].role)  # noqa: E731
    pictures, rejected = run.materials.gather(tuple(candidates.values()), load)
    logos, unfit = run.materials.mark(marks, load)
    return _made(entry.facts, entry.url, (*pictures, *logos), (*rejected, *unfit))


def logo(file: Path, materials: Materials) -> Picture:
    """A picture file as the mark of a brand. InputError says why it cannot be one."""
    found, rejected = materials.mark((Candidate(str(file)),), lambda c: Found(c, _bytes(file), "logo"))
    if not found:
        raise InputError(f"this is no logo: {rejected[0].reason}", str(file), "give a PNG or WebP with transparency")
    return found[0]


def scenes(folder: Path, run: Run) -> tuple[tuple[Picture, ...], tuple[Rejection, ...]]:
    """The pictures of a folder as backdrops of no product."""
    if not folder.is_dir():
        raise InputError("there is no such folder", str(folder))
    candidates = tuple(Candidate(str(path), declared=True) for path in pictures_in(folder))
    parts = [candidates[i : i + PICTURE_LIMIT] for i in range(0, len(candidates), PICTURE_LIMIT)]
    found = [run.materials.gather(part, lambda c: Found(c, _bytes(Path(c.url)), "scene")) for part in parts]
    return tuple(p for good, _ in found for p in good), tuple(r for _, bad in found for r in bad)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"the picture cannot be read: {error.strerror}", str(path), "check the name") from error
