"""`mirror`: left and right are swapped; asked for twice, they are as before. Refusing it needs the material."""

from dataclasses import replace

from ddm.language.template import Call
from ddm.resolve.intents import PictureIntent


def mirror(intent: PictureIntent, call: Call) -> PictureIntent:
    return replace(intent, mirror=None if intent.mirror else call)
