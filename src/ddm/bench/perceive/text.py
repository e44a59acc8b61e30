"""Pictures whose lines of text are known -> how many perception finds, and how well it reads them.

Three grounds: designers' posters, pictures typed over in code (`typed`), and the same pictures before they were typed
over. The posters' truth is one box for each line of copy, drawn close around its letters. Found boxes are matched one
to one with it, the best overlap first, at an intersection over union of .5 and more: no merging, no splitting.

Precision. The truth tells of copy alone: print on the product, the brand's mark and the shop's name are text, too, and
rightly found. A found line that matches nothing counts neither way where the picture without its copy shows the same
there, and inside the REGIONS drawn by hand, which hold text that the truth leaves out. `precision_strict` counts every
line that matches nothing as wrong.

Of typed pictures, what is also read on the picture beneath counts neither way: garments bear print.

Reading: edit distance over length, of the lines that match. The truth was written by a recogniser itself and has errors
of its own (four letters of about 240), which count against us. `cpu_ms` is time of all processors, median of a picture.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache, reduce
from pathlib import Path
from typing import Any
from unicodedata import normalize

import numpy as np

from ddm.bench.perceive.posters import Poster, half, posters
from ddm.bench.perceive.typed import Typed, typed
from ddm.geometry import Box
from ddm.measure.copy import distance
from ddm.perceive.perception import Element
from ddm.perceive.pixels import Bytes
from ddm.perceive.text import read

OVERLAP = 0.5
"""Intersection over union from which a found box is the one that is known."""
CHANGED = 24
"""Difference of a channel, of 255, from which a pixel was changed when the copy was taken out."""
COPY = 0.15
"""Part of a box so changed, below which what it shows is still there without the copy: print has up to .12, copy from
.20 up."""
REGIONS: Mapping[str, tuple[tuple[int, int, int, int], ...]] = {
    "valid/0.png": ((140, 20, 372, 58),),  # name of the shop
    "valid/1.png": ((150, 36, 222, 110), (280, 38, 372, 98)),  # two marks
    "train/5.png": ((18, 14, 156, 42), (148, 478, 240, 510)),  # the mark, above and on the product
    "train/6.png": ((250, 274, 318, 294),),  # the state of the battery
}
"""Left, top, right, bottom in pixels of text that the truth leaves out, looked up by eye."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What was found, in boxes and letters."""

    known: int = 0
    matched: int = 0
    wrong: int = 0
    forgiven: int = 0
    letters: int = 0
    misread: int = 0
    seconds: tuple[float, ...] = ()
    overlaps: tuple[float, ...] = ()

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, part.name) + getattr(other, part.name) for part in fields(self)))

    def figures(self) -> dict[str, float]:
        found = max(1, self.matched + self.wrong)
        return {
            "precision": self.matched / found,
            "recall": self.matched / max(1, self.known),
            "precision_strict": self.matched / (found + self.forgiven),
            "overlap": float(np.mean(self.overlaps)) if self.overlaps else 0.0,
            "misread": self.misread / max(1, self.letters),
            "boxes": float(self.known),
            "cpu_ms": 1000 * float(np.median(self.seconds)) if self.seconds else 0.0,
        }


def measure(corpora: Path) -> Mapping[str, Any]:
    """Of the posters `precision` and `recall`, in all and by half; of typed pictures the same, and recall by kind."""
    shown = {poster.name: tallied(*_of_poster(poster)) for poster in posters(corpora)}
    drawn = {one.name: (one.kind, tallied(*_of_typed(one))) for one in typed(corpora)}
    kinds = sorted({kind for kind, _ in drawn.values()})
    return {
        **_figures(shown.values()),
        **_halves(shown),
        "typed": _halves({name: tally for name, (_, tally) in drawn.items()}),
        "kinds": {
            kind: _figures(tally for other, tally in drawn.values() if other == kind)["recall"] for kind in kinds
        },
    }


Case = tuple[Bytes, Sequence[Box], Sequence[str], Callable[[Element], bool]]
"""A picture, its boxes and readings, and whether a found line that matches none counts neither way."""


def _halves(tallies: Mapping[str, Tally]) -> dict[str, dict[str, float]]:
    return {part: _figures(one for name, one in tallies.items() if half(name) == part) for part in ("tuned", "held")}


def _figures(tallies: Iterable[Tally]) -> dict[str, float]:
    return reduce(Tally.__add__, tallies, Tally()).figures()


def _of_poster(poster: Poster) -> Case:
    return poster.picture, poster.boxes, poster.readings, lambda found: _print(poster, found.box)


def _of_typed(one: Typed) -> Case:
    before = cache(lambda: read(one.bare))
    return one.picture, one.boxes, one.readings, lambda found: any(_overlap(found.box, b.box) > 0.3 for b in before())


def _print(poster: Poster, box: Box) -> bool:
    """Whether a found line is text of which the truth does not tell."""
    height, width = poster.picture.shape[:2]
    spot = box.scaled(width, height)
    regions = (Box.of_edges(*edges) for edges in REGIONS.get(poster.name, ()))
    if any(region.intersection(spot).area > 0.5 * spot.area for region in regions):
        return True
    if poster.bare is None:
        return False
    part = np.s_[int(spot.y) : int(spot.bottom) + 1, int(spot.x) : int(spot.right) + 1]
    apart = np.abs(poster.picture[part].astype(int) - poster.bare[part].astype(int)).max(-1)
    return bool((apart > CHANGED).mean() < COPY)


def tallied(
    picture: Bytes, boxes: Sequence[Box], readings: Sequence[str], forgiven: Callable[[Element], bool]
) -> Tally:
    """Of one picture."""
    start = time.process_time()
    found = read(picture)
    seconds = time.process_time() - start
    pairs = matched([one.box for one in found], boxes)
    rest = [forgiven(found[f]) for f in set(range(len(found))) - {f for f, _, _ in pairs}]
    return Tally(
        known=len(boxes),
        matched=len(pairs),
        wrong=len(rest) - sum(rest),
        forgiven=sum(rest),
        letters=sum(len(_plain(readings[k])) for _, k, _ in pairs),
        misread=sum(distance(_plain(found[f].label), _plain(readings[k])) for f, k, _ in pairs),
        seconds=(seconds,),
        overlaps=tuple(overlap for _, _, overlap in pairs),
    )


def matched(found: Sequence[Box], known: Sequence[Box]) -> list[tuple[int, int, float]]:
    """(found, known, overlap), one to one, the best overlap first."""
    pairs = sorted(
        ((_overlap(one, other), f, k) for f, one in enumerate(found) for k, other in enumerate(known)), reverse=True
    )
    left, right, chosen = set(range(len(found))), set(range(len(known))), []
    for overlap, f, k in pairs:
        if overlap >= OVERLAP and f in left and k in right:
            left.discard(f)
            right.discard(k)
            chosen.append((f, k, overlap))
    return chosen


def _overlap(one: Box, other: Box) -> float:
    common = one.intersection(other).area
    return common / max(1e-9, one.area + other.area - common)


def _plain(reading: str) -> str:
    """Without spaces, which no one sees, and with full-width forms as ordinary ones."""
    return "".join(normalize("NFKC", reading).split()).casefold()
