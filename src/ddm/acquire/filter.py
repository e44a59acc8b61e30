"""Pictures -> those worth perceiving, and a Rejection with its figure for every other. Rules only; no model."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

import numpy as np
from numpy.typing import NDArray

from ddm.acquire.facts import Candidate
from ddm.acquire.picture import THUMB, Seen

MIN_SIDE = (
    160  # pixels of the shorter side; a rectangle of 300x250 shows a product at 100 to 200, and enlarges it by 1.25
)
MAX_RATIO = 4.0  # long side to short side; beyond, it is a strip, a divider or a banner
MARK_MIN_SIDE = 48  # pixels of a logo's shorter side; below, it is blurred in the smallest format
MARK_MAX_RATIO = 12.0  # long side to short side of a logo; the longest word marks stay below 10
FLAT = 2.0  # standard deviation of the thumbnail, of 255; below, there is nothing to see
# Two pictures are one when both hold: a hash that sees shapes and a difference that sees colours, for a shirt in red
# and in blue has the same shapes. Measured: other sizes and qualities of one photograph stay below 2 bits and 2.0.
SAME_BITS = 6  # of 64
SAME_COLOUR = 5.0  # mean difference of the thumbnails, of 255
BY_NAME = "its name says"  # how reasons begin that are told without a look
_NEVER = re.compile(
    r"placeholder|no[-_]?image|no[-_]?photo|image[-_]?not|coming[-_]?soon|spacer|1x1|\bpixel\b|tracking|beacon"
)
_CHROME = re.compile(
    r"\b(logos?|icons?|ico|sprites?|favicon|payments?|paypal|visa|mastercard|avatars?|flags?|stars?|ratings?|arrows?"
    r"|loading|loader|spinner|blank|swatch(?:es)?|buttons?|btn|trust|seal)\b"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A picture that was decoded, with where it came from."""

    candidate: Candidate
    seen: Seen


def by_name(candidate: Candidate) -> str:
    """Why a picture is not even fetched, from its address; '' when nothing speaks against it."""
    name = _name(candidate)
    words = re.sub(r"[_\W]+", " ", name)
    if reason := no_picture(candidate):
        return reason
    if found := _NEVER.search(name):
        return f"{BY_NAME} that it shows no product: '{found[0]}'"
    if not candidate.declared and (found := _CHROME.search(words)):
        return f"{BY_NAME} that it belongs to the page: '{found[0]}'"
    return ""


def no_picture(candidate: Candidate) -> str:
    """Why what is named cannot be a picture file, from its address; '' when it may be one."""
    if candidate.url.startswith(("data:", "blob:", "javascript:")):
        return "it lies inside the page's own code, not in a file"
    name = _name(candidate)
    vector = name.endswith((".svg", ".ico"))
    return f"a '{name.rsplit('.', 1)[-1]}' file is a drawing for the page, no raw material" if vector else ""


def _name(candidate: Candidate) -> str:
    return unquote(urlsplit(candidate.url).path.rsplit("/", 1)[-1]).lower()


def by_look_of_mark(seen: Seen) -> str:
    """Why a decoded picture serves as no logo; '' when it is good."""
    short, long = sorted((seen.width, seen.height))
    if short < MARK_MIN_SIDE:
        return f"too small: {seen.width}x{seen.height} pixels, a logo's shorter side must have {MARK_MIN_SIDE}"
    too_long = f"too long a strip: {seen.width}x{seen.height}, the limit for a logo is {MARK_MAX_RATIO:.0f} to 1"
    return too_long if long > MARK_MAX_RATIO * short else ""


def by_look(entry: Entry, kept: list[Entry]) -> str:
    """Why a decoded picture is left out, given those kept before it; '' when it is good."""
    return next((reason for rule in RULES if (reason := rule(entry, kept))), "")


def _too_small(entry: Entry, kept: list[Entry]) -> str:
    side = min(entry.seen.width, entry.seen.height)
    size = f"{entry.seen.width}x{entry.seen.height}"
    return f"too small: {size} pixels, the shorter side must have {MIN_SIDE}" if side < MIN_SIDE else ""


def _extreme(entry: Entry, kept: list[Entry]) -> str:
    width, height = entry.seen.width, entry.seen.height
    ratio = max(width, height) / min(width, height)
    return (
        f"too long a strip: {width}x{height} is {ratio:.1f} to 1, the limit is {MAX_RATIO:.0f}"
        if ratio > MAX_RATIO
        else ""
    )


def _flat(entry: Entry, kept: list[Entry]) -> str:
    spread = float(entry.seen.thumb.std(axis=(0, 1)).max())
    return f"a single colour: its spread is {spread:.1f} of 255, the least is {FLAT:.0f}" if spread < FLAT else ""


def _repeated(entry: Entry, kept: list[Entry]) -> str:
    for other in kept:
        bits, colour = alike(entry.seen, other.seen)
        if bits <= SAME_BITS and colour <= SAME_COLOUR:
            return (
                f"shows the same as {other.candidate.url}: {bits} of 64 bits and {colour:.1f} of 255 in colour differ"
            )
    return ""


RULES: tuple[Callable[[Entry, list[Entry]], str], ...] = (_too_small, _extreme, _flat, _repeated)


def alike(one: Seen, other: Seen) -> tuple[int, float]:
    """How far two pictures are apart: differing bits of their perceptual hashes, and mean difference in colour.

    Pictures of clearly different proportions are never the same: all 64 bits.
    """
    stretch = (one.width / one.height) / (other.width / other.height)
    if not 0.94 < stretch < 1.06:
        return 64, 255.0
    bits = int(np.count_nonzero(perceptual_hash(one.thumb) != perceptual_hash(other.thumb)))
    return bits, float(np.abs(one.thumb - other.thumb).mean())


def perceptual_hash(thumb: NDArray[np.float32]) -> NDArray[np.bool_]:
    """64 bits: which low frequencies of the luma are above their median (pHash, Zauner 2010). thumb: (32, 32, 3)."""
    luma: NDArray[np.float32] = thumb @ np.array([0.299, 0.587, 0.114], dtype=np.float32)
    low = (_DCT @ luma @ _DCT.T)[1:9, 1:9].ravel()
    hashed: NDArray[np.bool_] = low > np.median(low)
    return hashed


def _dct(size: int) -> NDArray[np.float32]:
    """The type II cosine transform as a matrix."""
    k, n = np.mgrid[:size, :size]
    return np.asarray(np.cos(np.pi * (n + 0.5) * k / size), dtype=np.float32)


_DCT = _dct(THUMB)
