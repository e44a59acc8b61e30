"""What a change of pixels works on: a picture with its subject's matte, or the subject alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ddm.perceive.perception import Params, Perception
from ddm.perceive.pixels import Bytes, Floats


@dataclass(frozen=True)
class View:
    """pixels: uint8 (h, w, 3) sRGB. matte: uint8 (h, w), the subject's coverage. alone: nothing else is to be seen."""

    perception: Perception
    pixels: Bytes
    matte: Bytes
    alone: bool = False

    @property
    def cover(self) -> Floats:
        """The matte as float32 (h, w) 0..1."""
        found: Floats = self.matte.astype(np.float32) / 255
        return found

    @property
    def shown(self) -> Floats:
        """How much each pixel counts where the view is judged as a whole, float32 (h, w)."""
        return self.cover if self.alone else np.ones(self.matte.shape, np.float32)


Change = Callable[[View, Params], Bytes]
"""A view and settled parameters -> pixels of the same shape."""
