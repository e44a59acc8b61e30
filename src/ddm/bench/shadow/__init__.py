"""Solids and cut-outs whose light is known -> how right their shadows are, ours beside others'; and what they cost.

- known: given the light as it is; perceived: given what perception makes of the photograph, where it is sure.
- direction_deg, direction_within15: from the foot to the middle of the darkness, against ray casting.
- softness_rank: order of the penumbra's width, against the truth's. profile_*: see `figures`.
- baked: shadows found in photographs, kept and removed. ms: of processor time, for a cut-out of 1000 pixels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from time import process_time

import numpy as np

from ddm.bench.pages import Case, write_page
from ddm.bench.perceive import Measured
from ddm.bench.perceive.light import off
from ddm.bench.perceive.lit import sprites
from ddm.bench.shadow import finding
from ddm.bench.shadow.figures import direction, figures, profile
from ddm.bench.shadow.marked import photograph
from ddm.bench.shadow.solids import KINDS, Scene, scene
from ddm.bench.shadow.ways import WAYS, ours
from ddm.colour import oklab_of_bytes
from ddm.derive.shading.shadow import KINDS as SHADOWS
from ddm.derive.shading.shadow import Light, Wish, shadow
from ddm.derive.shading.standing import TILT
from ddm.derive.shading.thrown import usual_height
from ddm.errors import InputError
from ddm.perceive import light as perceived
from ddm.perceive import pixels as px
from ddm.perceive.pixels import Bytes, Floats

SEEDS = range(20_000_000, 20_000_080)
"""Far from those that anything was tried on."""
FINDS = range(40_000_000, 40_000_060)
TIMED = 1000
GROUND = np.array([236, 226, 214], np.float32)


def run(corpora: Path, gallery: Path | None = None) -> Measured:
    """All figures; pages of before and after in `gallery`. InputError without the folder."""
    if not corpora.is_dir():
        raise InputError("the cut-outs are not there", str(corpora), "--corpora FOLDER")
    cutouts = sprites(corpora / "cutouts", held_back=True) | sprites(corpora / "cutouts", held_back=False)
    solids = [scene(seed) for seed in SEEDS]
    planes = {name: [way(s.matte, s.light) for s in solids] for name, way in WAYS.items()}
    found = [finding.found(photograph(seed, list(cutouts.values()))) for seed in FINDS]
    if gallery:
        write_page(gallery / "thrown", "Shadows of solids, beside ray casting", _shown(solids, planes))
        write_page(gallery / "baked", "Shadows in photographs, kept and removed", finding.shown(found))
    kinds = {kind: [n for n, s in enumerate(solids) if s.kind == kind] for kind in KINDS}
    mattes = [(255 * np.clip(sprite.cover, 0, 1)).astype(np.uint8) for sprite in cutouts.values()]
    return {
        "known": {name: figures(solids, made) for name, made in planes.items()},
        "by_kind": {k: figures([solids[n] for n in of], [planes["ours"][n] for n in of]) for k, of in kinds.items()},
        "perceived": _perceived(solids),
        "baked": finding.figures(found),
        "ms": {kind: _milliseconds(kind, mattes) for kind in SHADOWS},
    }


def _perceived(solids: Sequence[Scene]) -> Measured:
    """By the light seen in each photograph, if any is seen surely."""
    seen = [perceived.light(oklab_of_bytes(s.pixels), s.matte) for s in solids]
    sure = [(s, _as_seen(p)) for s, p in zip(solids, seen, strict=True) if _is_sure(p)]
    made = figures([s for s, _ in sure], [ours(s.matte, light) for s, light in sure])
    return {**made, "sure": len(sure) / len(solids)}


def _as_seen(light: perceived.Light) -> Light:
    return Light(light.direction, usual_height(light.direction, TILT), light.softness)


def _is_sure(light: perceived.Light) -> bool:
    return light.sure >= perceived.SURE


def _milliseconds(kind: str, mattes: Sequence[Bytes]) -> float:
    large = [px.resize(m, *(round(n * TIMED / max(m.shape)) for n in m.shape[::-1])) for m in mattes[:12]]
    started = process_time()
    for matte in large:
        shadow(matte, 0, 0, Wish(kind), Light(320, 50, 0.4))
    return (process_time() - started) * 1000 / len(large)


def _shown(solids: Sequence[Scene], planes: dict[str, list[Floats]]) -> Iterator[Case]:
    for number, one in enumerate(solids):
        made = planes["ours"][number]
        pictures = {"truth": _lit(one, one.dark)} | {name: _lit(one, ways[number]) for name, ways in planes.items()}
        error, dark = profile(made, one)
        told = {
            "direction off": off(direction(made, one), direction(one.dark, one)),
            "profile": error / max(dark, 1e-3),
            "softness": one.light.softness,
        }
        remark = f"{one.kind}, light from {one.light.direction:.0f} at {one.light.height:.0f} degrees"
        yield Case(f"solid {number}", pictures, told, remark)


def _lit(one: Scene, dark: Floats) -> Bytes:
    """A plain floor with that darkness, and the solid as it was photographed."""
    floor = GROUND * (1 - np.clip(dark, 0, 0.9))[..., None] ** (1 / 2.2)
    found: Bytes = np.where(one.seen[..., None], floor, one.pixels).astype(np.uint8)
    return found
