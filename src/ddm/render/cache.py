"""A cache bounded by bytes, least recently used first to go, for several threads."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Cache(Generic[T]):
    """Values by key. size: the bytes of one; limit: of all together. A value above the limit is not kept."""

    def __init__(self, limit: int, size: Callable[[T], int]) -> None:
        self._limit, self._size = limit, size
        self._held: OrderedDict[Hashable, T] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value of `key`, made outside the lock when it is new: two threads may make the same, one stays."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        value = make()
        with self._lock:
            return self._keep(key, value)

    @property
    def bytes(self) -> int:
        """What is held now."""
        return self._bytes

    def clear(self) -> None:
        with self._lock:
            self._held.clear()
            self._bytes = 0

    def _keep(self, key: Hashable, value: T) -> T:
        if key in self._held:
            return self._held[key]
        if self._size(value) <= self._limit:
            self._held[key] = value
            self._bytes += self._size(value)
        while self._bytes > self._limit:
            self._bytes -= self._size(self._held.popitem(last=False)[1])
        return value
