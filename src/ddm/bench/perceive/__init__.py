"""Pictures whose truth is known -> how far off perception is: one section each, as JSON and as a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, TypeAlias

from ddm.errors import InputError

Measured: TypeAlias = Mapping[str, Any]
"""Figures by name, nested where they belong together."""
Section: TypeAlias = Callable[[Path], Measured]
"""The folder of the corpora -> figures."""

SECTIONS = ("matte", "text", "calm", "light", "subject", "quality", "heads", "speed")
"""Modules of this package; each has `measure`, a Section."""


def run(corpora: Path, wanted: tuple[str, ...]) -> dict[str, Measured]:
    """section -> its figures, of those wanted or of all. InputError for a folder or a section that is not there."""
    unknown = [name for name in wanted if name not in SECTIONS]
    if unknown:
        raise InputError(f"there is no section '{unknown[0]}'", mend=f"one of {', '.join(SECTIONS)}")
    if not corpora.is_dir():
        raise InputError("the pictures with known truth are not there", str(corpora), "--corpora FOLDER")
    return {name: _section(name)(corpora) for name in wanted or SECTIONS}


def _section(name: str) -> Section:
    found: Section = import_module(f"{__name__}.{name}").measure
    return found
