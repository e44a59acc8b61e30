"""`front`: the subject stands before copy that was set earlier, and hides a little of it."""

from dataclasses import replace
from typing import cast

from ddm.language.template import Call
from ddm.resolve.intents import PictureIntent


def front(intent: PictureIntent, call: Call) -> PictureIntent:
    p = call.parameters
    return replace(intent, before_copy=str(p["of"]), hides=cast(float, p["most"]))
