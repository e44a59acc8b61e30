"""JSON text -> where each of its values stands, which the parser at hand does not say."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

from ddm.formats.checks import At

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},:]|[^\s\[\]{},:"]+')


@dataclass(slots=True)
class Places:
    """Offsets of values by their place, and of keys that stand twice in one object, by the place of the second."""

    offsets: dict[At, int] = field(default_factory=dict)
    twice: dict[At, int] = field(default_factory=dict)

    def offset(self, at: At) -> int:
        """Of the value, or of the innermost one around it that exists."""
        while at and at not in self.offsets:
            at = at[:-1]
        return self.offsets.get(at, 0)


def places(text: str) -> Places:
    """Walks over the tokens of `text`, which was parsed as JSON before. A member of an object stands at its key."""
    found, stack, keyed = Places({(): 0}), [_Step(None)], False
    for token in _TOKEN.finditer(text):
        word, top = token.group(), stack[-1]
        if word in "]}":
            stack.pop()
        elif word == ",":
            top.index += 1
            keyed = False
        elif word == ":":
            keyed = True
        elif top.kind == "{" and not keyed:
            top.key = json.loads(word, strict=False)
            _note(found, _at(stack), token.start())
        else:
            if top.kind == "[":
                found.offsets[_at(stack)] = token.start()
            if word in "[{":
                stack.append(_Step(word))
            keyed = False
    return found


@dataclass(slots=True)
class _Step:
    """An open bracket, and the member that is being read."""

    kind: str | None
    key: str = ""
    index: int = 0


def _at(stack: list[_Step]) -> At:
    return tuple(step.index if step.kind == "[" else step.key for step in stack if step.kind)


def _note(found: Places, at: At, offset: int) -> None:
    if at in found.offsets:
        found.twice[at] = offset
    found.offsets[at] = offset
