"""`erase`: what was laid over the photograph, or its subject's shadow, goes before anything else happens to it."""

from dataclasses import replace

from ddm.language.template import Call
from ddm.perceive.perception import Params
from ddm.resolve.intents import Effect, PictureIntent, Shown, Surroundings

THERE = {
    "text": ("text.count",),
    "logo": ("text.count", "logo.count"),
    "all": ("text.count", "logo.count"),
    "shadow": ("subject.count",),
}
"""What there must be for anything to go, by what is asked: marks are read as text, too. Whether a subject throws a
shadow is seen when the pixels are made."""


def erase(intent: PictureIntent, call: Call) -> PictureIntent:
    what = str(call.parameters["what"])
    params: Params
    name, params = ("unshadowed", {}) if what == "shadow" else ("erased", {"what": what})

    def asked(shown: Shown, _: Surroundings) -> Params | None:
        there = [shown.material.number(name) for name in THERE[what]]
        return params if any(there) else None

    return replace(intent, before=(Effect(name, asked, call), *intent.before))
