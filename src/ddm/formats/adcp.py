"""Formats in the shapes of the Ad Context Protocol (AdCP) and back: an `image` format and its canvas constraints.

Field names follow its canonical image format and its canvas constraint, as published in 2026. What it has no field for
travels under `ext.ddm`, as the protocol's schemas let further keys through.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ddm.formats.checks import At, Field, Tell, distinct, many, number, one_of, record, spelling, text, that, whole
from ddm.formats.format import Format
from ddm.formats.rows import FIELDS, LONG, MAX_RESERVED, SHORT, TYPES, row_of
from ddm.svg.check import MAX_SIDE

RULES = ("safe_area", "reserved_region", "decoration_only_edge", "no_text_or_logos")
"""What a canvas constraint may say."""
OWN = ("publisher", "kind", "text", "text_share", "min_text", "source", "checked", "confidence", "note", "collections")
"""Our keys that the protocol has none for."""
APART = (
    "composition_model",
    "provenance_required",
    "platform_extensions",
    "tracking_extensions",
    "synthesis_nondeterministic",
    "slots",
    "production_window_business_days",
    "aspect_ratio",
    "ssl_required",
    "headline_max_chars",
    "body_text_max_chars",
    "cta_values",
)
"""Keys of the protocol that say nothing about the pixels; they are let be."""
THEIRS = ("jpg", "jpeg", "png", "gif", "webp", "svg")
MAX_SIZES = 100
"""Sizes of one format: more than any publisher has."""


def adcp_of(f: Format) -> dict[str, Any]:
    """A format as an AdCP object, ready for JSON."""
    row = row_of(f)
    return {
        "format_kind": "image",
        "format_id": {"id": f.id},
        "name": f.name,
        "sizes": [{"width": f.width, "height": f.height}],
        **({"max_file_size_kb": f.max_kb} if f.max_kb else {}),
        "image_formats": list(f.types),
        "pixel_ratios": list(f.pixel_ratios),
        "canvas_constraints": list(_constraints(f)),
        "ext": {"ddm": {key: row[key] for key in OWN if key in row}},
    }


def _constraints(f: Format) -> Iterator[dict[str, Any]]:
    yield _constraint("safe_area", f.safe_box._asdict())
    for i, box in enumerate(f.reserved):
        reason = {"reason": f.reasons[i]} if f.reasons and f.reasons[i] else {}
        yield _constraint("reserved_region", box._asdict()) | reason
    if f.text == "none":
        yield _constraint("no_text_or_logos", f.canvas._asdict())


def _constraint(rule: str, region: dict[str, float]) -> dict[str, Any]:
    return {"constraint": rule, "region": {**region, "unit": "px"}}


# ------------------------------------------------------------------------------------------------ reading

_REGION = {
    **{key: Field(number(0, MAX_SIDE), key, needed=True) for key in ("x", "y", "width", "height")},
    "unit": Field(one_of(("px", "percent")), "px or percent"),
}
_CONSTRAINT = {
    "constraint": Field(one_of(RULES), "the rule", needed=True),
    "region": Field(record(_REGION), "where it holds", needed=True),
    "reason": Field(text(SHORT), "what the host puts there"),
}
_NAME = {
    "id": Field(spelling(r"[A-Za-z0-9][\w-]{0,63}", "an id"), "its name", needed=True),
    "agent_url": Field(text(LONG), "whose name"),
}
_SIZE = {key: Field(whole(1, MAX_SIDE), f"{key} in pixels", needed=True) for key in ("width", "height")}
_OBJECT: Mapping[str, Field] = {
    "format_kind": Field(one_of(("image",)), "only pictures are made here", needed=True),
    "format_id": Field(record(_NAME), "its name", needed=True),
    "name": FIELDS["name"],
    "sizes": Field(many(record(_SIZE), 1, MAX_SIZES), "width and height, one or more"),
    **{key: Field(field.check, "instead of sizes, for one") for key, field in _SIZE.items()},
    "max_file_size_kb": FIELDS["max_kb"],
    "image_formats": Field(distinct(one_of(THEIRS), len(THEIRS)), "types of file"),
    "pixel_ratios": FIELDS["pixel_ratios"],
    "canvas_constraints": Field(many(record(_CONSTRAINT), 0, MAX_RESERVED), "rules for parts of the canvas"),
    **{key: Field(that(lambda _: True, ""), "not about the picture") for key in APART},
    "ext": Field(record({"ddm": Field(record({key: FIELDS[key] for key in OWN}), "our own keys")}), "further keys"),
}


def speaks(item: Any) -> bool:
    """Whether an object is in AdCP's shape."""
    return isinstance(item, dict) and "format_kind" in item


def rows_of(item: dict[str, Any], at: At, tell: Tell) -> Iterator[dict[str, Any]]:
    """One of our rows for each size; nothing after telling what is wrong."""
    wrong: list[At] = []

    def count(at: At, what: str, mend: str = "") -> None:
        wrong.append(at)
        tell(at, what, mend)

    found = record(_OBJECT)(item, at, count)
    if wrong:
        return
    sizes = found.get("sizes") or [found]
    if any(key not in size for size in sizes for key in _SIZE):
        tell(at, "'sizes' is missing", "a list of objects with width and height")
        return
    for size in sizes:
        yield _row(found, size["width"], size["height"], len(sizes) > 1)


def _row(found: dict[str, Any], width: int, height: int, several: bool) -> dict[str, Any]:
    plain = found["format_id"]["id"].lower().replace("_", "-")
    name = f"{plain}-{width}x{height}" if several else plain
    row = {"id": name, "width": width, "height": height, **_known(found), **found.get("ext", {}).get("ddm", {})}
    for each in found.get("canvas_constraints", ()):
        _ruled(row, each, _pixels(each["region"], width, height))
    return {key: list(value) if isinstance(value, tuple) else value for key, value in row.items()}


def _known(found: dict[str, Any]) -> dict[str, Any]:
    types = dict.fromkeys("jpg" if each == "jpeg" else each for each in found.get("image_formats", TYPES))
    names = {"name": "name", "max_file_size_kb": "max_kb", "pixel_ratios": "pixel_ratios"}
    kept = {ours: found[theirs] for theirs, ours in names.items() if theirs in found}
    return {**kept, "types": [each for each in types if each in TYPES]}


def _pixels(region: dict[str, Any], width: int, height: int) -> dict[str, float]:
    sx, sy = (width / 100, height / 100) if region.get("unit") == "percent" else (1, 1)
    return {
        "x": region["x"] * sx,
        "y": region["y"] * sy,
        "width": region["width"] * sx,
        "height": region["height"] * sy,
    }


def _ruled(row: dict[str, Any], each: dict[str, Any], box: dict[str, float]) -> None:
    """A constraint put into our words. What may only be decorated is reserved for us: no copy there."""
    rule, right, bottom = each["constraint"], box["x"] + box["width"], box["y"] + box["height"]
    if rule == "safe_area":
        row["safe"] = [box["x"], box["y"], row["width"] - right, row["height"] - bottom]
    elif rule == "no_text_or_logos" and box["width"] >= row["width"] and box["height"] >= row["height"]:
        row["text"] = "none"
    else:
        reason = each.get("reason") or rule.replace("_", " ")
        row.setdefault("reserved", []).append({**box, "reason": reason})
