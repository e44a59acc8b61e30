"""`relight`: the subject is shaded as if the light came from elsewhere, or as in another picture."""

from __future__ import annotations

from cmath import phase, rect
from dataclasses import replace
from math import degrees, radians
from typing import cast

from ddm.language.template import Call
from ddm.perceive.perception import Params, Perception
from ddm.resolve.intents import Effect, PictureIntent, Shown, Surroundings
from ddm.resolve.operations.shadow import DIRECTION, SURE

STEP = 5.0  # degrees and hundredths that differ by less give the same pixels
ENOUGH = 0.35  # how far apart two lights of length 1 must be for anybody to see it: 20 degrees


def relight(intent: PictureIntent, call: Call) -> PictureIntent:
    p = call.parameters

    def asked(shown: Shown, around: Surroundings) -> Params | None:
        wanted = _wanted(p.get("light"), p.get("like"), around)
        if wanted is None:
            return None
        apart = wanted - _own(shown)
        if abs(apart) < ENOUGH:
            return None
        direction = STEP * round(degrees(phase(apart)) / STEP) % 360
        strength = min(1.0, cast(float, p["strength"]) * abs(apart))
        return {"direction": (360 - direction) % 360 if shown.mirror else direction, "strength": round(strength, 2)}

    return replace(intent, before=(*intent.before, Effect("relit", asked, call)))


def _wanted(light: object, like: object, around: Surroundings) -> complex | None:
    """Where light shall come from on the canvas: of length 1, at an angle by the clock; 0: the front; None: unknown."""
    if light:
        return 0j if light == "front" else rect(1, radians(DIRECTION[str(light)]))
    other = around.binding.material(str(like))
    return _told(other) if other and other.number("light.sure") >= SURE else None


def _own(shown: Shown) -> complex:
    """The light that the subject was taken in, as the canvas shows it; 0 where that is a guess."""
    if shown.material.number("light.sure") < SURE:
        return 0j
    told = _told(shown.material)
    return told.conjugate() if shown.mirror else told


def _told(material: Perception) -> complex:
    return rect(1, radians(material.number("light.direction")))
