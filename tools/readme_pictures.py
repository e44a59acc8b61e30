"""A finished demo -> the pictures of README.md and docs/LANGUAGE.md in docs/pictures.

.venv/bin/python tools/readme_pictures.py [out/demo]

Creatives are drawn anew from their plain SVG at just the size shown, so that all of them are crisp. The picture of the
gallery is taken with Chromium.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from ddm import fonts
from ddm.files import write_whole
from ddm.formats import catalogue
from ddm.language.compile import compile_text
from ddm.library import Library
from ddm.library.page import write_page
from ddm.produce.workshop import Workshop
from ddm.render import Renderer
from ddm.render.files import load_beside
from ddm.render.rasters import PixelArray

Row = dict[str, Any]
Wish = tuple[str, str, str]

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
WIDTH = 1400
GAP = 12
PAPER = "#ffffff"
QUALITY = 84
MOST_BYTES = 1_200_000  # all pictures together: a clone should stay small

HERO: Sequence[Sequence[Wish]] = (
    (
        ("cactus", "window", "story-1080x1920"),
        ("stool", "deal", "square-800"),
        ("bonsai", "gloss", "link-1200x628"),
        ("instant", "duotone", "feed-1080x1350"),
    ),
    (
        ("vintage", "shelf", "link-1200x628"),
        ("tulip", "macro", "poster-750x1000"),
        ("vintage", "plinth", "half-300x600"),
        ("balloon", "sticker", "square-800"),
    ),
    (
        ("sofa", "arch", "billboard-970x250"),
        ("rope", "offer", "mrec-300x250"),
        ("twin-lens", "gloss", "billboard-970x250"),
    ),
    (
        ("orchid", "gallery", "feed-1080x1350"),
        ("bike", "macro", "link-1200x628"),
        ("runx", "loud", "poster-750x1000"),
        ("plant", "edge", "half-300x600"),
    ),
)
"""Rows of a word in the product's id, template and format; rows are as wide as the page, each of one height."""

FORMATS: Sequence[Sequence[str]] = (
    ("story-1080x1920", "feed-1080x1350", "half-300x600", "poster-750x1000", "sky-160x600", "square-800"),
    ("link-1200x628", "billboard-970x250", "mrec-300x250"),
    ("leader-728x90",),
)
ONE = ("cactus", "arch")
"""The product and the template that are shown in every format."""

LANGUAGE: Sequence[tuple[str, str]] = (
    ("pendant", "half-300x600"),
    ("cactus", "link-1200x628"),
    ("bonsai", "poster-750x1000"),
    ("bike", "square-800"),
    ("rope", "mrec-300x250"),
)
"""Products and formats that show the template made step by step in docs/LANGUAGE.md."""

TRACED: Wish = ("cactus", "window", "story-1080x1920")
WINDOW = (1480, 3600)
"""The browser's: so tall that the panel beside a creative shows all it has."""
PANEL = 1004
"""Where that panel begins in a window so wide."""
COLUMN = 920
"""Height of the parts that are shown of the panel: its beginning and its end."""
SEEN = "twin-lens"
SEEN_WINDOW = (1400, 860)
"""The browser's, for the page that shows what was perceived."""


