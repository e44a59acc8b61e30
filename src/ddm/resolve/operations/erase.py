"""`erase`: what was laid over the photograph is taken away before anything else happens to it."""

from dataclasses import replace

from ddm.language.template import Call
from ddm.perceive.perception import Params
from ddm.resolve.intents import Effect, PictureIntent, Shown, Surroundings


def erase(intent: PictureIntent, call: Call) -> PictureIntent:
    def asked(shown: Shown, _: Surroundings) -> Params | None:
        return {"what": str(call.parameters["what"])} if shown.material.number("text.count") else None

    return replace(intent, before=(Effect("erased", asked, call), *intent.before))
