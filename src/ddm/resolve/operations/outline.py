"""`outline`: an edge runs around the subject."""

from dataclasses import replace
from typing import cast

from ddm.language.template import Call
from ddm.perceive.perception import Params
from ddm.resolve.intents import Effect, PictureIntent, Shown, Surroundings


def outline(intent: PictureIntent, call: Call) -> PictureIntent:
    p = call.parameters

    def asked(_: Shown, around: Surroundings) -> Params:
        return {"width": cast(float, p["width"]), "colour": around.roles(str(p["from"]))[str(p["role"])]}

    return replace(intent, beneath=(*intent.beneath, Effect("outline", asked, call)))
