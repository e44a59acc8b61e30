"""`stack`: the children of a group one after another."""

from dataclasses import replace
from typing import cast

from ddm.language.lengths import Length
from ddm.language.template import Call
from ddm.resolve.intents import GroupIntent, StackIntent
from ddm.resolve.operations.place import SHARES


def stack(intent: GroupIntent, call: Call) -> GroupIntent:
    p = call.parameters
    align = SHARES[str(p["align"])]
    made = StackIntent(str(p["direction"]), cast(Length, p["gap"]), align, cast(float, p["least"]))
    return replace(intent, stack=made)
