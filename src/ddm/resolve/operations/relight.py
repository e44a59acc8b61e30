"""`relight`: the subject is shaded as if the light came from a side, or as in another picture."""

from dataclasses import replace
from typing import cast

from ddm.language.template import Call
from ddm.perceive.perception import Params, Perception
from ddm.resolve.intents import Effect, PictureIntent, Surroundings


def relight(intent: PictureIntent, call: Call) -> PictureIntent:
    p = call.parameters

    def asked(material: Perception, around: Surroundings) -> Params | None:
        other = around.binding.material(str(p["like"])) if "like" in p else None
        light = str(p.get("light") or (other.attributes.get("light.side", "front") if other else "front"))
        if light == str(material.attributes.get("light.side", "front")):
            return None
        return {"direction": light, "strength": cast(float, p["strength"])}

    return replace(intent, before=(*intent.before, Effect("relit", asked, call)))
