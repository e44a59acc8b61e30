"""One picture's costly views -> found side by side, on two lanes.

Two networks of one thread each take less time on two cores than one after the other with two threads, and what is not a
network (resizing, sums, Python) has one thread anyway. What is found is the same as without.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from ddm.models.runtime import LANES, threads
from ddm.perceive.sight import Sight

T = TypeVar("T")
Found = TypeVar("Found")

MATTE = ("found", "cutout")
"""Views of the first lane, after the network they wait for longest; then it helps the second."""
REST = ("coarse", "texts", "things", "faces", "judged", "unsafe", "detail", "noise", "palettes", "maps")
"""Views of the second lane. What needs others comes after them, and what needs the matte last."""


def side_by_side(sight: Sight) -> None:
    """Looks at the costly views of a picture; nothing is done where there is one thread for all of it."""
    if threads() < LANES:
        return
    first = "fine" if sight.two_networks else "coarse"
    waiting = deque(name for name in REST if name != first)
    with ThreadPoolExecutor(LANES - 1) as lane:
        second = lane.submit(_look, sight, waiting)
        for name in (first, *MATTE):
            getattr(sight, name)
        _look(sight, waiting)
        second.result()


def each(work: Callable[[T], Found], items: Iterable[T]) -> list[Found]:
    """What the work gives of each item, in their order, done on all lanes."""
    if threads() < LANES:
        return list(map(work, items))
    with ThreadPoolExecutor(LANES) as pool:
        return list(pool.map(work, items))


def _look(sight: Sight, waiting: deque[str]) -> None:
    """At one view after the other while some wait."""
    while True:
        try:
            name = waiting.popleft()
        except IndexError:
            return
        getattr(sight, name)
