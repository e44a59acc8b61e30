"""Products x templates x formats into files: one process a core, a manifest line for every creative, nothing lost."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from ddm import templates
from ddm.errors import DdmError, Unfit
from ddm.files import write_whole
from ddm.formats import catalogue
from ddm.library import Library
from ddm.produce.gallery import write_gallery
from ddm.produce.workshop import Creative, Workshop, explanation, rebased
from ddm.svg.writer import write

Row = dict[str, Any]
PREFIX = "../"  # from out/svg/ to the library, which lies beside it


@dataclass(frozen=True, slots=True)
class Job:
    """All formats of one product with one template; formats by id, template by id or file."""

    product: str
    template: str
    formats: tuple[str, ...]
    type: str = "jpg"


_workshop: Workshop | None = None  # one for each worker process


def _open(library: Path) -> None:
    global _workshop
    _workshop = Workshop(Library(library))


def _refusal(job: Job, format_: str, reason: str, kind: str) -> Row:
    return {
        "product": job.product,
        "template": Path(job.template).stem,
        "format": format_,
        "reason": reason,
        "kind": kind,
    }


def _one(job: Job, format_: str, out: Path, library: str) -> Row:
    assert _workshop is not None
    try:
        product = _workshop.library.product(job.product)
        creative = _workshop.make(templates.find(job.template), product, catalogue.find(format_), job.type)
        return _written(creative, out, library)
    except Unfit as reason:
        return _refusal(job, format_, reason.what, "unfit")
    except DdmError as error:
        return _refusal(job, format_, str(error), "error")


def _run(job: Job, out: Path, library: str) -> list[Row]:
    return [_one(job, format_, out, library) for format_ in job.formats]


def _written(creative: Creative, out: Path, library: str) -> Row:
    picture, svg = f"creatives/{creative.id}.{creative.type}", f"svg/{creative.id}.svg"
    write_whole(out / picture, creative.body)
    write_whole(out / svg, write(rebased(creative.document, f"{PREFIX}{library}/")))
    return {
        "id": creative.id,
        "product": creative.product.id,
        "title": creative.product.title,
        "language": creative.product.language,
        "template": creative.template.id,
        "format": creative.format.id,
        "file": picture,
        "svg": svg,
        "width": creative.format.width,
        "height": creative.format.height,
        "bytes": len(creative.body),
        **explanation(creative),
    }


def jobs(products: Iterable[str], names: Sequence[str], wanted: Sequence[str], type_: str = "jpg") -> list[Job]:
    """One job for each product and template."""
    return [Job(product, template, tuple(wanted), type_) for product in products for template in names]


def workers() -> int:
    """One process a core: the rasteriser holds Python's lock."""
    return max(1, os.cpu_count() or 1)


def produce(todo: Sequence[Job], library: Path, out: Path, tell: Callable[[int, int], None]) -> Iterator[Row]:
    """Rows as they are finished, creatives and refusals alike. tell(done, total) counts jobs."""
    beside = os.path.relpath(library, out)
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # every worker has one core; inner threads would only wait
    os.environ["DDM_THREADS"] = "1"
    with ProcessPoolExecutor(workers(), get_context("spawn"), initializer=_open, initargs=(library,)) as pool:
        running = [pool.submit(_run, job, out, beside) for job in todo]
        for done, future in enumerate(as_completed(running), 1):
            yield from future.result()
            tell(done, len(todo))


def publish(rows: Iterable[Row], out: Path) -> tuple[list[Row], list[Row]]:
    """manifest.jsonl, refusals.jsonl and the gallery; returns (creatives, refusals), each in a stable order."""
    ordered = sorted(rows, key=lambda r: (r["product"], r["template"], r["format"]))
    made = [row for row in ordered if "reason" not in row]
    refused = [row for row in ordered if "reason" in row]
    for name, part in (("manifest.jsonl", made), ("refusals.jsonl", refused)):
        write_whole(out / name, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in part))
    write_gallery(out, ordered)
    return made, refused
