"""The SVG attributes that resolving reads, and how each must be written; what it does not read is said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ddm.fonts.table import TABLE as FONTS
from ddm.language.operations import SHAPES

_NUMBER = (re.compile(r"-?\d{1,6}(\.\d{1,6})?"), "a plain number, in units of the viewBox")
_FAMILY = r"[\s'\"]*[^,\s'\"][^,]*"
_EXTENT = (re.compile(r"\d{1,6}(\.\d{1,6})?"), "a plain number, 0 or more, in units of the viewBox")

READ: Mapping[str, tuple[re.Pattern[str], str]] = {
    "id": (re.compile(r"[^\s\"'<>&()#]+"), "one word"),
    **dict.fromkeys(("x", "y", "cx", "cy"), _NUMBER),
    **dict.fromkeys(("width", "height", "r", "rx", "ry", "font-size"), _EXTENT),
    "fill": (re.compile("#[0-9a-fA-F]{3}|#[0-9a-fA-F]{6}"), "#rrggbb"),
    "opacity": (re.compile(r"1(\.0{1,6})?|0|0?\.\d{1,6}"), "a number from 0 to 1"),
    "font-weight": (re.compile("[1-9]00"), "100, 200 … 900"),
    "font-style": (re.compile("normal|italic"), "normal or italic"),
    "letter-spacing": (re.compile(r"0|\d?\d?(\.\d{1,6}|\d)em|-0?\.[01]\d{0,5}em"), "such as 0.02em, above -0.2em"),
    "text-decoration": (re.compile("none|line-through"), "line-through"),
    "font-family": (re.compile(rf"{_FAMILY}(,{_FAMILY}){{0,7}}"), "one to eight families, separated by commas"),
}
"""Attribute -> (pattern of the whole value, what would be right). Letters closer than -0.2em run over one another."""

ONLY_ON: Mapping[str, tuple[str, ...]] = {"opacity": SHAPES, "rx": ("rect", "ellipse")}
"""Attributes that are read on some elements only."""

FAMILIES = frozenset(row.family for row in FONTS)

FOR_VIEWERS = {"href", "preserveAspectRatio", "text-anchor"}
"""They say how the sample is shown; the operations decide for creatives."""


def wrong(attributes: Mapping[str, str]) -> Iterator[tuple[str, str, str, str, str]]:
    """(code, attribute, part of it, what, mend) for each value that resolving could not read."""
    for key, value in attributes.items():
        pattern, right = READ.get(key, (None, ""))
        if pattern and not pattern.fullmatch(value):
            yield "wrong-value", key, "", f"{key}: '{value[:60]}' cannot be read", f"write {right}"
    for family in filter(None, (f.strip(" '\"") for f in attributes.get("font-family", "").split(",")[:8])):
        if family not in FAMILIES:
            what = f"there is no font family '{family[:60]}'"
            yield "unknown-font", "font-family", family, what, ""


def unread(tag: str, attributes: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """(attribute, what, mend) for each attribute that creatives will not show."""
    for key in attributes:
        if key not in FOR_VIEWERS and (key not in READ or tag not in ONLY_ON.get(key, (tag,))):
            what = f"'{key[:60]}' of <{tag}> is not resolved; creatives are drawn without it"
            yield key, what, "say it with an operation"
