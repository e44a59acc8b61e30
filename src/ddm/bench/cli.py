"""`ddm bench`: speed and quality as figures, each beside a floor or a rival of the same run."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(
    no_args_is_help=True, help="Measure speed and quality; figures are ratios to a floor of the same run."
)

Corpora = Annotated[Path, typer.Option(help="Folder of pictures with known truth.")]
Gallery = Annotated[Path | None, typer.Option(help="Folder for pages of before and after.")]
Sections = Annotated[list[str] | None, typer.Argument(help="The parts that are wanted; all if left out.")]
LibraryAt = Annotated[Path, typer.Option("--library", help="Folder of the material perception library.")]
Json = Annotated[bool, typer.Option("--json", help="Print for machines.")]

CORPORA = Path("../shared/corpora")
DEMO = Path("out/demo/library")


def lines(measured: Mapping[str, Any], under: str = "") -> Iterator[tuple[str, str]]:
    """(dotted name, figure) of every leaf, for people."""
    for name, value in measured.items():
        dotted = f"{under}.{name}" if under else name
        if isinstance(value, Mapping):
            yield from lines(value, dotted)
        else:
            yield dotted, f"{value:.4g}" if isinstance(value, float) else str(value)


def told(found: Mapping[str, Any], as_json: bool) -> None:
    """To standard output: JSON for machines, else a line for each figure."""
    text = "\n".join(f"{name:<44} {figure}" for name, figure in lines(found))
    print(json.dumps(found, ensure_ascii=False, indent=1, default=str) if as_json else text)


@app.command()
def render(as_json: Json = False) -> None:
    """The renderer against its floor: one blend and one encode."""
    from ddm.bench import render as bench

    told(bench.run(), as_json)


@app.command()
def resolve(library: LibraryAt = DEMO, as_json: Json = False) -> None:
    """Binding and format into a resolved tree, for every template and format, on the products of a library."""
    from ddm.bench import resolve as bench

    told(bench.run(library), as_json)


@app.command()
def match(
    materials: Annotated[int, typer.Option(min=10, help="Records to grow from the library's real ones.")] = 1_000_000,
    library: LibraryAt = DEMO,
    folder: Annotated[Path | None, typer.Option(help="Where the grown library is written and left.")] = None,
    as_json: Json = False,
) -> None:
    """Candidates by condition and nearest neighbours among a million materials: time, memory and disk."""
    from ddm.bench import match as bench

    told(bench.run(library, materials, folder), as_json)


@app.command()
def perceive(sections: Sections = None, corpora: Corpora = CORPORA, as_json: Json = False) -> None:
    """What is perceived against pictures whose truth is known."""
    from ddm.bench import perceive as bench

    told(bench.run(corpora, tuple(sections or ())), as_json)


@app.command()
def extend(
    corpora: Corpora = CORPORA,
    pictures: Annotated[int, typer.Option(min=1, help="Photographs, chosen by the hash of their names.")] = 64,
    gallery: Gallery = None,
    as_json: Json = False,
) -> None:
    """Held-back photographs rebuilt from a part of them, in our way and in others, by kind of border."""
    from ddm.bench import extend as bench

    told(bench.run(corpora, pictures, gallery), as_json)


@app.command()
def erase(corpora: Corpora = CORPORA, gallery: Gallery = None, as_json: Json = False) -> None:
    """Copy, marks and watermarks taken away, against pictures whose truth is known and methods that everyone has."""
    from ddm.bench import erase as bench

    told(bench.run(corpora, gallery), as_json)


@app.command()
def shadow(corpora: Corpora = CORPORA, gallery: Gallery = None, as_json: Json = False) -> None:
    """Shadows thrown, beside ray casting and plainer ways; shadows in photographs found, kept and removed."""
    from ddm.bench import shadow as bench

    told(bench.run(corpora, gallery), as_json)


@app.command()
def fit(sections: Sections = None, corpora: Corpora = CORPORA, gallery: Gallery = None, as_json: Json = False) -> None:
    """Subjects placed in other scenes: how well they fit in, their edges, and their decoration's colours."""
    from ddm.bench import fit as bench

    told(bench.run(corpora, tuple(sections or ()), gallery), as_json)
