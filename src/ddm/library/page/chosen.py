"""What was asked for on the command line, an id or a condition -> the materials to be shown."""

from __future__ import annotations

import re

from ddm.errors import InputError
from ddm.library.asking import Question, ask
from ddm.library.library import Library
from ddm.perceive.perception import Perception

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
    rows, total = ask(library, Question(asked, limit=limit))
    return tuple(row.material for row in rows), total
