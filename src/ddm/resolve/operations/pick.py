"""`pick`: another of the object's candidates than its winner."""

from dataclasses import replace
from typing import cast

from ddm.language.parameters import Wish
from ddm.language.template import Call
from ddm.resolve.intents import PictureIntent


def pick(intent: PictureIntent, call: Call) -> PictureIntent:
    by = cast("Wish | None", call.parameters.get("by"))
    return replace(intent, nth=int(cast(float, call.parameters["nth"])), by=by)
