"""`erase`: what was laid over the photograph is taken away before anything else happens to it."""

from dataclasses import replace

from ddm.language.template import Call
from ddm.perceive.perception import Params
from ddm.resolve.intents import Effect, PictureIntent, Shown, Surroundings

LAID = {"text": ("text.count",), "logo": ("text.count", "logo.count"), "all": ("text.count", "logo.count")}
"""What there must be for anything to go, by what is asked: marks are read as text, too."""


def erase(intent: PictureIntent, call: Call) -> PictureIntent:
    def asked(shown: Shown, _: Surroundings) -> Params | None:
        what = str(call.parameters["what"])
        laid = [shown.material.number(name) for name in LAID[what]]
        return {"what": what} if any(laid) else None

    return replace(intent, before=(Effect("erased", asked, call), *intent.before))
