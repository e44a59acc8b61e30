"""What copy gives up where there is no room: first its longer wordings, then whole texts, at last the ends of texts.

A text that says what another says already is too much, too. Of several the one with the highest priority number comes
first. What turns out to have been given up needlessly is taken back.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ddm.resolve.pieces import StackItem, TextItem
from ddm.resolve.stage import Stage
from ddm.resolve.wording import exact, wordings
from ddm.typeset.breaks import clusters, opportunities

ELLIPSIS = "…"
_LOOSE = " \u00a0,;:.-–—/|·&+(（「《“‘，、；：。"
"""What would stand oddly before an ellipsis."""
FEWEST, HINT = 3, 0.6
"""Clusters of a word that are still a hint of it, and the part of them: "Incred…" tells, "Com…" does not."""

Fits = Callable[[], bool]


@dataclass(slots=True)
class Concession:
    """One thing given up by one text. kind: shorter, cut or dropped; text: what it says from here on."""

    item: TextItem
    kind: str
    text: str = ""
    before: str = ""

    def make(self) -> None:
        self.before = self.item.text
        if self.kind == "dropped":
            self.item.gone = True
        else:
            self.item.says(self.text)

    def take_back(self) -> None:
        self.item.gone = False
        self.item.says(self.before)


def concessions(stack: StackItem, stage: Stage, fits: Fits) -> Iterator[Concession]:
    """All there are, in order; each is to be made before the next is asked for."""
    texts = sorted(stack.texts(), key=lambda item: -item.intent.priority)
    for item in texts:
        for text in wordings(item.placed, item.intent, stage)[1:]:
            yield Concession(item, "shorter", text)
    yield from [Concession(item, "dropped") for item in texts if item.intent.priority > 0]
    for item in texts:
        if item.intent.ellipsis and not item.gone and not exact(item.placed, item.intent, stage):
            yield from _cut(item, fits)


def twice(stack: StackItem) -> bool:
    """Whether two texts say the same, as a title beside the title, and one of them may go."""
    said: dict[str, int] = {}
    for item in (item for item in stack.texts() if not item.gone):
        text, priority = item.text.casefold(), item.intent.priority
        if text in said and max(said[text], priority) > 0:
            return True
        said[text] = priority
    return False


def _cut(item: TextItem, fits: Fits) -> Iterator[Concession]:
    """The longest part that fits; else the shortest there is, so that other texts may do the rest."""
    whole, parts = item.text, beginnings(item.text)
    if not parts:
        return

    def enough(text: str) -> bool:
        item.says(text)
        return fits()

    at = bisect_left(parts, True, key=enough)
    item.says(whole)
    yield Concession(item, "cut", parts[min(at, len(parts) - 1)])


def beginnings(text: str) -> list[str]:
    """The text cut short with an ellipsis, longest first: after words, then inside the first word; no number is cut."""
    first, *_ = ends = opportunities(text)
    words = [text[:end] for end in ends[-2::-1]]
    letters = clusters(text[:first].rstrip())
    inside = [
        "".join(letters[:count])
        for count in range(len(letters) - 1, max(FEWEST, math.ceil(HINT * len(letters))) - 1, -1)
        if not any(character.isdigit() for character in letters)
    ]
    made = dict.fromkeys(part.rstrip(_LOOSE) for part in [*words, *inside])
    return [part + ELLIPSIS for part in made if part]


def take_back(made: list[Concession], fits: Fits) -> list[Concession]:
    """Those that are needed after all, in order: each but the last is undone where the stack fits without it."""
    kept: list[Concession] = made[-1:]
    for concession in reversed(made[:-1]):
        if any(concession.item is other.item for other in kept):
            continue
        concession.take_back()
        if not fits():
            concession.make()
            kept.append(concession)
    return kept[::-1]