class Demo:
    """A finished run: its manifest, and its creatives drawn at any height."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        text = (folder / "manifest.jsonl").read_text("utf-8")
        self.rows: list[Row] = [json.loads(line) for line in text.splitlines()]
        self._renderer = Renderer(load_beside(self.folder / "svg"))

    def find(self, wish: Wish) -> Row:
        """The creative wished for; where it could not be made, the best scored of its template and format."""
        word, template, format_ = wish
        alike = [r for r in self.rows if (r["template"], r["format"]) == (template, format_)]
        if not alike:
            raise SystemExit(f"no creative of {template} in {format_}: is the demo finished?")
        exact = [r for r in alike if word in r["product"]]
        found = exact[0] if exact else max(alike, key=lambda r: (r["worst"], r["product"]))
        if not exact:
            print(f"no {' '.join(wish)}; {found['id']} instead")
        return found

    def named(self, word: str) -> str:
        """The id of the product that has the word in it."""
        return str(next(r["product"] for r in self.rows if word in r["product"]))

    def drawn(self, row: Row, height: int) -> Image.Image:
        text = (self.folder / row["svg"]).read_text("utf-8")
        pixels = self._renderer.draw(text, height / row["height"])
        return Image.fromarray(pixels)


def justified(demo: Demo, lines: Iterable[Sequence[Row]], width: int = WIDTH) -> Image.Image:
    """Lines of creatives, each line of one height and as wide as the picture."""
    drawn = [_line(demo, line, width) for line in lines]
    height = sum(line.height for line in drawn) + GAP * (len(drawn) - 1)
    sheet, top = Image.new("RGB", (width, height), PAPER), 0
    for line in drawn:
        sheet.paste(line, (0, top))
        top += line.height + GAP
    return sheet


def _line(demo: Demo, rows: Sequence[Row], width: int) -> Image.Image:
    room = width - GAP * (len(rows) - 1)
    ratios = [row["width"] / row["height"] for row in rows]
    height = round(room / sum(ratios))
    sheet, left = Image.new("RGB", (width, height), PAPER), 0.0
    for row, ratio in zip(rows, ratios, strict=True):
        wide = room * ratio / sum(ratios)
        tile = demo.drawn(row, height)
        sheet.paste(tile.resize((round(left + wide) - round(left), height)), (round(left), 0))
        left += wide + GAP
    return sheet


def language(demo: Demo) -> Image.Image:
    """Creatives of the template that docs/LANGUAGE.md makes step by step."""
    text = (PICTURES.parent / "LANGUAGE.md").read_text("utf-8")
    *_, last = re.findall(r"```svg step-\d\.svg\n(.*?)```", text, re.DOTALL)
    template, _ = compile_text(last)
    workshop = Workshop(Library(demo.folder / "library"))
    made = [
        workshop.make(template, workshop.library.product(demo.named(word)), catalogue.find(name), measured=False)
        for word, name in LANGUAGE
    ]
    ratio = sum(one.format.ratio for one in made)
    height = round((WIDTH - GAP * (len(made) - 1)) / ratio)
    return beside([_at(workshop.renderer.draw(one.document, height / one.format.height), height) for one in made])


def _at(pixels: PixelArray, height: int) -> Image.Image:
    picture = Image.fromarray(pixels)
    return picture.resize((round(picture.width * height / picture.height), height))


def beside(parts: Sequence[Image.Image]) -> Image.Image:
    """Pictures of one height, side by side."""
    width = sum(part.width for part in parts) + GAP * (len(parts) - 1)
    sheet, left = Image.new("RGB", (width, parts[0].height), PAPER), 0
    for part in parts:
        sheet.paste(part, (left, 0))
        left += part.width + GAP
    return sheet


def traced(demo: Demo, row: Row) -> Image.Image:
    """A creative, and the beginning and the end of what the gallery tells of it."""
    creative = demo.drawn(row, COLUMN)
    page = f"file://{demo.folder}/index.html#{row['id']}"
    panel = _trimmed(_photographed(page, WINDOW).crop((PANEL, 0, *WINDOW)))
    end = panel.crop((0, panel.height - COLUMN, *panel.size))
    return beside([creative, panel.crop((0, 0, panel.width, COLUMN)), end])


def _trimmed(panel: Image.Image) -> Image.Image:
    """Without the empty paper at its end."""
    grey = np.asarray(panel.convert("L"))
    written = np.flatnonzero(grey.min(1) != grey.max(1))
    return panel.crop((0, 0, panel.width, int(written[-1]) + 2 * GAP))


def seen(demo: Demo) -> Image.Image:
    """What was perceived of one material, as `ddm library show` lays it over the picture."""
    library = Library(demo.folder / "library")
    materials = library.of_product(demo.named(SEEN))
    material = next(one for one in materials if one.attributes["role"] == "product")
    with tempfile.TemporaryDirectory() as folder:
        page = write_page(library, [material], Path(folder))
        return _photographed(f"file://{page}#{material.id}", SEEN_WINDOW)


def _photographed(address: str, window: tuple[int, int]) -> Image.Image:
    """A page as a browser shows it."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        raise SystemExit("no chromium to photograph pages with: apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder:
        shot = Path(folder) / "shot.png"
        flags = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--allow-file-access-from-files")
        size, patience = f"--window-size={window[0]},{window[1]}", "--virtual-time-budget=8000"
        command = [
            program,
            *flags,
            size,
            patience,
            f"--user-data-dir={folder}/profile",
            f"--screenshot={shot}",
            address,
        ]
        environment = {**os.environ, "FONTCONFIG_FILE": str(fonts.fontconfig_file())}
        subprocess.run(command, env=environment, check=True, capture_output=True, timeout=120)
        with Image.open(shot) as image:
            return image.convert("RGB")


def save(name: str, picture: Image.Image) -> int:
    """Written as JPEG; its bytes."""
    body = io.BytesIO()
    picture.save(body, "JPEG", quality=QUALITY, optimize=True, progressive=True, subsampling="4:2:0")
    path = write_whole(PICTURES / f"{name}.jpg", body.getvalue())
    print(f"{path.name}: {picture.width} x {picture.height}, {len(body.getvalue()) / 1000:.0f} kB")
    return len(body.getvalue())


def main(folder: Path) -> None:
    demo = Demo(folder)
    product, template = ONE
    pictures = {
        "creatives": justified(demo, [[demo.find(wish) for wish in line] for line in HERO]),
        "formats": justified(demo, [[demo.find((product, template, name)) for name in line] for line in FORMATS]),
        "language": language(demo),
        "trace": traced(demo, demo.find(TRACED)),
        "seen": seen(demo),
    }
    total = sum(save(name, picture) for name, picture in pictures.items())
    if total > MOST_BYTES:
        raise SystemExit(f"the pictures take {total:,} bytes; at most {MOST_BYTES:,}: lower QUALITY or WIDTH")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "out/demo"))
