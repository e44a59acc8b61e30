"""A picture and a hole -> the picture filled by methods that everyone has: the floor that ours must clear."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.util import find_spec

from ddm.perceive import pixels as px
from ddm.perceive.pixels import Bytes, Mask

PATCH = 3
"""Radius of the patches, as in the examples of PyPatchMatch."""
SEED = 1

Fill = Callable[[Bytes, Mask], Bytes]


def patches(pixels: Bytes, hole: Mask) -> Bytes:
    """PatchMatch with voting over a pyramid (Barnes and others, 2009; Wexler and others, 2007), by PyPatchMatch."""
    import patchmatch

    patchmatch.set_random_seed(SEED)
    found: Bytes = patchmatch.inpaint(pixels, hole, patch_size=PATCH)
    return found


def rivals() -> Mapping[str, Fill]:
    """By name; patch fill only where PyPatchMatch is installed (extra `dev`)."""
    return {"telea": px.diffused} | ({"patches": patches} if find_spec("patchmatch") else {})
