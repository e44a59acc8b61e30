"""The Unicode bidirectional algorithm for copy (UAX 9), pure: levels of characters, and runs in visual order.

Explicit controls (X1 to X8) are not obeyed: the engine takes them out of copy, where they are invisible and can
only deceive. python-bidi gives display strings, not levels; the tests hold this file against it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TypeVar
from unicodedata import bidirectional

from ddm.svg.tree import Direction

CONTROLS = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
PAIRS = dict(zip("([{（［｛〈《「『【〔〖⟨", ")]}）］｝〉》」』】〕〗⟩", strict=True))
"""Brackets that copy uses (N0 pairs them)."""
MAX_NESTED = 63
"""The depth at which UAX 9 gives up pairing (BD16)."""

STRONG = ("L", "R", "AL")
NUMBERS = ("EN", "AN")
T = TypeVar("T")


def base(text: str, default: Direction = "ltr") -> Direction:
    """The direction of the first strong character (P2, P3)."""
    strong = next((kind for kind in map(bidirectional, text) if kind in STRONG), None)
    return default if strong is None else "ltr" if strong == "L" else "rtl"


def levels(text: str, direction: Direction) -> list[int]:
    """The embedding level of every character of one paragraph: even from left to right, odd from right to left."""
    level = int(direction == "rtl")
    kinds = [bidirectional(character) or "L" for character in text]
    if not level and not any(kind in ("R", "AL", "AN") for kind in kinds):
        return [0] * len(text)
    embedding = "R" if level else "L"
    _weak(kinds, embedding)
    _brackets(text, kinds, embedding)
    _neutral(kinds, embedding)
    found = [_implicit(kind, level) for kind in kinds]
    body = len(text.rstrip())
    return found[:body] + [level] * (len(text) - body)  # L1


def visual(items: Sequence[T], level: Callable[[T], int]) -> list[T]:
    """`items` of one line from left to right: from the highest level down, stretches at or above it turned (L2)."""
    order = list(items)
    for threshold in range(max(map(level, order), default=0), 0, -1):
        order = _turned(order, [level(item) >= threshold for item in order])
    return order


def _turned(items: list[T], turn: list[bool]) -> list[T]:
    """Each stretch of items that are to be turned, back to front."""
    stretches = [
        (back, [item for item, _ in part]) for back, part in groupby(zip(items, turn, strict=True), itemgetter(1))
    ]
    return [item for back, part in stretches for item in (reversed(part) if back else part)]


def _implicit(kind: str, level: int) -> int:
    """I1 and I2."""
    if level:
        return 1 if kind == "R" else 2
    return {"R": 1, "AN": 2, "EN": 2}.get(kind, 0)


def _weak(kinds: list[str], embedding: str) -> None:
    """W1 to W7, in place."""
    strong = embedding
    for index, kind in enumerate(kinds):
        if kind in ("NSM", "BN"):  # W1; what is invisible goes with what it follows
            kinds[index] = kinds[index - 1] if index else embedding
        elif kind == "EN" and strong == "AL":  # W2
            kinds[index] = "AN"
        elif kind in STRONG:
            strong = kind
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]  # W3
    _separators(kinds)
    strong = embedding
    for index, kind in enumerate(kinds):
        if kind in ("ES", "ET", "CS"):  # W6
            kinds[index] = "ON"
        elif kind == "EN" and strong == "L":  # W7
            kinds[index] = "L"
        elif kind in STRONG:
            strong = kind


def _separators(kinds: list[str]) -> None:
    """W4 and W5, in place."""
    for index in range(1, len(kinds) - 1):
        before, kind, after = kinds[index - 1 : index + 2]
        if before == after and ((kind == "CS" and before in NUMBERS) or (kind == "ES" and before == "EN")):
            kinds[index] = before
    for kind, part in groupby(range(len(kinds)), lambda index: kinds[index]):
        if kind == "ET":
            _terminators(kinds, list(part))


def _terminators(kinds: list[str], part: list[int]) -> None:
    beside = {kinds[part[0] - 1] if part[0] else "", kinds[part[-1] + 1] if part[-1] + 1 < len(kinds) else ""}
    if "EN" in beside:
        for index in part:
            kinds[index] = "EN"


def _as_strong(kind: str) -> str:
    """Numbers count as right to left for what stands between them (N0, N1)."""
    return "R" if kind in NUMBERS else kind if kind in ("L", "R") else ""


def _brackets(text: str, kinds: list[str], embedding: str) -> None:
    """N0, in place: both brackets of a pair take one direction."""
    for start, stop in _pairs(text, kinds):
        inside = {_as_strong(kind) for kind in kinds[start + 1 : stop]} - {""}
        if embedding in inside:
            kinds[start] = kinds[stop] = embedding
        elif inside:
            before = next((s for kind in reversed(kinds[:start]) if (s := _as_strong(kind))), embedding)
            kinds[start] = kinds[stop] = before


def _pairs(text: str, kinds: list[str]) -> list[tuple[int, int]]:
    """BD16: matching brackets by the place of the opening one."""
    found: list[tuple[int, int]] = []
    opened: list[tuple[str, int]] = []
    for index, character in enumerate(text):
        if kinds[index] != "ON":
            continue
        if character in PAIRS:
            if len(opened) == MAX_NESTED:
                return []
            opened.append((PAIRS[character], index))
        depth = next((at for at in reversed(range(len(opened))) if opened[at][0] == character), None)
        if depth is not None:
            found.append((opened[depth][1], index))
            del opened[depth:]
    return sorted(found)


def _neutral(kinds: list[str], embedding: str) -> None:
    """N1 and N2, in place: neutrals between equal directions take it, others the embedding's."""
    stretches = [list(part) for _, part in groupby(range(len(kinds)), lambda index: bool(_as_strong(kinds[index])))]
    for part in stretches:
        if _as_strong(kinds[part[0]]):
            continue
        before = _as_strong(kinds[part[0] - 1]) if part[0] else embedding
        after = _as_strong(kinds[part[-1] + 1]) if part[-1] + 1 < len(kinds) else embedding
        for index in part:
            kinds[index] = before if before == after else embedding
