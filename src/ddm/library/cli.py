"""`ddm library`: what it holds, what answers a question, and its upkeep."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table as Grid

if TYPE_CHECKING:
    from ddm.library.library import Library

app = typer.Typer(help="The material perception library: look into it, and keep it well.", no_args_is_help=True)

At = Annotated[str, typer.Option("--library", help="Folder or URL: out/library, file:///folder, s3://bucket/prefix.")]
Json = Annotated[bool, typer.Option("--json", help="Print for machines.")]
HERE = "out/library"
err = Console(stderr=True, highlight=False)


def opened(url: str, migrating: bool = True) -> Library:
    from ddm.library.opening import opened as at  # takes a moment to import: other commands do not wait

    return at(url, migrating)


def _print(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1, default=str))


@app.command()
def stats(library: At = HERE, as_json: Json = False) -> None:
    """How many materials and products, of which sort, how large, and what is outdated."""
    from ddm.library.census import census

    found = census(opened(library, migrating=False))
    if as_json:
        _print(asdict(found))
        return
    grid = Grid("what", "of", "number")
    grid.add_row("materials", "", f"{found.materials:,}")
    grid.add_row("products", "", f"{found.products:,}")
    for name, counts in found.by.items():
        for value, number in counts.items():
            grid.add_row(name, value or "(not perceived yet)", f"{number:,}")
    for folder, size in found.bytes.items():
        grid.add_row("MB", folder, f"{size / 1e6:,.1f}")
    grid.add_row("schema", "", str(found.schema))
    grid.add_row("versions of perceivers", "", str(found.versions))
    for row, number in found.outdated.items():
        grid.add_row("outdated", row, f"{number:,}")
    Console().print(grid)


@app.command()
def query(
    condition: Annotated[str, typer.Argument(help="As templates write it: 'calm.area ge 40%'.")] = "",
    library: At = HERE,
    role: Annotated[str, typer.Option(help="product, scene or logo; any if left out.")] = "",
    product: Annotated[str | None, typer.Option(help="Of one product.")] = None,
    order: Annotated[str, typer.Option(help="An attribute that is a number: most first.")] = "",
    rising: Annotated[bool, typer.Option("--rising", help="Least first.")] = False,
    like: Annotated[str, typer.Option(help="Id of a material: those that look most like it.")] = "",
    limit: Annotated[int, typer.Option(min=1)] = 20,
    as_json: Json = False,
) -> None:
    """Materials for which a condition holds."""
    from ddm.library.asking import SHOWN, Question, ask

    found, total = ask(opened(library), Question(condition, role, product, order, rising, limit, like))
    if as_json:
        _print({"total": total, "found": [one.row() for one in found]})
        return
    names = tuple(dict.fromkeys([*([order] if order else []), *SHOWN]))
    grid = Grid("id", "product", *(["like"] if like else []), *names)
    for one in found:
        near = [] if one.score is None else [f"{one.score:.3f}"]
        grid.add_row(one.material.id[:12], one.material.product[:24], *near, *(_said(one.row(), n) for n in names))
    Console().print(grid)
    err.print(f"{len(found)} of {total:,}")


def _said(row: dict[str, Any], name: str) -> str:
    value = row["attributes"].get(name, "")
    return f"{value:.4g}" if isinstance(value, float) else str(value)


@app.command()
def show(
    asked: Annotated[
        str, typer.Argument(metavar="ID|CONDITION", help="One material, or those for which it holds.")
    ] = "",
    library: At = HERE,
    out: Annotated[Path, typer.Option(help="Folder of the page.")] = Path("out/perceived"),
    limit: Annotated[int, typer.Option(min=1, help="Materials shown at most.")] = 200,
) -> None:
    """Write a page on which a person sees what was perceived: boxes, matte, palettes, calm map over each picture."""
    from ddm.library.page import write_page
    from ddm.library.page.chosen import chosen

    shelf = opened(library)
    found, total = chosen(shelf, asked, limit)
    typer.echo(write_page(shelf, found, out, total))
    err.print(f"{len(found)} of {total:,}")


@app.command()
def compact(
    library: At = HERE,
    older_than: Annotated[float, typer.Option(help="Days for which what is no longer used stays.")] = 7.0,
    as_json: Json = False,
) -> None:
    """Join what many writes left in pieces; drop old versions, and pixels that nothing refers to."""
    from ddm.library.compact import compact as tidy

    found = tidy(opened(library), timedelta(days=older_than))
    text = f"joined {', '.join(found.tables)}; removed {found.removed:,} files, {found.freed / 1e6:.1f} MB; "
    _print(asdict(found)) if as_json else typer.echo(text + f"{found.noted:,} more go when they are old enough")


@app.command()
def verify(
    library: At = HERE,
    quick: Annotated[bool, typer.Option("--quick", help="Size and hash only; nothing is decoded.")] = False,
    repair: Annotated[
        bool, typer.Option("--repair", help="Perceive anew, make again or drop what is damaged.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Look at every record and every pixel. Exit status 1 where something is damaged, or was lost in mending."""
    from ddm.library.repair import repair as mend
    from ddm.library.verify import HARMLESS
    from ddm.library.verify import verify as look

    shelf = opened(library)
    with _counting() as tell:
        faults = list(look(shelf, not quick, tell=tell))
    mended = list(mend(shelf, faults)) if repair else []
    counts = Counter(fault.kind for fault in faults)
    if as_json:
        rows = [asdict(fault) | {"mend": fault.mend} for fault in faults]
        _print({"faults": rows, "mended": [asdict(one) for one in mended], "counts": counts})
    else:
        for fault in (fault for fault in faults if fault.kind not in HARMLESS):
            typer.echo(f"{fault.kind}: {fault.where}: {fault.what} ({fault.mend})")
        for one in mended:
            typer.echo(f"mended: {one.fault.where}: {one.done}")
        typer.echo(", ".join(f"{number} {kind}" for kind, number in counts.items()) or "everything is right")
    bad = [one for one in mended if one.lost] if repair else [f for f in faults if f.kind not in HARMLESS]
    raise typer.Exit(1 if bad else 0)


@contextmanager
def _counting() -> Iterator[Any]:
    """Progress on standard error, where that is a terminal."""
    with err.status("verify") as status:
        yield lambda done, total: status.update(f"verify {done:,} of {total:,}")


@app.command()
def migrate(
    library: At = HERE,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done.")] = False,
    as_json: Json = False,
) -> None:
    """Bring an older library to today's schema; opening it to write does the same."""
    shelf = opened(library, migrating=False)
    steps = shelf.tables.planned() if dry_run else shelf.tables.migrate()
    if not as_json:
        typer.echo("\n".join(steps) or "nothing is to be done")
        return
    _print({"schema": shelf.tables.schema_version, "steps": steps, "dry_run": dry_run})
