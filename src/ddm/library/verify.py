"""A library -> what is damaged in it, where, and what mends it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Any

from PIL import Image

from ddm.errors import DdmError
from ddm.library.codecs import read_jpeg, read_png, unpacked
from ddm.library.content import NAME, named_rightly
from ddm.library.library import Library
from ddm.library.pixels import ASKED, DAMAGED
from ddm.library.records import Row, digest_of, perception_of
from ddm.library.references import Answer, answers, live_seeds, perceived_answers, seed_in
from ddm.perceive.perception import Perception

Tell = Callable[[int, int], None]

GRACE = 3600.0
"""Seconds for which what nothing refers to may be somebody's work in progress: pixels are written before the record."""
CHUNK = 32
"""Records read at a time: one that cannot be read costs as many single reads."""
AT_A_TIME = 256
"""Records in memory, about 40 kB each."""
THREADS, REMOTE_THREADS = 4, 16
"""Pictures checked side by side: decoders and hashes leave Python's lock, and stores far away let one wait."""
MENDS = {
    "record": "--repair perceives it anew, or drops it",
    "pixels": "--repair perceives the material anew, or drops it",
    "derived": "--repair drops it; it is made again when it is asked for",
    "fast": "--repair makes it again from its picture",
    "orphan": "ddm library compact",
}
HARMLESS = frozenset({"orphan"})
"""Kinds that lose nothing: an ingest that was stopped leaves them."""


@dataclass(frozen=True, slots=True)
class Fault:
    """kind: one of MENDS. where: key of the record, or name of the file. what: one sentence. at: place in the table of
    a record that cannot be read, else -1."""

    kind: str
    where: str
    what: str
    material: str = ""
    at: int = -1

    @property
    def mend(self) -> str:
        return MENDS[self.kind]


def verify(
    library: Library, decode: bool = True, grace: float = GRACE, tell: Tell = lambda done, total: None
) -> Iterator[Fault]:
    """Every record and its pixels, then what is derived, then what nothing refers to.

    decode: pictures are decoded, too; else only their size and hash are looked at. grace: seconds.
    """
    seen: set[str] = set()
    total, done = library.tables.count("materials"), 0
    found = records(library)
    with ThreadPoolExecutor(THREADS if library.place.folder else REMOTE_THREADS) as pool:
        while chunk := list(islice(found, AT_A_TIME)):
            yield from (one for one in chunk if isinstance(one, Fault))
            readable = [one for one in chunk if isinstance(one, Perception)]
            for checked in pool.map(lambda one: list(_of_material(library, one, decode)), readable):
                seen.update(one for one in checked if isinstance(one, str))
                yield from (one for one in checked if isinstance(one, Fault))
            done += len(chunk)
            tell(done, total)
    yield from _derived(library, seen, decode)
    yield from _orphans(library, seen, grace)


# ------------------------------------------------------------------------------------------------ records


def records(library: Library) -> Iterator[Perception | Fault]:
    """Each record, or what is wrong with it."""
    total = library.tables.count("materials")
    for first in range(0, total, CHUNK):
        number = min(CHUNK, total - first)
        try:
            yield from map(_checked, library.tables.rows_at("materials", first, number))
        except (RuntimeError, OSError, ValueError):
            for place in range(first, first + number):
                yield _single(library, place)


def _single(library: Library, place: int) -> Perception | Fault:
    try:
        return _checked(library.tables.rows_at("materials", place, 1)[0])
    except (RuntimeError, OSError, ValueError, IndexError) as error:
        said = str(error).splitlines()[0][:120]
        return Fault("record", f"record {place}", f"its table file cannot be read: {said}", at=place)


def _checked(row: Row) -> Perception | Fault:
    try:
        if row.get("digest") and row["digest"] != digest_of(row):
            return Fault("record", row["key"], "its bytes are not those that were stored", row["id"])
        return perception_of(row)
    except Exception as error:  # damaged bytes make json, lz4 and numpy raise nearly anything
        what = f"it cannot be read: {type(error).__name__}"
        return Fault("record", str(row.get("key")), what, str(row.get("id")))


# ------------------------------------------------------------------------------------------------ pixels


