"""`stack`: the children of a group one after another."""

from dataclasses import replace
from typing import cast

from ddm.language.lengths import Length
from ddm.language.template import Call
from ddm.resolve.intents import GroupIntent, StackIntent
from ddm.resolve.operations.place import SHARES


def stack(intent: GroupIntent, call: Call) -> GroupIntent:
    p = call.parameters
    align, gap, least = SHARES[str(p["align"])], cast(Length, p["gap"]), cast(float, p["least"])
    return replace(intent, stack=StackIntent(str(p["direction"]), gap, align, least, bool(p["spread"])))
