"""What may follow the kind in a layer's name: operations with their values, and a few words of a designer's own.

Operations come from the operations' table, so that every row, also one of another package, is a word at once:
`shadow contact`, `extend most=70%`, `rotate 12`. So is every parameter of an operation that can act on the layer
(`lines 2`, `contrast 4.5`, `radius 2u`), and every attribute of the layer's object (`max-chars 24`, `against hero`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from ddm.errors import InputError
from ddm.language import objects, vocabulary
from ddm.language.findings import Findings, nearest
from ddm.language.operations import OPERATIONS, Operation, Parameter
from ddm.language.source import Mark

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
SYMBOLS = ((">=", " ge "), ("<=", " le "), ("!=", " ne "), ("≥", " ge "), ("≤", " le "), (">", " gt "), ("<", " lt "))
BARE = re.compile(r"(?<![\w.#'])(ratio|width|height|area)(?![\w.'-])")

_KEYED = re.compile(r"""([a-z][a-z-]{0,30})=("[^"]{0,200}"|'[^']{0,200}'|[^\s"']{1,200})""")


@dataclass
class Said:
    """What is known of one layer while its name is read.

    calls: (operation, parameters) in order; declared: attributes of its object, of kind `element` ('' for none).
    holds: edges that `pin` names; stretches: axes of `stretch`.
    """

    tag: str
    mark: Mark
    name: str
    findings: Findings
    element: str = ""
    calls: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    declared: dict[str, str] = field(default_factory=dict)
    when: str = ""
    palette: str = ""
    hero: str = ""
    calm: bool = False
    holds: set[str] = field(default_factory=set)
    stretches: set[str] = field(default_factory=set)

    def error(self, what: str, mend: str = "") -> None:
        self.findings.error(self.mark, f"in the name of '{self.name[:60]}': {what}", mend)

    def call(self, name: str) -> dict[str, str] | None:
        """The parameters of the first call of that name that always applies."""
        return next((p for n, p in self.calls if n == name and "when" not in p), None)


def apply(said: Said, argument: str) -> None:
    """One argument into calls, attributes or a finding; nothing is passed over."""
    head, _, rest = argument.strip().partition(" ")
    if "=" in head and head.partition("=")[0].lower() not in OPERATIONS:  # 'lines=2' is 'lines 2'
        head, _, value = head.partition("=")
        rest = f"{value} {rest}".strip()
    word = ALIASES.get(head.lower(), head.lower())
    rest, when = _conditioned(rest) if word not in CONDITIONED else (rest.strip(), "")
    if word in SPECIAL and (word not in OPERATIONS or not rest):
        SPECIAL[word](said, rest)
    elif word in OPERATIONS:
        _operate(said, OPERATIONS[word], rest, when)
    elif word in keys_of(said.element):
        said.declared[word] = _conditions(rest)
    elif home := _home(said, word):
        _assign(said, home, word, rest, when)
    else:
        said.error(f"'{argument[:60]}' is not known", nearest(word, known(said)))


def keys_of(element: str) -> list[str]:
    """The attributes that a kind of object may have."""
    row = objects.OBJECTS.get(element)
    return [key.name for key in row.keys if key.name != "id"] if row else []


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
        _merge(said, row, {word: value}, when)


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
            said.error(f"{row.name} has no parameter '{key}'", nearest(key, [p.name for p in row.parameters]))
    for value in _values(row, found, " ".join(_KEYED.sub(" ", rest).split())):
        _positional(said, row, found, value)
    _merge(said, row, found, when)


def _values(row: Operation, found: Mapping[str, str], rest: str) -> Iterator[str]:
    """The rest as one value where it is one, else word by word."""
    if rest and any(_accepts(p, rest) for p in row.parameters if p.name not in found):
        yield rest
    else:
        yield from rest.split()


def _positional(said: Said, row: Operation, found: dict[str, str], value: str) -> None:
    """A value without its parameter's name goes to the first that takes it, required ones first."""
    free = [p for p in row.parameters if p.name not in found and p.refers != "palette"]
    for parameter in sorted(free, key=lambda p: not p.required):
        if _accepts(parameter, value):
            found[parameter.name] = _written(parameter, value)
            return
    choices = sorted({c for p in row.parameters for c in p.choices})
    said.error(f"{row.name} takes no '{value}'", nearest(value, choices or [p.name for p in row.parameters]))


def _accepts(parameter: Parameter, value: str) -> bool:
    if parameter.kind in ("word", "words") and not parameter.choices:
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


