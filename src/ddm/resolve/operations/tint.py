"""`tint`: the picture is drawn in one hue."""

from dataclasses import replace
from typing import cast

from ddm.language.template import Call
from ddm.perceive.perception import Params, Perception
from ddm.resolve.intents import Effect, PictureIntent, Surroundings


def tint(intent: PictureIntent, call: Call) -> PictureIntent:
    p = call.parameters

    def asked(_: Perception, around: Surroundings) -> Params:
        return {"colour": around.roles(str(p["from"]))[str(p["role"])], "strength": cast(float, p["strength"])}

    return replace(intent, before=(*intent.before, Effect("tinted", asked, call)))
