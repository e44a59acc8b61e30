"""Templates turned into others, mostly wrong ones: one seed, one mutant, the same every time."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from ddm import templates
from ddm.language.objects import RELATIONS
from ddm.language.operations import OPERATIONS
from ddm.perceive.schema import ATTRIBUTES
from tests.fuzz.grown import grown
from tests.fuzz.hostile import FRAGMENTS, hostile
from tests.fuzz.values import Names, operation, value

Mutation = Callable[[str, random.Random], str]

_ATTRIBUTE = re.compile(r'([\w:-]+)="([^"]*)"')
_ELEMENT = re.compile(r"<(ddm:\w+|image|text|g|rect)\b[^<>]*/>")
_PAIR = re.compile(r"<(g|text|image|switch)\b[^<>]*>.*?</\1>", re.DOTALL)
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
NUMBERS = ("0", "-1", "1e309", "NaN", "99999999999999", "0.0000001", "-0", "1/0", "٣", "٪", "50", "100000")
WORDS = (
    "",
    " ",
    "none",
    "hero",
    "#hero",
    "a b c",
    "'",
    "&lt;",
    "\u202e",
    "é" * 50,
    "x" * 3000,
    "%",
    "100%",
    "..",
    "1..2",
)


@cache
def seeds() -> tuple[str, ...]:
    """What mutants are made of: the shipped templates."""
    return tuple(Path(templates.find(name).file).read_text("utf-8") for name in templates.shipped())


def _pick(pattern: re.Pattern[str], text: str, rnd: random.Random) -> re.Match[str] | None:
    found = list(pattern.finditer(text))
    return rnd.choice(found) if found else None


def _swap(text: str, match: re.Match[str] | None, new: str, group: int = 0) -> str:
    return text if match is None else text[: match.start(group)] + new + text[match.end(group) :]


def _value(text: str, rnd: random.Random) -> str:
    """An attribute gets the value of another."""
    other = _pick(_ATTRIBUTE, text, rnd)
    return _swap(text, _pick(_ATTRIBUTE, text, rnd), other[2] if other else "", 2)


def _word(text: str, rnd: random.Random) -> str:
    return _swap(text, _pick(_ATTRIBUTE, text, rnd), rnd.choice(WORDS), 2)


def _number(text: str, rnd: random.Random) -> str:
    new = rnd.choice(NUMBERS) if rnd.random() < 0.5 else str(round(rnd.uniform(-200, 2000), rnd.randrange(4)))
    return _swap(text, _pick(_NUMBER, text, rnd), new)


def _gone(text: str, rnd: random.Random) -> str:
    return _swap(text, _pick(rnd.choice((_ELEMENT, _PAIR, _ATTRIBUTE)), text, rnd), "")


def _twice(text: str, rnd: random.Random) -> str:
    found = _pick(rnd.choice((_ELEMENT, _PAIR)), text, rnd)
    return _swap(text, found, found[0] * rnd.choice((2, 3, 20)) if found else "")


def _moved(text: str, rnd: random.Random) -> str:
    found = _pick(_ELEMENT, text, rnd)
    if found is None:
        return text
    rest, at = _swap(text, found, ""), _pick(re.compile(">"), text, rnd)
    return rest[: at.end()] + found[0] + rest[at.end() :] if at else rest


def _names(text: str) -> Names:
    """What the template already has, whether or not it may be named there."""

    def ids(kinds: str) -> list[str]:
        return re.findall(rf'<(?:{kinds})\b[^<>]*?\bid="([^"]*)"', text)

    layers = ids("image|text|g|rect|circle|ellipse")
    pictures, counted = ids("ddm:image|ddm:cutout|ddm:logo"), re.findall(r'id="([^"]*)"[^<>]* count="', text)
    worded = [*ids("ddm:copy|ddm:number"), *pictures]
    return Names(pictures, ids("ddm:palette"), worded, ids("ddm:number"), counted, layers, layers)


def _operation(text: str, rnd: random.Random) -> str:
    """Some operation on an element that it may act on."""
    row = rnd.choice(list(OPERATIONS.values()))
    at = _pick(re.compile(rf"<(?:{'|'.join(row.on)})\b[^<>]*[^/]>"), text, rnd)
    return text if at is None else text[: at.end()] + operation(row, rnd, _names(text)) + text[at.end() :]


def _parameter(text: str, rnd: random.Random) -> str:
    """A parameter of some operation gets another value of its kind."""
    found = _pick(re.compile(r"<ddm:(\w+)\b[^<>]*/>"), text, rnd)
    row = OPERATIONS.get(found[1]) if found else None
    if row is None or found is None or not row.parameters:
        return text
    p = rnd.choice(row.parameters)
    bare = re.sub(rf' {p.name}="[^"]*"', "", found[0])
    return _swap(text, found, f'{bare[:-2]} {p.name}="{value(p, rnd, _names(text))}"/>')


def _sequenced(text: str, rnd: random.Random) -> str:
    """The operations of one element become a sequence, and others use it, too."""
    found = _pick(re.compile(r"(?:<ddm:(?:crop|place|extend|shadow|blur|fit|ink|scrim)\b[^<>]*/>\s*)+"), text, rnd)
    if found is None:
        return text
    use = '<ddm:use sequence="again"/>'
    declared = f'<ddm:sequence id="again">{found[0]}{use if rnd.random() < 0.1 else ""}</ddm:sequence></ddm:objects>'
    return _swap(text, found, use * rnd.choice((1, 1, 2, 80))).replace("</ddm:objects>", declared, 1)


def _object(text: str, rnd: random.Random) -> str:
    """An attribute that objects may have, with a value of its kind."""
    found = _pick(re.compile(r"<ddm:(image|cutout|logo|copy|number|palette)\b[^<>]*/>"), text, rnd)
    if found is None:
        return text
    names = _names(text)
    key, pool = rnd.choice(tuple(_OWN.get(found[1], _PICTURED).items()))
    new = rnd.choice((*pool, *(names.pictures if key in RELATIONS else ())) or ("hero",))
    bare = re.sub(rf' {key}="[^"]*"', "", found[0])
    return _swap(text, found, f'{bare[:-2]} {key}="{new}"/>')


_ENDS = ("drop", "refuse", "where rank = 0 | drop", "where subject.area ge 1% | use hero | drop")
_PICTURED: Mapping[str, tuple[str, ...]] = {
    "count": ("1", "2..4", "1..12"),
    "from": ("product", "products", "scenes logos", "product products scenes logos"),
    "where": ("subject.area ge 1%", "rank = 0", "light.side = left", "not subject.cut has left"),
    "prefer": ("rank asc 3", "subject.area desc, rank = 0", "light.side = right"),
    "otherwise": _ENDS,
    **dict.fromkeys(RELATIONS, ()),
}
_OWN: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "copy": {
        "as": ("upper", "title"),
        "max-chars": ("1", "20"),
        "otherwise": _ENDS[:2],
        "from": ("product.description",),
    },
    "number": {"from": ("product.rating", "product.saving"), "where": ("value gt 1",), "otherwise": _ENDS},
    "palette": {"region": ("whole", "background"), "harmony": ("triadic", "monochrome"), "of": ("hero",)},
}


def _condition(text: str, rnd: random.Random) -> str:
    name = rnd.choice([*ATTRIBUTES, "canvas.ratio", "hero.subject.area", "nothing"])
    how = rnd.choice(("gt 1", "in 10%..40%", "= none", "has left", "", "in {a, b}", "is known", "le 1deg", "= 'x"))
    made = f"{rnd.choice(('', 'not ', '(' * 70))}{name} {how}"
    return re.sub(r'(where|ddm:when|when)="[^"]*"', f'\\1="{made}"', text, count=rnd.randrange(1, 4))


def _bytes(text: str, rnd: random.Random) -> str:
    at = rnd.randrange(len(text))
    return (
        text[:at] + rnd.choice(("<", ">", '"', "\x00", "\ud800", "&", chr(rnd.randrange(1, 0x3000)))) + text[at + 1 :]
    )


def _hostile(text: str, rnd: random.Random) -> str:
    at = _pick(re.compile("<"), text, rnd)
    return text if at is None else text[: at.start()] + rnd.choice(FRAGMENTS) + text[at.start() :]


def _cut(text: str, rnd: random.Random) -> str:
    start = rnd.randrange(len(text))
    return text[:start] + text[start + rnd.randrange(200) :]


DEEP: tuple[Mutation, ...] = (_parameter, _parameter, _parameter, _operation, _operation, _object, _number)
"""Those that mostly leave something to resolve."""
SHALLOW: tuple[Mutation, ...] = (
    *(_value, _word, _number, _gone, _twice, _moved, _condition, _bytes, _hostile, _cut, _sequenced),
)


def mutant(seed: int) -> str:
    """One of the shipped templates or one grown by chance, as it is or changed up to four times; at times, a bomb."""
    rnd = random.Random(seed)
    if rnd.random() < 0.01:
        return hostile(rnd)
    new = rnd.random() < 0.7
    text = grown(rnd) if new else rnd.choice(seeds())
    mutations = DEEP if rnd.random() < 0.7 else (*DEEP, *SHALLOW)
    for _ in range(rnd.choice((0, 0, 1, 2)) if new else rnd.choice((1, 1, 1, 2, 2, 3, 4))):
        text = rnd.choice(mutations)(text, rnd)
    return text
