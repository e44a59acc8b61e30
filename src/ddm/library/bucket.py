"""Bytes by name in a bucket, with a cache of files on this machine: the only file that knows obstore."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import S3Store

from ddm.errors import Unavailable
from ddm.library.blobs import Entry
from ddm.library.cache import Cache
from ddm.library.commits import FIRST_PAUSE, INTERRUPTED, interrupted
from ddm.library.place import ANSWER_SECONDS, RETRIES, RETRY_SECONDS, Place, s3_options

T = TypeVar("T")

YOUNG = 900.0
"""Seconds within which an object need not be put once more to be safe from those who clear up; they wait for hours."""


class Bucket:
    """Objects below the prefix of a `Place`. Safe to use from several threads."""

    def __init__(self, place: Place, cache: Cache) -> None:
        options = s3_options()
        self.url = place.url
        self._cache = cache
        self._store = S3Store(
            place.bucket,
            prefix=place.prefix or None,
            region=options["aws_region"],
            endpoint=options.get("aws_endpoint"),
            client_options={
                "allow_http": options.get("allow_http") == "true",
                "timeout": timedelta(seconds=ANSWER_SECONDS),
            },
            retry_config={"max_retries": RETRIES, "retry_timeout": timedelta(seconds=RETRY_SECONDS)},
        )

    def get(self, name: str) -> bytes:
        return self._answered(lambda: bytes(obstore.get(self._store, name).bytes()))

    def put(self, name: str, body: bytes, replace: bool = False) -> None:
        self._answered(lambda: self._put(name, body, replace))

    def _put(self, name: str, body: bytes, replace: bool) -> None:
        try:
            obstore.put(self._store, name, body, mode="overwrite" if replace else "create", use_multipart=False)
        except AlreadyExistsError:
            if self.age(name) > YOUNG:
                obstore.put(self._store, name, body, use_multipart=False)

    def age(self, name: str) -> float:
        try:
            found = self._answered(lambda: obstore.head(self._store, name))
        except FileNotFoundError:
            return -1.0
        return time.time() - float(found["last_modified"].timestamp())

    def path(self, name: str) -> Path:
        return self._cache.path(name, self.get)

    def list(self, prefix: str) -> Iterator[Entry]:
        now = time.time()
        for found in self._answered(lambda: [row for rows in obstore.list(self._store, prefix) for row in rows]):
            yield Entry(str(found["path"]), int(found["size"]), now - found["last_modified"].timestamp())

    def delete(self, names: Iterable[str]) -> None:
        chosen = list(names)
        for name in chosen:
            self._cache.forget(name)
        if chosen:
            self._answered(lambda: obstore.delete(self._store, chosen))

    def _answered(self, ask: Callable[[], T]) -> T:
        """FileNotFoundError passes; everything else is the store's fault. All we ask for may be done twice."""
        for left in reversed(range(INTERRUPTED)):
            try:
                return ask()
            except BaseError as error:
                if not left or not interrupted(error):
                    what = f"the store does not answer: {str(error).splitlines()[0][:200]}"
                    raise Unavailable(what, self.url, "try again; what was stored stays") from error
            time.sleep(FIRST_PAUSE * 2 ** (INTERRUPTED - left))
        raise AssertionError
