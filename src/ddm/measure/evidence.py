"""A finished creative, its format and its materials -> all that the measures look at, worked out once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from ddm.errors import InputError
from ddm.formats.catalogue import Format
from ddm.geometry import Box
from ddm.measure.reading import Reader
from ddm.measure.scene import Line, Placed, lines, placed
from ddm.render import Renderer
from ddm.svg.tree import Document, Group, Node, Rect, Text

Bytes: TypeAlias = npt.NDArray[np.uint8]

SCREEN_TEXT = 10.0
"""The size in CSS pixels that a format's smallest type has for a viewer: large canvases are shown shrunken."""


@dataclass(frozen=True)
class Context:
    """What the picture itself does not tell.

    Of rasters, by href: sizes: pixels (width, height). mattes: subject coverage 0..255, uint8 (h, w), over the raster's
    whole extent; one without a subject has none. cuts: sides at which the photograph cut its subject off. grown: the
    part, in fractions, that is the photograph's own, where the rest was made up. soft: hrefs of what is out of focus.

    bleed: ids of images whose subject may leave the canvas. nbytes: of the encoded file, 0 where there is none yet.
    reader: None leaves copy unread. pixel_ratio: pixels of the file for each unit of the canvas.
    """

    format: Format
    sizes: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    mattes: Mapping[str, Bytes] = field(default_factory=dict)
    cuts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    grown: Mapping[str, Box] = field(default_factory=dict)
    soft: frozenset[str] = frozenset()
    bleed: frozenset[str] = frozenset()
    nbytes: int = 0
    reader: Reader | None = None
    pixel_ratio: float = 1.0


@dataclass(frozen=True, slots=True)
class Finding:
    """value: of one measure. note: what decided it, for a person; '' where nothing is amiss."""

    value: float
    note: str = ""


@dataclass(frozen=True)
class Evidence:
    """pixels: the finished picture as a viewer sees it, uint8 (h, w, 3) sRGB, one pixel for each unit of the canvas."""

    document: Document
    pixels: Bytes
    context: Context

    @property
    def canvas(self) -> Box:
        return Box(0, 0, self.document.width, self.document.height)

    @cached_property
    def items(self) -> tuple[Placed, ...]:
        return placed(self.document)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        return lines(self.items)

    @cached_property
    def ink(self) -> Bytes:
        """Coverage 0..255 of all copy, uint8 (h, w): the same glyphs drawn alone, white on black."""
        ground = Rect(self.canvas, "#000000")
        alone = replace(self.document, children=(ground, *_copy_only(self.document.children)))
        found: Bytes = np.ascontiguousarray(_renderer().draw(alone)[:, :, 0])
        return found


def seen(pixels: Bytes, document: Document, ratio: float) -> Bytes:
    """A file of more pixels than the canvas has units, brought to one for each by area: what a viewer sees of it.

    InputError where it has not as many as the ratio says.
    """
    wanted = (max(1, round(document.height * ratio)), max(1, round(document.width * ratio)), 3)
    if pixels.shape != wanted or pixels.dtype != np.uint8:
        raise InputError(f"the picture is {pixels.dtype} {pixels.shape}", mend=f"uint8 {wanted}, as the SVG says")
    if ratio == 1:
        return pixels
    size = (document.width, document.height)
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def _copy_only(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """The tree with nothing but its text, in white and opaque."""
    kept: list[Node] = []
    for node in nodes:
        if isinstance(node, Group):
            kept.append(replace(node, children=_copy_only(node.children), opacity=1.0))
        elif isinstance(node, Text):
            kept.append(replace(node, fill="#ffffff", opacity=1.0))
    return tuple(kept)


@cache
def _renderer() -> Renderer:
    return Renderer(_no_rasters)


def _no_rasters(href: str) -> Bytes:
    raise AssertionError(f"copy alone refers to no picture, yet to {href}")
