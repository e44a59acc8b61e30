"""Palettes of real photographs -> the contrasts that decoration made of them has, and how well its hues go together.

- least, by pair of roles: the least WCAG contrast of all palettes; `apart` likewise, distance in OKLab times 100.
- harmony: mean over products, 0 to 1, of the product's colours with those that its decoration gets, and with the
  colours that a spliced template has for every product.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ddm.bench.fit import Found
from ddm.bench.fit.photographs import garments, opened, products, some
from ddm.colour import contrast, delta_e, oklab_of_bytes, oklab_of_srgb, parse_hex
from ddm.match.harmony import harmony, leaning
from ddm.perceive.palettes import palette
from ddm.perceive.perception import Swatch
from ddm.perceive.pixels import Bytes
from ddm.resolve.ink import NIGHT, PAPER
from ddm.resolve.roles import APART, INKS, SCHEMES, roles

PHOTOGRAPHS = 54
SPLICED = ("#0d6efd", "#ffc107", "#dc3545", "#198754")
"""Primary, warning, danger and success of the best known style sheet: what templates have that know no product."""
DECORATION = ("accent", "primary", "soft", "deep")


def measure(corpora: Path, shown: bool = False) -> Found:
    palettes = [_palette(opened(file)) for file in _files(corpora)]
    found = [roles(swatches, scheme) for swatches in palettes for scheme in ("", *SCHEMES)]
    return {
        "least": {f"{ink} on {ground}": min(_contrast(r[ink], r[ground]) for r in found) for ink, ground, _ in INKS}
        | {f"type on {role}": min(_best(r[role]) for r in found) for role in ("primary", "accent")},
        "apart": {f"{one} to {other}": min(_apart(r[one], r[other]) for r in found) for one, other, _ in APART},
        "harmony": _harmony(palettes),
        "palettes": len(found),
    }, ()


def _files(corpora: Path) -> list[Path]:
    return [*some(products(), PHOTOGRAPHS), *some(garments(corpora), PHOTOGRAPHS)]


def _palette(pixels: Bytes) -> tuple[Swatch, ...]:
    return palette(oklab_of_bytes(pixels).reshape(-1, 3))


def _contrast(one: str, other: str) -> float:
    return float(contrast(parse_hex(one), parse_hex(other)))


def _best(ground: str) -> float:
    """Of white and near black type."""
    return max(_contrast(ground, ink) for ink in (NIGHT, PAPER))


def _apart(one: str, other: str) -> float:
    return float(delta_e(oklab_of_srgb(parse_hex(one)), oklab_of_srgb(parse_hex(other))))


def _harmony(palettes: Sequence[tuple[Swatch, ...]]) -> dict[str, float]:
    spliced = leaning(_swatches(SPLICED))
    rows = []
    for swatches in palettes:
        product = leaning(swatches)
        made = roles(swatches)
        rows.append((harmony(product, leaning(_swatches([made[r] for r in DECORATION]))), harmony(product, spliced)))
    ours, fixed = np.mean(rows, axis=0)
    return {"ours": float(ours), "spliced": float(fixed)}


def _swatches(colours: Sequence[str]) -> tuple[Swatch, ...]:
    labs = [oklab_of_srgb(parse_hex(one)) for one in colours]
    return tuple(Swatch(1 / len(labs), *(float(v) for v in lab)) for lab in labs)
