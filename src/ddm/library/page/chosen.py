"""What was asked for on the command line, an id or a condition -> the materials to be shown."""

from __future__ import annotations

import re
from difflib import get_close_matches

from ddm.errors import InputError
from ddm.language.expressions import Test, mistyped, parse, tests
from ddm.library.asking import Question, ask
from ddm.library.library import Library
from ddm.perceive.perception import Perception
from ddm.perceive.schema import ATTRIBUTES

ID = re.compile(r"[0-9a-f]{6,64}\Z")
"""An id, or its beginning: six digits tell 16 million materials apart."""


def chosen(library: Library, asked: str, limit: int) -> tuple[tuple[Perception, ...], int]:
    """At most `limit` materials, and how many fit. asked: '' for all.

    Raises InputError for an id that is not there and for a condition that cannot be read.
    """
    if ID.match(asked):
        found = library.where(f"starts_with(id, '{asked}')")
        if not found:
            raise InputError(
                f"the library has no material '{asked}'", library.place.url, "ddm library query lists some"
            )
        return found[:limit], len(found)
    for test in tests(parse(asked)) if asked.strip() else ():
        _check(test)
    rows, total = ask(library, Question(asked, limit=limit))
    return tuple(row.material for row in rows), total


def _check(test: Test) -> None:
    """A slip would find nothing and say nothing."""
    for name in test.names:
        if name not in ATTRIBUTES:
            near = get_close_matches(name, ATTRIBUTES, 1)
            raise InputError(f"there is no attribute '{name}'", mend=f"did you mean {near[0]}?" if near else "")
    if wrong := mistyped(test, ATTRIBUTES[test.name], ATTRIBUTES.get(test.other)):
        raise InputError(wrong, str(test))
