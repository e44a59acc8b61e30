"""`otherwise`: what is done when nothing matches, as a chain that is tried in order."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ddm.language.reading import Reading, Speaker
from ddm.language.source import SourceElement
from ddm.language.template import REFUSE, Fallback
from ddm.language.vocabulary import PICTURES

PARTS: Mapping[str, str] = {
    "where CONDITION": "look again, with this weaker condition instead of `where`",
    "use OBJECT": "take what another object of the same kind got",
    "drop": "leave out all layers that select it",
    "drop #LAYER …": "leave out these layers, and all that select it",
    "refuse": "the template cannot serve this material; the end of every chain that says nothing else",
}
"""Part of a chain -> what it does."""

WORDS = ("where", "use", "drop", "refuse")
MAX_PARTS = 8  # each is a search of its own
_LAYER = re.compile(r"#\S+")


def chain(s: SourceElement, reading: Reading, speaker: Speaker) -> tuple[Fallback, ...]:
    """The parts in their order."""
    text, at, found = s.attributes.get("otherwise"), 0, []
    if text is None:
        return REFUSE
    parts = text.split("|")
    if len(parts) > MAX_PARTS:
        reading.findings.add("too-many", s.place("otherwise"), f"otherwise: more than {MAX_PARTS} parts", "try fewer")
        return REFUSE
    for part in parts:
        found.append(_part(part, at, s, reading, speaker))
        at += len(part) + 1
    _ended(s, found, reading)
    return tuple(f for f in found if f) or REFUSE


def _part(text: str, at: int, s: SourceElement, reading: Reading, speaker: Speaker) -> Fallback | None:
    word, _, rest = text.strip().partition(" ")
    start = at + len(text) - len(text.lstrip())
    match word:
        case "where":
            behind = s.attributes["otherwise"].index(rest, start + len(word)) if rest else start
            condition = reading.condition(s, "otherwise", speaker, rest, behind) if s.name != "copy" else None
            if s.name == "copy":
                what = "otherwise: copy has no condition that could be weaker"
                reading.findings.add("wrong-value", s.place("otherwise", word, start), what, "use, drop or refuse")
            return Fallback("where", where=condition) if condition else None
        case "use":
            return _use(rest.strip(), start, s, reading)
        case "drop":
            return _drop(rest, start, s, reading)
        case "refuse" if not rest:
            return Fallback("refuse")
    what = f"otherwise: unknown '{text.strip()[:80]}'"
    place = s.place("otherwise", word or text, start)
    reading.findings.add("wrong-value", place, what, known=WORDS)
    return None


def _use(name: str, start: int, s: SourceElement, reading: Reading) -> Fallback | None:
    kinds = PICTURES if s.name in PICTURES else (s.name,)
    fitting = [n for n in reading.named(kinds) if n != s.attributes["id"] and n not in reading.counted]
    reading.used.add(name)
    if name in fitting:
        return Fallback("use", use=name)
    place, what = s.place("otherwise", name, start), f"otherwise: no other {' or '.join(kinds)} is called '{name[:80]}'"
    reading.findings.add("cycle" if name == s.attributes["id"] else "unknown-reference", place, what, known=fitting)
    return None


def _drop(rest: str, start: int, s: SourceElement, reading: Reading) -> Fallback | None:
    """That the layers exist is checked when all are known."""
    names = rest.split()
    for name in names:
        if not _LAYER.fullmatch(name):
            what = f"otherwise: '{name[:80]}' is no layer"
            reading.findings.add("wrong-value", s.place("otherwise", name, start), what, f"write #{name[:40]}")
            return None
    return Fallback("drop", layers=tuple(name[1:] for name in names))


def _ended(s: SourceElement, found: list[Fallback | None], reading: Reading) -> None:
    """What stands behind an end is never tried."""
    for number, part in enumerate(found[:-1]):
        if part and part.kind in ("drop", "refuse"):
            place = s.place("otherwise", s.attributes["otherwise"].split("|")[number + 1].strip())
            reading.findings.add("no-effect", place, f"otherwise: nothing is tried after '{part.kind}'", "put it last")
            return
