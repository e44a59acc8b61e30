"""Materials and the rasters made of them -> what the measures must know of both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import cv2
import numpy as np

from ddm.formats.catalogue import Format
from ddm.geometry import Box
from ddm.measure.evidence import Bytes, Context
from ddm.measure.reading import Reader
from ddm.perceive.perception import Perception, Raster

SHOWS_SUBJECT = frozenset({"picture", "extended", "cutout", "erased", "toned", "fitted", "tinted", "relit"})
"""Derivations in which the subject is seen, sharp and whole."""
Use: TypeAlias = tuple[Perception, tuple[str, ...], Raster]
"""The material, the names of the derivations in order, and their outcome."""
EDGE = 0.02
"""Part of the picture by which a raster's side may lie inside the photograph's and still be where it was cut."""


def context_of(
    format_: Format,
    used: Mapping[str, Use],
    nbytes: int = 0,
    reader: Reader | None = None,
    pixel_ratio: float = 1.0,
    bleed: frozenset[str] = frozenset(),
) -> Context:
    """used: by href. pixel_ratio: of the file. bleed: ids of layers whose subject runs off an edge as it was asked."""
    subjects = {href: row for href, row in used.items() if _shows_product(*row[:2])}
    return Context(
        format_,
        sizes={href: (raster.width, raster.height) for href, (_, _, raster) in used.items()},
        mattes={href: matte_over(material, raster) for href, (material, _, raster) in subjects.items()},
        cuts={href: cut_sides(material, raster) for href, (material, _, raster) in subjects.items()},
        grown={
            href: own_part(material, raster) for href, (material, names, raster) in used.items() if "extended" in names
        },
        soft=frozenset(href for href, (_, names, _) in used.items() if "blurred" in names),
        bleed=bleed,
        nbytes=nbytes,
        reader=reader,
        pixel_ratio=pixel_ratio,
    )


def _shows_product(material: Perception, names: tuple[str, ...]) -> bool:
    return SHOWS_SUBJECT.issuperset(names) and material.attributes["role"] == "product"


def own_part(perception: Perception, raster: Raster) -> Box:
    """Where the photograph itself lies in a raster made of it, in fractions of the raster."""
    box, (width, height) = raster.box, perception.size
    return Box(-box.x, -box.y, width, height).scaled(1 / box.width, 1 / box.height)


def cut_sides(perception: Perception, raster: Raster) -> frozenset[str]:
    """Sides of the raster at which the subject ends only because the photograph did."""
    cut = perception.attributes.get("subject.cut", frozenset())
    own = own_part(perception, raster)
    inset = {"left": own.x, "top": own.y, "right": 1 - own.right, "bottom": 1 - own.bottom}  # positive: grown there
    return frozenset(
        side for side, by in inset.items() if isinstance(cut, frozenset) and side in cut and abs(by) < EDGE
    )


def matte_over(perception: Perception, raster: Raster) -> Bytes:
    """The material's matte over the extent of a raster made from it, uint8 (h, w): cut, or padded with nothing."""
    matte = perception.maps.matte
    height, width = matte.shape
    across, down = width / perception.size[0], height / perception.size[1]
    box = raster.box.scaled(across, down)
    columns, rows = max(1, round(box.width)), max(1, round(box.height))
    frame = np.array([[box.width / columns, 0, box.x], [0, box.height / rows, box.y]])
    frame[:, 2] += (frame[0, 0] / 2 - 0.5, frame[1, 1] / 2 - 0.5)
    way = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(
        cv2.warpAffine(matte, frame, (columns, rows), flags=way, borderMode=cv2.BORDER_CONSTANT), np.uint8
    )
