"""Cut-outs laid on canvases by known boxes, cropped at known sides, mirrored -> what the matte alone says of them.

The coverage is made as poor as a network's: its edge is soft, it fades out at the picture's border, and a shadow may
lie beside it, half covered and touching the border; and the networks themselves are asked of a few composed
pictures, cropped through thing and shadow. Where shoes point is told by eye (`FACES`); all else is front.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path

import numpy as np

from ddm.bench.perceive import Measured
from ddm.bench.perceive.lit import compose, sprites
from ddm.bench.perceive.relief import Sprite
from ddm.perceive import pixels as px
from ddm.perceive import subject
from ddm.perceive.cutout import extent
from ddm.perceive.matte import matte
from ddm.perceive.pixels import Bytes, Floats
from ddm.perceive.schema import SIDES

WIDE, HIGH = 512, 448
DRAWN = 12
"""Pictures that the matting networks are asked of: seconds each."""
SEED = 20_000_000
LEAST = 120
"""Pixels of the shorter side of what they are asked of: strips are no pictures of products."""
PLACES = 12
"""Canvases of each cut-out."""
BARELY = 0.02
"""Part of a side that a cut must be broad, and depth in subjects that must be lost, or truth itself is in doubt."""
FACES = {
    "saleor-blue-plimsolls-1": "right",
    "saleor-blue-plimsolls-4": "right",
    "saleor-pauls-blanace-420-1": "right",
    "saleor-pauls-blanace-420-2": "left",
}
MIRRORED = {"left": "right", "front": "front", "right": "left"}
CLEAR = 0.75
"""Sureness above which facing is also told on its own."""


@dataclass(frozen=True, slots=True)
class Laid:
    """coverage: float32 (h, w). cut: sides that cut it. count: subjects. box: left, top, right, bottom in pixels."""

    coverage: Floats
    cut: frozenset[str]
    count: int
    box: tuple[int, int, int, int]


def measure(corpora: Path) -> Measured:
    """All cut-outs: nothing here is trained."""
    known = {name: s for held in (False, True) for name, s in sprites(corpora / "cutouts", held).items()}
    covers = {name: sprite.cover for name, sprite in known.items()}
    laid = [made for name in sorted(covers) for made in _all_laid(name, covers[name])]
    found = [subject.cut_sides(each.coverage) for each in laid]
    return {
        "cut": {side: _hits([side in f for f in found], [side in e.cut for e in laid]) for side in SIDES},
        "cut_all_sides_right": float(np.mean([f == e.cut for f, e in zip(found, laid, strict=True)])),
        "count_right": float(np.mean([subject.count(e.coverage) == e.count for e in laid])),
        "box_error": float(np.mean([_box_error(e) for e in laid])),
        "cut_by_networks": _by_networks(known),
        "facing": _facing(covers),
        "pictures": len(laid),
    }


def _all_laid(name: str, cover: Floats) -> Iterator[Laid]:
    for place in range(PLACES):
        made = _laid(np.random.default_rng([place, *name.encode()]), cover)
        if made is not None:
            yield made


def _laid(rng: np.random.Generator, cover: Floats) -> Laid | None:
    """One canvas; None where a side is cut so little that one may say either."""
    scale = rng.uniform(0.35, 1.1) * HIGH / max(cover.shape)
    x, y = rng.uniform(-0.25, 0.75) * WIDE, rng.uniform(-0.25, 0.75) * HIGH
    room = WIDE
    matrix = np.array([[scale, 0, x + room], [0, scale, y + room]], np.float32)
    wide = px.affine(cover, matrix, WIDE + 2 * room, HIGH + 2 * room)
    two = rng.uniform() < 0.3
    if two:
        wide = np.maximum(wide, np.roll(wide, round(scale * cover.shape[1]) + 20, 1))
    canvas = wide[room:-room, room:-room]
    if (canvas > 0.5).mean() < 0.03:
        return None
    cut = _cut(wide, room)
    _labels, areas = px.components(canvas > 0.5)
    parts = (areas[1:] > 0.1 * areas[1:].sum()).sum()
    small = ((areas[1:] > 0.02 * areas[1:].sum()) & (areas[1:] <= 0.1 * areas[1:].sum())).any()
    if cut is None or small:
        return None
    return Laid(_poor(rng, canvas), cut, int(parts), extent(canvas > 0.5))


def _cut(wide: Floats, room: int) -> frozenset[str] | None:
    """Sides across which the subject goes on; None where that is hard to say."""
    views = {"left": wide.T, "right": wide.T[::-1], "top": wide, "bottom": wide[::-1]}
    sides = set()
    for side, view in views.items():
        across = view[:, room:-room]
        broad = float((across[room - 1 : room + 1].min(0) > 0.5).mean())
        lost = float((across[room - 12 : room] > 0.5).any(1).sum())
        if broad >= BARELY and lost >= 6:
            sides.add(side)
        elif (across[room - 3 : room + 3] > 0.3).any():
            return None
    return frozenset(sides)


def _poor(rng: np.random.Generator, cover: Floats) -> Floats:
    """As a network's: soft, faded within four pixels of the border, with a shadow half covered."""
    soft = px.blur(cover, rng.uniform(0.5, 2))
    border = np.minimum(*(np.minimum(g, n - 1 - g) for g, n in zip(np.indices(cover.shape), cover.shape, strict=True)))
    soft = soft * np.where(border < rng.integers(0, 5), rng.uniform(0.55, 1), 1)
    if rng.uniform() < 0.5:
        _left, top, _right, bottom = extent(cover > 0.5)
        down = np.array([[1, 0, 0], [0, 0.25, bottom - 0.2 * (bottom - top)]], np.float32)
        shadow = px.blur(px.affine(px.blur(cover, 4), down, WIDE, HIGH), 6)
        soft = np.maximum(soft, rng.uniform(0.15, 0.42) * shadow)
    return soft.astype(np.float32)


