"""`rotate`: the layer is turned about the centre of its frame."""

from dataclasses import replace
from typing import cast

from ddm.language.template import Call
from ddm.resolve.intents import Intent


def rotate(intent: Intent, call: Call) -> Intent:
    return replace(intent, turn=intent.turn + cast(float, call.parameters["by"]))
