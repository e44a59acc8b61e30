"""raw material -> Perception: typed attributes of one material, small maps, and its subject cut out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ddm.acquire.product import Picture
from ddm.perceive.cutout import Cutout
from ddm.perceive.decode import decode
from ddm.perceive.lanes import side_by_side
from ddm.perceive.perceivers import TABLE, attributes
from ddm.perceive.perception import Perception
from ddm.perceive.pixels import Bytes
from ddm.perceive.refusals import Refusal, refuse
from ddm.perceive.schema import VERSION
from ddm.perceive.sight import Sight
from ddm.perceive.tiers import BEST, tier_of
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


def perceive(picture: Picture, product_id: str, tier: str = BEST.name, refusals: tuple[Refusal, ...] = ()) -> Perceived:
    """Everything about one picture, as closely as a row of `tiers.TIERS` says.

    refusals: what is tried before the costly part, such as `refusals.REFUSALS`. Raises InputError where the picture
    cannot be decoded, Unfit where one of the refusals holds, Missing without model weights.
    """
    decoded = decode(picture.path.read_bytes(), picture.source, keep_alpha=picture.role == "logo")
    sight = Sight(picture, decoded, tier_of(tier))
    refuse(sight, refusals)
    side_by_side(sight)
    return perceived(sight, product_id)


def perceived(sight: Sight, product_id: str) -> Perceived:
    """All that can be seen in a picture that is decoded already."""
    picture = sight.picture
    perception = Perception(
        id=picture.sha256,
        product=product_id,
        attributes=attributes(sight, TABLE),
        maps=sight.maps,
        palettes=sight.palettes,
        elements=sight.elements,
        embedding=sight.seen_class.embedding,
        models=model_versions(picture.role, sight.tier.name),
        schema=VERSION,
    )
    matte = (sight.coverage * 255 + 0.5).astype(np.uint8)
    return Perceived(perception, sight.pixels, matte, sight.cutout)
