"""An ad format as a value, and the words that describe one."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

from ddm.formats.free import largest_free
from ddm.geometry import Box

Text: TypeAlias = Literal["any", "little", "none"]

KINDS: Mapping[str, str] = {
    "banner": "a slot of fixed size on a page or in an app",
    "interstitial": "a whole screen between two pages of an app",
    "splash": "a whole screen while an app opens, or while a phone wakes",
    "feed": "a post among posts",
    "story": "a whole upright screen in a row of them",
    "carousel": "one card among several of equal ratio",
    "native": "a picture that the host sets beside words of its own",
    "main": "a shop's picture of the product itself",
    "custom": "any other size",
}
"""Kind of a placement -> what it is."""

TEXTS: Mapping[str, str] = {
    "any": "as much as there is room for",
    "little": "at most `text_share` of the area",
    "none": "no text, logo or button",
}
"""What the host allows of copy inside the picture."""

CONFIDENCE: Mapping[str, str] = {
    "seen": "read at the publisher or in a copy of its document",
    "interested": "read at a third party, often one that sells something",
    "inferred": "concluded from what was read",
    "memory": "not looked up: a placeholder until somebody checks it",
    "given": "given by the user",
}
"""How far an entry can be relied on, as far as its weakest figure."""

MARGIN, THIN = 0.03, 0.08
LEAST_TYPE, TYPE = 10.0, 0.0225


def own_margin(width: int, height: int) -> int:
    """Our safe margin where a host asks for none: 3 % of the mean side, at most 8 % of the shorter. Pixels."""
    return round(min(MARGIN * math.sqrt(width * height), THIN * min(width, height)))


def own_type(width: int, height: int) -> float:
    """Our least type size where a host names none: 10 px, or 2.25 % of the mean side where pictures are shown smaller
    than they are; never more than half the height."""
    return min(max(LEAST_TYPE, round(TYPE * math.sqrt(width * height))), height / 2)


@dataclass(frozen=True)
class Format:
    """One ad slot. Lengths in pixels of the canvas.

    max_kb: weight limit of the file in 1000 bytes, 0 for none. types: of files. safe: left, top, right, bottom margins
    that only decoration and pictures may enter. min_text: smallest type size. reserved: boxes that the host covers,
    each for the reason of the same index in `reasons`. pixel_ratios: how many device pixels a unit may be drawn at.
    text, text_share: what may be written in the picture (TEXTS), and on what share of its area at most.
    source, checked, confidence: where the figures come from, when that was read (year-month), CONFIDENCE.
    """

    id: str
    name: str
    width: int
    height: int
    max_kb: int = 0
    types: tuple[str, ...] = ("jpg", "png")
    safe: tuple[float, float, float, float] = (0, 0, 0, 0)
    min_text: float = LEAST_TYPE
    source: str = ""
    checked: str = ""
    confidence: str = "given"
    reserved: tuple[Box, ...] = ()
    reasons: tuple[str, ...] = ()
    publisher: str = ""
    kind: str = "custom"
    pixel_ratios: tuple[float, ...] = (1,)
    text: Text = "any"
    text_share: float = 1.0
    note: str = ""
    collections: tuple[str, ...] = ()

    def __hash__(self) -> int:
        """Few fields, for speed: formats are keys of the plans. Equality still compares all."""
        return hash((self.id, self.width, self.height))

    @property
    def ratio(self) -> float:
        return self.width / self.height

    @property
    def canvas(self) -> Box:
        return Box(0, 0, self.width, self.height)

    @property
    def safe_box(self) -> Box:
        left, top, right, bottom = self.safe
        return Box.of_edges(left, top, self.width - right, self.height - bottom)

    @cached_property
    def free_box(self) -> Box:
        """The largest rectangle inside the safe box that meets no reserved region; of no size where there is none."""
        return largest_free(self.safe_box, self.reserved)
