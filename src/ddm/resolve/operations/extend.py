"""`extend`: the picture may grow past its own edges, on the sides named."""

from dataclasses import replace
from typing import cast

from ddm.language.operations.row import SIDES
from ddm.language.template import Call
from ddm.resolve.intents import PictureIntent


def extend(intent: PictureIntent, call: Call) -> PictureIntent:
    p = call.parameters
    sides, most = cast("tuple[str, ...]", p["sides"]), cast(float, p["most"])
    left, top, right, bottom = (most if side in sides else 0.0 for side in SIDES)
    return replace(intent, grow=(left, top, right, bottom), to_canvas=p["to"] == "canvas")
