"""`ddm explain`: why a creative is as it is, or why there is none."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from ddm.errors import InputError
from ddm.formats.catalogue import use
from ddm.formats.cli import Formats

ROWS = ("manifest.jsonl", "refusals.jsonl")


def explain(
    product: Annotated[str, typer.Argument(help="Product id in the library, or a finished OUT/creatives/ID.jpg.")],
    template: Annotated[str, typer.Option(help="Template id or file.")] = "",
    format_: Annotated[str, typer.Option("--format", help="Format id.")] = "",
    library: Annotated[Path, typer.Option("--library", help="Folder of the material perception library.")] = Path(
        "out/library"
    ),
    formats: Formats = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print for machines.")] = False,
) -> None:
    """Why a creative is as it is: every choice, value and refusal; or why there is none, with exit status 1."""
    use(formats or [])
    row = _of_file(Path(product)) if _is_file(product) else _asked(product, template, format_, library)
    if as_json:
        print(json.dumps(row, ensure_ascii=False, indent=1))
    else:
        _tell(row)
    raise typer.Exit(0 if row["made"] else 1)


def _tell(row: dict[str, Any]) -> None:
    from rich.console import Console

    from ddm.produce.telling import told

    console = Console(highlight=False, soft_wrap=True)
    for line in told(row):
        console.print(line)


def _is_file(product: str) -> bool:
    return "/" in product or Path(product).suffix in (".jpg", ".png", ".webp")


def _asked(product: str, template: str, format_: str, library: Path) -> dict[str, Any]:
    from ddm import templates
    from ddm.formats import catalogue
    from ddm.library import Library
    from ddm.produce.explaining import explain as explained
    from ddm.produce.workshop import Workshop

    if not template or not format_:
        raise InputError(
            "which creative is meant?",
            mend="name --template and --format, or a finished file, such as creatives/ID.jpg",
        )
    if not library.is_dir():
        raise InputError("there is no library", str(library), "name its folder with --library")
    workshop = Workshop(Library(library))
    return explained(workshop, templates.find(template), workshop.library.product(product), catalogue.find(format_))


def _of_file(file: Path) -> dict[str, Any]:
    """From what the run wrote beside the folder of creatives. InputError where nothing tells of the file."""
    from ddm.produce.explaining import look_up

    found = look_up(file, _rows(file.absolute().parent.parent))
    if found is None:
        raise InputError(
            "no manifest tells of this creative", str(file), "it is read from manifest.jsonl beside its folder"
        )
    return found


def _rows(out: Path) -> Iterator[dict[str, Any]]:
    for name in ROWS:
        try:
            lines = (out / name).read_text("utf-8").splitlines()
        except FileNotFoundError:
            continue
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"cannot be read: {error}", str(out / name)) from None
        for number, line in enumerate(lines, 1):
            try:
                row = json.loads(line)
            except json.JSONDecodeError:
                raise InputError("is no JSON", f"{out / name}:{number}", "make the creatives again") from None
            if isinstance(row, dict):
                yield row
