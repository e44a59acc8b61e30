"""Photographs with a part hidden -> how well it is rebuilt, by the kind of border it is rebuilt from; ours and others.

Only pictures that are held back from training and tuning. Each stands at about SIDE pixels, and loses a share of
itself at one side or at two opposite ones, where its subject is not. What remains is perceived afresh.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ddm.bench.extend.cases import Case, with_hidden_sides
from ddm.bench.extend.figures import Made, Measured, measured
from ddm.bench.extend.speed import milliseconds
from ddm.bench.extend.ways import made
from ddm.bench.pages import Case as Shown
from ddm.bench.pages import write_page
from ddm.errors import InputError, Missing
from ddm.perceive.pixels import Bytes

PICTURES = 64
"""Photographs of a run: about five minutes on two cores."""
TITLE = "Photographs rebuilt from what was left of them"


def run(corpora: Path, pictures: int = PICTURES, gallery: Path | None = None) -> Measured:
    """The figures; a page of all cases in `gallery`. InputError without the folder, Missing without photographs."""
    if not corpora.is_dir():
        raise InputError("the photographs are not there", str(corpora), "--corpora FOLDER")
    found = [(case, made(case)) for case in with_hidden_sides(corpora, pictures)]
    if not found:
        raise Missing("no photograph that is held back has a side free of its subject", str(corpora))
    if gallery:
        write_page(gallery, TITLE, _shown(found))
    return measured(found) | {"ms_for_half_more_at_1024": milliseconds([case for case, _ in found])}


def _shown(found: Sequence[tuple[Case, Made]]) -> Iterator[Shown]:
    for case, ways in found:
        pictures: dict[str, Bytes] = {"remains": case.framed, "photograph": case.truth} | dict(ways)
        remark = ", ".join(f"{side}: {case.kinds[side]}" for side in case.sides)
        yield Shown(case.name, pictures, case.told | {"hidden": case.share}, f"{remark}; {case.refusal or 'offered'}")
