"""Style sheets, style attributes and presentation attributes into one set of properties for each element."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import TypeAlias

from ddm.language.findings import Findings
from ddm.language.importing.door import TEXT
from ddm.language.importing.matrix import numbers
from ddm.language.source import Mark, SourceElement

MAX_SHEET = 200_000  # characters of CSS; the classes of a drawing take some thousand
INHERITED = frozenset(
    [
        "font-family",
        "font-weight",
        "font-style",
        "font-size",
        "letter-spacing",
        "fill",
        "fill-opacity",
        "stroke",
        "text-anchor",
        "text-transform",
        "text-decoration",
        "visibility",
        "line-height",
        "shape-inside",
        "text-align",
    ]
)
OWN = frozenset(["opacity", "display", "filter", "clip-path", "mask", "mix-blend-mode"])
PROPERTIES = INHERITED | OWN
MAX_CLASSES = 8  # on one element; programs write one or two

_SIMPLE = re.compile(r"([a-zA-Z]+|\*)?(?:\.([\w-]+))?(?:#([\w-]+))?")
_LENGTH = re.compile(r"([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?)\s{0,4}([a-z]{2,3}|%)?", re.IGNORECASE)
_NAMED: Mapping[str, str] = {
    "black": "#000000",
    "white": "#ffffff",
    "silver": "#c0c0c0",
    "gray": "#808080",
    "grey": "#808080",
    "red": "#ff0000",
    "maroon": "#800000",
    "yellow": "#ffff00",
    "olive": "#808000",
    "lime": "#00ff00",
    "green": "#008000",
    "aqua": "#00ffff",
    "cyan": "#00ffff",
    "teal": "#008080",
    "blue": "#0000ff",
    "navy": "#000080",
    "fuchsia": "#ff00ff",
    "magenta": "#ff00ff",
    "purple": "#800080",
    "orange": "#ffa500",
    "gold": "#ffd700",
    "pink": "#ffc0cb",
    "brown": "#a52a2a",
    "beige": "#f5f5dc",
    "ivory": "#fffff0",
    "tomato": "#ff6347",
    "coral": "#ff7f50",
    "salmon": "#fa8072",
    "khaki": "#f0e68c",
    "crimson": "#dc143c",
    "indigo": "#4b0082",
    "whitesmoke": "#f5f5f5",
    "lightgray": "#d3d3d3",
    "lightgrey": "#d3d3d3",
    "darkgray": "#a9a9a9",
    "darkgrey": "#a9a9a9",
}
"""The sixteen colours of HTML, and those that people pick by name."""

_UNITS: Mapping[str, float] = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}


def length(text: str, whole: float = 0.0, size: float = 16.0) -> float | None:
    """In user units at 96 to the inch, as CSS has it; % of `whole`, em of `size`. None where it is no length."""
    found = _LENGTH.fullmatch(text.strip()[:60])
    if not found:
        return None
    unit = (found[2] or "px").lower()
    per_unit = {**_UNITS, "%": whole / 100, "em": size, "rem": 16.0, "ex": size / 2}
    value = (numbers(found[1]) or [0.0])[0]
    return value * per_unit[unit] if unit in per_unit else None


def colour(text: str) -> tuple[str, float] | None:
    """'#rrggbb' and its opacity; None where it is no colour of that kind."""
    word = text.strip().lower()[:80]
    if word in _NAMED:
        return _NAMED[word], 1.0
    if re.fullmatch("#[0-9a-f]{3,4}", word):
        word = "#" + "".join(2 * c for c in word[1:])
    if re.fullmatch("#[0-9a-f]{6}([0-9a-f]{2})?", word):
        return word[:7], int(word[7:] or "ff", 16) / 255
    if word.startswith(("rgb(", "rgba(")):
        return _rgb(word)
    return None


def _rgb(word: str) -> tuple[str, float] | None:
    parts = [p for p in re.split(r"[\s,/()]+", word)[1:] if p]
    if len(parts) not in (3, 4):
        return None
    values = [length(p, 255 if i < 3 else 1) for i, p in enumerate(parts)]
    if any(v is None for v in values):
        return None
    channels = [min(255, max(0, round(v or 0))) for v in values[:3]]
    return "#" + "".join(f"{c:02x}" for c in channels), min(1.0, max(0.0, values[3] or 0)) if len(values) == 4 else 1.0


def declarations(text: str) -> Iterator[tuple[str, str]]:
    """The properties we know of 'fill:#fff; opacity:.5'."""
    for part in text.split(";"):
        key, colon, value = part.partition(":")
        if colon and key.strip().lower() in PROPERTIES:
            yield key.strip().lower(), value.partition("!")[0].strip()


Selector: TypeAlias = tuple[str, str, str]
"""Tag, class and id, each '' where it may be any."""


@dataclass
class Sheet:
    """The rules of all style sheets by selector: (order, properties)."""

    rules: dict[Selector, tuple[int, dict[str, str]]] = field(default_factory=dict)

    def add(self, text: str, mark: Mark, findings: Findings) -> None:
        if len(text) > MAX_SHEET:
            findings.warn(mark, f"a style sheet of more than {MAX_SHEET:,} characters is left out", "save without CSS")
            return
        for block in _uncommented(text).split("}"):
            head, brace, body = block.partition("{")
            properties = dict(declarations(body)) if brace else {}
            for selector in head.split(",") if properties else ():
                self._rule(selector.strip(), properties, mark, findings)

    def _rule(self, selector: str, properties: dict[str, str], mark: Mark, findings: Findings) -> None:
        found = _SIMPLE.fullmatch(selector[:100])
        if found and selector:
            key = (found[1] or "").replace("*", ""), found[2] or "", found[3] or ""
            before = self.rules.get(key, (0, {}))[1]
            self.rules[key] = (len(self.rules), {**before, **properties})
        elif not selector.startswith("@"):
            findings.warn(mark, f"the CSS selector '{selector[:60]}' is not read", "style by one class, tag or id")

    def properties(self, element: SourceElement) -> dict[str, str]:
        """Those of all rules that match, the more exact and the later ones winning."""
        classes = element.attributes.get("class", "").split()[:MAX_CLASSES]
        keys = product(("", element.name), dict.fromkeys(("", *classes)), {"", element.attributes.get("id", "")})
        matching = [(bool(k[2]), bool(k[1]), bool(k[0]), *self.rules[k]) for k in keys if k in self.rules]
        found: dict[str, str] = {}
        for *_, properties in sorted(matching, key=lambda row: row[:4]):
            found.update(properties)
        return found


def _uncommented(text: str) -> str:
    first, *rest = text.split("/*")
    return " ".join((first, *(part.partition("*/")[2] for part in rest)))


def own(element: SourceElement, sheet: Sheet) -> dict[str, str]:
    """What the element says of itself: attributes, then the sheet, then its style, the later the stronger."""
    written = {k: v.strip() for k, v in element.attributes.items() if k in PROPERTIES}
    return {**written, **sheet.properties(element), **dict(declarations(element.attributes.get("style", "")))}


def text_of(element: SourceElement) -> str:
    """All character data directly inside."""
    return "".join(child.text for child in element.children if child.name == TEXT)
