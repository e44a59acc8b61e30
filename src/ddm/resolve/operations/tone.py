"""`tone`: the picture becomes as another picture's camera would have shown it, or comes nearer to a palette."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import cast

import numpy as np

from ddm.derive.fitting.looks import look
from ddm.language.template import Call
from ddm.perceive.perception import Params, Perception, Swatch
from ddm.resolve.intents import Effect, PictureIntent, Shown, Surroundings

SPAN = 0.5  # of the canvas that a subject takes: so much finer than a scene's its pixels are drawn
LOOKS = 1024  # scenes whose look is kept


def tone(intent: PictureIntent, call: Call) -> PictureIntent:
    p = call.parameters
    strength = cast(float, p["strength"])

    def toned(_: Shown, around: Surroundings) -> Params | None:
        swatches = around.swatches(str(p["from"]))
        return {**_mean(swatches), "strength": strength} if swatches else None

    def fitted(shown: Shown, around: Surroundings) -> Params | None:
        scene = around.binding.material(str(p["like"]))
        if scene is None or scene.id == shown.material.id:
            return None
        soft = around.blurred(str(p["like"]))
        return {**_look(scene), "grain": 0.0 if soft else _grain(scene, shown.material), "strength": strength}

    effect = Effect("toned", toned, call) if p.get("from") else Effect("fitted", fitted, call)
    return replace(intent, before=(*intent.before, effect))


def _mean(swatches: Sequence[Swatch]) -> dict[str, float]:
    """Rounded, so that formats and products of like surroundings share pixels."""
    total = sum(s.weight for s in swatches) or 1.0
    light, a, b = (sum(s.weight * getattr(s, key) for s in swatches) / total for key in ("lightness", "a", "b"))
    return {"lightness": round(light, 2), "a": round(a, 3), "b": round(b, 3)}


class _Held:
    """A scene that rides along with its id; perceptions have no hash."""

    def __init__(self, scene: Perception) -> None:
        self.scene = scene

    def __hash__(self) -> int:
        return hash(self.scene.id)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and self.scene.id == other.scene.id


def _look(scene: Perception) -> dict[str, float]:
    return _looked(_Held(scene))


@lru_cache(maxsize=LOOKS)
def _looked(held: _Held) -> dict[str, float]:
    """The scene's black, white and greys, rounded as above; what it does not show is left as it is."""
    thumb = held.scene.maps.thumb
    found = look(thumb, np.ones(thumb.shape[:2], np.float32))
    assert found is not None, "a thumbnail has pixels"
    told = {"black": round(found.black, 2)} if found.shows_black else {}
    told |= {"white": round(found.white, 2)} if found.shows_white else {}
    return told | ({"a": round(found.a, 3), "b": round(found.b, 3)} if found.shows_greys else {})


def _grain(scene: Perception, subject: Perception) -> float:
    """The scene's grain in pixels of the subject: what is drawn smaller has the finer grain.

    A scene is drawn to cover the canvas, and the subject to about SPAN of it.
    """
    fine = SPAN * min(scene.size) / max(1.0, max(subject.subject.width, subject.subject.height))
    return round(min(1.0, scene.number("quality.noise") / max(fine, 1e-3)), 2)