def _of_material(library: Library, material: Perception, decode: bool) -> Iterator[Fault | str]:
    """Faults of its pixels, and the hrefs that are in use."""
    for name, answer in perceived_answers(library, material):
        if answer is None or answer.row is None:
            what = f"its {name} is {'gone' if answer is None else 'described by damaged bytes'}"
            yield Fault("pixels", f"{material.product}/{material.id}", what, material.id)
            if answer:
                yield answer.name  # told here already
            continue
        yield answer.href
        yield from (_as(fault, "pixels", material.id) for fault in _picture(library, answer, decode))


def _as(fault: Fault, kind: str, material: str) -> Fault:
    return fault if fault.kind == "fast" else Fault(kind, fault.where, fault.what, material)


def _picture(library: Library, answer: Answer, decode: bool) -> Iterator[Fault]:
    """Of a described picture: size, hash, and whether it can be decoded to the size that was promised."""
    href, row = answer.href, answer.row
    assert row is not None
    try:
        body = library.pixels.blobs.get(href)
    except FileNotFoundError:
        yield Fault("derived", href, "the file is gone")
        return
    older = "bytes" not in row and not answer.name.startswith(ASKED)  # named by the question, not by the content
    if row.get("bytes", len(body)) != len(body):
        yield Fault("derived", href, f"it has {len(body)} bytes instead of {row['bytes']}")
    elif not older and not named_rightly(href, body):
        yield Fault("derived", href, "its bytes are not those that were stored")
    elif said := _undecodable(href, body, row, decode):
        yield Fault("derived", href, said)
    elif said := _slow(library, href, body, decode):
        yield Fault("fast", href, said)


def _undecodable(href: str, body: bytes, row: Any, decode: bool) -> str:
    if not decode:
        return ""
    try:
        pixels = read_jpeg(body) if href.endswith(".jpg") else read_png(body)
    except DAMAGED as error:
        return f"it cannot be decoded: {type(error).__name__}"
    height, width = pixels.shape[:2]
    right = (width, height) == (row["width"], row["height"])
    return "" if right else f"it has {width}x{height} pixels instead of {row['width']}x{row['height']}"


def _slow(library: Library, href: str, body: bytes, decode: bool) -> str:
    """What is wrong with the fast form of RGBA."""
    if href.endswith(".jpg") or Image.open(io.BytesIO(body)).mode != "RGBA":
        return ""
    try:
        data = library.pixels.blobs.get(f"{href[:-4]}.lz4")
        if decode:
            unpacked(data)
    except DAMAGED as error:
        return f"its fast form is {'gone' if isinstance(error, FileNotFoundError) else 'damaged'}"
    return ""


# ------------------------------------------------------------------------------------------------ the rest


def _derived(library: Library, seen: set[str], decode: bool) -> Iterator[Fault]:
    """Answers about live materials beyond what was stored with them."""
    live = live_seeds_or_none(library)
    for answer in answers(library):
        if live is not None and seed_in(answer.name) not in live:
            continue
        if answer.row is None:
            if answer.name not in seen:
                yield Fault("derived", answer.name, "the description cannot be read")
        elif answer.href not in seen:
            seen.add(answer.href)
            for fault in _picture(library, answer, decode):
                yield fault if fault.kind == "fast" else Fault("derived", answer.name, f"{fault.where}: {fault.what}")


def live_seeds_or_none(library: Library) -> frozenset[str] | None:
    """None where the table cannot be read as a whole: then everything counts as live."""
    try:
        return live_seeds(library)
    except DdmError:
        return None


def _orphans(library: Library, seen: set[str], grace: float) -> Iterator[Fault]:
    """What nothing refers to, and what is older than a write may take."""
    live = live_seeds_or_none(library)
    if live is None:
        return
    blobs = library.pixels.blobs
    for entry in blobs.list(ASKED):
        if entry.age >= grace and seed_in(entry.name) not in live:
            yield Fault("orphan", entry.name, "no record is answered by it")
    stems = {href.rpartition(".")[0] for href in seen}
    for entry in blobs.list("pixels/"):
        if entry.age >= grace and entry.name.rpartition(".")[0] not in stems:
            what = "no answer names it" if NAME.match(entry.name) else "it is no picture: a writer was stopped"
            yield Fault("orphan", entry.name, what)
