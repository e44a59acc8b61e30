"""Operations from other packages: found by entry points of the group `ddm.operations`, or refused with a reason."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any, Protocol

from ddm.errors import InputError

if TYPE_CHECKING:
    from ddm.language.operations.row import Operation

GROUP = "ddm.operations"


class Extension(Protocol):
    """What an entry point must name. row: the line of the operations table. action: see `ddm.resolve.operations`."""

    row: Operation
    action: Any


@cache
def _found() -> tuple[Extension, ...]:
    """By name, so that the order of installation changes nothing."""
    return tuple(point.load() for point in sorted(entry_points(group=GROUP), key=lambda p: (p.name, p.value)))


def extensions(taken: Collection[str] = ()) -> tuple[Extension, ...]:
    """All that are installed. InputError where one takes a name that is taken."""
    seen = set(taken)
    for extension in _found():
        if extension.row.name in seen:
            raise InputError(
                f"the operation '{extension.row.name}' exists twice", GROUP, "remove one of the packages that bring it"
            )
        seen.add(extension.row.name)
    return _found()
