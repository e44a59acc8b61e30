"""Damage as `verify` tells it -> mended from what is left: raw pictures are perceived anew, the rest is dropped.

A record whose raw picture is gone cannot be had again; it is dropped, so that nothing chooses what cannot be drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ddm.acquire import picture_of
from ddm.acquire.product import Picture
from ddm.errors import DdmError
from ddm.library.codecs import packed, premultiplied, read_png
from ddm.library.library import Library
from ddm.library.records import Row
from ddm.library.references import read
from ddm.library.store import equals
from ddm.library.verify import CHUNK, HARMLESS, Fault


@dataclass(frozen=True, slots=True)
class Mended:
    """fault: what was wrong. done: what became of it, one sentence. lost: a record is no longer there."""

    fault: Fault
    done: str
    lost: bool = False


def repair(library: Library, faults: Iterable[Fault]) -> Iterator[Mended]:
    """One answer for each fault that is not harmless."""
    wrong = [fault for fault in faults if fault.kind not in HARMLESS]
    if any(fault.at >= 0 for fault in wrong):
        yield from _salvaged(library, [fault for fault in wrong if fault.at >= 0])
    done: set[str] = set()
    for fault in wrong:
        if fault.at >= 0 or (fault.material and fault.material in done):
            continue
        done.add(fault.material)
        yield _mended(library, fault)


def _mended(library: Library, fault: Fault) -> Mended:
    if fault.kind == "fast":
        return _faster(library, fault)
    if fault.kind == "derived":
        library.pixels.blobs.delete([fault.where, *_named(library, fault.where)])
        return Mended(fault, "dropped; it is made again when it is asked for")
    return _again(library, fault)


def _named(library: Library, description: str) -> list[str]:
    """The files that a description names, which are damaged or gone."""
    try:
        href = read(library, description).href
    except FileNotFoundError:
        return []
    return [href, f"{href[:-4]}.lz4"] if href else []


def _faster(library: Library, fault: Fault) -> Mended:
    pixels = read_png(library.pixels.blobs.get(fault.where))
    library.pixels.blobs.put(f"{fault.where[:-4]}.lz4", packed(premultiplied(pixels)), replace=True)
    return Mended(fault, "made again from its picture")


def _again(library: Library, fault: Fault) -> Mended:
    """The material of a damaged record, or of damaged pixels; for all products that show it."""
    rows = library.tables.find("materials", equals({"id": fault.material}), ["key", "product", "role", "rank"])
    picture = _raw(library, fault.material, rows)
    if picture is None:
        library.tables.delete("materials", [row["key"] for row in rows])
        library.forget()
        return Mended(fault, "dropped: its raw picture is gone; harvest its page again", lost=True)
    try:
        library.renew(picture, [row["product"] for row in rows])
    except DdmError as error:
        library.tables.delete("materials", [row["key"] for row in rows])
        library.forget()
        return Mended(fault, f"dropped: {error}", lost=True)
    return Mended(fault, "perceived anew from its raw picture")


def _raw(library: Library, id: str, rows: list[Row]) -> Picture | None:
    """The raw picture where it was fetched to, by its hash, or where its product names it."""
    places = [picture.path for product in library.products() for picture in product.pictures if picture.sha256 == id]
    if library.place.folder:
        places += sorted((library.place.folder / "raw" / id[:2]).glob(f"{id}.*"))
    role, rank = (rows[0]["role"], int(rows[0]["rank"])) if rows else ("product", 0)
    return next((found for place in places if (found := _same(place, id, role, rank))), None)


def _same(place: Path, id: str, role: str, rank: int) -> Picture | None:
    try:
        found = picture_of(place)
    except (DdmError, OSError):
        return None
    if found.sha256 != id:
        return None
    return Picture(id, place, found.source, found.width, found.height, found.media_type, found.alt, rank, role)


# ------------------------------------------------------------------------------------------------ a damaged table


def _salvaged(library: Library, faults: list[Fault]) -> Iterator[Mended]:
    """The table written anew from what can be read of it; pictures of products without a record are perceived again."""
    lost = {fault.at for fault in faults}
    rows = [
        row for first in range(0, library.tables.count("materials"), CHUNK) for row in _readable(library, first, lost)
    ]
    library.tables.rewrite("materials", rows)
    library.forget()
    known = {row["key"] for row in rows}
    again = [(p.id, one) for p in library.products() for one in p.pictures if f"{p.id}/{one.sha256}" not in known]
    failed = [one.source for owner, one in again if not _perceived(library, one, owner)]
    back = len(again) - len(failed)
    what = f"the table was written anew with {len(rows)} records; {back} pictures of products perceived again"
    for number, fault in enumerate(faults):
        yield Mended(fault, what if number == 0 else "as above", lost=number >= back)


def _readable(library: Library, first: int, lost: set[int]) -> Iterator[Row]:
    number = min(CHUNK, library.tables.count("materials") - first)
    if not lost & set(range(first, first + number)):
        yield from library.tables.rows_at("materials", first, number)
        return
    for place in sorted(set(range(first, first + number)) - lost):
        yield from library.tables.rows_at("materials", place, 1)


def _perceived(library: Library, picture: Picture, owner: str) -> bool:
    try:
        library.perceive(picture, owner)
    except (DdmError, OSError):
        return False
    return True
