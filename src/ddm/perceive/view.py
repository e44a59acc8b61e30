"""A method of a picture's sight -> a view that is computed once, when it is first asked for, by whatever thread."""

from __future__ import annotations

import threading
from functools import cached_property
from typing import Any, TypeVar, overload

T = TypeVar("T", covariant=True)


class view(cached_property[T]):  # noqa: N801 (used as a decorator, like what it comes from)
    """As `cached_property`; a thread that asks while another one computes waits for it, on that object alone.

    Python 3.11 lets all objects of a class wait for one, later ones compute it twice. Objects need `locks`.
    """

    @overload
    def __get__(self, instance: None, owner: type[Any] | None = None) -> view[T]: ...
    @overload
    def __get__(self, instance: object, owner: type[Any] | None = None) -> T: ...
    def __get__(self, instance: Any, owner: type[Any] | None = None) -> Any:
        if instance is None or self.attrname is None:
            return self
        with instance.locks(self.attrname):
            known = instance.__dict__
            if self.attrname not in known:
                known[self.attrname] = self.func(instance)
            return known[self.attrname]


class Viewed:
    """What has views: a lock for each of them."""

    def __init__(self) -> None:
        self._locks: dict[str, threading.RLock] = {}
        self._guard = threading.Lock()

    def locks(self, name: str) -> Any:
        with self._guard:
            return self._locks.setdefault(name, threading.RLock())
