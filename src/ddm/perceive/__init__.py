"""raw material -> Perception: typed attributes of one material and the pixels derived from it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ddm.acquire.product import Picture
from ddm.perceive.cutout import Cutout
from ddm.perceive.decode import decode
from ddm.perceive.perceivers import TABLE
from ddm.perceive.perception import Perception
from ddm.perceive.pixels import Bytes
from ddm.perceive.schema import VERSION, Value
from ddm.perceive.sight import Sight
from ddm.perceive.versions import model_versions

__all__ = ["Cutout", "Perceived", "model_versions", "perceive"]


@dataclass(frozen=True)
class Perceived:
    """A perception with the pixels it was made from.

    pixels: uint8 (h, w, 3) sRGB, upright, at most 2048 wide and high. matte: uint8 (h, w), the subject's coverage.
    cutout: the subject alone, without the background's colour in its edge.
    """

    perception: Perception
    pixels: Bytes
    matte: Bytes
    cutout: Cutout


def perceive(picture: Picture, product_id: str) -> Perceived:
    """Everything about one picture. Raises InputError where it cannot be decoded, Missing without model weights."""
    sight = Sight(picture, decode(picture.path.read_bytes(), picture.source, keep_alpha=picture.role == "logo"))
    perception = Perception(
        id=picture.sha256,
        product=product_id,
        attributes=_attributes(sight),
        maps=sight.maps,
        palettes=sight.palettes,
        elements=sight.elements,
        embedding=sight.seen_class.embedding,
        models=model_versions(picture.role),
        schema=VERSION,
    )
    matte = (sight.coverage * 255 + 0.5).astype(np.uint8)
    return Perceived(perception, sight.pixels, matte, sight.cutout)


def _attributes(sight: Sight) -> dict[str, Value]:
    """All rows of the table; floats rounded, so that records compare and print well."""
    found = {name: value for row in TABLE for name, value in row.perceive(sight).items()}
    return {name: round(value, 5) if isinstance(value, float) else value for name, value in found.items()}
