"""This machine -> findings: what DDM needs, whether it is there, and the command that mends it."""

from __future__ import annotations

import importlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ddm import fonts, models
from ddm.fonts.store import MEND as FETCH_FONTS
from ddm.fonts.store import missing
from ddm.home import home
from ddm.models.store import mend

ROOM = 1_000_000_000  # bytes: weights, fonts and pictures take half of it, scratch copies while fetching the rest
LIBRARIES = {  # module -> Debian packages of the system libraries it links to
    "skia": "libgl1 libegl1 libexpat1",
    "cv2": "libglib2.0-0",
    "onnxruntime": "libstdc++6",
    "openvino": "libstdc++6",
    "uharfbuzz": "libstdc++6",
    "lancedb": "libgcc-s1",
}
PROGRAMS = {  # what for -> names it goes by
    "npm (fetches some weights)": ("npm",),
    "chromium (only the tests compare with it)": ("chromium", "chromium-browser", "google-chrome"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. mend: a command, empty when ok. needed: False for what only fetching or testing uses."""

    name: str
    ok: bool
    detail: str
    mend: str = ""
    needed: bool = True


def _library(module: str, packages: str) -> Finding:
    try:
        found = importlib.import_module(module)
    except (ImportError, OSError) as error:
        return Finding(module, False, str(error), f"apt-get install {packages}")
    return Finding(module, True, str(getattr(found, "__version__", "loads")))


def _program(name: str, commands: tuple[str, ...]) -> Finding:
    found = next(filter(None, map(shutil.which, commands)), None)
    mend = "" if found else f"apt-get install {commands[0]}"
    return Finding(name, found is not None, found or "not found", mend, needed=False)


def _fonts() -> Finding:
    absent = [font.file for font in missing()]
    if absent:
        return Finding("fonts", False, f"not fetched: {', '.join(absent)}", FETCH_FONTS)
    return Finding("fonts", True, f"{len(fonts.TABLE)} faces of {len(fonts.families())} families")


def _models() -> Iterator[Finding]:
    for row, problem in models.verify():
        detail = problem or f"{row.size / 1e6:.1f} MB, checksum right"
        yield Finding(f"{row.kind} {row.name}", not problem, detail, mend(row) if problem else "")


def _standing(path: Path) -> Path:
    """The path itself, or its nearest ancestor that exists."""
    return next(each for each in (path, *path.parents) if each.exists())


def _home(path: Path) -> Iterator[Finding]:
    ground = _standing(path)
    writable = ground.is_dir() and os.access(ground, os.W_OK | os.X_OK)
    yield Finding("home", writable, str(path), "" if writable else "set DDM_HOME to a folder that can be written")
    free = shutil.disk_usage(ground).free
    mend = "" if free >= ROOM else f"free {ROOM / 1e9:.0f} GB, or set DDM_HOME to another disk"
    yield Finding("disk space", free >= ROOM, f"{free / 1e9:.1f} GB free", mend)


def diagnose() -> list[Finding]:
    """All findings, in the order they should be mended. Reads every byte of the weights; changes nothing."""
    return [
        *(_library(module, packages) for module, packages in LIBRARIES.items()),
        *_home(home()),
        *(_program(name, commands) for name, commands in PROGRAMS.items()),
        _fonts(),
        *_models(),
    ]
