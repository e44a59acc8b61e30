"""The templates that come with the project: valid SVG files, each a different idea of composition."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from ddm.errors import InputError
from ddm.language.compile import load
from ddm.language.findings import nearest
from ddm.language.template import Template


def folder() -> Path:
    """Where they lie."""
    return Path(str(files("ddm.templates")))


@cache
def shipped() -> dict[str, Path]:
    """id -> file, in order of name."""
    return {path.stem: path for path in sorted(folder().glob("*.svg"))}


@cache
def _loaded(path: Path, _: int) -> Template:
    return load(path)


def find(name: str) -> Template:
    """The shipped template of that id, or the one in the file of that name. InputError names the nearest."""
    path = shipped().get(name) or Path(name)
    if not path.is_file():
        raise InputError(f"there is no template '{name}'", mend=nearest(name, shipped()))
    return _loaded(path, path.stat().st_mtime_ns)
