"""URLs and names: pure functions, no network."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from urllib.parse import parse_qsl, quote, urldefrag, urlencode, urljoin, urlsplit, urlunsplit

# Query parameters that only choose a size, a format or a quality of the same picture.
_SIZING = frozenset(
    ("w", "h", "width", "height", "wid", "hei", "size", "sz", "s", "q", "quality", "qlt", "fit", "fmt", "format",
     "auto", "dpr", "crop", "resize", "scale", "op_sharpen", "sw", "sh", "sm")
)  # fmt: skip
# Size suffixes that shop systems put before the extension: shirt_600x600.jpg, shirt-300x300.jpg, shirt_grande.jpg
_SIZE_SUFFIX = re.compile(
    r"[_-](?:\d{2,4}x\d{0,4}|x\d{2,4}|small|medium|large|grande|thumb|compact)(?:@\dx)?(?=\.\w{2,5}$)"
)
_TRACKING = re.compile(r"^(utm_\w+|gclid|fbclid|msclkid|dclid|mc_[ce]id|_ga)$")
_UNSAFE = re.compile(r"[^a-z0-9]+")
_SAFE_PATH = "/%:@!$&'()*+,;=~-._"
SLUG_LENGTH = 60  # readable in a listing, and far from every file system's limit on names


def absolute(url: str, base: str) -> str:
    """`url` as found in a page at `base`, made absolute, without fragment; '' when it is empty or cannot be read."""
    try:
        joined = urldefrag(urljoin(base, url.strip())).url
        sound = bool(url.strip()) and bool(urlsplit(joined).scheme)
        return quote(joined, safe="%/:=&?~#+!$,;'@()*[]|") if sound else ""
    except ValueError:
        return ""


def normal(url: str) -> str:
    """The same page has the same normal URL: host in lower case, no default port, no tracking, sorted query.

    Idempotent. A URL that cannot be read is returned unchanged.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url
    host = (parts.hostname or "").lower()
    host = f"[{host}]" if ":" in host else host
    if port and port != {"http": 80, "https": 443}.get(parts.scheme.lower()):
        host = f"{host}:{port}"
    query = sorted(pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(pair[0]))
    path = quote(parts.path, safe=_SAFE_PATH) or "/"
    return urlunsplit((parts.scheme.lower(), host, path, urlencode(query), ""))


def picture_key(url: str) -> str:
    """A name that all sizes of one picture share, whatever the size is written in."""
    if not url.startswith(("http:", "https:", "file:")):
        return url
    parts = urlsplit(normal(url))
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0].lower() not in _SIZING]
    return urlunsplit(("", parts.netloc, _SIZE_SUFFIX.sub("", parts.path), urlencode(query), ""))


def slug(text: str) -> str:
    """Lower-case letters, digits and single hyphens, at most SLUG_LENGTH; '' for text in another script."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _UNSAFE.sub("-", plain)[:SLUG_LENGTH].strip("-")


def product_id(titles: Sequence[str], url: str) -> str:
    """A stable name: the slug of the first of `titles` that has one, and ten hex digits of the URL.

    The digits keep apart products that share a title, such as those of two countries' storefronts. Scheme and port do
    not count, so that a shop under test keeps its products' names.
    """
    parts = urlsplit(normal(url))
    place = urlunsplit(("", parts.hostname or "", parts.path, parts.query, ""))
    digest = hashlib.sha256(place.encode()).hexdigest()[:10]
    name = next((found for title in titles if len(found := slug(title)) >= 3), "product")
    return f"{name}-{digest}"
