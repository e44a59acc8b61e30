"""The catalogue: the formats that are shipped, and those that users add."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path

from ddm.errors import InputError
from ddm.formats.files import Shelf, read_paths
from ddm.formats.format import Format, own_margin, own_type
from ddm.formats.rows import TYPES
from ddm.home import home
from ddm.svg.check import MAX_SIDE

__all__ = ["CORE", "VARIABLE", "Format", "added", "catalogue", "find", "shipped", "use"]

VARIABLE = "DDM_FORMATS"
"""Environment: files and folders of further formats, separated as in PATH."""
CORE = "core"
"""The collection that is made when nobody asks for a format."""
SIZE = re.compile(r"([1-9]\d{0,4})x([1-9]\d{0,4})")
LEAST_SIDE = 16
"""Of a format without limits: on less nothing can be seen."""


@cache
def shipped() -> Shelf:
    """Every file of formats/data by name, one for each family of publishers."""
    shelf = Shelf()
    for source in sorted(files("ddm.formats").joinpath("data").iterdir(), key=lambda one: one.name):
        shelf.add_text(source.read_text("utf-8"), f"formats/data/{source.name}")
    shelf.findings.raise_errors()
    return shelf


def catalogue() -> dict[str, Format]:
    """All known formats by id, the collection `core` first. InputError names all that is wrong in users' files."""
    return _catalogue(os.environ.get(VARIABLE, ""), home() / "formats")


@cache
def _catalogue(named: str, own: Path) -> dict[str, Format]:
    paths = [Path(part).expanduser() for part in named.split(os.pathsep) if part]
    shelf = added([*([own] if own.is_dir() else []), *paths])
    shelf.findings.raise_errors()
    return dict(sorted(shelf.formats.items(), key=lambda item: CORE not in item[1].collections))


def added(paths: Iterable[Path]) -> Shelf:
    """The shipped formats and those of files and folders, with all findings."""
    first = shipped()
    return read_paths(paths, Shelf(dict(first.formats), dict(first.homes)))


def use(paths: Iterable[Path]) -> None:
    """Adds files or folders to what the catalogue reads, in this process and in those that it starts."""
    known = [part for part in os.environ.get(VARIABLE, "").split(os.pathsep) if part]
    fresh = [str(path.expanduser().absolute()) for path in paths]
    os.environ[VARIABLE] = os.pathsep.join(dict.fromkeys([*known, *fresh]))
    catalogue()


def find(name: str) -> Format:
    """The format called `name`; a bare size, `640x400`, is one without limits. InputError names the nearest."""
    known = catalogue()
    if name in known:
        return known[name]
    if size := SIZE.fullmatch(name):
        return _bare(name, int(size[1]), int(size[2]))
    raise InputError(f"unknown format '{name[:80]}'", mend=_nearest(name, known))


def _bare(name: str, width: int, height: int) -> Format:
    if not LEAST_SIDE <= min(width, height) <= max(width, height) <= MAX_SIDE:
        raise InputError(f"a format of {name} pixels", mend=f"sides from {LEAST_SIDE} to {MAX_SIDE}")
    margin, source = own_margin(width, height), "a size that was asked for"
    return Format(
        name, f"{width} x {height}", width, height, 0, TYPES, (margin,) * 4, own_type(width, height), source=source
    )


def _nearest(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, list(known), 3, 0.4)
    meant = f"did you mean {' or '.join(repr(one) for one in close)}? " if close else ""
    return f"{meant}`ddm formats` lists them, and a size such as 640x400 is one, too"
