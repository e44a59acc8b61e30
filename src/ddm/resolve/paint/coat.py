"""A coat of paint, as the ground asks it.

Asked for one box that it alone shows in, a coat answers with a few scalars; asked for a grid of points, with arrays.
"""

from __future__ import annotations

from typing import Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from ddm.resolve.paint.field import Even, Field
from ddm.resolve.paint.grid import Edges, Grid
from ddm.resolve.paint.tones import Floats, Tones

NEAR = 0.5  # pixels by which a box may reach over an edge and still lie on what ends there

Channels: TypeAlias = npt.NDArray[np.float32] | npt.NDArray[np.uint8]
Rgb: TypeAlias = tuple[float, float, float]


class Coat(Protocol):
    """Something painted. edges: of all it may touch. sheer: a subject is still seen beneath it."""

    @property
    def edges(self) -> Edges: ...
    @property
    def sheer(self) -> bool: ...
    def hides(self, box: Edges) -> bool:
        """Whether nothing beneath it is seen anywhere in the box."""
        ...

    def tones(self, box: Edges) -> Tones:
        """In a box that it hides."""
        ...

    def busyness(self, box: Edges) -> float:
        """Mean in a box that it hides, 0..1."""
        ...

    def covered(self, box: Edges) -> float:
        """How much of the box shows a subject of its own that must stay clear, 0..1; over all that lies beneath."""
        ...

    def field(self) -> Field | Even | None:
        """Of all that it hides, where it is known without looking."""
        ...

    def alpha(self, grid: Grid) -> Floats | float:
        """How far it hides what lies beneath, at points inside its edges; so for all that follow."""
        ...

    def bytes(self, grid: Grid) -> Channels:
        """sRGB 0..255, three channels last."""
        ...

    def busy(self, grid: Grid) -> Floats | float: ...
    def subject(self, grid: Grid) -> Floats | float: ...


class Plain:
    """What is calm and no subject."""

    sheer = False

    def busyness(self, box: Edges) -> float:
        return 0.0

    def covered(self, box: Edges) -> float:
        return 0.0

    def field(self) -> Field | Even | None:
        return None

    def busy(self, grid: Grid) -> float:
        return 0.0

    def subject(self, grid: Grid) -> float:
        return 0.0


def within(inner: Edges, outer: Edges) -> bool:
    """But for NEAR."""
    return (
        inner[0] >= outer[0] - NEAR
        and inner[1] >= outer[1] - NEAR
        and inner[2] <= outer[2] + NEAR
        and inner[3] <= outer[3] + NEAR
    )
