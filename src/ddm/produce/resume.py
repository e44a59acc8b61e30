"""What was made before and need not be made again: every row carries a key of all that decides it.

Rows are journalled as they are finished, so that a run that was stopped goes on where it was.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from ddm.acquire.product import Product
from ddm.errors import DdmError
from ddm.formats.catalogue import Format
from ddm.language.template import Template
from ddm.perceive.perception import Perception

Row = dict[str, Any]
FILES = ("manifest.jsonl", "refusals.jsonl", ".journal.jsonl")
JOURNAL = FILES[-1]


@cache
def code() -> str:
    """A digest of this package's own source: other code may make other creatives."""
    root = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def materials_key(materials: Sequence[Perception], others: Iterable[Product] = ()) -> str:
    """Of the materials a product may use, of what perceived them, and of other products that may be shown."""
    rows = sorted((m.id, m.product, sorted(m.models.items())) for m in materials)
    return hashlib.sha256(repr([rows, sorted(map(_said, others))]).encode()).hexdigest()


def _said(product: Product) -> str:
    """All of a product that a creative may say."""
    words = (product.id, product.title, product.description, product.brand, product.language, product.sku)
    figures = (product.price, product.list_price, product.rating, product.rating_count, product.availability)
    return repr((words, figures, sorted(product.copy.items())))


def key(product: Product, template: Template, format_: Format, file: str, materials: str) -> str:
    """Of all that decides a creative; the address of its page does not. file: the key of the wish for one."""
    parts = (code(), _said(product), template.sha256, format_, file, materials)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:24]


def _lines(path: Path) -> Iterator[Row]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return
    for line in lines:
        try:
            yield json.loads(line)
        except json.JSONDecodeError:  # the last line of a journal whose writer was killed
            continue


def earlier(out: Path) -> dict[str, Row]:
    """key -> row of creatives whose files are still there, and of refusals for want of fitting material."""
    rows = (row for name in FILES for row in _lines(out / name))
    return {row["key"]: row for row in rows if row.get("key") and _good(row, out)}


def _good(row: Row, out: Path) -> bool:
    if "reason" in row:
        return bool(row["kind"] == "unfit")
    return all((out / row[name]).is_file() for name in ("file", "svg"))


def note(rows: Iterable[Row], out: Path) -> None:
    """Append finished rows to the journal. DdmError where the disk refuses: what was made so far stays."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        with (out / JOURNAL).open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    except OSError as error:
        mend = "free some space and run again; it goes on where it stopped"
        raise DdmError(f"cannot write: {error.strerror}", str(out / JOURNAL), mend) from error


def close(out: Path) -> None:
    """The journal's rows stand in the manifest now."""
    (out / JOURNAL).unlink(missing_ok=True)