def _by_networks(known: Mapping[str, Sprite]) -> Measured:
    """Precision and recall over all sides, the networks drawing the matte."""
    views = list(islice(filter(_large, (_cropped(seed, known) for seed in count(SEED))), DRAWN))
    found = [subject.cut_sides(matte(pixels).coverage) for pixels, _ in views]
    sides = [(side in f, side in cut) for f, (_, cut) in zip(found, views, strict=True) for side in SIDES]
    return _hits([f for f, _ in sides], [t for _, t in sides])


def _large(view: tuple[Bytes, frozenset[str]]) -> bool:
    return bool(min(view[0].shape[:2]) >= LEAST)


def _cropped(seed: int, known: Mapping[str, Sprite]) -> tuple[Bytes, frozenset[str]]:
    """A composed picture cropped some way into its subject at some sides, and well outside of it at the others."""
    rng = np.random.default_rng(seed)
    picture = compose(seed, known)
    left, top, right, bottom = extent(picture.cover > 0.5)
    height, width = picture.cover.shape
    edges = {"left": (left, right - left), "top": (top, bottom - top)}
    edges |= {"right": (width - right, right - left), "bottom": (height - bottom, bottom - top)}
    taken = {side: rng.uniform(0.1, 0.25) * size + gap for side, (gap, size) in edges.items() if rng.uniform() < 0.35}
    off = {side: round(taken.get(side, rng.uniform(0, 0.4) * max(0, gap - 5))) for side, (gap, _) in edges.items()}
    part = np.s_[off["top"] : height - off["bottom"], off["left"] : width - off["right"]]
    cover = picture.cover[part]
    ends = {"left": cover[:, 0], "top": cover[0], "right": cover[:, -1], "bottom": cover[-1]}
    cut = frozenset(side for side, end in ends.items() if float((end > 0.5).mean()) > BARELY)
    return np.ascontiguousarray(picture.pixels[part]), cut


def _hits(found: list[bool], truth: list[bool]) -> Measured:
    both = sum(f and t for f, t in zip(found, truth, strict=True))
    return {"precision": both / max(1, sum(found)), "recall": both / max(1, sum(truth)), "truly": sum(truth)}


def _box_error(laid: Laid) -> float:
    """Mean distance of the four edges, of the picture's sides."""
    edges = extent(laid.coverage > 0.5)
    return float(np.mean([abs(e - t) / n for e, t, n in zip(edges, laid.box, (WIDE, HIGH) * 2, strict=True)]))


def _facing(covers: Mapping[str, Floats]) -> Measured:
    """Each cut-out and its mirror image; the sort of goods as its name says it."""
    rows = []
    for name, cover in covers.items():
        sort, truth = ("footwear" if name in FACES else "apparel"), FACES.get(name, "front")
        for view, told in ((cover, truth), (cover[:, ::-1], MIRRORED[truth])):
            sorted_ = subject.facing(np.ascontiguousarray(np.pad(view, 8)), category=sort)
            unsorted = subject.facing(np.ascontiguousarray(np.pad(view, 8)))
            rows.append((sorted_.word == told, sorted_.sure, unsorted.word == told, told != "front"))
    right, sure, blind, pointed = (np.array(column) for column in zip(*rows, strict=True))
    return {
        "accuracy": float(right.mean()),
        "accuracy_where_clear": float(right[sure > CLEAR].mean()),
        "clear": float((sure > CLEAR).mean()),
        "shoes": float(right[pointed].mean()),
        "accuracy_category_unknown": float(blind.mean()),
        "shoes_category_unknown": float(blind[pointed].mean()),
    }
