"""Bytes by name in a bucket, with a cache of files on this machine: the only file that knows obstore."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import S3Store

from ddm.errors import Unavailable
from ddm.library.blobs import Entry
from ddm.library.cache import Cache
from ddm.library.place import ANSWER_SECONDS, RETRIES, RETRY_SECONDS, Place, s3_options

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
            client_options={"allow_http": "allow_http" in options, "timeout": timedelta(seconds=ANSWER_SECONDS)},
            retry_config={"max_retries": RETRIES, "retry_timeout": timedelta(seconds=RETRY_SECONDS)},
        )

    def get(self, name: str) -> bytes:
        with self._answering():
            return bytes(obstore.get(self._store, name).bytes())

    def put(self, name: str, body: bytes, replace: bool = False) -> None:
        with self._answering():
            try:
                obstore.put(self._store, name, body, mode="overwrite" if replace else "create", use_multipart=False)
            except AlreadyExistsError:
                if self.age(name) > YOUNG:
                    obstore.put(self._store, name, body, use_multipart=False)

    def age(self, name: str) -> float:
        with self._answering():
            try:
                return time.time() - float(obstore.head(self._store, name)["last_modified"].timestamp())
            except FileNotFoundError:
                return -1.0

    def path(self, name: str) -> Path:
        return self._cache.path(name, self.get)

    def list(self, prefix: str) -> Iterator[Entry]:
        now = time.time()
        with self._answering():
            for chunk in obstore.list(self._store, prefix):
                for found in chunk:
                    yield Entry(str(found["path"]), int(found["size"]), now - found["last_modified"].timestamp())

    def delete(self, names: Iterable[str]) -> None:
        chosen = list(names)
        for name in chosen:
            self._cache.forget(name)
        if chosen:
            with self._answering():
                obstore.delete(self._store, chosen)

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """FileNotFoundError passes; everything else is the store's fault."""
        try:
            yield
        except BaseError as error:
            what = f"the store does not answer: {str(error).splitlines()[0][:200]}"
            raise Unavailable(what, self.url, "try again; what was stored stays") from error
