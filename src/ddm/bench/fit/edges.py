"""Cut-outs with true alpha, taken off one ground by our chain and laid on another -> how right their edges are.

Truth is the true cut-out on the new ground, mixed in linear light as a lens does. Figures are means over the edge band
of `ddm bench perceive matte`, dE in OKLab times 100, by ground and way:

- srgb: the numbers mixed, as SVG has it; linear: light mixed; edged: the numbers mixed by the coverage of
  `edged` for the mean colour of the ground around the thing; raw: the photograph's own colours, by numbers.
- true_srgb, true_edged: the same of the true matte and colours: what the way of mixing costs alone.
- rim_...: of the pixels alone that are truly neither thing nor ground.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ddm.bench.fit import Found
from ddm.bench.fit.edged import edged
from ddm.bench.fit.photographs import interiors, opened, some
from ddm.bench.pages import Case
from ddm.bench.perceive import composed
from ddm.bench.perceive.composed import Scene
from ddm.bench.perceive.matte import band
from ddm.colour import delta_e, linear_of_bytes, oklab_of_bytes, srgb_of_linear
from ddm.perceive import pixels as px
from ddm.perceive.cutout import foreground
from ddm.perceive.matte import draw, refined
from ddm.perceive.pixels import Bytes, Floats

MOST = 6
"""Cut-outs of one run; each is photographed on two grounds and laid on four."""
TAKEN_FROM = ("studio", "blurred")
FLAT: Mapping[str, tuple[int, int, int]] = {"white": (250, 249, 246), "middle": (178, 150, 128), "dark": (38, 42, 52)}
"""Grounds of one colour, sRGB: paper, a palette's soft tone, night."""
ROOM_BLUR = 0.009
"""As templates blur a room, of the longer side."""
AROUND = 12
"""Pixels around the thing whose mean is the ground's colour."""

RIM = ("raw", "srgb", "linear", "edged", "true_srgb", "true_edged")


@dataclass(frozen=True)
class Cut:
    """colours: uint8 (h, w, 3). alpha: float32 (h, w)."""

    colours: Bytes
    alpha: Floats


Mix = Callable[[Cut, Bytes], Bytes]


def by_numbers(cut: Cut, ground: Bytes) -> Bytes:
    mixed = ground + (cut.colours.astype(np.float32) - ground) * cut.alpha[..., None]
    found: Bytes = (mixed + 0.5).astype(np.uint8)
    return found


def by_light(cut: Cut, ground: Bytes) -> Bytes:
    below = linear_of_bytes(ground)
    mixed = srgb_of_linear(below + (linear_of_bytes(cut.colours) - below) * cut.alpha[..., None])
    found: Bytes = (np.clip(mixed, 0, 1) * 255 + 0.5).astype(np.uint8)
    return found


def by_coverage(cut: Cut, ground: Bytes) -> Bytes:
    solid = cut.alpha > 0.5
    ring = px.grown(solid, AROUND) & ~solid
    red, green, blue = (float(c) for c in ground[ring].mean(0) / 255)
    laid = edged(np.dstack([cut.colours, (cut.alpha * 255 + 0.5).astype(np.uint8)]), (red, green, blue))
    return by_numbers(Cut(laid[..., :3], laid[..., 3].astype(np.float32) / 255), ground)


def measure(corpora: Path, shown: bool = False) -> Found:
    rows: dict[str, list[Mapping[str, float]]] = {}
    cases: list[Case] = []
    for kind in TAKEN_FROM:
        for scene in composed.scenes(composed.cutouts(corpora, MOST), kind):
            cut, raw = _cut(scene)
            for name, ground in _grounds(scene.pixels.shape[:2], len(cases)):
                done = _laid(scene, cut, raw, ground)
                figures = _figures(scene.alpha, done)
                rows.setdefault(name, []).append(figures)
                if shown:
                    cases.append(_case(f"{scene.name} on {name}", scene.alpha, done, figures))
    means = {name: {way: float(np.mean([r[way] for r in found])) for way in found[0]} for name, found in rows.items()}
    return {**means, "all": {way: float(np.mean([m[way] for m in means.values()])) for way in means["white"]}}, tuple(
        cases
    )


def _cut(scene: Scene) -> tuple[Cut, Cut]:
    matte = refined(scene.pixels, draw(scene.pixels)).coverage
    return Cut(foreground(scene.pixels, matte), matte), Cut(scene.pixels, matte)


def _grounds(shape: tuple[int, ...], turn: int) -> Iterator[tuple[str, Bytes]]:
    for name, colour in FLAT.items():
        yield name, np.broadcast_to(np.array(colour, np.uint8), (*shape, 3)).copy()
    file = some(interiors(), MOST * len(TAKEN_FROM))[turn % (MOST * len(TAKEN_FROM))]
    room = px.resize(opened(file), shape[1], shape[0]).astype(np.float32)
    yield "room", np.clip(px.blur(room, ROOM_BLUR * max(shape)), 0, 255).astype(np.uint8)


def _laid(scene: Scene, cut: Cut, raw: Cut, ground: Bytes) -> dict[str, Bytes]:
    true = Cut(scene.colours, scene.alpha)
    return {
        "truth": by_light(true, ground),
        "raw": by_numbers(raw, ground),
        "srgb": by_numbers(cut, ground),
        "linear": by_light(cut, ground),
        "edged": by_coverage(cut, ground),
        "true_srgb": by_numbers(true, ground),
        "true_edged": by_coverage(true, ground),
    }


def _figures(alpha: Floats, done: Mapping[str, Bytes]) -> dict[str, float]:
    near = band(alpha)
    truth = oklab_of_bytes(done["truth"][near])
    apart = {way: delta_e(oklab_of_bytes(pixels[near]), truth) for way, pixels in done.items() if way != "truth"}
    rim = (alpha[near] > 0.02) & (alpha[near] < 0.98)
    return {way: float(off.mean()) for way, off in apart.items()} | {
        f"rim_{way}": float(apart[way][rim].mean()) for way in RIM
    }


def _case(name: str, alpha: Floats, done: Mapping[str, Bytes], figures: Mapping[str, float]) -> Case:
    """The part around the thing's upper end, as it is."""
    rows, columns = np.nonzero(alpha > 0.5)
    top, left = max(0, int(rows[0]) - 40), max(0, int(columns[0]) - 300)
    part = (slice(top, top + 450), slice(left, left + 600))
    return Case(name, {way: np.ascontiguousarray(pixels[part]) for way, pixels in done.items()}, figures)
