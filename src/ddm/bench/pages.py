"""Pictures done in several ways -> one page that lays them side by side, so that a person can judge what figures tell.

The page needs nothing but the files beside it. It sorts by any figure and shows any two ways in the same place, one
after the other: what the eye misses side by side it sees as a jump.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from PIL import Image

from ddm.files import write_whole
from ddm.perceive.pixels import Bytes
from ddm.sealed import elements, sealed

NAME = "index.html"
FILES = "pictures"
QUALITY = 92
"""WebP quality from which no block shows that is not in the picture itself."""


@dataclass(frozen=True, slots=True)
class Case:
    """One picture done in several ways.

    pictures: way -> uint8 (h, w, 3) or (h, w, 4) sRGB, in the order they are laid out. figures: name -> value, by which
    the page can sort. remark: what a person should know of it.
    """

    name: str
    pictures: Mapping[str, Bytes]
    figures: Mapping[str, float]
    remark: str = ""


def write_page(folder: Path, title: str, cases: Iterable[Case]) -> Path:
    """Writes `folder`/index.html and `folder`/pictures/; returns the page's path."""
    rows = [_written(folder, case) for case in cases]
    body = sealed(_part("page.html"), _part("page.css"), elements() + _part("page.js"), {"title": title, "cases": rows})
    return write_whole(folder / NAME, body)


def _written(folder: Path, case: Case) -> dict[str, object]:
    shown = [_saved(folder, case.name, way, pixels) for way, pixels in case.pictures.items()]
    return {"name": case.name, "remark": case.remark, "pictures": shown, "figures": dict(case.figures)}


def _saved(folder: Path, name: str, way: str, pixels: Bytes) -> dict[str, object]:
    file = f"{FILES}/{hashlib.sha256(f'{name}/{way}'.encode()).hexdigest()[:16]}.webp"
    body = io.BytesIO()
    Image.fromarray(pixels).save(body, "WEBP", quality=QUALITY, method=2)
    write_whole(folder / file, body.getvalue())
    return {"way": way, "file": file, "width": pixels.shape[1], "height": pixels.shape[0]}


def _part(name: str) -> str:
    return files("ddm.bench").joinpath("page", name).read_text("utf-8")
