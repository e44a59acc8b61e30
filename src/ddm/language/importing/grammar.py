"""A layer's name into what it says: `NAME | KIND; ARGUMENT; ARGUMENT`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ddm.language.importing import kinds
from ddm.language.importing.kinds import Kind
from ddm.language.importing.words import is_word

MAX_ARGUMENTS = 24  # of one layer; a line has room for fewer

_BAR = re.compile(r"[|｜¦]")
_SEMICOLON = re.compile(r"[;；]")
_COMMA = re.compile(r",(?![^{(]*[})])")  # not those of a set


@dataclass(frozen=True, slots=True)
class Label:
    """kind: None where it says none; unknown: what stands in its place, but is no word that we know."""

    name: str
    kind: Kind | None = None
    arguments: tuple[str, ...] = ()
    unknown: str = ""
    said: bool = False


def parse(text: str) -> Label:
    """The name before the bar, the kind, what else is said. A colon serves for a bar where a kind follows it."""
    head, bar, rest = _parted(text)
    if not bar:
        return Label(text.strip(), kinds.KINDS.get(kinds.words_of(text)))
    first, *others = [part.strip() for part in _split(rest)] or [""]
    kind, more = kinds.leading(first)
    if kind is None and first and not is_word(first):
        return Label(head, None, _clean(others), first, True)
    return Label(head or (kind.words[0] if kind else ""), kind, _clean([more, *others]), said=True)


def _clean(parts: list[str]) -> tuple[str, ...]:
    return tuple(p for p in (part.strip(" ,;") for part in parts) if p)[:MAX_ARGUMENTS]


def _parted(text: str) -> tuple[str, bool, str]:
    found = _BAR.search(text)
    if found:
        return text[: found.start()].strip(), True, text[found.end() :].strip()
    head, colon, rest = text.partition(":")
    first = _split(rest)[0].strip() if rest.strip() else ""
    return (head.strip(), True, rest.strip()) if colon and kinds.leading(first)[0] else (text.strip(), False, "")


def _split(text: str) -> list[str]:
    """At semicolons; at commas only where a known word follows each."""
    parts = _SEMICOLON.split(text)
    return [piece for part in parts for piece in _at_commas(part)]


def _at_commas(text: str) -> list[str]:
    pieces = _COMMA.split(text)
    return pieces if all(is_word(piece.strip()) for piece in pieces[1:]) else [text]


def slug(name: str) -> str:
    """An id that conditions can name: 'Hero bottle' -> 'hero-bottle'; '' where nothing of it can be an id."""
    found = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40].strip("-")
    found = re.sub(r"-(\d+)$", r"-n\1", found)  # 'offer-2' would be the second item of a repeated 'offer'
    return found if not found or found[0].isalpha() else f"n{found}"
