"""`size`: how large the subject is. The frame itself is `layout`'s."""

from dataclasses import replace
from typing import cast

from ddm.language.parameters import Range
from ddm.language.template import Call
from ddm.resolve.intents import Intent, PictureIntent


def size(intent: Intent, call: Call) -> Intent:
    if not isinstance(intent, PictureIntent) or "subject" not in call.parameters:
        return intent
    return replace(intent, size=cast(Range, call.parameters["subject"]))
