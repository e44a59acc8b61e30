"""Products x templates x formats into files: one process a core, a manifest line for every creative, nothing lost."""

from __future__ import annotations

import json
import os
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from ddm import templates
from ddm.acquire.product import Product
from ddm.errors import DdmError, Unfit
from ddm.files import write_whole
from ddm.formats import catalogue
from ddm.formats.format import Format
from ddm.formats.rows import row_of
from ddm.library import Library
from ddm.produce import resume
from ddm.produce.explaining import candidates, of_refusal
from ddm.produce.gallery import write_gallery
from ddm.produce.target import BEST_FILE, Wish
from ddm.produce.workshop import Creative, Workshop, explanation, rebased
from ddm.resolve import NoneFits
from ddm.svg.writer import write

Row = dict[str, Any]
PREFIX = "../"  # from out/svg/ to the library, which lies beside it


@dataclass(frozen=True, slots=True)
class Job:
    """All formats of one product with one template; formats by id, template by id or file. wish: for the files.
    keys: see `resume`.
    """

    product: str
    template: str
    formats: tuple[str, ...]
    wish: Wish
    keys: Mapping[str, str]


_workshop: Workshop | None = None  # one for each worker process


def _open(library: Path) -> None:
    global _workshop
    _workshop = Workshop(Library(library))


def _refusal(job: Job, format_: str, reason: str, kind: str) -> Row:
    slot = catalogue.find(format_)
    return {
        "product": job.product,
        "template": Path(job.template).stem,
        "format": format_,
        "placement": slot.kind,
        "publisher": slot.publisher,
        "reason": reason,
        "kind": kind,
    }


def _one(job: Job, format_: str, out: Path, library: str) -> Row:
    """A finished row. A fault of our own is told as one, and costs no more than this creative."""
    assert _workshop is not None
    try:
        product = _workshop.library.product(job.product)
        creative = _workshop.make(templates.find(job.template), product, catalogue.find(format_), job.wish)
        return _written(creative, out, library)
    except Unfit as unfit:
        detail = {"detail": unfit.mend} if unfit.mend else {}
        return _refusal(job, format_, unfit.what, "unfit") | detail | _reasons(job, unfit)
    except DdmError as error:
        return _refusal(job, format_, str(error), "error")
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        return _refusal(job, format_, f"{type(error).__name__}: {error} ({where.name}, line {where.lineno})", "error")


def _reasons(job: Job, unfit: Unfit) -> Row:
    """Each binding with its own reason; where matching found none, what the conditions left and nearly left."""
    if isinstance(unfit, NoneFits):
        return of_refusal(unfit)
    in_template = bool(unfit.where)  # matching says which object it could not fill
    return {"candidates": _candidates(job.product, job.template)} if in_template else {}


@lru_cache(maxsize=4)
def _candidates(product: str, template: str) -> Row:
    """The same for all formats of a job."""
    assert _workshop is not None
    return candidates(_workshop, templates.find(template), _workshop.library.product(product))


def _run(job: Job, out: Path, library: str) -> list[Row]:
    return [{**_one(job, format_, out, library), "key": job.keys[format_]} for format_ in job.formats]


def _written(creative: Creative, out: Path, library: str) -> Row:
    picture, svg = f"creatives/{creative.file}", f"svg/{creative.id}.svg"
    write_whole(out / picture, creative.body)
    write_whole(out / svg, write(rebased(creative.document, f"{PREFIX}{library}/")))
    return {
        "id": creative.id,
        "product": creative.product.id,
        "title": creative.product.title,
        "language": creative.product.language,
        "template": creative.template.id,
        "format": creative.format.id,
        "placement": creative.format.kind,
        "publisher": creative.format.publisher,
        "file": picture,
        "type": creative.type,
        "svg": svg,
        "width": creative.format.width,
        "height": creative.format.height,
        "pixel_ratio": creative.pixel_ratio,
        **_kept_free(creative.format),
        "bytes": len(creative.body),
        **explanation(creative),
    }


def _kept_free(format_: Format) -> Row:
    """The margins, and what the host covers of the canvas, as files of formats write them."""
    row = row_of(format_)
    return {key: row[key] for key in ("safe", "reserved") if key in row}


def jobs(
    products: Iterable[str], names: Sequence[str], wanted: Sequence[str], library: Path, wish: Wish = BEST_FILE
) -> list[Job]:
    """One job for each product and template. InputError for a product that the library has not."""
    workshop = Workshop(Library(library))
    found = [workshop.library.product(name) for name in products]
    return [_job(product, name, wanted, wish, workshop) for product in found for name in names]


def _job(product: Product, name: str, wanted: Sequence[str], wish: Wish, workshop: Workshop) -> Job:
    template = templates.find(name)
    usable = workshop.materials(template, product)
    materials = resume.materials_key(usable, workshop.others(product, usable))
    formats = {name: catalogue.find(name) for name in wanted}
    keys = {f: resume.key(product, template, row, wish.key(row), materials) for f, row in formats.items()}
    return Job(product.id, name, tuple(wanted), wish, keys)


def stale(todo: Iterable[Job], known: Mapping[str, Row]) -> list[Job]:
    """The jobs with those formats only that are not known yet."""
    left = (replace(job, formats=tuple(f for f in job.formats if job.keys[f] not in known)) for job in todo)
    return [job for job in left if job.formats]


def workers() -> int:
    """One process a core: the rasteriser holds Python's lock."""
    return max(1, os.cpu_count() or 1)


def produce(todo: Sequence[Job], library: Path, out: Path, tell: Callable[[int, int], None]) -> Iterator[Row]:
    """Rows as they are finished, creatives and refusals alike; what an earlier run made is not made again.

    tell(done, total) counts creatives.
    """
    known = resume.earlier(out)
    yield from (known[key] for job in todo for key in job.keys.values() if key in known)
    left = stale(todo, known)
    total = sum(len(job.keys) for job in todo)
    done = total - sum(len(job.formats) for job in left)
    tell(done, total)
    for rows in _finished(left, library, out):
        resume.note(rows, out)
        yield from rows
        done += len(rows)
        tell(done, total)


def _finished(todo: Sequence[Job], library: Path, out: Path) -> Iterator[list[Row]]:
    """The rows of each job from a pool of processes. A job whose process died is told as an error."""
    if not todo:
        return
    beside = os.path.relpath(library, out)
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # every worker has one core; inner threads would only wait
    os.environ["DDM_THREADS"] = "1"
    with ProcessPoolExecutor(workers(), get_context("spawn"), initializer=_open, initargs=(library,)) as pool:
        running = {pool.submit(_run, job, out, beside): job for job in todo}
        for future in as_completed(running):
            try:
                yield future.result()
            except BrokenExecutor:
                job = running[future]
                yield [_refusal(job, format_, "the worker process died", "error") for format_ in job.formats]


def publish(rows: Iterable[Row], out: Path) -> tuple[list[Row], list[Row]]:
    """manifest.jsonl, refusals.jsonl and the gallery; returns (creatives, refusals), each in a stable order."""
    ordered = sorted(rows, key=lambda r: (r["product"], r["template"], r["format"]))
    made = [row for row in ordered if "reason" not in row]
    refused = [row for row in ordered if "reason" in row]
    for name, part in (("manifest.jsonl", made), ("refusals.jsonl", refused)):
        write_whole(out / name, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in part))
    write_gallery(out, ordered)
    resume.close(out)
    return made, refused
