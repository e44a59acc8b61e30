"""What is known of one layer while its name is read, and how conditions and operations are added to it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from ddm.language import objects
from ddm.language.findings import Findings
from ddm.language.operations import Operation
from ddm.language.source import Mark

SYMBOLS = ((">=", " ge "), ("<=", " le "), ("!=", " ne "), ("≥", " ge "), ("≤", " le "), (">", " gt "), ("<", " lt "))
BARE = re.compile(r"(?<![\w.#'])(ratio|width|height|area)(?![\w.'-])")


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

    def unknown(self, what: str, word: str, known: Iterable[str]) -> None:
        """An error with the known word that is nearest."""
        self.findings.add(
            "not-imported", self.mark, f"in the name of '{self.name[:60]}': {what}", known=known, name=word
        )

    def call(self, name: str) -> dict[str, str] | None:
        """The parameters of the first call of that name that always applies."""
        return next((p for n, p in self.calls if n == name and "when" not in p), None)


def merge(said: Said, row: Operation, parameters: dict[str, str], when: str) -> None:
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


def keys_of(element: str) -> list[str]:
    """The attributes that a kind of object may have."""
    row = objects.OBJECTS.get(element)
    return [key.name for key in row.keys if key.name != "id"] if row else []


def conditioned(rest: str) -> tuple[str, str]:
    """'contact when ratio ge 2' -> value and condition."""
    before, found, after = f" {rest} ".partition(" when ")
    return before.strip(), condition(after) if found else ""


def signs(text: str) -> str:
    """Conditions as the language writes them: words for signs, single spaces."""
    for symbol, word in SYMBOLS:
        text = text.replace(symbol, word)
    return " ".join(text.split())


def condition(text: str) -> str:
    """With words for signs, and 'ratio' for canvas.ratio."""
    return BARE.sub(lambda found: f"canvas.{found[1]}", signs(text))
