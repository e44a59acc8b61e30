"""What may follow the kind in a layer's name: operations with their values, and a few words of a designer's own.

Operations come from the operations' table, so that every row, also one of another package, is a word at once:
`shadow contact`, `extend most=70%`, `rotate 12`. So is every parameter of an operation that can act on the layer
(`lines 2`, `contrast 4.5`, `radius 2u`), and every attribute of the layer's object (`max-chars 24`, `against hero`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ddm.errors import InputError
from ddm.language import objects
from ddm.language.importing.said import Said, condition, conditioned, keys_of, merge, signs
from ddm.language.importing.special import CONDITIONED, SPECIAL
from ddm.language.operations import OPERATIONS, Operation, Parameter

ALIASES: Mapping[str, str] = {
    "min": "least",
    "shrink": "least",
    "limit": "max-chars",
    "max": "max-chars",
    "chars": "max-chars",
    "uppercase": "upper",
    "caps": "upper",
    "color": "role",
    "colour": "role",
    "rounded": "radius",
    "flip": "mirror",
    "recolor": "recolour",
    "under": "below",
    "over": "above",
}
"""Other words for the same."""

CHOICES: Mapping[str, str] = {"center": "centre", "none": "no", "true": "yes", "false": "no"}
_KEYED = re.compile(r"""([a-z][a-z-]{0,30})=("[^"]{0,200}"|'[^']{0,200}'|[^\s"']{1,200})""")


def apply(said: Said, argument: str) -> None:
    """One argument into calls, attributes or a finding; nothing is passed over."""
    head, _, rest = argument.strip().partition(" ")
    if "=" in head and head.partition("=")[0].lower() not in OPERATIONS:  # 'lines=2' is 'lines 2'
        head, _, value = head.partition("=")
        rest = f"{value} {rest}".strip()
    word = ALIASES.get(head.lower(), head.lower())
    rest, when = conditioned(rest) if word not in CONDITIONED else (rest.strip(), "")
    if word in SPECIAL and (word not in OPERATIONS or not rest):
        SPECIAL[word](said, rest)
    elif word in OPERATIONS:
        _operate(said, OPERATIONS[word], rest, when)
    elif word in keys_of(said.element):
        said.declared[word] = signs(rest)
    elif home := _home(said, word):
        _assign(said, home, word, rest, when)
    else:
        said.unknown(f"'{argument[:60]}' is not known", word, known(said))


def is_word(text: str) -> bool:
    """Whether it begins with a word that may be an argument of some layer."""
    head = text.strip().partition(" ")[0].partition("=")[0].lower()
    return ALIASES.get(head, head) in _ALL


def known(said: Said) -> list[str]:
    """The words that this layer may have."""
    rows = [row for row in OPERATIONS.values() if said.tag in row.on]
    parameters = [p.name for row in rows for p in row.parameters]
    return sorted({*SPECIAL, *(r.name for r in rows), *parameters, *keys_of(said.element)})


# ------------------------------------------------------------------------------------------------ by the tables


def _home(said: Said, word: str) -> Operation | None:
    """The operation whose parameter that is: one that the layer has already, else the first that can act on it."""
    present = [OPERATIONS[name] for name, _ in said.calls]
    able = [row for row in OPERATIONS.values() if said.tag in row.on]
    return next((row for row in (*present, *able) if row.parameter(word)), None)


def _assign(said: Said, row: Operation, word: str, rest: str, when: str) -> None:
    parameter = row.parameter(word)
    assert parameter is not None
    value = _valid(said, row, parameter, rest or ("yes" if parameter.kind == "flag" else ""))
    if value is not None:
        merge(said, row, {word: value}, when)


def _operate(said: Said, row: Operation, rest: str, when: str) -> None:
    if said.tag not in row.on:
        said.error(f"{row.name} cannot act on a <{said.tag}>", f"it acts on {', '.join(row.on)}")
        return
    found: dict[str, str] = {}
    for key, value in _KEYED.findall(rest):
        if parameter := row.parameter(key):
            if (valid := _valid(said, row, parameter, value.strip("\"'"))) is not None:
                found[key] = valid
        else:
            said.unknown(f"{row.name} has no parameter '{key}'", key, [p.name for p in row.parameters])
    for value in _values(row, found, " ".join(_KEYED.sub(" ", rest).split())):
        _positional(said, row, found, value)
    merge(said, row, found, when)


def _values(row: Operation, found: Mapping[str, str], rest: str) -> Iterator[str]:
    """The rest as one value where it is one, else word by word."""
    if rest and any(_accepts(p, rest) for p in _free(row, found)):
        yield rest
    else:
        yield from rest.split()


def _free(row: Operation, found: Mapping[str, str]) -> list[Parameter]:
    """Parameters that have no value yet, required ones first; palettes are filled in by themselves."""
    free = [p for p in row.parameters if p.name not in found and p.refers != "palette"]
    return sorted(free, key=lambda p: not p.required)


def _positional(said: Said, row: Operation, found: dict[str, str], value: str) -> None:
    """A value without its parameter's name goes to the first that takes it, required ones first."""
    for parameter in _free(row, found):
        if _accepts(parameter, value):
            found[parameter.name] = _written(parameter, value)
            return
    choices = sorted({c for p in row.parameters for c in p.choices})
    said.unknown(f"{row.name} takes no '{value[:60]}'", value, choices or [p.name for p in row.parameters])


def _accepts(parameter: Parameter, value: str) -> bool:
    if parameter.kind in ("word", "words") and not parameter.choices:
        return False
    if parameter.kind == "name" and " " in value:
        return False
    try:
        parameter.parse(_written(parameter, value))
    except (ValueError, InputError):
        return False
    return True


def _valid(said: Said, row: Operation, parameter: Parameter, value: str) -> str | None:
    try:
        parameter.parse(written := _written(parameter, value))
    except (ValueError, InputError) as wrong:
        said.error(f"{parameter.name} of {row.name}: {wrong}", parameter.meaning)
        return None
    return written


def _written(parameter: Parameter, value: str) -> str:
    """As templates write it: layers with #, numbers without a unit people add, our spelling of words."""
    value = value.strip()
    if parameter.kind == "condition":
        return condition(value.removeprefix("where ").removeprefix("when "))
    if parameter.refers == "layer":
        return _with_hashes(parameter, value)
    if parameter.refers == "picture":
        return value.lstrip("#").lower()
    low = value.lower()
    if parameter.kind == "share" and re.fullmatch(r"0?\.\d{1,4}", low):
        return f"{float(low) * 100:g}%"
    return CHOICES.get(low, low) if parameter.kind != "text" else value


def _with_hashes(parameter: Parameter, value: str) -> str:
    words = value.replace(",", " ").split()
    count = len(words) if parameter.kind == "names" else 1
    return " ".join(f"#{w.lstrip('#').lower()}" if i < count else w for i, w in enumerate(words))


_ALL = frozenset(
    {
        *SPECIAL,
        *ALIASES,
        *OPERATIONS,
        *(p.name for row in OPERATIONS.values() for p in row.parameters),
        *(key for element in objects.OBJECTS for key in keys_of(element)),
    }
)
