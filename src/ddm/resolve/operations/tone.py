"""`tone`: the picture's lightness and warmth come nearer to another picture's, or a palette's."""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from ddm.language.template import Call
from ddm.perceive.perception import Params, Swatch
from ddm.resolve.intents import Effect, PictureIntent, Shown, Surroundings


def tone(intent: PictureIntent, call: Call) -> PictureIntent:
    p = call.parameters

    def asked(_: Shown, around: Surroundings) -> Params | None:
        swatches = _wanted(p.get("like"), p.get("from"), around)
        return {**_mean(swatches), "strength": cast(float, p["strength"])} if swatches else None

    return replace(intent, before=(*intent.before, Effect("toned", asked, call)))


def _wanted(like: object, palette: object, around: Surroundings) -> Sequence[Swatch]:
    if palette:
        return around.swatches(str(palette))
    other = around.binding.material(str(like))
    return other.palettes["whole"] if other else ()


def _mean(swatches: Sequence[Swatch]) -> dict[str, float]:
    """Rounded, so that formats and products of like surroundings share pixels."""
    total = sum(s.weight for s in swatches) or 1.0
    light, a, b = (sum(s.weight * getattr(s, key) for s in swatches) / total for key in ("lightness", "a", "b"))
    return {"lightness": round(light, 2), "a": round(a, 3), "b": round(b, 3)}
