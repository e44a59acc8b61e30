"""Folders of real pictures -> each with its name, what a person saw in it, and whether it is held back from training.

The split is by picture, never by crop: a composition draws all its parts from one side.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

import numpy as np

from ddm import models
from ddm.errors import Missing
from ddm.home import home
from ddm.perceive.decode import Decoded, decode

HELD = 4
"""One picture in so many is held back."""
SIDE = 896
"""Longer side at which pictures are composed: twice what the heads look at."""
GARMENTS = 7
"""One garment in so many is used: ten kinds of clothes on a few floors, so more of them tell little that is new."""
SERIES = re.compile(r"([-_ ]*(\d{1,3}|[ablrg]|front|back|mirror|black|blue|green|white|original|modified))+$")
"""What tells apart pictures of one thing, or of one photographer's afternoon: they stay together."""
SUFFIXES = (".jpg", ".jpeg", ".png", ".webp")


@dataclass(frozen=True, slots=True)
class Real:
    """A picture that nobody composed. scene: what a person saw around its subject, '' where nobody said."""

    set: str
    name: str
    path: Path
    scene: str
    held: bool

    @property
    def pixels(self) -> np.ndarray:
        """uint8 (h, w, 3) sRGB."""
        return decoded(self.path).pixels

    @property
    def alpha(self) -> np.ndarray | None:
        """uint8 (h, w), or None where it is no cut-out."""
        return decoded(self.path).alpha


@lru_cache(maxsize=1024)
def decoded(path: Path) -> Decoded:
    return decode(path.read_bytes(), path.name, side=SIDE)


def fetched() -> Path:
    """Where `training/fetch.py` puts pictures out of packages."""
    return home() / "training"


def held(name: str) -> bool:
    """Whether a picture of that name is held back. What tells a series' pictures apart does not count."""
    series = SERIES.sub("", name.lower().replace("cup-of-couple-", ""))
    return hashlib.sha256(series.encode()).digest()[0] % HELD == 0


def real(corpora: Path, garments: int = GARMENTS) -> tuple[Real, ...]:
    """All that is there, in the order of sets and names; one garment in so many."""
    return tuple(
        Real(folder, _name(path, root), path, _scene(folder, _name(path, root)), held(_name(path, root)))
        for folder, root in _roots(corpora).items()
        for path in _files(folder, root, garments)
    )


def _roots(corpora: Path) -> dict[str, Path]:
    here = {name: corpora / name for name in ("cutouts", "garments", "pack-shots", "posters")}
    sets = {path.name: path for path in sorted(fetched().glob("*")) if path.is_dir()}
    return here | dict(_picture_sets()) | sets


def _picture_sets() -> Iterator[tuple[str, Path]]:
    for name in ("interiors", "vendure"):
        try:
            yield name, models.pictures(name)
        except Missing:
            continue


def _files(folder: str, root: Path, garments: int) -> Sequence[Path]:
    found = sorted(path for path in root.rglob("*") if path.suffix.lower() in SUFFIXES)
    return found[::garments] if folder == "garments" else found


def _name(path: Path, root: Path) -> str:
    """The file's folder and stem, so that garments keep their kind."""
    parts = path.relative_to(root).with_suffix("").parts
    return "/".join(parts[-2:]) if root.name == "garments" else parts[-1]


def with_person(one: Real) -> bool | None:
    """Whether a person is in the picture; None where nobody said, or where it may have been learnt from."""
    said = [kind for kind, of, part in _labels("persons.txt") if one.set == of and part in f"{one.name}."]
    if said:
        return said[0] == "yes"
    return one.scene == "on-model" if one.held and one.scene else None


@cache
def _labels(table: str) -> tuple[tuple[str, str, str], ...]:
    text = files("ddm.bench.perceive").joinpath(table).read_text("utf-8")
    rows = (line.split(" ", 2) for line in text.splitlines() if line and not line.startswith("#"))
    return tuple((row[0], row[1], row[2] if len(row) > 2 else "") for row in rows)


def _scene(folder: str, name: str) -> str:
    """The most particular line of the table that fits; '-' takes a picture out again."""
    fitting = [(len(part), kind) for kind, of, part in _labels("scenes.txt") if folder.startswith(of) and part in name]
    kind = max(fitting, default=(0, ""))[1]
    return "" if kind == "-" else kind
