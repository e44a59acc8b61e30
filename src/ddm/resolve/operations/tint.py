"""`tint`: the picture is drawn in one hue."""

from dataclasses import replace
from typing import cast

from ddm.language.template import Call
from ddm.perceive.perception import Params
from ddm.resolve.intents import Effect, PictureIntent, Shown, Surroundings


def tint(intent: PictureIntent, call: Call) -> PictureIntent:
    p = call.parameters

    def asked(_: Shown, around: Surroundings) -> Params:
        return {"colour": around.roles(str(p["from"]))[str(p["role"])], "strength": cast(float, p["strength"])}

    return replace(intent, before=(*intent.before, Effect("tinted", asked, call)))
