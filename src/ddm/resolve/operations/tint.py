"""`tint`: the picture is drawn in one hue."""

from dataclasses import replace
from typing import cast

from ddm.language.template import Call
from ddm.perceive.perception import Perception
from ddm.resolve.intents import Effect, Params, PictureIntent
from ddm.resolve.stage import Stage


def tint(intent: PictureIntent, call: Call) -> PictureIntent:
    p = call.parameters

    def asked(_: Perception, stage: Stage) -> Params:
        return {"colour": stage.roles(str(p["from"]))[str(p["role"])], "strength": cast(float, p["strength"])}

    return replace(intent, before=(*intent.before, Effect("tinted", asked, call)))
