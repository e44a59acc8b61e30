"""`ddm formats`: list the ad formats there are, and check files of further ones."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from ddm.formats.adcp import adcp_of
from ddm.formats.catalogue import added, find, shipped, use
from ddm.formats.choose import select
from ddm.formats.format import Format
from ddm.formats.rows import row_of

COLUMNS = ("id", "size", "kind", "publisher", "at most", "text", "confidence", "name")


class _Listing(TyperGroup):
    """`ddm formats 'iab-*'` is short for `ddm formats list 'iab-*'`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        named = args[:1] and (args[0] in self.commands or args[0] == "--help")
        return super().parse_args(ctx, args if named else ["list", *args])


app = typer.Typer(cls=_Listing, help="The ad formats there are; `list` is what it does unless told otherwise.")

Json = Annotated[bool, typer.Option("--json", help="Print JSON: a list of objects, as in files of formats.")]
Formats = Annotated[
    list[Path] | None, typer.Option("--formats", help="File or folder of further formats; DDM_FORMATS does the same.")
]


@app.command("list")
def list_formats(
    ids: Annotated[list[str] | None, typer.Argument(help="Patterns of ids such as 'iab-*'; all when none.")] = None,
    publisher: Annotated[str, typer.Option(help="Who shows it.")] = "",
    kind: Annotated[str, typer.Option(help="Kind of placement: banner, story, main …")] = "",
    ratio: Annotated[str, typer.Option(help="Width over height, such as 0.9..1.1")] = "",
    collection: Annotated[str, typer.Option(help="A named set; `core` is made unless told otherwise.")] = "",
    formats: Formats = None,
    adcp: Annotated[bool, typer.Option("--adcp", help="Print JSON in the shapes of the Ad Context Protocol.")] = False,
    as_json: Json = False,
) -> None:
    """The formats that pass all filters."""
    use(formats or [])
    found = select(ids=ids or [], publisher=publisher, kind=kind, ratio=ratio, collection=collection)
    if adcp or as_json:
        _print_json([adcp_of(row) if adcp else row_of(row) for row in found])
    else:
        typer.echo(aligned([COLUMNS, *map(_cells, found)]))
        typer.echo(f"{len(found)} formats")


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(help="Files or folders of formats.")],
    as_json: Json = False,
) -> None:
    """What is wrong with files of formats; exit status 1 where something is."""
    shelf = added(files)
    mine = shelf.formats.keys() - shipped().formats.keys()
    if as_json:
        _print_json(
            [
                {"file": f.mark.file, "line": f.mark.line, "column": f.mark.column, "what": f.what, "mend": f.mend}
                for f in shelf.findings
            ]
        )
    else:
        typer.echo("\n".join(map(str, shelf.findings)) or f"nothing is wrong with {len(mine)} formats")
    raise typer.Exit(1 if shelf.findings else 0)


@app.command()
def draw(
    name: Annotated[str, typer.Argument(help="Format id, or a size such as 640x400.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write: .svg, .png, .jpg or .webp.")],
    formats: Formats = None,
) -> None:
    """A sheet for designers: margins, what the host covers, and where copy is free to stand."""
    from ddm.files import write_whole
    from ddm.formats.sheet import drawn

    use(formats or [])
    write_whole(output, drawn(find(name), output.suffix.lstrip(".").lower()))


def _cells(row: Format) -> tuple[str, ...]:
    text = f"{row.text_share:.0%}" if row.text == "little" else row.text
    size, weight = f"{row.width:>4} x {row.height:<4}", f"{row.max_kb:>6} kB" if row.max_kb else ""
    return row.id, size, row.kind, row.publisher, weight, text, row.confidence, row.name


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Lines of cells, each column as wide as its widest cell."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def _print_json(rows: list[dict[str, Any]]) -> None:
    typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
