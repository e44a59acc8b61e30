"""Values for the parameters of operations: mostly what the table asks for, to its very ends; now and then anything."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from ddm.language.operations.row import Operation, Parameter
from ddm.language.vocabulary import CONTEXT
from ddm.perceive.schema import ATTRIBUTES, Attribute

ODD = (
    "",
    " ",
    "none",
    "#",
    "a b c",
    "'",
    "&lt;",
    "\u202e",
    "é" * 50,
    "x" * 3000,
    "%",
    "..",
    "NaN",
    "1e309",
    "٣",
    "-0%",
)
UNITS = ("%", "u", "px")
STRENGTHS = ("", "", " required", " strong", " medium", " weak")
NUMERIC = ("share", "number", "pixels", "degrees")


@dataclass
class Names:
    """What there is to refer to. level: layers beside the one at hand; drawn: all before it.

    never: relations that would, beside their opposites, soon lead in circles.
    """

    pictures: list[str] = field(default_factory=list)
    palettes: list[str] = field(default_factory=list)
    worded: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    level: list[str] = field(default_factory=list)
    drawn: list[str] = field(default_factory=list)
    never: tuple[str, ...] = ()


def some(rnd: random.Random, pool: Sequence[str], default: str = "nobody") -> str:
    return rnd.choice(pool) if pool else default


def length(rnd: random.Random) -> str:
    most = rnd.choice((10, 10, 10, 25, 40, 60)) if rnd.random() < 0.98 else 9999
    return f"{round(rnd.uniform(-most / 4, most), rnd.choice((0, 0, 1, 9)))}".removesuffix(".0") + rnd.choice(UNITS)


def span(rnd: random.Random) -> str:
    if rnd.random() < 0.7:
        return length(rnd) + rnd.choice(STRENGTHS)
    low, unit = rnd.randrange(-20, 80), rnd.choice(UNITS)
    return f"{low}{unit}..{low + rnd.choice((0, 1, 20, 500))}{unit}" + rnd.choice(STRENGTHS)


def _number(p: Parameter, rnd: random.Random) -> float:
    low, high = 0.0 if p.low is None else p.low, 100.0 if p.high is None else p.high
    return rnd.choice((low, high, rnd.uniform(low, high), rnd.uniform(low, high)))


def zones(rnd: random.Random) -> str:
    known = ("left top", "right middle", "50% 120%")
    ones = [f"{rnd.randrange(-50, 150)}% {rnd.randrange(0, 100)}%" for _ in range(rnd.choice((1, 2, 3, 40)))]
    return " | ".join(rnd.choice((one, *known)) for one in ones)


def sizes(rnd: random.Random) -> str:
    low = rnd.choice((1, 20, 50, 90))
    return f"{low}%..{rnd.choice((low, 95, 100, 400))}%"


def condition(rnd: random.Random, names: Names, deep: int = 2) -> str:
    """A condition about the canvas, the product, or the material of an object."""
    if deep and rnd.random() < 0.4:
        joint = rnd.choice((" and ", " or "))
        parts = joint.join(condition(rnd, names, deep - 1) for _ in range(rnd.choice((2, 2, 3))))
        return rnd.choice(("not ({})", "({})")).format(parts)
    owned = [f"{p}.{a}" for p in names.pictures for a in ATTRIBUTES]
    return test(rnd, rnd.choice((*CONTEXT, *owned) if rnd.random() < 0.5 else tuple(CONTEXT)))


def test(rnd: random.Random, name: str) -> str:
    """One comparison that suits the kind of what is compared."""
    row = CONTEXT.get(name) or ATTRIBUTES.get(name) or ATTRIBUTES[name.partition(".")[2]]
    if rnd.random() < 0.15:
        return f"{name} is {rnd.choice(('known', 'unknown'))}"
    return f"{name} {_compared(row, rnd)}" if row.kind != "flag" else name


def _compared(row: Attribute, rnd: random.Random) -> str:
    if row.kind in NUMERIC:
        unit = {"share": "%", "pixels": "px", "degrees": "deg"}.get(row.kind, "")
        high = min(row.high, 5000) * (100 if row.kind == "share" else 1)
        low = max(row.low, -1000) * (100 if row.kind == "share" else 1)
        a, b = (f"{number:.3f}" for number in sorted(rnd.uniform(low, high) for _ in range(2)))
        return rnd.choice((f"lt {a}{unit}", f"ge {a}{unit}", f"in {a}{unit}..{b}{unit}", f"ne {b}{unit}"))
    if row.kind == "words":
        return f"{rnd.choice(('has', 'lacks', '='))} {rnd.choice(row.choices)}"
    if row.kind == "word":
        return f"{rnd.choice(('=', 'ne'))} {rnd.choice(row.choices)}"
    return f"{rnd.choice(('has', 'contains', 'lacks', '='))} 'a'"


KINDS: Mapping[str, Callable[[Parameter, random.Random, Names], str]] = {
    "length": lambda p, rnd, names: length(rnd).removeprefix("-"),
    "share": lambda p, rnd, names: f"{100 * _number(p, rnd):.2f}%",
    "number": lambda p, rnd, names: rounded(p, rnd),
    "degrees": lambda p, rnd, names: f"{_number(p, rnd):.1f}",
    "flag": lambda p, rnd, names: rnd.choice(("yes", "no")),
    "range": lambda p, rnd, names: sizes(rnd),
    "zones": lambda p, rnd, names: zones(rnd),
    "text": lambda p, rnd, names: rnd.choice(("from ", "只需 ", "من ", " each", "\u202e", "x" * 200)),
    "names": lambda p, rnd, names: f"#{some(rnd, names.drawn)}",
    "words": lambda p, rnd, names: " ".join(rnd.sample(p.choices, rnd.randrange(1, 3))),
    "layer": lambda p, rnd, names: f"#{some(rnd, names.level)}",
    "span": lambda p, rnd, names: span(rnd),
    "beside": lambda p, rnd, names: f"#{some(rnd, names.level)}" + rnd.choice(("", " 2u", f" {length(rnd)}")),
    "wish": lambda p, rnd, names: rnd.choice(("quality.sharpness desc", "subject.area asc", "rank asc")),
    "condition": lambda p, rnd, names: condition(rnd, names),
    "word": lambda p, rnd, names: rnd.choice(p.choices),
}


def rounded(p: Parameter, rnd: random.Random) -> str:
    return f"{_number(p, rnd):.4f}".rstrip("0").rstrip(".")


def value(p: Parameter, rnd: random.Random, names: Names) -> str:
    """A value for the parameter, as it is written."""
    if rnd.random() < 0.001:
        return rnd.choice(ODD)
    refers = {"palette": names.palettes, "picture": names.pictures, "items": names.items, "any": names.worded}
    return some(rnd, refers[p.refers]) if p.kind == "name" else KINDS[p.kind](p, rnd, names)


SEVERAL = {"place": 0.3, "fit": 0.4}
NEEDS_LAYERS = ("layer", "beside", "names")


def operation(row: Operation, rnd: random.Random, names: Names, without: Sequence[str] = (), **fixed: str) -> str:
    """The operation as written, with what it needs and some of what it may have."""
    given, without = dict(fixed), (*without, *names.never)
    for p in row.parameters:
        lacks = p.kind in NEEDS_LAYERS and not (names.drawn if p.kind == "names" else names.level)
        wanted = p.required or (not lacks and rnd.random() < SEVERAL.get(row.name, 0.35))
        if wanted and p.name not in given and p.name not in without:
            given[p.name] = value(p, rnd, names)
    if row.name == "relight":
        given.pop("like" if "light" in given else "light", None)
        given = given if {"like", "light"} & given.keys() else given | {"light": "left"}
    if row.name == "tone":
        given.pop(rnd.choice(("like", "from")) if {"like", "from"} <= given.keys() else "", None)
        given = given if {"like", "from"} & given.keys() else given | {"from": some(rnd, names.palettes)}
    when = f' when="{condition(rnd, names)}"' if rnd.random() < 0.15 and names.pictures else ""
    return f"<ddm:{row.name} " + " ".join(f'{k}="{v}"' for k, v in given.items()) + f"{when}/>"
