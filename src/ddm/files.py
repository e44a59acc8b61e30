"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from ddm.errors import DdmError


def write_whole(path: Path, body: bytes | str) -> Path:
    """Write `body` at `path` through a neighbour that is renamed into place; returns the path.

    DdmError names the file when the disk refuses; nothing half-written stays behind.
    """
    data = body.encode() if isinstance(body, str) else body
    name: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(0o644)  # mkstemp's 0600 would hide the file from a web server
        Path(name).replace(path)
    except OSError as error:
        raise DdmError(
            f"cannot write: {error.strerror}", str(path), "free some space or choose another folder"
        ) from error
    finally:
        if name:
            Path(name).unlink(missing_ok=True)
    return path
