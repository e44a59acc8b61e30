"""`relight`: the subject is shaded as if the light came from a side, or as in another picture."""

from dataclasses import replace
from typing import cast

from ddm.language.template import Call
from ddm.perceive.perception import Params
from ddm.resolve.intents import Effect, PictureIntent, Shown, Surroundings

SIDES = ("left", "front", "right")


def relight(intent: PictureIntent, call: Call) -> PictureIntent:
    p = call.parameters

    def asked(shown: Shown, around: Surroundings) -> Params | None:
        light = shown.own(_wanted(p.get("light"), p.get("like"), around))
        if light == shown.material.attributes["light.side"]:
            return None
        return {"direction": light, "strength": cast(float, p["strength"])}

    return replace(intent, before=(*intent.before, Effect("relit", asked, call)))


def _wanted(light: object, like: object, around: Surroundings) -> str:
    """The side said, or that from which another picture is lit; front where that was left out or is not known."""
    other = around.binding.material(str(like))
    side = str(light or (other.attributes["light.side"] if other else ""))
    return side if side in SIDES else "front"
