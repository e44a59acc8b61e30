"""One realistic creative, drawn and encoded again and again -> milliseconds beside the floor of the same run, as JSON.

    python -m ddm.bench.render

floor      one full-canvas premultiplied blend and one JPEG encode: what no renderer of layers can go below
warm       SVG text in, JPEG bytes out; materials decoded and on the pixel grid, text shaped before
new copy   as warm, but every document and every line of copy is new
cold       nothing cached: pictures decoded from files, resized, gradients and text made anew (fonts stay open)

All take turns in several rounds on one thread; medians are told, wall and CPU.
"""

from __future__ import annotations

import gc
import json
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, TypeAlias

import cv2
import numpy as np
import simplejpeg

from ddm.derive.table import Layer
from ddm.geometry import Box
from ddm.library.pixels import PixelStore
from ddm.render import Renderer, encode
from ddm.render.encode import QUALITY, sampling
from ddm.render.rasters import PixelArray
from ddm.svg.tree import Document, Group, Image, LinearGradient, Meta, Rect, Stop, Text
from ddm.svg.writer import write
from ddm.typeset import Style, typesetter
from ddm.typeset.shape import shape

SIZES = ((800, 800), (300, 250))
ROUNDS = 7
REPEATS = {"floor": 20, "warm": 20, "new_copy": 20, "cold": 2}
"""How often each is done in one round."""
NAMES = ("Lounge Chair", "Velvet Armchair", "Reading Lamp", "Oak Side Table", "Woven Basket", "Linen Cushion")
HAN = "新品上市限时立减包邮好物家居客厅沙发舒适经典柔软温暖实木椅子台灯"

Clock: TypeAlias = Callable[[], float]


def run(sizes: tuple[tuple[int, int], ...] = SIZES, rounds: int = ROUNDS) -> dict[str, Any]:
    """Figures by size: floor_ms, warm_ms, warm_new_copy_ms, cold_ms (wall), the same as *_cpu_ms, ratio, bytes.

    ratio: warm over floor; per_second_per_core: from warm's CPU time.
    """
    with tempfile.TemporaryDirectory() as folder, _one_thread():
        hrefs = _materials(PixelStore(Path(folder)))
        measured = {f"{width}x{height}": _size(Path(folder), hrefs, width, height, rounds) for width, height in sizes}
    return {"sizes": measured, "quality": QUALITY, "rounds": rounds, "python": sys.version.split()[0]}


@contextmanager
def _one_thread() -> Iterator[None]:
    """One core, and no garbage collection in the middle of a figure."""
    threads = cv2.getNumThreads()
    cv2.setNumThreads(1)
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        cv2.setNumThreads(threads)


# ------------------------------------------------------------------------------------------------- material


@dataclass(frozen=True, slots=True)
class _Hrefs:
    scene: str
    hero: str
    shadow: str


def _materials(store: PixelStore) -> _Hrefs:
    """A photograph of 1500 x 1500, a cut-out of 1000 x 1000 and its shadow, the same at every run."""
    noise = np.random.default_rng(7)
    hero = _hero()
    shadow = np.zeros_like(hero)
    shadow[..., 3] = cv2.GaussianBlur(hero[..., 3], (0, 0), 30) // 2
    layers = {"scene": _scene(noise), "hero": hero, "shadow": shadow}
    hrefs = {
        name: store.put(f"{index:040x}", Layer(pixels)).href for index, (name, pixels) in enumerate(layers.items())
    }
    return _Hrefs(**hrefs)


