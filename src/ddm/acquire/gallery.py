"""The pictures a page shows in its product gallery -> Candidates, the largest size of each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from ddm.acquire.facts import Candidate
from ddm.acquire.meta import TEXT_LIMIT
from ddm.acquire.structured import clean
from ddm.acquire.urls import absolute

LIMIT = 24  # pictures of one page; a longer gallery repeats itself
_GALLERY = re.compile(
    r"gallery|carousel|slider|slick|swiper|zoom|product[\w-]*(?:image|img|media|photo|picture|main|detail|view)"
    r"|(?:image|img|media|photo)[\w-]*product|pdp|main-?image|hero-?image|altimages|landingimage|(?:^|\s)product(?:\s|$)"
)
_ASIDE = re.compile(
    r"related|recommend|similar|recent|cross-?sell|up-?sell|also|breadcrumb|review|footer|header|navigation|navbar"
    r"|menu|logo|payment|social|newsletter|rating|sponsor|teaser|banner|swatch"
)
_ZOOM = ("data-zoom-image", "data-zoom", "data-zoom-src", "data-large_image", "data-large", "data-full", "data-hires",
         "data-old-hires", "data-src-large", "data-magnify-src", "data-image-large")  # fmt: skip
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-lazy", "data-image")
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|webp|avif|gif)(?:$|\?)", re.IGNORECASE)


def gallery(tree: HtmlElement, base: str) -> list[Candidate]:
    """Pictures within product and gallery boxes; in a page without such boxes, those of its main part."""
    images = [
        image
        for image in tree.iter("img")
        if not _names(image, _ASIDE) and not _in_tags(image, "header", "footer", "nav")
    ]
    boxed = [image for image in images if _names(image, _GALLERY)]
    main = [image for image in images if _in_tags(image, "main", "article")]
    found = [candidate for image in boxed or main or images if (candidate := _candidate(image, base))]
    return found[:LIMIT]


def _names(element: HtmlElement, pattern: re.Pattern[str]) -> bool:
    chain = [element, *element.iterancestors()]
    return any(
        pattern.search(f"{each.get('class', '')} {each.get('id', '')}".lower())
        for each in chain
        if each.tag not in ("body", "html")
    )


def _in_tags(element: HtmlElement, *tags: str) -> bool:
    return any(True for _ in element.iterancestors(*tags))


def _candidate(image: HtmlElement, base: str) -> Candidate | None:
    """An image's best source: what its zoom loads, else the widest of its srcset, else what it shows."""
    width, url = max(_sizes(image), key=lambda size: size[0], default=(0, ""))
    address = absolute(url, base)
    if not address.startswith(("http:", "https:", "file:")):
        return None
    return Candidate(address, clean(image.get("alt") or "")[:TEXT_LIMIT], width)


def _sizes(image: HtmlElement) -> Iterator[tuple[int, str]]:
    shown = _number(image.get("width"))
    picture = next(image.iterancestors("picture"), image)  # the parser may put the image inside of a source
    for element in (*picture.iter("source"), image):
        yield from srcset(element.get("srcset") or element.get("data-srcset") or "")
    yield from ((4096, value) for name in _ZOOM if (value := image.get(name)) and _PICTURE_FILE.search(value))
    link = next(image.iterancestors("a"), None)
    if link is not None and _PICTURE_FILE.search(link.get("href") or ""):
        yield 2048, link.get("href")
    lazy = next((value for name in _LAZY if (value := image.get(name))), "")
    yield shown, lazy or image.get("src") or ""


def srcset(text: str) -> Iterator[tuple[int, str]]:
    """(width in pixels, URL) of each candidate of a srcset; a density counts as that many thousand pixels."""
    for url, size in re.findall(r"([^\s,]\S*[^\s,])(?:\s+([\d.]{1,8}[wx]))?\s*(?:,|$)", text):
        yield int(float(size[:-1] or 0) * (1000 if size.endswith("x") else 1)) if size else 0, url


def _number(text: str | None) -> int:
    digits = re.match(r"\d{1,5}", text or "")
    return int(digits[0]) if digits else 0
