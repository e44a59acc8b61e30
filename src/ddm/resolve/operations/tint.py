"""`tint`: the picture is drawn in one hue."""

from dataclasses import replace
from typing import cast

from ddm.language.template import Call
from ddm.perceive.perception import Params
from ddm.resolve.intents import Effect, PictureIntent, Shown, Surroundings


def tint(intent: PictureIntent, call: Call) -> PictureIntent:
    p = call.parameters

    def asked(_: Shown, around: Surroundings) -> Params:
        found = around.roles(str(p["from"]))
        asked: Params = {"colour": found[str(p["role"])], "strength": cast(float, p["strength"])}
        return {**asked, "white": found[str(p["lights"])]} if p.get("lights") else asked

    return replace(intent, before=(*intent.before, Effect("tinted", asked, call)))
