"""`reflection`: the subject is mirrored in the floor beneath it."""

from dataclasses import replace
from typing import cast

from ddm.language.template import Call
from ddm.perceive.perception import Perception
from ddm.resolve.intents import Effect, Params, PictureIntent
from ddm.resolve.stage import Stage


def reflection(intent: PictureIntent, call: Call) -> PictureIntent:
    params = {name: cast(float, call.parameters[name]) for name in ("strength", "length")}

    def asked(_: Perception, __: Stage) -> Params:
        return params

    return replace(intent, beneath=(*intent.beneath, Effect("reflection", asked, call)))
