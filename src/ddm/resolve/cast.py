"""A picture layer with what it shows, and the changes of its pixels that were asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ddm.errors import Unfit
from ddm.perceive.perception import MOST_STEPS, Perception, Steps
from ddm.resolve.intents import PictureIntent, Shown
from ddm.resolve.placed import Placed
from ddm.resolve.stage import Stage

BEFORE_MATTING = frozenset({"erased"})  # what a cut-out has no need of: the ground goes anyway


class Cast(NamedTuple):
    """A picture layer and what it shows."""

    placed: Placed
    intent: PictureIntent
    shown: Shown

    @property
    def material(self) -> Perception:
        return self.shown.material

    @property
    def mirror(self) -> bool:
        return self.shown.mirror


def steps(layer: Cast, stage: Stage) -> Steps:
    """Changes of the pixels themselves, in order, as far as there is something to change."""
    name, found = layer.placed.id, []
    for effect in layer.intent.before:
        if layer.intent.cutout and effect.derivation in BEFORE_MATTING:
            continue
        params = effect.asked(layer.shown, stage)
        if params is not None:
            found.append((effect.derivation, params))
            stage.trace.note(name, effect.derivation, said(params), f"{effect.call.name}, line {effect.call.mark.line}")
    if len(found) > MOST_STEPS:
        raise Unfit(f"'{name}' changes its picture {len(found)} times", mend=f"at most {MOST_STEPS} times")
    return tuple(found)


def said(params: Mapping[str, float | str]) -> str:
    return " ".join([f"{key} {value if isinstance(value, str) else f'{value:g}'}" for key, value in params.items()])
