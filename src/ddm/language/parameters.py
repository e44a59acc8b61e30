"""The kinds of value that an operation's parameter may take: one row a kind, text in, typed value out."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from ddm.language import expressions
from ddm.language.expressions import Condition
from ddm.language.lengths import Length, parse_length


@dataclass(frozen=True, slots=True)
class Zone:
    """Where a subject should sit in its frame, as fractions: the point (x, y) of the frame for its centre."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Range:
    """From low to high, as fractions."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Span:
    """A length that is wished for, or a range it must keep to, and what it may give way to.

    high: None for exactly `low`. strength: in the terms of the Cassowary solver.
    """

    low: Length
    high: Length | None = None
    strength: str = "strong"


@dataclass(frozen=True, slots=True)
class Beside:
    """Another layer, and the least gap to it."""

    layer: str
    gap: Length


@dataclass(frozen=True, slots=True)
class Wish:
    """An attribute that should be high, or low where `rising`."""

    attribute: str
    rising: bool


ParameterValue: TypeAlias = (
    Length | float | str | bool | tuple[str, ...] | tuple[Zone, ...] | Range | Span | Beside | Wish | Condition
)

STRENGTHS = ("required", "strong", "medium", "weak")

MAX_WORDS = 200  # characters beside a number; more would be copy of its own

_THIRDS = {"left": 1 / 3, "centre": 0.5, "center": 0.5, "right": 2 / 3, "top": 1 / 3, "middle": 0.5, "bottom": 2 / 3}


def share(text: str) -> float:
    """'45%' -> 0.45."""
    if not text.endswith("%"):
        raise ValueError(f"'{text}' is not a share; write 45%")
    return number(text[:-1]) / 100


def number(text: str) -> float:
    try:
        found = float(text)
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        raise ValueError(f"'{text}' is not a number")
    return found


def degrees(text: str) -> float:
    return number(text.removesuffix("deg"))


def words(text: str) -> str:
    """As it is written, blanks included."""
    if len(text) > MAX_WORDS:
        raise ValueError(f"'{text[:20]}…' is longer than {MAX_WORDS} characters")
    return text


def flag(text: str) -> bool:
    if text not in ("yes", "no"):
        raise ValueError(f"'{text}' is neither yes nor no")
    return text == "yes"


def share_range(text: str) -> Range:
    """'40%..60%', or '50%' for exactly that."""
    low, _, high = text.partition("..")
    found = Range(share(low), share(high or low))
    if not 0.01 <= found.low <= found.high <= 4:
        raise ValueError(f"'{text}' is not a range; write 40%..60%, within 1% and 400%")
    return found


def _zone(text: str) -> Zone:
    parts = text.split()
    if len(parts) != 2:
        raise ValueError(f"'{text}' is not a place; write 'right middle' or '66% 50%'")
    x, y = (_THIRDS[part] if part in _THIRDS else share(part) for part in parts)
    return Zone(x, y)


def zones(text: str) -> tuple[Zone, ...]:
    """Alternatives in order of preference: '66% 50% | centre bottom'."""
    return tuple(_zone(part) for part in text.split("|"))


def names(text: str) -> tuple[str, ...]:
    return tuple(text.replace(",", " ").split())


def span(text: str) -> Span:
    """'5%', '12u weak', '30%..60%', '30%..60% medium'. A range is required, a length strong, unless said."""
    size, _, strength = text.strip().partition(" ")
    low, dots, high = size.partition("..")
    found = strength.strip() or ("required" if dots else "strong")
    if found not in STRENGTHS:
        raise ValueError(f"'{found}' is no strength; one of {', '.join(STRENGTHS)}")
    if not dots:
        return Span(parse_length(low), None, found)
    first, last = parse_length(low), parse_length(high)
    if first.unit == last.unit and first.value > last.value:
        raise ValueError(f"nothing lies between {first} and {last}; the smaller comes first")
    return Span(first, last, found)


def beside(text: str) -> Beside:
    """'#headline' or '#headline 2u'."""
    name, _, gap = text.strip().partition(" ")
    return Beside(layer(name), parse_length(gap) if gap.strip() else Length(0.0, "u"))


def layer(text: str) -> str:
    """'#headline' -> 'headline'."""
    if not re.fullmatch(r"#[^\s#]+", text.strip()):
        raise ValueError(f"'{text}' is no layer; write #headline")
    return text.strip()[1:]


def layers(text: str) -> tuple[str, ...]:
    return tuple(layer(part) for part in names(text))


def wish(text: str) -> Wish:
    """'quality.sharpness desc'."""
    name, _, order = text.strip().partition(" ")
    if order.strip() not in ("asc", "desc"):
        raise ValueError(f"'{text}' is no wish; write 'quality.sharpness desc'")
    return Wish(name, order.strip() == "asc")


PARSERS: Mapping[str, Callable[[str], ParameterValue]] = {
    "length": parse_length,
    "share": share,
    "number": number,
    "degrees": degrees,
    "flag": flag,
    "range": share_range,
    "zones": zones,
    "word": str.strip,
    "name": str.strip,
    "text": words,
    "names": layers,
    "words": names,
    "layer": layer,
    "span": span,
    "beside": beside,
    "wish": wish,
    "condition": expressions.parse,
}

UNITS: Mapping[str, str] = {
    "length": "%, u or px",
    "share": "%",
    "number": "",
    "degrees": "deg",
    "flag": "yes or no",
    "range": "%..%",
    "zones": "% %, or words",
    "word": "",
    "name": "",
    "text": "",
    "names": "#layer #layer",
    "words": "",
    "layer": "#layer",
    "span": "%, u or px, with a strength",
    "beside": "#layer and %, u or px",
    "wish": "attribute asc or desc",
    "condition": "",
}
