"""Subjects put where they were not taken -> how well they fit in, what it costs their colours, and pages to look at.

- shared: what two halves of one photograph have in common, of all that tells photographs apart.
- back: photographs spoilt as another camera would have taken them; their subject, fitted, put back where it was.
- placed: cut-outs in rooms.
- turned: bodies relit, against the same truly lit from elsewhere.
- edges: cut-outs taken off one ground and laid on others, blended as renderers do and as cameras do.
- decoration: contrasts and harmony of the palettes made from real products.

All distances of colours are OKLab times 100 unless named `ciede`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from ddm.bench.pages import Case, write_page
from ddm.errors import InputError

Measured: TypeAlias = Mapping[str, Any]
Found: TypeAlias = tuple[Measured, tuple[Case, ...]]
"""Figures, and the pictures they were measured on."""


class Section(Protocol):
    """The folder of the corpora, and whether pictures are wished for -> what was found."""

    def __call__(self, corpora: Path, shown: bool) -> Found: ...


SECTIONS = ("shared", "back", "placed", "turned", "edges", "decoration")
"""Modules of this package; each has `measure`, a Section."""


def run(corpora: Path, wanted: Iterable[str] = (), gallery: Path | None = None) -> dict[str, Measured]:
    """section -> its figures, of those wanted or of all. gallery: where a page for each section with pictures goes.

    InputError for a folder or a section that is not there; Missing where pictures or networks are not fetched.
    """
    chosen = tuple(wanted) or SECTIONS
    unknown = [name for name in chosen if name not in SECTIONS]
    if unknown:
        raise InputError(f"there is no section '{unknown[0]}'", mend=f"one of {', '.join(SECTIONS)}")
    if not corpora.is_dir():
        raise InputError("the pictures with known truth are not there", str(corpora), "--corpora FOLDER")
    return {name: _section(name, corpora, gallery) for name in chosen}


def _section(name: str, corpora: Path, gallery: Path | None) -> Measured:
    section: Section = import_module(f"{__name__}.{name}").measure
    figures, cases = section(corpora, gallery is not None)
    if gallery and cases:
        write_page(gallery / name, f"Fitting in: {name}", cases)
    return figures
