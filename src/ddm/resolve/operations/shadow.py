"""`shadow`: the subject's shadow is laid beneath it, away from the light."""

from dataclasses import replace
from typing import cast

from ddm.language.template import Call
from ddm.perceive.perception import Params
from ddm.resolve.intents import Effect, PictureIntent, Shown, Surroundings

DIRECTION = {"left": 0.6, "front": 0.0, "right": -0.6}
"""Which way the shadow falls, -1 to the left and 1 to the right, by where the light comes from."""
UNSURE = 0.4  # a light from the upper left is what the eye expects (Sun and Perona, 1998)


def shadow(intent: PictureIntent, call: Call) -> PictureIntent:
    p = call.parameters

    def asked(shown: Shown, _: Surroundings) -> Params:
        light = str(p["light"])
        side = str(shown.material.attributes["light.side"]) if light == "perceived" else shown.own(light)
        known = light != "perceived" or side in ("left", "right")
        return {
            "kind": str(p["kind"]),
            "strength": cast(float, p["strength"]),
            "softness": cast(float, p["softness"]),
            "direction": DIRECTION[side] if known else UNSURE,
        }

    return replace(intent, beneath=(*intent.beneath, Effect("shadow", asked, call)))
