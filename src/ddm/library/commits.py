"""A write to a table that others write to as well -> done once, or told: who is slower tries again."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TypeVar

from ddm.errors import DdmError, InputError, Unavailable

T = TypeVar("T")

INTERRUPTED = 6
"""Times a request is made again whose connection broke: clients leave that to us where a request changes something,
since they cannot know whether it was carried out. Ours may be carried out twice."""

PATIENCE = 60.0
"""Seconds for which a write is tried again: sixteen writers of one table get their turn several times over."""
FIRST_PAUSE, LONGEST_PAUSE = 0.05, 2.0
"""Seconds between two attempts; doubled each time, and drawn at random so that writers do not march in step."""
_BEATEN = ("commit conflict", "concurrent", "preempted", "please retry", "already exists")
_BROKEN = ("error sending request", "response body error", "connection", "timed out", "500 internal", "503 ")
_STORE = ("lanceerror(io)", "io {", "store:", "io error")
_FULL = ("no space left", "file too large", "disk quota", "os error 28", "os error 27")


def committed(write: Callable[[], T], where: str, patience: float = PATIENCE) -> T:
    """What `write` returns. It is done again where another writer was faster, and must therefore be repeatable.

    Raises DdmError where the disk is full, InputError where the rows themselves are wrong, Unavailable where the store
    does not answer.
    """
    until, pause, broken = time.monotonic() + patience, FIRST_PAUSE, 0
    while True:
        try:
            return write()
        except (RuntimeError, OSError, ValueError) as error:
            broken += interrupted(error)
            again = broken <= INTERRUPTED if interrupted(error) else beaten(error) and time.monotonic() < until
            if not again:
                raise _told(error, where) from error
        time.sleep(pause * random.uniform(0.5, 1.5))
        pause = min(LONGEST_PAUSE, pause * 2)


def answered(ask: Callable[[], T]) -> T:
    """What `ask` returns; asked again where the connection broke. Raises what it raises."""
    for left in reversed(range(INTERRUPTED)):
        try:
            return ask()
        except (RuntimeError, OSError, ValueError) as error:
            if not left or not interrupted(error):
                raise
        time.sleep(FIRST_PAUSE * 2 ** (INTERRUPTED - left))
    raise AssertionError


def interrupted(error: Exception) -> bool:
    """The store did not say whether it was done."""
    said = str(error).lower()
    return any(word in said for word in _BROKEN)


def beaten(error: Exception) -> bool:
    """Another writer was faster."""
    said = str(error).lower()
    return any(word in said for word in _BEATEN)


def _told(error: Exception, where: str) -> DdmError:
    said = str(error).splitlines()[0][:300] if str(error) else type(error).__name__
    if any(word in str(error).lower() for word in _FULL):
        return DdmError("the disk is full; nothing was lost", where, "free some space and do it again")
    if isinstance(error, ValueError) and not any(word in str(error).lower() for word in _STORE):
        return InputError(f"the library cannot store this: {said}", where)
    return Unavailable(f"the library could not be written: {said}", where, "try again; what was stored stays")
