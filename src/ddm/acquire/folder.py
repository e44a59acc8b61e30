"""A folder with pictures and a product file -> products, without a network.

product.json holds one product or a list of them; only `title` is required::

    {"title": "Spiky Cactus", "language": "en", "description": "...", "brand": "...", "sku": "SC011001",
     "price": "15.50 USD", "list_price": "19.50 USD", "availability": "InStock", "rating": 4.6,
     "rating_count": 128, "url": "https://...", "logo": "mark.png",
     "copy": {"tagline": "...", "cta": "Shop now", "badge": "New"},
     "pictures": ["cactus.jpg", {"file": "room.jpg", "alt": "...", "role": "scene"}]}

products.csv has one product per row and a column per field; `pictures` separates its files by '|', `currency` may
stand in its own column, and every column of another name is copy. Without `pictures`, a single product takes all
pictures of the folder, in the order of their names.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ddm.acquire.facts import Facts
from ddm.acquire.meta import bcp47
from ddm.acquire.money import Place, money
from ddm.acquire.product import ROLES, Money
from ddm.acquire.schema_org import availability
from ddm.errors import InputError

FILE_LIMIT = 20_000_000  # bytes of a product file: some 20,000 products
EXTENSIONS = frozenset((".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".bmp", ".tif", ".tiff"))
_KNOWN = frozenset(
    (
        "title",
        "description",
        "brand",
        "sku",
        "language",
        "price",
        "list_price",
        "currency",
        "availability",
        "rating",
        "rating_count",
        "url",
        "copy",
        "logo",
        "pictures",
    )
)


@dataclass(frozen=True, slots=True)
class Named:
    """A picture a product file names."""

    path: Path
    alt: str = ""
    role: str = "product"


@dataclass(frozen=True, slots=True)
class Listed:
    """One product of a product file. place: file and position, for messages."""

    facts: Facts
    url: str
    pictures: tuple[Named, ...]
    place: str


def pictures_in(folder: Path) -> list[Path]:
    """The picture files directly in `folder`, by name."""
    return sorted(path for path in folder.iterdir() if path.is_file() and path.suffix.lower() in EXTENSIONS)


def product_file(folder: Path) -> Path | None:
    """The folder's product file, product.json before products.csv; None when it has none."""
    return next((path for name in READERS if (path := folder / name).is_file()), None)


def listed(file: Path) -> Iterator[Listed]:
    """The products of a product file; InputError names the entry that cannot be read."""
    if file.stat().st_size > FILE_LIMIT:
        raise InputError(f"the product file is over {FILE_LIMIT:,} bytes", str(file), "split it")
    rows = list(READERS[file.name](file))
    for number, row in enumerate(rows, 1):
        yield _listed(row, file, f"{file}, product {number}", alone=len(rows) == 1)


def _json_rows(file: Path) -> Iterator[Mapping[str, Any]]:
    try:
        data = json.loads(file.read_text("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"this is no JSON: {error}", str(file), "see the format of product.json") from error
    rows = data if isinstance(data, list) else [data]
    if not all(isinstance(row, dict) for row in rows):
        raise InputError("a product is no object", str(file), 'write {"title": ...}, or a list of such')
    yield from rows


def _csv_rows(file: Path) -> Iterator[Mapping[str, Any]]:
    try:
        text = file.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"this is not UTF-8: {error}", str(file), "save it as UTF-8") from error
    for row in csv.DictReader(io.StringIO(text)):
        plain = {(key or "").strip(): (value or "").strip() for key, value in row.items() if isinstance(value, str)}
        names = [name.strip() for name in plain.get("pictures", "").split("|") if name.strip()]
        wording = {key: value for key, value in plain.items() if key not in _KNOWN and key and value}
        yield {**plain, "pictures": names, "copy": wording}


READERS = {"product.json": _json_rows, "products.json": _json_rows, "products.csv": _csv_rows}


def _listed(row: Mapping[str, Any], file: Path, place: str, alone: bool) -> Listed:
    if not str(row.get("title") or "").strip():
        raise InputError("the product has no title", place, 'add "title"')
    unknown = sorted(set(row) - _KNOWN)
    if unknown and file.suffix == ".json":
        raise InputError(
            f"unknown field '{unknown[0]}'", place, f"known are {', '.join(sorted(_KNOWN))}; wording is in copy"
        )
    url = str(row.get("url") or "").strip() or f"{file.resolve().as_uri()}#{row.get('sku') or row['title']}"
    return Listed(_facts(row, place), url, tuple(_named(row, file.parent, place, alone)), place)


def _facts(row: Mapping[str, Any], place: str) -> Facts:
    language = bcp47(str(row.get("language") or ""))
    where = Place(language)
    copy = row.get("copy") or {}
    if not isinstance(copy, dict):
        raise InputError("copy is no object", place, 'write "copy": {"tagline": "..."}')
    rating, count = str(row.get("rating") or ""), str(row.get("rating_count") or "")
    return Facts(
        title=str(row["title"]).strip(),
        description=str(row.get("description") or "").strip(),
        brand=str(row.get("brand") or "").strip(),
        sku=str(row.get("sku") or "").strip(),
        language=language,
        price=_price(row, "price", where, place),
        list_price=_price(row, "list_price", where, place),
        availability=availability(str(row.get("availability") or "")),
        rating=float(rating) if re.fullmatch(r"[0-5](\.[0-9]{1,9})?", rating) else None,
        rating_count=int(count) if re.fullmatch("[1-9][0-9]{0,8}", count) else None,
        copy={str(name): str(text) for name, text in copy.items() if text},
    )


def _price(row: Mapping[str, Any], name: str, where: Place, place: str) -> Money | None:
    value = row.get(name)
    if value in (None, ""):
        return None
    if isinstance(value, dict):
        found = money(value.get("amount"), str(value.get("currency") or ""), where)
    else:
        found = money(value, str(row.get("currency") or ""), where)
    if found is None:
        raise InputError(f"'{value}' is no price", f"{place}, {name}", "write it like 15.50 USD")
    return found


def _named(row: Mapping[str, Any], folder: Path, place: str, alone: bool) -> Iterator[Named]:
    entries = row.get("pictures")
    mark = str(row.get("logo") or "")
    if mark:
        yield Named(inside(folder, mark, place), role="logo")
    if not entries:
        others = pictures_in(folder) if alone else ()
        yield from (Named(path) for path in others if not mark or path.resolve() != inside(folder, mark, place))
        return
    for entry in entries if isinstance(entries, list) else [entries]:
        given = entry if isinstance(entry, dict) else {"file": entry}
        yield Named(
            inside(folder, str(given.get("file") or ""), place),
            str(given.get("alt") or ""),
            _role(str(given.get("role") or "product"), place),
        )


def _role(name: str, place: str) -> str:
    if name not in ROLES:
        raise InputError(f"a picture's role cannot be '{name[:40]}'", place, f"one of {', '.join(ROLES)}")
    return name


def inside(folder: Path, name: str, place: str) -> Path:
    """`name` within `folder`; InputError when it leads out of it, by '..' or by a link."""
    path = (folder / name).resolve()
    if not name or not path.is_relative_to(folder.resolve()):
        raise InputError(f"the picture '{name}' lies outside of the folder", place, "name a file inside it")
    return path
