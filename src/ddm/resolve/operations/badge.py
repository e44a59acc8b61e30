"""`badge`: the text stands on a shape of its own."""

from dataclasses import replace

from ddm.language.template import Call
from ddm.resolve.intents import BadgeIntent, TextIntent


def badge(intent: TextIntent, call: Call) -> TextIntent:
    p = call.parameters
    return replace(intent, badge=BadgeIntent(str(p["shape"]), str(p["role"]), str(p["from"])))
