"""What relations compare of a picture, worked out once: mean colours, hues, and which photograph it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ddm.match.harmony import Leaning, leaning
from ddm.perceive.perception import Perception, Swatch

KEPT = 512
"""Looks kept, each with its picture of about 40 kB; a product has a dozen, its scenes some hundreds."""
SAME = 0.95  # cosine of two embeddings above which they are of one photograph, resized or compressed anew

Mean = tuple[float, float, float]
"""OKLab."""


@dataclass(frozen=True, slots=True)
class Look:
    """whole, subject: mean colour of the palettes, and what schemes their hues lean to (None: no colours)."""

    material: Perception
    whole: Mean
    subject: Mean
    whole_hues: Leaning | None
    subject_hues: Leaning | None
    light: str


def look(material: Perception) -> Look:
    """Kept by identity: a perception is a value, but too large to be hashed."""
    known = _kept.get(id(material))
    if known is None or known.material is not material:
        if len(_kept) >= KEPT:
            _kept.clear()
        known = _kept[id(material)] = _looked(material)
    return known


_kept: dict[int, Look] = {}


def _looked(material: Perception) -> Look:
    whole = material.palettes.get("whole", ())
    subject = material.palettes.get("subject", ()) or whole
    light = str(material.attributes.get("light.side") or "front")
    return Look(material, mean(whole), mean(subject), leaning(whole), leaning(subject), light)


def mean(swatches: Sequence[Swatch]) -> Mean:
    """Weighted by area; black for none."""
    total = sum(s.weight for s in swatches) or 1.0
    light, a, b = (sum(s.weight * getattr(s, n) for s in swatches) / total for n in ("lightness", "a", "b"))
    return light, a, b


def same_picture(one: Perception, other: Perception) -> bool:
    """Whether two materials show one photograph: the same file, or nearly the same embedding."""
    if one.id == other.id:
        return True
    first, second = one.embedding, other.embedding
    return 0 < first.size == second.size and float(np.dot(first, second)) >= SAME
