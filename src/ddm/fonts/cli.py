"""`ddm fonts`: list and fetch font files."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import partial
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table as Grid

from ddm.fonts.fetch import fetch as fetch_files
from ddm.fonts.store import missing
from ddm.fonts.table import TABLE

app = typer.Typer(help="Font files.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command("list")
def list_rows(as_json: Json = False) -> None:
    """Print the table: families, weights, packages, and which files are not here."""
    absent = missing()
    if as_json:
        typer.echo(json.dumps([{**asdict(font), "here": font not in absent} for font in TABLE], indent=2))
        return
    grid = Grid("family", "weight", "italic", "package", "licence", "stands in for", "here")
    for font in TABLE:
        marks = ("yes" if font.italic else "", " ".join(font.scripts), "no" if font in absent else "yes")
        grid.add_row(font.family, str(font.weight), marks[0], font.package, font.licence, *marks[1:])
    Console().print(grid)


@app.command()
def fetch() -> None:
    """Fetch the files that are missing out of Debian packages, without installing them."""
    fetch_files(partial(typer.echo, err=True))
