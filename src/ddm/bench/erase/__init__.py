"""Pictures with and without what was laid over them -> how well it is taken away, ours beside methods everyone has.

`true`: with the true boxes, so that pixels alone are judged. `perceived`: with what perception finds, the whole chain.
Of each by half ('tuned', 'held') and by kind:

- input: nothing done. ours. NAME: that method on the boxes. NAME.strokes: with true boxes, that method on the very hole
  that ours fills.
- letters: of those there were, the part that the recogniser still reads in the boxes (ours).
- all: the same of every picture; those that `erased` refuses count as unchanged for ours, and as filled for the others.
  Beside it the refused ones are left out for every method, so that all are judged on the same pictures.
- unfit: pictures that `erased` refuses. ms: of processor time, ours.

What the figures mean is said in `figures`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import numpy as np

from ddm.acquire.product import Picture
from ddm.bench.erase.cases import HALVES, Case, cases
from ddm.bench.erase.figures import figures, marked, means
from ddm.bench.erase.rivals import rivals
from ddm.bench.pages import Case as Shown
from ddm.bench.pages import write_page
from ddm.derive.change import View
from ddm.derive.erasing.erase import erased, hole
from ddm.errors import InputError, Unfit
from ddm.perceive import Perceived, perceived
from ddm.perceive.decode import Decoded
from ddm.perceive.perception import Element
from ddm.perceive.pixels import Bytes
from ddm.perceive.sight import Sight
from ddm.perceive.text import read

WAYS = ("true", "perceived")
OVER = 0.3
"""Part of a line read that must lie in a box to be what is left of it."""


@dataclass(frozen=True)
class Done:
    """One case in one way. pictures, rows: by method."""

    case: Case
    way: str
    pictures: Mapping[str, Bytes] = field(repr=False)
    rows: Mapping[str, Mapping[str, float]]
    unfit: str
    seconds: float


def run(corpora: Path, gallery: Path | None = None) -> dict[str, Any]:
    """All figures; the gallery's pages are written where a folder is given. InputError without corpora."""
    if not corpora.is_dir():
        raise InputError("the pictures with known truth are not there", str(corpora), "--corpora FOLDER")
    done = [one for case in cases(corpora) for one in both(case)]
    if gallery is not None:
        for way in WAYS:
            write_page(gallery / way, f"Erased, with {way} boxes", [_shown(one) for one in done if one.way == way])
    return {way: _halves([one for one in done if one.way == way]) for way in WAYS}


def both(case: Case) -> Iterator[Done]:
    """With true boxes, then with perceived ones."""
    found = seen(case.picture)
    yield _done(case, "true", told(found, case.elements), case.elements)
    gone = [one for one in found.perception.elements if one.kind in ("text", "logo")]
    yield _done(case, "perceived", View(found.perception, found.pixels, found.matte), gone)


def seen(pixels: Bytes) -> Perceived:
    """Everything about a product's picture that is already decoded."""
    name = hashlib.sha256(pixels.tobytes()).hexdigest()
    picture = Picture(name, Path(name), name, pixels.shape[1], pixels.shape[0], "image/jpeg")
    return perceived(Sight(picture, Decoded(pixels, None, pixels)), "")


def told(found: Perceived, elements: Sequence[Element]) -> View:
    """With these elements alone, and nothing to be kept."""
    perception = replace(found.perception.with_attributes(role="scene"), elements=tuple(elements))
    return View(perception, found.pixels, np.zeros_like(found.matte))


def _done(case: Case, way: str, view: View, elements: Sequence[Element]) -> Done:
    params, boxes = {"what": case.what}, marked(case.picture.shape, (one.box for one in elements))
    start, unfit = process_time(), ""
    try:
        ours = erased(view, params)
    except Unfit as error:
        ours, unfit = case.picture, str(error)
    seconds = process_time() - start
    pictures = {"truth": case.bare, "input": case.picture, "ours": ours}
    strokes = hole(view, case.what) if way == "true" and not unfit else None
    for name, fill in rivals().items():
        pictures[name] = fill(case.picture, boxes)
        if strokes is not None:
            pictures[f"{name}.strokes"] = fill(case.picture, strokes)
    return Done(case, way, pictures, _rows(case, pictures), unfit, seconds)


def _rows(case: Case, pictures: Mapping[str, Bytes]) -> dict[str, dict[str, float]]:
    inside = marked(case.picture.shape, case.boxes)
    if not inside.any():
        return {}
    rows = {
        name: figures(case.picture, pixels, case.bare, inside, case.kept)
        for name, pixels in pictures.items()
        if name != "truth"
    }
    rows["ours"]["letters"] = _letters(case, pictures["ours"])
    return rows


def _letters(case: Case, pixels: Bytes) -> float:
    """Letters read in the boxes, by letters there were."""
    known = sum(len(one.label) for one in case.elements)
    left = read(pixels) if known else ()
    over = [one for one in left if any(one.box.intersection(box).area > OVER * one.box.area for box in case.boxes)]
    return min(1.0, sum(len(one.label) for one in over) / known) if known else 0.0


def _halves(done: Sequence[Done]) -> dict[str, Any]:
    found: dict[str, Any] = {half: _summed([one for one in done if one.case.half == half]) for half, _ in HALVES}
    kinds = dict.fromkeys(one.case.kind for one in done)
    found["kinds"] = {kind: _summed([one for one in done if one.case.kind == kind]) for kind in kinds}
    return found


def _summed(done: Sequence[Done]) -> dict[str, Any]:
    """Means by method, of the pictures that were not refused so that all are judged on the same; and of all of them."""
    fit = [one for one in done if not one.unfit and one.rows]
    return {
        **_by_method(fit),
        "all": {name: row for name, row in _by_method([one for one in done if one.rows]).items() if "." not in name},
        "pictures": len(done),
        "unfit": sum(bool(one.unfit) for one in done),
        "ms": 1000 * median([one.seconds for one in fit]) if fit else 0.0,
    }


def _by_method(done: Sequence[Done]) -> dict[str, dict[str, float]]:
    """Means of those pictures that a method has."""
    methods = dict.fromkeys(name for one in done for name in one.rows)
    return {name: means([one.rows[name] for one in done if name in one.rows]) for name in methods}


def _shown(one: Done) -> Shown:
    ours = one.rows.get("ours", {})
    return Shown(f"{one.case.name} ({one.way})", one.pictures, {**ours, "ms": 1000 * one.seconds}, one.unfit)
