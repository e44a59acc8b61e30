"""A manifest of creatives -> one page to look through them, that needs nothing but the files beside it.

A row is a creative, as `batch` writes it into the manifest, or a refusal, which has a reason. Everything in a row
counts as text from strangers: the page carries it as inert JSON and builds its elements without parsing any markup.

Tens of thousands of explanations would be more than a browser holds. So the page carries two things: what the wall
shows and sorts by as it is, and the explanations in packets, one for each product and template, deflated. Within a
packet formats differ by little, so that it shrinks to a thirtieth; a packet is opened when somebody asks why.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from ddm.files import write_whole
from ddm.measure.scores import TABLE
from ddm.sealed import elements, sealed

Row = Mapping[str, Any]

NAME = "index.html"
SHOWN = (
    "id", "product", "title", "language", "template", "format", "placement", "publisher", "file", "svg", "width",
    "height", "pixel_ratio", "bytes", "scores", "failures", "reason", "detail",
)  # fmt: skip
"""Of a row, what the wall needs; `time` is the sum of its milliseconds. All other is in its packet."""
LEVEL = 6
"""Of deflate: the highest takes four times as long and saves little."""


def write_gallery(directory: Path, rows: Iterable[Row]) -> Path:
    """Write `directory`/index.html over the pictures that the rows name by paths relative to it; returns its path."""
    return write_whole(directory / NAME, gallery(rows))


def gallery(rows: Iterable[Row]) -> str:
    """The page as text: styles, script and manifest inside; only the pictures lie beside it."""
    shown, packets = _parted(rows)
    manifest = {
        "creatives": [row for row in shown if "reason" not in row],
        "refusals": [row for row in shown if "reason" in row],
        "measures": _measures(),
        "packets": packets,
    }
    script = explaining() + part("gallery.js")
    return sealed(part("page.html"), part("gallery.css") + part("explain.css"), script, manifest)


def _parted(rows: Iterable[Row]) -> tuple[list[Row], list[str]]:
    """What the wall shows of each row, with `at`: which packet, and where in it; and the packets."""
    homes: dict[tuple[object, object], int] = {}
    shown: list[Row] = []
    packets: list[list[Row]] = []
    for row in rows:
        home = homes.setdefault((row.get("product"), row.get("template")), len(homes))
        if home == len(packets):
            packets.append([])
        light = {name: row[name] for name in SHOWN if name in row}
        shown.append(light | {"time": _time(row), "at": [home, len(packets[home])]})
        packets[home].append({name: value for name, value in row.items() if name not in light})
    return shown, [packed(packet) for packet in packets]


def _time(row: Row) -> float:
    found: float = sum(row.get("ms", {}).values())
    return round(found, 1)


def packed(rows: list[Row]) -> str:
    """Rows as JSON, deflated without a header (RFC 1951), in base64: what a browser's DecompressionStream reads."""
    squeeze = zlib.compressobj(LEVEL, wbits=-zlib.MAX_WBITS)
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    return base64.b64encode(squeeze.compress(text) + squeeze.flush()).decode()


def _measures() -> list[dict[str, object]]:
    fields = ("name", "wanted", "target", "reach", "unit", "meaning")
    return [{field: getattr(row, field) for field in fields} for row in TABLE.values()]


def explaining() -> str:
    """The script that shows explanations, and what it makes elements with."""
    return elements() + part("explain.js")


def part(name: str) -> str:
    """A file that the page is made of; the studio shows explanations by the same."""
    return files("ddm.produce").joinpath("gallery_page", name).read_text("utf-8")
