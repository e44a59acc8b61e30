"""Templates turned into others, mostly wrong ones: one seed, one mutant, the same every time."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from ddm import templates
from ddm.language.operations import OPERATIONS
from ddm.perceive.schema import ATTRIBUTES

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
HOSTILE = (
    '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]>',
    "<script>1</script>",
    '<image href="file:///etc/passwd"/>',
    "<g>" * 60,
    "&#0;",
    "]]>",
    "<?php ?>",
    '<use xlink:href="#a"/>',
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


def _operation(text: str, rnd: random.Random) -> str:
    """Some operation somewhere, its parameters more or less as the table says."""
    row = rnd.choice(list(OPERATIONS.values()))
    given = [p for p in row.parameters if p.required or rnd.random() < 0.4]
    written = " ".join(f'{p.name}="{_written(p.choices, p.default, rnd)}"' for p in given)
    at = _pick(re.compile(r"<(?:image|text|g|rect)\b[^<>]*[^/]>"), text, rnd)
    return text if at is None else text[: at.end()] + f"<ddm:{row.name} {written}/>" + text[at.end() :]


def _written(choices: Sequence[str], default: str | None, rnd: random.Random) -> str:
    pool = [*choices, *WORDS[:8], "20%", "3u", "12px", "#strip-copy", "mood", "hero", "45", "30%..60% weak"]
    return default if default is not None and rnd.random() < 0.5 else rnd.choice(pool)


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
    return text if at is None else text[: at.start()] + rnd.choice(HOSTILE) + text[at.start() :]


def _cut(text: str, rnd: random.Random) -> str:
    start = rnd.randrange(len(text))
    return text[:start] + text[start + rnd.randrange(200) :]


MUTATIONS: tuple[Mutation, ...] = (
    *(_value, _word, _number, _gone, _twice, _moved, _operation, _condition, _bytes, _hostile, _cut),
    *(_value, _number, _number, _operation, _moved, _gone),  # those that more often leave something to resolve
)


def mutant(seed: int) -> str:
    """One of the shipped templates, changed one to four times."""
    rnd = random.Random(seed)
    text = rnd.choice(seeds())
    for _ in range(rnd.choice((1, 1, 1, 2, 2, 3, 4))):
        text = rnd.choice(MUTATIONS)(text, rnd)
    return text
