"""Results kept for a while, and each made once however many ask for it at the same moment."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from functools import partial

from anyio import CapacityLimiter, to_thread

from ddm.errors import Unavailable
from ddm.serve.service import Made

MAX_KEPT = 64 * 2**20
"""Bytes of creatives kept: a few hundred creatives, well below what the rasters in use take."""
SIDE_BYTES = 20_000
"""What tree and explanation of a creative take, roughly."""
MAX_WAITING = 64
"""Creatives being made or waiting for it; beyond this a client is told to come back rather than left to time out."""


class Keep:
    """Makes in worker threads, `workers` at a time. For one event loop."""

    def __init__(self, workers: int, capacity: int = MAX_KEPT) -> None:
        self._limiter = CapacityLimiter(workers)
        self._capacity = capacity
        self._kept: OrderedDict[str, Made] = OrderedDict()
        self._size = 0
        self._making: dict[str, asyncio.Task[Made]] = {}

    async def get(self, key: str, make: Callable[[], Made]) -> Made:
        """What is kept under the key, or is being made for another, or else made now. Raises what `make` raises."""
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if key not in self._making:
            if len(self._making) >= MAX_WAITING:
                raise Unavailable("too many creatives are being made", mend="ask again in a few seconds")
            task = asyncio.create_task(self.run(make))
            self._making[key] = task
            task.add_done_callback(partial(self._done, key))
        return await asyncio.shield(self._making[key])  # one client leaving must not fail the others

    async def run(self, make: Callable[[], Made]) -> Made:
        return await to_thread.run_sync(make, limiter=self._limiter)

    def _done(self, key: str, task: asyncio.Task[Made]) -> None:
        del self._making[key]
        if task.cancelled() or task.exception():
            return
        made = task.result()
        self._kept[key] = made
        self._size += _weight(made)
        while self._size > self._capacity and self._kept:
            _, dropped = self._kept.popitem(last=False)
            self._size -= _weight(dropped)


def _weight(made: Made) -> int:
    return len(made.body) + SIDE_BYTES
