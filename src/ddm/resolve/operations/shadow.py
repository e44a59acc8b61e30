"""`shadow`: the subject's shadow is laid beneath it, away from the light."""

from __future__ import annotations

from dataclasses import replace
from math import atan, degrees
from typing import cast

from ddm.derive.shading.shadow import GROUNDED
from ddm.derive.shading.standing import TILT
from ddm.derive.shading.thrown import usual_height
from ddm.language.template import Call
from ddm.perceive.perception import Params
from ddm.resolve.intents import Effect, PictureIntent, Shown, Surroundings
from ddm.resolve.surface import stands

DIRECTION = {"left": 310.0, "front": 0.0, "right": 50.0}
"""Where a light that is only named stands, degrees by the clock."""
UNSURE = "left"  # a light from the upper left is what the eye expects (Sun and Perona, 1998)
SURE = 0.5  # as `light.SURE` of perception, which knows pixels: below it the direction is a guess
SOFTNESS = 0.5  # of a light of which nothing is known
STEPS = 5.0, 0.1  # degrees and softness are rounded to these: nobody sees less, and few shadows differ
ABOVE = 80.0  # degrees: a light below the horizon throws nothing on the ground, so it stands just above
HUNG = 0.45  # how dark the shadow is that clothes drop, of one on the ground: nothing touches


def shadow(intent: PictureIntent, call: Call) -> PictureIntent:
    p = call.parameters

    def asked(shown: Shown, _: Surroundings) -> Params:
        direction, softness = _light(shown, str(p["light"]))
        hung = p["kind"] in GROUNDED and not stands(shown.material)
        return {
            "kind": "drop" if hung else str(p["kind"]),
            "strength": cast(float, p["strength"]) * (HUNG if hung else 1),
            "softness": softness if p.get("softness") is None else cast(float, p["softness"]),
            "direction": direction,
            "height": _height(cast("float | None", p.get("length")), direction),
        }

    return replace(intent, beneath=(*intent.beneath, Effect("shadow", asked, call)))


def _height(length: float | None, direction: float) -> float:
    """Of the light, in whole degrees: by the length of what it casts, or as lamps stand that are seen there."""
    return round(usual_height(direction, TILT) if length is None else degrees(atan(1 / length)))


def _light(shown: Shown, said: str) -> tuple[float, float]:
    """Direction in the picture as it is stored, which may be shown mirrored, and softness."""
    if said != "perceived":
        return DIRECTION[shown.own(said)], SOFTNESS
    if shown.material.number("light.sure") < SURE:
        return DIRECTION[shown.own(UNSURE)], SOFTNESS
    aside = (shown.material.number("light.direction") + 180) % 360 - 180
    step, soft = STEPS
    direction = step * round(max(-ABOVE, min(ABOVE, aside)) / step)
    return direction % 360, round(soft * round(shown.material.number("light.softness") / soft), 2)
