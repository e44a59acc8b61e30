"""`fit`: how copy is broken, how far it may shrink, and what becomes of it when there is no room."""

from dataclasses import replace
from typing import cast

from ddm.language.template import Call
from ddm.resolve.intents import TextIntent


def fit(intent: TextIntent, call: Call) -> TextIntent:
    p = call.parameters
    return replace(
        intent,
        lines=int(cast(float, p["lines"])),
        least=cast(float, p["least"]),
        min_size=cast(float, p.get("min-size", 0.0)),
        balance=bool(p["balance"]),
        shorter=bool(p["shorter"]),
        ellipsis=bool(p["ellipsis"]),
        priority=int(cast(float, p["priority"])),
    )
