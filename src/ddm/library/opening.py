"""A folder or URL -> the library that lies there already: looking must not make one."""

from __future__ import annotations

from pathlib import Path

from ddm.errors import InputError
from ddm.library.library import Library
from ddm.library.place import place_of


def opened(url: Path | str, migrating: bool = True) -> Library:
    """InputError where there is none."""
    place = place_of(url)
    if place.folder and not (place.folder / "tables").is_dir():
        raise InputError("there is no library", str(url), "ddm demo, or ddm make, fills one")
    return Library(url, migrating)
