"""The command line: one command for each room, and `make` for all of them in a row."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from ddm.bench.cli import app as bench_app
from ddm.errors import DdmError
from ddm.fonts.cli import app as fonts_app
from ddm.formats.cli import Formats
from ddm.formats.cli import app as formats_app
from ddm.language import cli as language
from ddm.language.importing.cli import import_
from ddm.library.cli import app as library_app
from ddm.models.cli import app as models_app
from ddm.produce.cli import explain as explain_creative

if TYPE_CHECKING:
    from ddm.acquire import Picture
    from ddm.perceive.perception import Perception

T = TypeVar("T")

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
app.add_typer(bench_app, name="bench")
app.add_typer(models_app, name="models")
app.add_typer(library_app, name="library")
app.command(name="import")(import_)
app.command()(language.check)
app.command()(language.schema)
app.command(name="explain")(explain_creative)
app.add_typer(fonts_app, name="fonts")
app.add_typer(formats_app, name="formats")
console = Console(stderr=True, highlight=False)

Json = Annotated[bool, typer.Option("--json", help="Print for machines.")]
Out = Annotated[Path, typer.Option("--out", help="Folder for what is made.")]
TierName = Annotated[str, typer.Option("--tier", help="How closely pictures are looked at: fast or best.")]
LibraryAt = Annotated[Path, typer.Option("--library", help="Folder of the material perception library.")]
Private = Annotated[bool, typer.Option("--allow-private", help="Fetch from private and loopback addresses too.")]


def show(value: Any, as_json: bool, text: str = "") -> None:
    """To standard output: JSON for machines, else text for people."""
    print(json.dumps(value, ensure_ascii=False, indent=1, default=str) if as_json else text)


@contextmanager
def bar(title: str) -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar on standard error, as a function to tell it."""
    columns = (TextColumn("{task.description:<44}"), BarColumn(24), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=False) as progress:
        task = progress.add_task(title, total=None)

        def tell(what: str, done: int, total: int) -> None:
            label = what if len(what) <= 42 else what[:20] + "…" + what[-21:]
            progress.update(task, description=label, completed=done, total=total or None)

        yield tell


def warn(lines: list[str]) -> None:
    for line in lines:
        console.print(line, style="yellow", markup=False, soft_wrap=True)


@app.command()
def make(
    sources: Annotated[list[str], typer.Argument(help="URLs, saved pages, feeds, or folders with a product file.")],
    out: Out = Path("out"),
    template: Annotated[
        list[str] | None, typer.Option("--template", help="Template id or file; all if left out.")
    ] = None,
    format_: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            help="Format id, size (640x400), pattern ('iab-*'), filter (kind:story), or all; core if left out.",
        ),
    ] = None,
    formats: Formats = None,
    limit: Annotated[int | None, typer.Option(help="Products at most, from each source.")] = None,
    scenes: Annotated[Path | None, typer.Option(help="Folder of backdrops without product.")] = None,
    logo: Annotated[Path | None, typer.Option(help="Picture file with the mark of the shop.")] = None,
    type_: Annotated[
        str, typer.Option("--type", help="jpg, png or webp; auto takes the best that each format takes.")
    ] = "auto",
    pixel_ratio: Annotated[
        float, typer.Option("--pixel-ratio", help="Pixels for each unit of the canvas, where the format allows it.")
    ] = 1.0,
    tier: TierName = "best",
    allow_private: Private = False,
    as_json: Json = False,
) -> None:
    """Products in, creatives out: pictures, plain SVGs, manifest and gallery."""
    from ddm.formats.catalogue import use
    from ddm.produce.main_job import MainJob
    from ddm.produce.target import Wish

    use(formats or [])
    job = MainJob(out, template or [], format_ or [], Wish(type_, pixel_ratio), tier)
    with bar("acquire") as tell:
        report = job.take_in(sources, limit, allow_private, scenes, tell, logo)
    with bar("produce") as tell:
        made, refused = job.produce(report, tell)
    warn(report.errors)
    failed = [row for row in refused if row["kind"] == "error"]
    warn([f"{row['product']} {row['template']} {row['format']}: {row['reason']}" for row in failed])
    summary = job.summary(report, made, refused)
    show(summary, as_json, _sentence(summary))
    raise typer.Exit(1 if report.errors or failed or not made else 0)


def _sentence(summary: dict[str, Any]) -> str:
    return (
        f"creatives: {summary['creatives']}, of products: {summary['products']}, templates: {summary['templates']}, "
        f"formats: {summary['formats']}; {summary['refused']} could not be made (reasons in {summary['refusals']}).\n"
        f"Look at {summary['gallery']}"
    )


@app.command()
def acquire(
    sources: Annotated[list[str], typer.Argument(help="URLs, saved pages, feeds, or folders with a product file.")],
    out: Out = Path("out"),
    limit: Annotated[int | None, typer.Option(help="Products at most, from each source.")] = None,
    allow_private: Private = False,
) -> None:
    """Pages and feeds into products: JSON to standard output, raw pictures into OUT/raw."""
    from ddm.acquire import Client
    from ddm.produce.ingest import gather

    with bar("acquire") as tell, Client(allow_private=allow_private) as client:
        report = gather(sources, out, client=client, limit=limit, tell=tell)
    warn(report.errors)
    show([_plain(p) for p in report.products], True)
    raise typer.Exit(1 if report.errors or not report.products else 0)


def _plain(value: Any) -> Any:
    from dataclasses import asdict

    return asdict(value)


