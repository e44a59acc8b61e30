"""`blur`: the picture is put out of focus."""

from dataclasses import replace
from typing import cast

from ddm.language.template import Call
from ddm.resolve.intents import PictureIntent


def blur(intent: PictureIntent, call: Call) -> PictureIntent:
    return replace(intent, blur=cast(float, call.parameters["sigma"]))
