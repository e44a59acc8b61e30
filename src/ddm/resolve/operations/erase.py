"""`erase`: what was laid over the photograph is taken away before anything else happens to it."""

from dataclasses import replace

from ddm.language.template import Call
from ddm.perceive.perception import Params, Perception
from ddm.resolve.intents import Effect, PictureIntent, Surroundings


def erase(intent: PictureIntent, call: Call) -> PictureIntent:
    def asked(material: Perception, _: Surroundings) -> Params | None:
        return {"what": str(call.parameters["what"])} if material.number("text.count") else None

    return replace(intent, before=(Effect("erased", asked, call), *intent.before))
