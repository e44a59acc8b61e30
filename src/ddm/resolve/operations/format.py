"""`format`: a number is written as its language does."""

from dataclasses import replace
from typing import cast

from ddm.language.template import Call
from ddm.resolve.intents import TextIntent, Written


def format(intent: TextIntent, call: Call) -> TextIntent:
    p = call.parameters
    digits = int(cast(float, p["digits"])) if "digits" in p else -1
    return replace(intent, written=Written(str(p["as"]), digits, str(p.get("before", "")), str(p.get("after", ""))))
