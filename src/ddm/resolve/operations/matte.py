"""`matte`: the subject alone."""

from dataclasses import replace

from ddm.language.template import Call
from ddm.resolve.intents import PictureIntent


def matte(intent: PictureIntent, _: Call) -> PictureIntent:
    return replace(intent, cutout=True)
