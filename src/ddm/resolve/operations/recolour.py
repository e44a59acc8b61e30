"""`recolour`: a shape takes a role of a palette, or shades from one to another."""

from dataclasses import replace
from typing import cast

from ddm.language.template import Call
from ddm.resolve.intents import ShapeIntent


def recolour(intent: ShapeIntent, call: Call) -> ShapeIntent:
    p = call.parameters
    return replace(
        intent,
        palette=str(p["from"]),
        role=str(p["role"]),
        to=str(p.get("to", "")),
        angle=cast(float, p["angle"]),
    )