def _scene(noise: np.random.Generator) -> PixelArray:
    """A room's worth of frequencies: broad light, middle-sized shapes, sensor noise."""
    octaves = [noise.normal(0, 1, (side, side)).astype(np.float32) for side in (4, 16, 64, 375)]
    broad = [cv2.resize(octave, (1500, 1500), interpolation=cv2.INTER_CUBIC) for octave in octaves]
    light = 150 + 40 * broad[0] + 16 * broad[1] + 6 * broad[2] + 4 * broad[3]
    tint = np.array([1.06, 1.0, 0.9])
    scene: PixelArray = np.clip(light[..., None] * tint + noise.normal(0, 2, (1500, 1500, 3)), 0, 255).astype(np.uint8)
    for index in range(12):
        x, y = (int(value) for value in noise.integers(0, 1400, 2))
        colour = [int(value) for value in noise.integers(60, 220, 3)]
        cv2.rectangle(scene, (x, y), (x + 60 + 20 * index, y + 40 + 15 * index), colour, -1)
    return scene


def _hero() -> PixelArray:
    """A shaded body with legs, unpremultiplied, filling some two fifths of its square."""
    hero = np.zeros((1000, 1000, 4), np.uint8)
    cv2.ellipse(hero, (500, 420), (330, 260), 0, 0, 360, (150, 90, 60, 255), -1)
    for x in (300, 440, 560, 700):
        cv2.line(hero, (x, 600), (x + (x - 500) // 4, 940), (90, 60, 40, 255), 26)
    hero[..., :3] = np.clip(hero[..., :3] * np.linspace(1.3, 0.6, 1000)[:, None, None], 0, 255).astype(np.uint8)
    hero[..., 3] = cv2.GaussianBlur(hero[..., 3], (0, 0), 1.2)
    return hero


# ------------------------------------------------------------------------------------------------- creative


def creative(hrefs: _Hrefs, width: int, height: int, number: int = 0) -> Document:
    """Background, scrim, shadow, cut-out, badge, four pieces of copy; the copy is another for every number."""
    unit = min(width, height) / 100
    side = 62 * unit
    left, top = width - side - 3 * unit, height - side - 3 * unit
    scrim = LinearGradient(0, 0, 0, 60 * unit, (Stop(0, "#101820", 0.75), Stop(1, "#101820", 0)))
    cover = max(width, height)
    return Document(
        width,
        height,
        (
            Image(
                hrefs.scene, Box((width - cover) / 2, (height - cover) / 2, cover, cover), meta=Meta(role="background")
            ),
            Rect(Box(0, 0, width, 60 * unit), scrim, meta=Meta(role="scrim")),
            Image(hrefs.shadow, Box(left + unit, top + 2 * unit, side, side), opacity=0.8, meta=Meta(role="shadow")),
            Image(hrefs.hero, Box(left, top, side, side), meta=Meta(role="subject")),
            _badge(unit, height, number),
            *_copy(unit, number),
        ),
        lang="en",
    )


def _badge(unit: float, height: int, number: int) -> Group:
    box = Box(5 * unit, height - 30 * unit, 26 * unit, 26 * unit)
    sunset = LinearGradient(box.x, box.y, box.right, box.bottom, (Stop(0, "#ff7a18"), Stop(1, "#c2185b")))
    off = _line(
        f"-{10 + number % 80}%", box.x + 3 * unit, box.y + 16 * unit, Style(("Inter",), 8 * unit, 800), "#ffffff"
    )
    return Group((Rect(box, sunset, radius=5 * unit), *off), opacity=0.95)


def _copy(unit: float, number: int) -> tuple[Text, ...]:
    name = f"{NAMES[number % len(NAMES)]} No. {number}"
    han = "".join(HAN[(number * 7 + step * 5) % len(HAN)] for step in range(8))
    rows = (
        (name, 12, Style(("Inter",), 8 * unit, 800), "#ffffff"),
        (f"{han} 50% OFF", 22, Style(("Inter",), 5.5 * unit, 700), "#ffe9c4"),
        (f"${1 + number % 9},{100 + number % 900}.00", 31, Style(("Inter",), 6 * unit, 600), "#ffffff"),
        ("Free delivery, 30 days to return", 38, Style(("Inter",), 3.6 * unit), "#e8eef4"),
    )
    return tuple(text for copy, y, style, ink in rows for text in _line(copy, 5 * unit, y * unit, style, ink))


def _line(copy: str, x: float, y: float, style: Style, ink: str) -> tuple[Text, ...]:
    return tuple(
        Text(
            run.text,
            x + run.x,
            y,
            run.family,
            style.size,
            style.weight,
            fill=ink,
            width=run.width,
            meta=Meta(role="copy"),
        )
        for run in typesetter().line(copy, style).runs
    )


# ------------------------------------------------------------------------------------------------- measuring


def _size(folder: Path, hrefs: _Hrefs, width: int, height: int, rounds: int) -> dict[str, float]:
    tasks = _tasks(folder, hrefs, width, height)
    for task in tasks.values():
        task()  # once before, so that nobody pays for opening fonts and files
    wall, cpu = defaultdict(list), defaultdict(list)
    for _ in range(rounds):
        for name, task in tasks.items():
            for _ in range(REPEATS[name]):
                spent = task()
                wall[name].append(spent[0])
                cpu[name].append(spent[1])
    gc.collect()
    return _figures(*({name: statistics.median(values) for name, values in kind.items()} for kind in (wall, cpu)))


def _figures(wall: dict[str, float], cpu: dict[str, float]) -> dict[str, float]:
    names = {"floor": "floor", "warm": "warm", "new_copy": "warm_new_copy", "cold": "cold"}
    return {
        **{f"{told}_ms": round(wall[name], 3) for name, told in names.items()},
        **{f"{told}_cpu_ms": round(cpu[name], 3) for name, told in names.items()},
        "ratio": round(wall["warm"] / wall["floor"], 3),
        "ratio_new_copy": round(wall["new_copy"] / wall["floor"], 3),
        "per_second_per_core": round(1000 / cpu["warm"], 1),
    }


Spent: TypeAlias = tuple[float, float]


def _timed(task: Callable[[], object]) -> Spent:
    """Wall and CPU milliseconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    task()
    return (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000


def _tasks(folder: Path, hrefs: _Hrefs, width: int, height: int) -> dict[str, Callable[[], Spent]]:
    """Each does its work once and tells what it took; what only prepares it is not counted."""
    renderer, numbers = Renderer(PixelStore(folder).load), count(1)
    first = write(creative(hrefs, width, height))
    floor = _Floor(renderer.draw(first))

    def new_copy() -> Spent:
        svg = write(creative(hrefs, width, height, next(numbers)))
        shape.cache_clear()  # the typesetter has just shaped it; a renderer that only gets SVG has not
        return _timed(lambda: encode(renderer.draw(svg), "jpg"))

    def cold() -> Spent:
        fresh = Renderer(PixelStore(folder).load)
        fresh.forget()
        shape.cache_clear()
        return _timed(lambda: encode(fresh.draw(first), "jpg"))

    def warm() -> Spent:
        return _timed(lambda: encode(renderer.draw(first), "jpg"))

    encode(renderer.draw(first), "jpg")
    return {"floor": floor, "warm": warm, "new_copy": new_copy, "cold": cold}


class _Floor:
    """A translucent layer over the whole finished creative in one pass, and its encoding with the same settings."""

    def __init__(self, finished: PixelArray) -> None:
        self._canvas, self._blended = finished, np.empty_like(finished)
        self._layer = finished // 16  # premultiplied by an alpha of a sixteenth
        self._sampling = sampling(finished)

    def __call__(self) -> Spent:
        return _timed(self._once)

    def _once(self) -> bytes:
        cv2.addWeighted(self._canvas, 15 / 16, self._layer, 1, 0, dst=self._blended)
        found = simplejpeg.encode_jpeg(
            self._blended, quality=QUALITY, colorspace="RGB", colorsubsampling=self._sampling
        )
        return bytes(found)


if __name__ == "__main__":
    print(json.dumps(run(), indent=1))
