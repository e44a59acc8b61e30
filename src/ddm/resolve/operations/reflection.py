"""`reflection`: the subject is mirrored in the floor beneath it."""

from dataclasses import replace
from typing import cast

from ddm.language.template import Call
from ddm.perceive.perception import Params
from ddm.resolve.intents import Effect, PictureIntent, Shown, Surroundings


def reflection(intent: PictureIntent, call: Call) -> PictureIntent:
    params = {name: cast(float, call.parameters[name]) for name in ("strength", "length")}

    def asked(_: Shown, __: Surroundings) -> Params:
        return params

    return replace(intent, beneath=(*intent.beneath, Effect("reflection", asked, call)))
