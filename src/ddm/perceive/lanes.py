"""One picture's costly views -> found side by side, on two lanes that do not need one another's.

Two networks of one thread each take less time on two cores than one after the other with two threads, and what is not a
network (resizing, sums, Python) has one thread anyway. What is found is the same as without.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor

from ddm.models.runtime import LANES, threads
from ddm.perceive.sight import Sight

ASIDE = ("texts", "judged", "unsafe", "noise", "detail")
"""Views of the second lane, the costliest first, with what only they need; the first lane draws the matte."""


def side_by_side(sight: Sight) -> None:
    """Looks at the costly views of a picture; nothing is done where there is one thread for all of it."""
    if threads() < LANES:
        return
    with ThreadPoolExecutor(LANES - 1) as lane:
        coarse = lane.submit(getattr, sight, "coarse") if sight.two_networks else None
        others: list[Future[object]] = [lane.submit(getattr, sight, name) for name in ASIDE]
        if coarse is not None:
            _ = sight.fine
            coarse.result()
        _ = sight.found, sight.cutout
        for other in others:
            other.result()
