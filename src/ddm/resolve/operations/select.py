"""`select`: the layer is filled with what an object found."""

from dataclasses import replace

from ddm.language.template import Call
from ddm.resolve.intents import Intent


def select(intent: Intent, call: Call) -> Intent:
    return replace(intent, object=str(call.parameters["object"]))
