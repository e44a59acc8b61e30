"""Signatures: a URL that no one without the secret can write."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

from ddm.errors import InputError
from ddm.library.place import place_of
from ddm.serve.routes import TABLE

SECRET = "DDM_SECRET"
KEY_FILE = "serve.key"
MIN_SECRET = 16
"""Bytes: 128 bits, below which a secret can be found by trying."""


def secret_of(library: Path | str) -> bytes:
    """DDM_SECRET of the environment; else the key beside the library, drawn once, readable by its owner alone.

    InputError for a library in an object store without DDM_SECRET: a key there would be read by whoever reads pictures,
    and one drawn here would be another on every machine.
    """
    if given := os.environ.get(SECRET):
        return given.encode()
    place = place_of(library)
    if place.folder is None:
        raise InputError("nothing to sign addresses with", place.url, f"set {SECRET} to the same on every machine")
    path = place.folder / KEY_FILE
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(descriptor, "wb") as file:
        key = secrets.token_urlsafe(32).encode()
        file.write(key)
    return key


def canonical(path: str, params: Iterable[tuple[str, str]]) -> bytes:
    """What is signed: the decoded path and the query without `sig`, sorted and encoded in one way only."""
    kept = sorted((name, value) for name, value in params if name != "sig")
    return f"{path}?{urlencode(kept, quote_via=quote)}".encode()


@dataclass(frozen=True)
class Signer:
    """Signs and checks with HMAC-SHA256. Raises InputError for a secret that is too short."""

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) < MIN_SECRET:
            raise InputError(f"a secret of {len(self.secret)} bytes", mend=f"at least {MIN_SECRET}, drawn at random")

    def signature(self, path: str, params: Iterable[tuple[str, str]]) -> str:
        """43 characters of base64url."""
        digest = hmac.new(self.secret, canonical(path, params), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()

    def holds(self, path: str, params: Iterable[tuple[str, str]], signature: str) -> bool:
        """Compared in constant time."""
        return hmac.compare_digest(self.signature(path, params).encode(), signature.encode())

    def creative(self, product: str, template: str, format: str, type: str = "jpg", **query: str) -> str:
        """The signed path and query of a creative; query holds v and wordings."""
        path = TABLE["creative"].print(product=product, template=template, format=format, type=type)
        return self.signed(path, query)

    def signed(self, path: str, query: Mapping[str, str]) -> str:
        signature = self.signature(path, query.items())
        return f"{path}?{urlencode({**dict(sorted(query.items())), 'sig': signature}, quote_via=quote)}"
