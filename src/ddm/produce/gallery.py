"""A manifest of creatives -> one page to look through them, that needs nothing but the files beside it.

A row is a creative (id, product, title, language, template, format, file, svg, width, height, bytes, objects, values,
ms, scores, failures, and url where one is served) or a refusal (product, template, format, reason). Everything in a row
counts as text from strangers: the page carries it as inert JSON and builds its elements without parsing any markup.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from ddm.files import write_whole
from ddm.measure.scores import TABLE

Row = Mapping[str, Any]

NAME = "index.html"
_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def write_gallery(directory: Path, rows: Iterable[Row]) -> Path:
    """Write `directory`/index.html over the pictures that the rows name by paths relative to it; returns its path."""
    return write_whole(directory / NAME, gallery(rows))


def gallery(rows: Iterable[Row]) -> str:
    """The page as text: styles, script and manifest inside; only the pictures lie beside it."""
    rows = list(rows)
    manifest = {
        "creatives": [row for row in rows if "reason" not in row],
        "refusals": [row for row in rows if "reason" in row],
        "measures": _measures(),
    }
    script = _part("gallery.js")
    parts = {
        "/*style*/": _part("gallery.css"),
        "/*script*/": script,
        "{{hash}}": base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        "{{manifest}}": inert(manifest),
    }
    page = _part("page.html")
    for mark, text in parts.items():  # the manifest comes last: no mark inside it is looked at again
        page = page.replace(mark, text, 1)
    return page


def inert(value: object) -> str:
    """JSON that cannot end the script element it stands in, whatever the strings in it say."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).translate(_ESCAPES)


def _measures() -> list[dict[str, object]]:
    fields = ("name", "wanted", "target", "reach", "unit", "meaning")
    return [{field: getattr(row, field) for field in fields} for row in TABLE.values()]


def _part(name: str) -> str:
    return files("ddm.produce").joinpath("gallery_page", name).read_text("utf-8")
