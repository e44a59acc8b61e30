"""Rows of words -> Markdown tables, for the reference."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from ddm.language.lengths import plain

Cells: TypeAlias = Sequence[str]


def table(heads: Cells, rows: Iterable[Cells]) -> str:
    """A Markdown table; bars and line ends inside cells are escaped."""
    lines = (heads, ["---"] * len(heads), *rows)
    return "".join("| " + " | ".join(_cell(cell) for cell in line) + " |\n" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def codes(names: Iterable[str]) -> str:
    """`a`, `b`."""
    return ", ".join(f"`{name}`" for name in names)


def span(low: float, high: float, share: bool = False) -> str:
    """'0 to 1', or '0 to 100 %' of a share."""
    scale, unit = (100, " %") if share else (1, "")
    return f"{plain(low * scale)} to {plain(high * scale)}{unit}"
