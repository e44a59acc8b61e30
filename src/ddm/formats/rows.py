"""A JSON object -> a `Format`, and back: the table of its keys, and the rules between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from typing import Any, TypeAlias

from ddm.formats.checks import At, Field, Tell, distinct, many, number, one_of, record, spelled, spelling, text, whole
from ddm.formats.format import CONFIDENCE, KINDS, TEXTS, Format, own_margin, own_type
from ddm.geometry import Box
from ddm.svg.check import MAX_SIDE

ID = r"(?!\d+x\d+$)[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?"
"""Ids become parts of file names and addresses; a bare size, `640x400`, already means a format without limits."""
MAX_KB = 1_000_000
"""A gigabyte: no host takes more, so more is a slip."""
MAX_RESERVED = 12
"""Boxes that a host covers: twice the most that any has; the search for free room is quadratic in them."""
MAX_RATIO = 4
"""Device pixels for each unit: no screen has more."""
MAX_TYPE = 1000
"""Pixels: type beyond it would not fit any canvas."""
LONG, SHORT, LIST = 1000, 100, 20
"""Characters of a note, characters of a name, items of a list: for people to read."""
TYPES = ("jpg", "png", "webp")
"""What the encoder writes."""

_LENGTH = number(0, MAX_SIDE)
_SIZE = number(1, MAX_SIDE)

REGION: Mapping[str, Field] = {
    "x": Field(_LENGTH, "left edge", needed=True),
    "y": Field(_LENGTH, "top edge", needed=True),
    "width": Field(_SIZE, "width", needed=True),
    "height": Field(_SIZE, "height", needed=True),
    "reason": Field(text(SHORT), "what the host puts there"),
}

FIELDS: Mapping[str, Field] = {
    "id": Field(
        spelling(ID, "an id: a-z, 0-9 and -, up to 64 characters, more than a bare size"), "its name", needed=True
    ),
    "name": Field(text(SHORT), "what people call it"),
    "publisher": Field(text(SHORT), "who shows it"),
    "kind": Field(one_of(KINDS), "the kind of placement"),
    "width": Field(whole(1, MAX_SIDE), "of the canvas, in pixels", needed=True),
    "height": Field(whole(1, MAX_SIDE), "of the canvas, in pixels", needed=True),
    "pixel_ratios": Field(distinct(number(1, MAX_RATIO), LIST), "device pixels that a unit may be drawn at"),
    "max_kb": Field(whole(0, MAX_KB), "weight limit of the file in 1000 bytes; 0 for none"),
    "types": Field(distinct(one_of(TYPES), LIST), "types of file"),
    "safe": Field(many(_LENGTH, 4, 4), "left, top, right, bottom margins without copy"),
    "reserved": Field(many(record(REGION), 0, MAX_RESERVED), "boxes that the host covers"),
    "text": Field(one_of(TEXTS), "what may be written in the picture"),
    "text_share": Field(number(0, 1), "share of the area that text may take"),
    "min_text": Field(number(1, MAX_TYPE), "smallest type size in pixels"),
    "source": Field(text(LONG), "where the figures come from"),
    "checked": Field(spelling(r"20\d\d-(0[1-9]|1[0-2])(-\d\d)?", "a date such as 2026-11"), "when that was read"),
    "confidence": Field(one_of(CONFIDENCE), "how far the figures can be relied on"),
    "note": Field(text(LONG), "what else to know"),
    "collections": Field(distinct(spelling(ID, "a name: a-z, 0-9 and -"), LIST), "named sets that it belongs to"),
}
"""Key of a format in JSON -> how it is checked. What is left out is our own margin and type size, or no limit."""

DEFAULTS: Mapping[str, Field] = {
    key: Field(field.check, field.meaning)
    for key, field in FIELDS.items()
    if key not in ("id", "name", "width", "height", "safe", "reserved")
}
"""The keys that a file may say once for all its formats."""

SHARES: Mapping[str, float] = {"any": 1.0, "none": 0.0}
"""Text policy -> the share of the area that it speaks of when none is given."""


def read_row(value: Any, at: At, tell: Tell) -> Format | None:
    """A format from its JSON object; None after telling all that is wrong with it."""
    told = 0

    def count(at: At, what: str, mend: str = "") -> None:
        nonlocal told
        told += 1
        tell(at, what, mend)

    row = record(FIELDS)(value, at, count)
    if told:
        return None
    found = _format(row)
    for key, what, mend in (wrong for rule in RULES for wrong in rule(found)):
        count((*at, key) if key in value else at, what, mend)
    return None if told else found


def _format(row: dict[str, Any]) -> Format:
    regions, width, height = row.pop("reserved", ()), row["width"], row["height"]
    margin = own_margin(width, height)
    left_out = {
        "name": f"{width} x {height}",
        "types": TYPES,
        "safe": (margin,) * 4,
        "min_text": own_type(width, height),
        "text_share": SHARES.get(row.get("text", "any"), -1.0),
    }
    boxes = tuple(Box(r["x"], r["y"], r["width"], r["height"]) for r in regions)
    return Format(**{**left_out, **row}, reserved=boxes, reasons=tuple(r.get("reason", "") for r in regions))


def row_of(format_: Format) -> dict[str, Any]:
    """The JSON object that `read_row` reads back as the same format."""
    row = asdict(format_)
    reasons = row.pop("reasons") or [""] * len(format_.reserved)
    row["reserved"] = [{**box._asdict(), "reason": why} for box, why in zip(format_.reserved, reasons, strict=True)]
    return {key: row[key] for key in FIELDS if row[key] not in ((), "", [])}


# ------------------------------------------------------------------------------------------ rules between the keys

Wrong: TypeAlias = tuple[str, str, str]
"""Key, what, mend."""


def _safe_leaves_room(f: Format) -> Iterator[Wrong]:
    if f.safe_box.width <= 0 or f.safe_box.height <= 0:
        yield "safe", f"the safe margins leave nothing of {f.width} x {f.height}", "left, top, right, bottom in pixels"


def _regions_inside(f: Format) -> Iterator[Wrong]:
    for i, box in enumerate(f.reserved):
        if not f.canvas.contains(box):
            where = f"{box.x:g},{box.y:g} {box.width:g} x {box.height:g}"
            yield "reserved", f"{spelled(('reserved', i))} ({where}) is not inside {f.width} x {f.height}", ""


def _free_room(f: Format) -> Iterator[Wrong]:
    if f.safe_box.area and not f.free_box.area:
        yield "reserved", "the reserved regions leave nothing of the safe area", ""


def _sharp_side(f: Format) -> Iterator[Wrong]:
    if max(f.width, f.height) * max(f.pixel_ratios) > MAX_SIDE:
        most = f"sides up to {MAX_SIDE} pixels are drawn"
        yield "pixel_ratios", f"{f.width} x {f.height} at {max(f.pixel_ratios):g} is too large", most


def _text_share(f: Format) -> Iterator[Wrong]:
    if f.text == "little" and not 0 < f.text_share < 1:
        yield "text_share", "text 'little' needs a text_share between 0 and 1", "0.2 is a fifth of the area"
    elif f.text != "little" and f.text_share != SHARES[f.text]:
        yield "text_share", f"text '{f.text}' and text_share {f.text_share:g} contradict each other", "text 'little'?"


RULES: tuple[Callable[[Format], Iterator[Wrong]], ...] = (
    _safe_leaves_room,
    _regions_inside,
    _free_room,
    _sharp_side,
    _text_share,
)
