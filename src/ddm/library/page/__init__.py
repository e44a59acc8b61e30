"""Materials of a library -> one page on which a person sees what was perceived, and the pictures beside it.

The page needs nothing but the files beside it. Every word in it counts as a stranger's: it is carried as inert JSON,
and the page builds its elements without parsing any markup.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path

from ddm.files import write_whole
from ddm.library.library import Library
from ddm.library.page.layers import FILES, layers
from ddm.library.page.record import CONFIDENCE, record
from ddm.perceive.perception import Perception
from ddm.perceive.schema import ATTRIBUTES
from ddm.sealed import elements, sealed

NAME = "index.html"


def write_page(library: Library, materials: Sequence[Perception], out: Path, fitting: int | None = None) -> Path:
    """Writes `out`/index.html and `out`/layers/; returns the page's path.

    fitting: how many there are where more fit than are shown. A material whose pixels are damaged is shown by its map,
    with the reason.
    """
    rows = [_shown(library, one, out) for one in materials]
    told = {
        "materials": rows,
        "fitting": len(rows) if fitting is None else fitting,
        "attributes": [asdict(row) for row in ATTRIBUTES.values()],
        "confidence": CONFIDENCE,
    }
    return write_whole(out / NAME, page(told))


def page(told: object) -> str:
    """The page as text: styles, script and records inside; only the pictures lie beside it."""
    script = elements() + _part("condition.js") + _part("layers.js") + _part("show.js")
    return sealed(_part("page.html"), _part("show.css"), script, told)


def _shown(library: Library, material: Perception, out: Path) -> dict[str, object]:
    drawn = layers(library, material)
    stem = hashlib.sha256(f"{material.product}/{material.id}".encode()).hexdigest()[:16]
    names = {name: f"{FILES}/{stem}-{name}.webp" for name in drawn.pictures}
    for name, body in drawn.pictures.items():
        write_whole(out / names[name], body)
    return record(material) | {"files": names, "problems": list(drawn.problems)}


def _part(name: str) -> str:
    return files(__name__).joinpath(name).read_text("utf-8")
