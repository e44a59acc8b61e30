"""Many pictures -> perceived by several processes, stored by this one, in order.

Two processes of one thread each perceive half as many pictures again as one with two threads. Each has networks of its
own; what they saw waits in memory for a few pictures only. This process alone writes, so that it may be killed at any
moment like any other writer: what it stored stays, and the next run begins with what is lacking.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from functools import partial
from itertools import islice
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread

from ddm.acquire.product import Picture
from ddm.errors import DdmError
from ddm.library.library import Library
from ddm.models.runtime import threads
from ddm.perceive import Perceived, perceive
from ddm.perceive.perception import Perception
from ddm.perceive.refusals import REFUSALS
from ddm.perceive.tiers import BEST

FEWEST = 16
"""Pictures for which processes are started: their networks take some five seconds to load."""
EACH = 3 * 2**30
"""Bytes of memory that must be free for each: the best tier holds 1.6 GB at most, and this process what they saw."""
AHEAD = 2
"""Pictures for each process that are seen, or under way, before the first of them is stored; some 20 MB each."""

Asked = tuple[str, Picture]
"""A product's id, and a picture that it shows."""


def perceive_all(
    library: Library, pictures: Sequence[Asked], tier: str = BEST.name, processes: int | None = None
) -> Iterator[Perception | DdmError]:
    """As `Library.perceive`, of each in order; what it would raise is yielded. What is known is not seen again.

    processes: by default as many as there are threads and as memory allows; one for few pictures.
    """
    processes = _processes(len(pictures)) if processes is None else processes
    if processes < 2:
        yield from (_stored(library, asked, tier) for asked in pictures)
        return
    lookers = _Lookers(processes)
    try:
        coming = ((asked, lookers.begun(library, asked[1], tier)) for asked in pictures)
        waiting = deque(islice(coming, AHEAD * processes))
        while waiting:
            asked, begun = waiting.popleft()
            yield _stored(library, asked, tier, begun)
            lookers.done(asked[1])
            waiting.extend(islice(coming, 1))
    finally:
        lookers.close()


def _stored(library: Library, asked: Asked, tier: str, begun: _Begun | None = None) -> Perception | DdmError:
    owner, picture = asked
    try:
        return library.perceive(picture, owner, tier, begun.seen if begun else perceive)
    except DdmError as error:
        return error


def _processes(pictures: int) -> int:
    return min(threads(), max(1, _free() // EACH)) if pictures >= FEWEST else 1


def _free() -> int:
    """Bytes of memory that a process may still take; much where the system does not tell."""
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
    except OSError:
        return 2**60
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable")), 2**60)


class _Lookers:
    """Processes that perceive. One that dies is replaced, and its picture tried once more.

    answered: one of them did. hopeless: none can be started; all is perceived here.
    """

    def __init__(self, processes: int) -> None:
        self._make = partial(
            ProcessPoolExecutor, processes, mp_context=get_context("spawn"), initializer=_begin, initargs=(os.getpid(),)
        )
        self._pool = self._make()
        self._under_way: set[str] = set()
        self.answered, self.hopeless = False, False

    def begun(self, library: Library, picture: Picture, tier: str) -> _Begun | None:
        """None for what need not be seen, or is under way for another product."""
        idle = self.hopeless or picture.sha256 in self._under_way
        wanted = "" if idle else library.unseen(picture, tier)
        if not wanted:
            return None
        self._under_way.add(picture.sha256)
        return _Begun(self, picture, wanted)

    def done(self, picture: Picture) -> None:
        self._under_way.discard(picture.sha256)

    def submit(self, picture: Picture, tier: str) -> tuple[ProcessPoolExecutor, Future[Perceived]]:
        try:
            return self._pool, self._pool.submit(_look, picture, tier)
        except BrokenProcessPool:
            self.renew(self._pool)
            return self._pool, self._pool.submit(_look, picture, tier)

    def renew(self, broken: ProcessPoolExecutor) -> None:
        """Others may have met the same one, and it is replaced already."""
        if self._pool is broken:
            broken.shutdown(wait=False, cancel_futures=True)
            self._pool = self._make()

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)


class _Begun:
    """A picture that is being seen by another process."""

    def __init__(self, lookers: _Lookers, picture: Picture, tier: str) -> None:
        self._lookers, self._picture, self._tier = lookers, picture, tier
        self._pool, self._future = lookers.submit(picture, tier)

    def seen(self, picture: Picture, product: str, *how: object) -> Perceived:
        """As `perceive` is asked by the library."""
        try:
            found = self._result()
        except BrokenProcessPool:  # over this picture, or over one beside it
            if not self._lookers.answered:  # none has ever begun: of a script that is not made for being imported
                self._lookers.hopeless = True
                return perceive(picture, product, self._tier, REFUSALS)
            self._pool, self._future = self._lookers.submit(self._picture, self._tier)
            try:
                found = self._result()
            except BrokenProcessPool:
                raise DdmError("a process died over it twice", picture.source, "leave it out") from None
        return replace(found, perception=replace(found.perception, product=product))

    def _result(self) -> Perceived:
        try:
            found = self._future.result()
        except BrokenProcessPool:
            self._lookers.renew(self._pool)
            raise
        except DdmError:
            self._lookers.answered = True
            raise
        self._lookers.answered = True
        return found


# ------------------------------------------------------------------------------------------------ in the processes


def _begin(parent: int) -> None:
    """One thread; and no life of its own: a parent that is killed tells nobody."""
    os.environ["DDM_THREADS"] = "1"
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends it
    Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    above = parent_process()
    if above is not None and above.pid == parent:
        above.join()
        os._exit(1)


def _look(picture: Picture, tier: str) -> Perceived:
    return perceive(picture, "", tier, REFUSALS)
