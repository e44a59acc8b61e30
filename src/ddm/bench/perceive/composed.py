"""Cut-outs with true alpha and grounds -> pictures whose matte and edge colours are known to the last pixel.

Everything is seeded by the cut-out's name: the same corpora give the same pictures on every machine. Layers are mixed
in linear light, as a lens mixes them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
from PIL import Image

from ddm import models
from ddm.colour import linear_of_srgb, srgb_of_linear
from ddm.errors import InputError
from ddm.perceive import pixels as px
from ddm.perceive.pixels import Bytes, Floats

SIDE = 1500
"""Longer side of a composed picture."""
OBJECT = 0.5
"""Coverage that a thing reaches somewhere, and a shadow painted into the cut-out nowhere near by: see `_object`."""
RIM = 3
"""Pixels around what is solid within which soft pixels are the thing's edge, not its shadow."""
SIZES = {"studio": (0.45, 0.85), "blurred": (0.4, 0.75), "sharp": (0.5, 0.85)}
"""Longer side of the thing in parts of the picture's shorter side: the product is what was photographed."""
BLUR = (0.008, 0.02)
"""Sigma of a ground out of focus, of the longer side."""
GRAIN = 1.2 / 255
"""Deviation of the sensor's noise."""
SHADOW = 0.45
"""Share of light that the shadow beneath the thing takes at its darkest."""


@dataclass(frozen=True)
class Cut:
    """A thing without ground: colours linear float32 (h, w, 3), not premultiplied, and alpha float32 (h, w)."""

    name: str
    colours: Floats
    alpha: Floats


@dataclass(frozen=True)
class Scene:
    """pixels: uint8 (h, w, 3) sRGB. alpha: float32 (h, w), the truth. colours: uint8 (h, w, 3), the thing's own."""

    name: str
    pixels: Bytes
    alpha: Floats
    colours: Bytes


