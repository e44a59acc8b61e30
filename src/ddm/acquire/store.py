"""Bytes -> a file named by their SHA-256, written whole or not at all."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from ddm.files import write_whole


@dataclass(frozen=True, slots=True)
class Store:
    """Raw materials under `root`/raw/ab/abcd….ext, `ab` being the first two digits of the hash."""

    root: Path

    def path(self, sha256: str, extension: str) -> Path:
        """Where bytes of this hash lie."""
        return self.root / "raw" / sha256[:2] / f"{sha256}.{extension}"

    def put(self, body: bytes, extension: str) -> tuple[str, Path]:
        """The hash and place of `body`, which is written unless it is there already."""
        sha256 = hashlib.sha256(body).hexdigest()
        path = self.path(sha256, extension)
        if not path.exists():
            write_whole(path, body)
        return sha256, path
