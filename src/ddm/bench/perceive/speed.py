"""Photographs of 1500 x 1500 pixels -> how long a perception takes in each tier, of what, and how much memory.

Each tier is measured in a process of its own, on pictures of the demo's sets, cropped to a square and saved as JPEG.

- seconds: by the clock, from the file to everything that is known; the median over the pictures of the best of ROUNDS.
- cpu_seconds: of all threads, likewise; twice the seconds where both cores are busy all the time, and the figure to
  compare on a machine that does other work too.
- first_seconds: the first picture of a process, which loads the networks.
- peak_mb: the most memory that the process ever held, networks and interpreter and all.
- ms.NAME: CPU milliseconds of one row of the table of perceivers, without the views that several rows share; those
  stand under ms.view.NAME, of the ones they need again without. `decode` is the file's decoding.
- per_minute: materials in production, where there are many: a process of one thread on each core, warm, with refusals.
- off: by how much the fast tier's matte differs from the best tier's, of products and of rooms: mean difference,
  intersection over union. A room has no subject, so that tiers need not take the same thing for one.
"""

from __future__ import annotations

import hashlib
import os
import resource
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from statistics import mean, median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any, TypeVar

import numpy as np
from PIL import Image

from ddm import models
from ddm.acquire.product import Picture
from ddm.errors import Unfit
from ddm.perceive import perceive
from ddm.perceive.decode import Decoded, decode
from ddm.perceive.perceivers import TABLE
from ddm.perceive.pixels import Bytes
from ddm.perceive.refusals import REFUSALS
from ddm.perceive.sight import Sight
from ddm.perceive.tiers import TIERS, tier_of
from ddm.perceive.view import view

T = TypeVar("T")

SIDE, QUALITY = 1500, 92
"""Of the pictures measured, as shops send them."""
PICTURES = 2
"""Of each set: products and rooms."""
PARTS = {"products": slice(0, PICTURES), "rooms": slice(PICTURES, 2 * PICTURES)}
"""What lies where among the pictures."""
ROUNDS = 2
MANY = 8
"""Times that each picture is perceived, to tell how many a minute are."""
NEGLIGIBLE = 0.5
"""CPU milliseconds below which a line is not worth one."""


class Clock:
    """CPU time by name; what is charged while something else runs is taken off that."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self._inner: list[float] = []

    def charge(self, name: str, work: Callable[..., T], *given: object) -> T:
        start = process_time()
        self._inner.append(0.0)
        try:
            return work(*given)
        finally:
            took = process_time() - start
            self.spent[name] = self.spent.get(name, 0.0) + took - self._inner.pop()
            if self._inner:
                self._inner[-1] += took


def measure(corpora: Path) -> Mapping[str, object]:
    """Of both tiers. Missing where the pictures are not fetched; `corpora` is not needed."""
    with TemporaryDirectory() as folder:
        files = list(photographs(Path(folder)))
        found = {tier: _in_a_process(timed, tier, files) for tier in TIERS}
        rates = {tier: per_minute(tier, files) for tier in TIERS}
    mattes = [found[tier].pop("mattes") for tier in TIERS]
    for tier, rate in rates.items():
        found[tier]["per_minute"] = rate
    return found | {"off": {name: _off(*(part[at] for part in mattes)) for name, at in PARTS.items()}}


def photographs(folder: Path) -> Iterator[Path]:
    """Square pictures of SIDE pixels, made of fetched ones."""
    for name, pattern in (("vendure", "images/*.jpg"), ("interiors", "*.jpg")):
        files = sorted(models.pictures(name).glob(pattern))
        for path in files[:: len(files) // PICTURES][:PICTURES]:
            made = folder / f"{name}-{path.stem}.jpg"
            _square(path).save(made, quality=QUALITY)
            yield made


def _square(path: Path) -> Image.Image:
    with Image.open(path) as image:
        side = min(image.size)
        left, top = ((n - side) // 2 for n in image.size)
        part = image.convert("RGB").crop((left, top, left + side, top + side))
    return part.resize((SIDE, SIDE), Image.Resampling.LANCZOS)


def _in_a_process(work: Callable[..., T], *given: object) -> T:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *given).result()


def timed(tier: str, files: list[Path]) -> dict[str, Any]:
    """Figures of one tier, and its mattes; meant for a process that did nothing else."""
    pictures = [_picture(file) for file in files]
    first, _ = _seconds(pictures[0], tier)
    whole = [min(_seconds(one, tier) for _ in range(ROUNDS)) for one in pictures]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << (10 if sys.platform != "darwin" else 20))
    clocks = [_charged(one, tier) for one in pictures]
    names = sorted({name for clock in clocks for name in clock.spent})
    ms = {name: 1000 * mean(clock.spent.get(name, 0.0) for clock in clocks) for name in names}
    return {
        "seconds": median(seconds for seconds, _ in whole),
        "cpu_seconds": median(cpu for _, cpu in whole),
        "first_seconds": first,
        "peak_mb": peak,
        "ms": {name: value for name, value in ms.items() if value >= NEGLIGIBLE},
        "mattes": [perceive(one, "", tier).matte for one in pictures],
    }


def per_minute(tier: str, files: list[Path]) -> float:
    """Materials, by as many processes as there are cores; their networks are loaded before."""
    cores = os.cpu_count() or 1
    with ProcessPoolExecutor(cores, mp_context=get_context("spawn"), initializer=_one_thread) as pool:
        look = partial(_looked, tier)
        list(pool.map(look, files * cores))
        start = perf_counter()
        done = len(list(pool.map(look, files * MANY)))
        return 60 * done / (perf_counter() - start)


def _one_thread() -> None:
    os.environ["DDM_THREADS"] = "1"


def _looked(tier: str, file: Path) -> None:
    with suppress(Unfit):  # a picture that is refused is done as well
        perceive(_picture(file), "", tier, REFUSALS)


def _picture(file: Path) -> Picture:
    return Picture(hashlib.sha256(file.read_bytes()).hexdigest(), file, file.name, SIDE, SIDE, "image/jpeg")


def _seconds(picture: Picture, tier: str) -> tuple[float, float]:
    start, cpu = perf_counter(), process_time()
    perceive(picture, "", tier)
    return perf_counter() - start, process_time() - cpu


def _charged(picture: Picture, tier: str) -> Clock:
    """One perception, each view and each row on its own line."""
    clock = Clock()
    decoded: Decoded = clock.charge("decode", decode, picture.path.read_bytes())
    sight = _watched(clock)(picture, decoded, tier_of(tier))
    for row in TABLE:
        clock.charge(row.name, row.perceive, sight)
    for name in ("maps", "palettes", "elements", "cutout"):
        getattr(sight, name)
    return clock


def _watched(clock: Clock) -> type[Sight]:
    """`Sight` whose views are charged when they are first asked for."""

    def charged(name: str, find: Callable[[Sight], object]) -> view[object]:
        return view(lambda sight: clock.charge(f"view.{name}", find, sight))

    views = {name: charged(name, own.func) for name, own in vars(Sight).items() if isinstance(own, view)}
    return type("Watched", (Sight,), views)


def _off(quick: list[Bytes], thorough: list[Bytes]) -> dict[str, float]:
    pairs = list(zip(quick, thorough, strict=True))
    apart = mean(float(np.abs(a.astype(int) - b).mean()) / 255 for a, b in pairs)
    alike = mean(float(((a > 127) & (b > 127)).sum() / max(1, ((a > 127) | (b > 127)).sum())) for a, b in pairs)
    return {"mae": apart, "iou": alike}
