"""Cut-outs and real pictures -> subjects on every kind of ground, as scenes whose kind is known."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from ddm.bench.perceive import marks
from ddm.bench.perceive.marks import Rng
from ddm.bench.perceive.pools import WHITE, Made, Pool, coded, cropped, fitted_mark, pick, rgba_of
from ddm.perceive import pixels as px
from ddm.perceive.pixels import Bytes


def lit_ground(rng: Rng, ground: Bytes) -> Bytes:
    """With a smooth fall of light over it, and grain."""
    height, width = ground.shape[:2]
    y, x = np.mgrid[0 : 1 : height * 1j, 0 : 1 : width * 1j]
    centre = rng.uniform(0.1, 0.9, 2)
    fall = 1 - rng.uniform(0.15, 0.5) * np.hypot(x - centre[0], y - centre[1])
    noisy = ground * fall[..., None] + rng.normal(0, 1.2, (height, width, 1))
    found: Bytes = np.clip(noisy, 0, 255).astype(np.uint8)
    return found


def cut_on(rng: Rng, of: Pool, ground: Bytes, above: bool = False, times: int = 1, shadow: float = 0.4) -> Bytes:
    """Cut-outs laid on a ground with their shadow: at their foot, or all round where they are seen from above."""
    for _ in range(times):
        one = pick(rng, of.cuts)
        mark = rgba_of(one)
        high = ground.shape[0] * rng.uniform(0.45, 0.85) / (times**0.5 if times > 1 else 1)
        mark = fitted_mark(mark, ground.shape[1] * 0.85 / times**0.5, high)
        mark = marks.turned(mark, float(rng.uniform(0, 360))) if above else mark
        left, top = (
            int((n - m) * rng.uniform(0.25 if times == 1 else 0, 0.75 if times == 1 else 1))
            for n, m in zip(ground.shape[1::-1], mark.shape[1::-1], strict=True)
        )
        ground = marks.laid(_shaded(ground, mark, left, top, shadow, above), mark, left, top)[0]
    return ground


def _shaded(ground: Bytes, mark: Bytes, left: int, top: int, strength: float, above: bool) -> Bytes:
    if strength <= 0:
        return ground
    cast = np.zeros_like(mark)
    cast[..., 3] = mark[..., 3]
    _, cover = marks.laid(ground, cast, left, top)
    if not above:  # only the lower fifth stands on the ground
        cover[: top + int(mark.shape[0] * 0.8)] = 0
    soft = px.blur(cover, max(2.0, 0.015 * ground.shape[0]))
    shift = np.roll(soft, int(0.01 * ground.shape[0]), 0)
    found: Bytes = (ground * (1 - strength * shift[..., None])).astype(np.uint8)
    return found


def _blank(rng: Rng, colour: Sequence[int] | np.ndarray) -> Bytes:
    width, height = (int(rng.integers(450, 850)) for _ in range(2))
    made = np.empty((height, width, 3), np.uint8)
    made[:] = colour
    return made


def _plain(rng: Rng, of: Pool) -> Bytes:
    colour = WHITE if rng.random() < 0.5 else rng.integers(90, 256, 3)
    return cut_on(rng, of, _blank(rng, colour), shadow=float(rng.choice([0, 0, 0.2])))


def _studio(rng: Rng, of: Pool) -> Bytes:
    grey = rng.integers(20, 250)
    colour = np.clip(grey + rng.normal(0, 12 if rng.random() < 0.6 else 60, 3), 10, 250)
    return cut_on(rng, of, lit_ground(rng, _blank(rng, colour)), shadow=float(rng.uniform(0.25, 0.6)))


def _flat(rng: Rng, of: Pool) -> Bytes:
    """Several things from above, on cloth or boards: the edge of a garment's picture, enlarged."""
    base = pick(rng, of.of["flat-lay"]).pixels
    height, width = base.shape[:2]
    strip = (
        base[: height // 7] if rng.random() < 0.5 else np.ascontiguousarray(base[:, : width // 7].transpose(1, 0, 2))
    )
    rows = np.vstack([strip, strip[::-1]] * 4)[: strip.shape[1]]
    ground = px.resize(np.ascontiguousarray(rows), 700, int(rng.integers(500, 900)))
    return cut_on(rng, of, ground, above=True, times=int(rng.integers(1, 6)), shadow=0.5)


def _on(scene: str) -> Callable[[Rng, Pool], Bytes]:
    return lambda rng, of: cut_on(rng, of, px.limited(cropped(rng, pick(rng, of.of[scene]).pixels, 0.6), 800))


def _real(scene: str) -> Callable[[Rng, Pool], Bytes]:
    return lambda rng, of: px.limited(cropped(rng, pick(rng, of.of[scene]).pixels, 0.65), 800)


SCENES: dict[str, tuple[Callable[[Rng, Pool], Bytes], ...]] = {
    "plain": (_real("plain"), _plain),
    "studio": (_real("studio"), _studio),
    "flat-lay": (_real("flat-lay"), _real("flat-lay"), _flat),
    "indoor": (_real("indoor"), _real("indoor"), _on("indoor")),
    "outdoor": (_real("outdoor"), _real("outdoor"), _on("outdoor")),
    "on-model": (_real("on-model"),),
}
"""Ways to make a picture of each kind, real ones first."""


def scene(rng: Rng, of: Pool) -> Made:
    """Each kind as often as the others, where there are pictures of it."""
    there = [kind for kind in SCENES if of.of.get(kind) or kind in ("plain", "studio")]
    kind = there[int(rng.integers(len(there)))]
    ways = SCENES[kind] if of.of.get(kind) else SCENES[kind][-1:]
    way = int(rng.integers(len(ways)))
    return Made(coded(rng, ways[way](rng, of)), kind, note="real" if ways[way] in SCENES[kind][:-1] else "composed")