def cutouts(corpora: Path, most: int | None = None) -> tuple[Path, ...]:
    """Files of cut-outs with soft alpha, at most so many and evenly spread; palette pictures have no soft alpha."""
    files = sorted((corpora / "cutouts").glob("*.png"))
    soft = [file for file in files if _mode(file) == "RGBA"]
    if not soft:
        raise InputError("there are no cut-outs with alpha", str(corpora / "cutouts"), "--corpora FOLDER")
    count = min(most or len(soft), len(soft))
    return tuple(soft[i * len(soft) // count] for i in range(count))


def scenes(files: Iterable[Path], ground: str, draw: int = 0) -> Iterator[Scene]:
    """One picture of each cut-out on that ground: studio, blurred or sharp. draw: another number, other pictures."""
    for file in files:
        yield of_cut(load(file), ground, draw)


def of_cut(cut: Cut, ground: str, draw: int = 0) -> Scene:
    """One picture of a cut-out, as `scenes` makes them."""
    rng = np.random.default_rng(crc32(f"{ground}/{cut.name}".encode()) + draw)
    back, name = GROUNDS[ground](rng), f"{ground}/{Path(cut.name).stem}"
    return composed(name, cut, back, rng, SIZES[ground], shadowed=ground != "blurred")


def composed(
    name: str, cut: Cut, back: Floats, rng: np.random.Generator, sizes: tuple[float, float], shadowed: bool
) -> Scene:
    """The cut-out laid over a linear ground (h, w, 3) at a drawn size and place, with a soft shadow and grain."""
    alpha, colours = _placed(cut, back.shape[:2], rng, sizes)
    if shadowed:
        back = back * (1 - _shadow(alpha, float(rng.uniform(0.4, 1.0)) * SHADOW))[..., None]
    mixed = srgb_of_linear(colours * alpha[..., None] + back * (1 - alpha[..., None]))
    noisy = mixed + rng.normal(0, GRAIN, mixed.shape)
    return Scene(name, _bytes(noisy), alpha, _bytes(srgb_of_linear(colours)))


def load(file: Path) -> Cut:
    """A cut-out without the shadows that its maker painted into the alpha, cropped to the thing."""
    with Image.open(file) as picture:
        rgba = np.asarray(picture.convert("RGBA"))
    alpha = _object(rgba[..., 3].astype(np.float32) / 255)
    rows, columns = np.flatnonzero(alpha.any(1)), np.flatnonzero(alpha.any(0))
    part = (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
    return Cut(file.name, linear_of_srgb(rgba[part][..., :3].astype(np.float32) / 255), alpha[part])


def _object(alpha: Floats) -> Floats:
    solid = alpha > OBJECT
    found: Floats = alpha * px.grown(solid, RIM)
    return found


def _placed(
    cut: Cut, shape: tuple[int, ...], rng: np.random.Generator, sizes: tuple[float, float]
) -> tuple[Floats, Floats]:
    """Alpha and colours at the picture's size: mostly upright and whole, a little below the middle."""
    height, width = shape
    scale = min(1.0, float(rng.uniform(*sizes)) * min(height, width) / max(cut.alpha.shape))
    small = (max(8, round(cut.alpha.shape[1] * scale)), max(8, round(cut.alpha.shape[0] * scale)))
    alpha = px.resize(cut.alpha, *small)
    colours = px.resize(cut.colours * cut.alpha[..., None], *small) / np.maximum(alpha, 1e-4)[..., None]
    x = round((width - small[0]) * float(rng.uniform(0.3, 0.7)))
    y = round((height - small[1]) * float(rng.uniform(0.4, 0.8)))
    place = (slice(y, y + small[1]), slice(x, x + small[0]))
    whole, painted = np.zeros(shape, np.float32), np.zeros((*shape, 3), np.float32)
    whole[place], painted[place] = alpha, np.clip(colours, 0, 1)
    return whole, painted


def _shadow(alpha: Floats, strength: float) -> Floats:
    """A soft pool beneath the thing: its matte, laid flat at its foot and blurred."""
    rows, size = np.flatnonzero((alpha > 0.5).any(1)), max(alpha.shape)
    foot, tall = int(rows[-1]), int(rows[-1] - rows[0])
    matrix = np.array([[1, 0, 0], [0, 0.12, foot - 0.1 * foot - 0.02 * tall]])
    return strength * px.blur(px.affine(alpha, matrix, alpha.shape[1], alpha.shape[0]), 0.012 * size)


# -------------------------------------------------------------------------------------------------------- grounds


def _studio(rng: np.random.Generator) -> Floats:
    """A sweep of paper: white, grey or tinted, with light that falls off in one direction."""
    height, width = SIDE, int(rng.choice([SIDE, round(0.8 * SIDE)]))
    tint = 1 - np.abs(rng.normal(0, 0.06, 3))
    level = float(rng.choice([0.95, 0.85, 0.6, 0.3], p=[0.4, 0.3, 0.2, 0.1]))
    turn, fall = rng.uniform(0, 2 * np.pi), rng.uniform(0, 0.25)
    y, x = np.mgrid[:height, :width].astype(np.float32) / SIDE - 0.5
    light = 1 - fall * (x * np.cos(turn) + y * np.sin(turn) + 0.5)
    found: Floats = (level * light[..., None] * tint).astype(np.float32)
    return found


def _sharp(rng: np.random.Generator) -> Floats:
    """A room as it was photographed."""
    files = sorted(models.pictures("interiors").glob("*.jpg"))
    with Image.open(files[int(rng.integers(len(files)))]) as picture:
        pixels = np.asarray(picture.convert("RGB"))
    found: Floats = linear_of_srgb(px.limited(pixels, SIDE).astype(np.float32) / 255)
    return found


def _blurred(rng: np.random.Generator) -> Floats:
    """A room out of focus."""
    room = _sharp(rng)
    return px.blur(room, float(rng.uniform(*BLUR)) * max(room.shape))


GROUNDS: dict[str, Callable[[np.random.Generator], Floats]] = {"studio": _studio, "blurred": _blurred, "sharp": _sharp}


def _mode(file: Path) -> str:
    with Image.open(file) as picture:
        return picture.mode


def _bytes(values: Floats) -> Bytes:
    found: Bytes = (np.clip(values, 0, 1) * 255 + 0.5).astype(np.uint8)
    return found
