"""`align`: edges or middles in line with those of another layer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from ddm.language.template import Call

if TYPE_CHECKING:
    from ddm.resolve.layout import Edges, Rule


def align(own: Edges, other: Edges, call: Call) -> Iterator[Rule]:
    """The constraints, each with its strength."""
    for edge in cast("tuple[str, ...]", call.parameters["edges"]):
        yield own.line(edge) == other.line(edge), str(call.parameters["strength"]), f"align {edge}"
