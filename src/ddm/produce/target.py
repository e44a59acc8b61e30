"""What is asked of a file x what a format takes -> the file to make: its pixel ratio and the types it may have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ddm.errors import InputError, Unfit
from ddm.formats.format import Format
from ddm.formats.rows import MAX_RATIO
from ddm.render import encode
from ddm.render.encode import TYPES
from ddm.render.rasters import PixelArray
from ddm.svg.tree import Document, Group, Image, Node

AUTO = "auto"
ASKED = (AUTO, *TYPES)
"""The types that may be asked for; `auto` takes the best that the format takes."""
BEST: Mapping[bool, tuple[str, ...]] = {True: ("jpg", "webp", "png"), False: ("png", "webp", "jpg")}
"""Whether a photograph is in the picture -> types, best first: photographs are light as JPEG, flat colour stays clean
and is lighter as PNG."""


@dataclass(frozen=True, slots=True)
class Wish:
    """The file that is asked for, whatever the format. InputError for a type or a ratio that no format has.

    type: one of ASKED. pixel_ratio: device pixels a unit. exact: a format that has not this ratio is refused; otherwise
    its nearest lower one is taken, since a run over many formats asks for the finest that each of them takes.
    """

    type: str = AUTO
    pixel_ratio: float = 1.0
    exact: bool = False

    def __post_init__(self) -> None:
        if self.type not in ASKED:
            raise InputError(f"unknown picture type '{self.type[:40]}'", mend=f"one of {', '.join(ASKED)}")
        if not 1 <= self.pixel_ratio <= MAX_RATIO:
            raise InputError(f"a pixel ratio of {self.pixel_ratio:g}", mend=f"from 1 to {MAX_RATIO}")

    def key(self, format_: Format) -> str:
        """Of all that this decides about a file; formats without the ratio make the same file as without the wish."""
        return f"{self.type}@{self.ratio(format_):g}"

    def ratio(self, format_: Format) -> float:
        """The pixel ratio to draw at. Unfit where it must be exact and the format has it not."""
        if self.exact and self.pixel_ratio not in format_.pixel_ratios:
            known = " or ".join(f"{ratio:g}" for ratio in sorted(format_.pixel_ratios))
            raise Unfit(f"'{format_.id}' takes a pixel ratio of {known}, not {self.pixel_ratio:g}")
        fitting = [ratio for ratio in format_.pixel_ratios if ratio <= self.pixel_ratio]
        return max(fitting, default=min(format_.pixel_ratios))

    def check(self, format_: Format) -> None:
        """Unfit where the format cannot have what is asked for: a file that the host refuses helps nobody."""
        self.ratio(format_)
        if self.type not in (AUTO, *format_.types):
            raise Unfit(
                f"'{format_.id}' takes {' or '.join(format_.types)} files, not {self.type}",
                mend="leave the type out, or ask for 'auto': each format then gets the best that it takes",
            )

    def types(self, format_: Format, document: Document) -> tuple[str, ...]:
        """The types to try in turn."""
        if self.type != AUTO:
            return (self.type,)
        return tuple(type_ for type_ in BEST[_photographed(document.children)] if type_ in format_.types)


BEST_FILE = Wish()
"""What is made when nobody asks: the best type that each format takes, at one pixel a unit."""


def suffix(pixel_ratio: float) -> str:
    """What names of files say of the pixel ratio: '@2x', nothing for 1."""
    return "" if pixel_ratio == 1 else f"@{pixel_ratio:g}x"


def encoded(pixels: PixelArray, types: Iterable[str], max_kb: int) -> tuple[str, bytes]:
    """The first type in which the picture is light enough, and the file. Unfit, of the first type, where none is."""
    reason = Unfit("the format takes no type of file")
    for number, type_ in enumerate(types):
        try:
            return type_, encode(pixels, type_, max_kb)
        except Unfit as unfit:
            reason = unfit if number == 0 else reason
    raise reason


def _photographed(nodes: Iterable[Node]) -> bool:
    return any(isinstance(n, Image) or (isinstance(n, Group) and _photographed(n.children)) for n in nodes)
