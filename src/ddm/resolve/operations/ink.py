"""`ink`: the colour of copy, by what lies beneath."""

from dataclasses import replace
from typing import cast

from ddm.language.template import Call
from ddm.resolve.intents import GroupIntent, InkIntent, TextIntent


def ink(intent: GroupIntent | TextIntent, call: Call) -> GroupIntent | TextIntent:
    p = call.parameters
    return replace(intent, ink=InkIntent(str(p["from"]), cast(float, p["contrast"]), str(p.get("role", ""))))
