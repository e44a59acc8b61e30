"""`reflection`: the subject is mirrored in the floor beneath it, if it stands on one."""

from dataclasses import replace
from typing import cast

from ddm.language.template import Call
from ddm.perceive.perception import Params
from ddm.resolve.intents import Effect, PictureIntent, Shown, Surroundings
from ddm.resolve.surface import stands


def reflection(intent: PictureIntent, call: Call) -> PictureIntent:
    params = {name: cast(float, call.parameters[name]) for name in ("strength", "length")}

    def asked(shown: Shown, _: Surroundings) -> Params | None:
        return params if stands(shown.material) else None

    return replace(intent, beneath=(*intent.beneath, Effect("reflection", asked, call)))