def _merge(said: Said, row: Operation, parameters: dict[str, str], when: str) -> None:
    """Into the call that is there already; one with a condition is a call of its own. Palettes are filled in."""
    before = said.call(row.name) if not when else None
    whole = {**(before or {}), **parameters}
    for parameter in row.parameters:
        if parameter.required and parameter.name not in whole:
            filled = {"palette": said.palette, "picture": said.hero}.get(parameter.refers, "")
            if not filled:
                said.error(f"{row.name} needs '{parameter.name}'", parameter.meaning)
                return
            whole[parameter.name] = filled
    if before is not None:
        before.update(whole)
    else:
        said.calls.append((row.name, {**whole, **({"when": when} if when else {})}))


# ------------------------------------------------------------------------------------------------ conditions


def _conditioned(rest: str) -> tuple[str, str]:
    """'contact when ratio ge 2' -> value and condition."""
    before, found, after = f" {rest} ".partition(" when ")
    return before.strip(), condition(after) if found else ""


def _conditions(text: str) -> str:
    for symbol, word in SYMBOLS:
        text = text.replace(symbol, word)
    return " ".join(text.split())


def condition(text: str) -> str:
    """With words for signs, and 'ratio' for canvas.ratio."""
    return BARE.sub(lambda found: f"canvas.{found[1]}", _conditions(text))


# ------------------------------------------------------------------------------------------------ words of their own


def _face(said: Said, rest: str) -> None:
    side = rest.strip().lower()
    other = {"left": "right", "right": "left"}.get(side)
    if other is None or said.element not in vocabulary.PICTURES:
        said.error(f"face {rest}: pictures face left or right", "such as 'face left'")
        return
    _merge(said, OPERATIONS["mirror"], {}, f"subject.facing = {other}")
    _also(said, "prefer", f"subject.facing = {side}", ", ")


def _also(said: Said, key: str, text: str, joint: str) -> None:
    said.declared[key] = f"{said.declared[key]}{joint}{text}" if said.declared.get(key) else text


def _object_only(said: Said, word: str) -> bool:
    if not said.element:
        said.error(f"'{word}' is for pictures and copy", "there is no object to say it of")
    return bool(said.element)


def _otherwise(what: str) -> Word:
    def say(said: Said, rest: str) -> None:
        if _object_only(said, what):
            said.declared["otherwise"] = what

    return say


def _where(said: Said, rest: str) -> None:
    if _object_only(said, "where"):
        _also(said, "where", f"({_conditions(rest)})", " and ")


def _prefer(said: Said, rest: str) -> None:
    if _object_only(said, "prefer"):
        _also(said, "prefer", _conditions(rest), ", ")


def _when(said: Said, rest: str) -> None:
    said.when = condition(rest)


def _calm(said: Said, rest: str) -> None:
    """Of copy: where the picture is calm. Of a picture: one that has calm room."""
    if said.element in vocabulary.PICTURES:
        _also(said, "prefer", "calm.area desc 2", ", ")
    else:
        said.calm = True


def _pin(said: Said, rest: str) -> None:
    for word in rest.lower().replace(",", " ").replace("center", "centre").split():
        if word in ("left", "right", "top", "bottom", "centre", "middle"):
            said.holds.add(word)
        else:
            said.error(f"pin takes no '{word}'", "left, right, top, bottom, centre, middle")


def _stretch(said: Said, rest: str) -> None:
    words = {"": {"across", "down"}, "both": {"across", "down"}, "across": {"across"}, "down": {"down"}}
    if (axes := words.get(rest.strip().lower())) is None:
        said.error(f"stretch takes no '{rest}'", "across, down or both")
    else:
        said.stretches |= axes


def _as(style: str) -> Word:
    def say(said: Said, rest: str) -> None:
        if said.element != "copy":
            said.error(f"'{style}' is for copy")
        else:
            said.declared["as"] = style

    return say


def _styles() -> tuple[str, ...]:
    key = objects.OBJECTS["copy"].key("as")
    return key.choices if key else ()


Word: TypeAlias = Callable[[Said, str], None]

SPECIAL: Mapping[str, Word] = {
    "face": _face,
    "facing": _face,
    "drop": _otherwise("drop"),
    "optional": _otherwise("drop"),
    "required": _otherwise("refuse"),
    "refuse": _otherwise("refuse"),
    "where": _where,
    "prefer": _prefer,
    "when": _when,
    "calm": _calm,
    "pin": _pin,
    "stretch": _stretch,
    **{style: _as(style) for style in _styles() if style},
}
CONDITIONED = frozenset({"when", "where", "prefer", "otherwise", "keep", "drop"})
"""Their value is a condition, in which 'when' has no meaning."""

_ALL = frozenset(
    {
        *SPECIAL,
        *ALIASES,
        *OPERATIONS,
        *(p.name for row in OPERATIONS.values() for p in row.parameters),
        *(key for element in objects.OBJECTS for key in keys_of(element)),
    }
)