def _tried(ask: Callable[[], T]) -> T | DdmError:
    try:
        return ask()
    except DdmError as error:
        return error


def _perceived(picture: Picture, product: str, tier: str) -> Perception:
    from ddm.perceive import perceive as look

    return look(picture, product, tier).perception


@app.command()
def perceive(
    pictures: Annotated[list[Path], typer.Argument(help="Picture files.")],
    tier: TierName = "best",
    library: Annotated[
        str, typer.Option(help="Folder or URL of a library to store them in; those that it holds are not seen again.")
    ] = "",
    product: Annotated[str, typer.Option(help="Id of the product that they show, for the library.")] = "",
    as_json: Json = False,
) -> None:
    """Pictures into their attributes; many of them by several processes, where a library keeps them."""
    from ddm.acquire import picture_of
    from ddm.library import Library
    from ddm.library.lookers import perceive_all

    given = {str(path): _tried(partial(picture_of, path)) for path in pictures}
    readable = [(product, one) for one in given.values() if not isinstance(one, DdmError)]
    alone = (_tried(partial(_perceived, one, product, tier)) for _, one in readable)
    seen = perceive_all(Library(library), readable, tier) if library else alone
    rows, failed = {}, []
    for path, picture in given.items():
        found = picture if isinstance(picture, DdmError) else next(seen)
        if isinstance(found, DdmError):
            failed.append(str(found))
            continue
        rows[path] = {k: sorted(v) if isinstance(v, frozenset) else v for k, v in found.attributes.items()}
    text = "\n".join(f"{path}\n" + "\n".join(f"  {k:<22} {v}" for k, v in row.items()) for path, row in rows.items())
    show(rows, as_json, text)
    warn(failed)
    raise typer.Exit(2 if failed else 0)


@app.command()
def resolve(
    product: Annotated[str, typer.Argument(help="Product id in the library.")],
    template: Annotated[str, typer.Option(help="Template id or file.")],
    format_: Annotated[str, typer.Option("--format", help="Format id.")],
    library: LibraryAt = Path("out/library"),
    explain: Annotated[bool, typer.Option("--explain", help="Print the trace instead, as JSON.")] = False,
) -> None:
    """A creative as plain SVG on standard output."""
    from ddm import templates
    from ddm.formats import catalogue
    from ddm.library import Library
    from ddm.produce.workshop import Workshop, explanation, rebased
    from ddm.svg.writer import write

    shelf = Library(library)
    creative = Workshop(shelf).make(
        templates.find(template), shelf.product(product), catalogue.find(format_), measured=explain
    )
    beside = Path(os.path.relpath(library)).as_posix()  # plain SVG has no absolute hrefs
    show(explanation(creative), True) if explain else print(write(rebased(creative.document, f"{beside}/")))


@app.command()
def render(
    svg: Annotated[Path, typer.Argument(help="Plain SVG file; its pictures are found beside it.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Picture to write: .jpg, .png or .webp.")],
    scale: Annotated[float, typer.Option(help="Pixels for each SVG unit.")] = 1.0,
) -> None:
    """Plain SVG into a picture."""
    from ddm.files import write_whole
    from ddm.render import Renderer, encode
    from ddm.render.files import load_beside
    from ddm.svg.reader import read

    try:
        text = svg.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DdmError(f"cannot read the SVG: {error}", str(svg)) from None
    pixels = Renderer(load_beside(svg.parent)).draw(read(text, str(svg)), scale)
    write_whole(output, encode(pixels, output.suffix.lstrip(".").lower()))


@app.command()
def demo(out: Out = Path("out/demo"), as_json: Json = False) -> None:
    """A real small shop on loopback, harvested, perceived and turned into creatives."""
    from ddm.demo import run

    with bar("acquire") as tell:
        summary = run(out, tell)
    show(summary, as_json, _sentence(summary))
    raise typer.Exit(0 if summary["creatives"] else 1)


@app.command()
def serve(
    library: Annotated[str, typer.Option("--library", help="Folder or URL of the library.")] = "out/demo/library",
    host: str = "127.0.0.1",
    port: int = 8765,
    studio: Annotated[bool, typer.Option("--studio", help="Open the editor too; it accepts template text.")] = False,
    formats: Formats = None,
) -> None:
    """Creatives by signed URL."""
    from ddm.formats.catalogue import use
    from ddm.serve.run import run

    use(formats or [])
    run(library, host, port, studio)


@app.command()
def doctor(as_json: Json = False) -> None:
    """What is missing on this machine, and the command that mends it."""
    from ddm.doctor import diagnose

    found = diagnose()
    rows = [{"name": f.name, "ok": f.ok, "detail": f.detail, "mend": f.mend} for f in found]
    lines = [
        f"{'ok  ' if f.ok else 'LACK'} {f.name:<28} {f.detail}" + (f"\n     -> {f.mend}" if not f.ok else "")
        for f in found
    ]
    show(rows, as_json, "\n".join(lines))
    raise typer.Exit(0 if all(f.ok or not f.needed for f in found) else 1)


@app.command()
def reference() -> None:
    """All names there are, as docs/REFERENCE.md: made from the tables in the code."""
    from ddm import reference as tables

    print(tables.reference(), end="")


def main() -> None:
    """Run, and print a DdmError as one message for a person, with exit status 2."""
    try:
        app()
    except DdmError as error:
        console.print(f"ddm: {error}", style="red", markup=False, soft_wrap=True)
        sys.exit(2)
