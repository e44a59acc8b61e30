"""`reflection`: the subject is mirrored in the floor beneath it."""

from dataclasses import replace
from typing import cast

from ddm.language.template import Call
from ddm.perceive.perception import Params, Perception
from ddm.resolve.intents import Effect, PictureIntent, Surroundings


def reflection(intent: PictureIntent, call: Call) -> PictureIntent:
    params = {name: cast(float, call.parameters[name]) for name in ("strength", "length")}

    def asked(_: Perception, __: Surroundings) -> Params:
        return params

    return replace(intent, beneath=(*intent.beneath, Effect("reflection", asked, call)))
