"""Ad formats as values: canvas, weight, safe area, smallest text."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from ddm.errors import InputError
from ddm.geometry import Box


@dataclass(frozen=True, slots=True)
class Format:
    """One ad slot. Lengths in pixels of the canvas.

    safe: left, top, right, bottom margins that only decoration and pictures may enter.
    max_kb: weight limit of the file, 0 for none. min_text: smallest type size.
    """

    id: str
    name: str
    width: int
    height: int
    max_kb: int = 0
    types: tuple[str, ...] = ("jpg", "png")
    safe: tuple[float, float, float, float] = (0, 0, 0, 0)
    min_text: float = 10.0
    source: str = ""
    checked: str = ""
    confidence: str = "seen"
    reserved: tuple[Box, ...] = field(default=())

    @property
    def ratio(self) -> float:
        return self.width / self.height

    @property
    def canvas(self) -> Box:
        return Box(0, 0, self.width, self.height)

    @property
    def safe_box(self) -> Box:
        left, top, right, bottom = self.safe
        return Box.of_edges(left, top, self.width - right, self.height - bottom)


def _row(row: dict[str, Any]) -> Format:
    lists = {"types": tuple(row.get("types", ("jpg", "png"))), "safe": tuple(row.get("safe", (0, 0, 0, 0)))}
    return Format(**{**row, **lists})


@cache
def catalogue() -> dict[str, Format]:
    """All known formats by id."""
    rows = json.loads(files("ddm.formats").joinpath("formats.json").read_text("utf-8"))
    return {row["id"]: _row(row) for row in rows}


def find(name: str) -> Format:
    """The format called `name`. InputError names the ones that exist."""
    try:
        return catalogue()[name]
    except KeyError:
        raise InputError(f"unknown format '{name}'", mend=f"one of {', '.join(catalogue())}") from None
