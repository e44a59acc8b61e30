"""`crop`: the picture is cut to its frame, with room around the subject and rounded corners."""

from dataclasses import replace
from typing import cast

from ddm.language.lengths import Length
from ddm.language.template import Call
from ddm.resolve.intents import PictureIntent


def crop(intent: PictureIntent, call: Call) -> PictureIntent:
    p = call.parameters
    margin, radius, to = cast(float, p["margin"]), cast(Length, p["radius"]), p["to"]
    return replace(intent, margin=margin, radius=radius, whole=to == "picture", close=to == "detail")
