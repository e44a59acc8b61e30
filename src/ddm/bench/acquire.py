"""Saved product pages with known truth -> F1 of each field, as JSON.

    python -m ddm.bench.acquire FOLDER

FOLDER holds `<stem>.html.gz` files and `ground-truth.json`: by stem the page's url and, for each field, the list of
right values. A field's precision counts the pages where we state something, its recall those where the truth does.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from ddm.acquire.facts import Facts
from ddm.acquire.page import read_page

Truth = Mapping[str, Any]


def _price(facts: Facts) -> str:
    return str(facts.price.amount) if facts.price else ""


FIELDS: dict[str, Callable[[Facts], str]] = {
    "price": _price,
    "sku": lambda facts: facts.sku,
    "availability": lambda facts: facts.availability,
    "brand": lambda facts: facts.brand,
}


def pages(folder: Path) -> Iterator[tuple[str, Facts, Truth]]:
    """(stem, what we read, the truth) of every page."""
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    for stem, right in sorted(truth.items()):
        body = gzip.decompress((folder / f"{stem}.html.gz").read_bytes())
        yield stem, read_page(body, right["url"]).facts, right


def right(field: str, found: str, truth: Truth) -> bool:
    """Prices are the same as decimals, everything else is the same text."""
    values = truth.get(field, ())
    if field != "price":
        return found in values
    try:
        return Decimal(found) in [Decimal(str(value).strip()) for value in values]
    except InvalidOperation:
        return False


def f1(field: str, read: list[tuple[str, Facts, Truth]]) -> dict[str, float]:
    """Precision, recall and their harmonic mean, with the counts they come from."""
    stated = [(FIELDS[field](facts), truth) for _, facts, truth in read]
    said = sum(1 for found, _ in stated if found)
    known = sum(1 for _, truth in stated if truth.get(field))
    hits = sum(1 for found, truth in stated if found and right(field, found, truth))
    precision, recall = hits / max(said, 1), hits / max(known, 1)
    return {
        "f1": round(2 * precision * recall / max(precision + recall, 1e-9), 3),
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "stated": said,
        "known": known,
        "right": hits,
    }


def main(folder: str) -> None:
    """Print the scores and every miss."""
    read = list(pages(Path(folder)))
    misses = [
        {"page": stem, "field": field, "found": found, "right": truth.get(field, [])}
        for stem, facts, truth in read
        for field, value in FIELDS.items()
        if not right(field, found := value(facts), truth) and (found or truth.get(field))
    ]
    json.dump(
        {"pages": len(read), "fields": {field: f1(field, read) for field in FIELDS}, "misses": misses},
        sys.stdout,
        indent=1,
    )


if __name__ == "__main__":
    main(sys.argv[1])
