"""Real pictures -> compositions whose truth is known, for each head.

Every composition is drawn from a generator that is seeded by its number, so that the same pictures give the same
compositions. Positives and negatives go through the same crop, size and codec: only the mark tells them apart.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ddm.bench.perceive.grounds import scene
from ddm.bench.perceive.joined import collage
from ddm.bench.perceive.marked import logo, watermark
from ddm.bench.perceive.marks import Rng
from ddm.bench.perceive.pools import Made, Pool

HEADS: dict[str, Callable[[Rng, Pool], Made]] = {
    "scene": scene,
    "watermark": watermark,
    "collage": collage,
    "logo": logo,
}
"""What is composed for each head."""


def compose(head: str, number: int, of: Pool, seed: str = "") -> Made:
    """The composition of that number; the same for the same pictures and seed."""
    name = int.from_bytes(f"{seed}{head}".encode(), "little") % 2**63
    return HEADS[head](np.random.default_rng((name, number)), of)
