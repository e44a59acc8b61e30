"""`outline`: an edge runs around the subject."""

from dataclasses import replace
from typing import cast

from ddm.language.template import Call
from ddm.perceive.perception import Perception
from ddm.resolve.intents import Effect, Params, PictureIntent
from ddm.resolve.stage import Stage


def outline(intent: PictureIntent, call: Call) -> PictureIntent:
    p = call.parameters

    def asked(_: Perception, stage: Stage) -> Params:
        return {"width": cast(float, p["width"]), "colour": stage.roles(str(p["from"]))[str(p["role"])]}

    return replace(intent, beneath=(*intent.beneath, Effect("outline", asked, call)))
