"""The operations table: what may be done, to which elements, with which parameters.

Checking, documentation and the editor derive from it; `ddm.resolve.operations` holds one file for each row.
"""

from __future__ import annotations

from collections.abc import Mapping

from ddm.language.operations.colour import COLOUR
from ddm.language.operations.copy import COPY
from ddm.language.operations.extension import EXTENSION
from ddm.language.operations.geometry import GEOMETRY
from ddm.language.operations.row import LAYERS, ROLES, SHAPES, Operation, Parameter
from ddm.language.operations.selection import SELECTION
from ddm.language.operations.subject import SUBJECT
from ddm.plugins import extensions

BUILT_IN: Mapping[str, Operation] = {
    row.name: row for row in (*SELECTION, *GEOMETRY, *EXTENSION, *SUBJECT, *COLOUR, *COPY)
}
OPERATIONS: Mapping[str, Operation] = {**BUILT_IN, **{e.row.name: e.row for e in extensions(BUILT_IN)}}

__all__ = ["BUILT_IN", "LAYERS", "OPERATIONS", "ROLES", "SHAPES", "Operation", "Parameter"]
