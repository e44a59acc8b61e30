"""`scrim`: a veil beneath copy, where no ink can be read without one."""

from dataclasses import replace
from typing import cast

from ddm.language.template import Call
from ddm.resolve.intents import GroupIntent, TextIntent


def scrim(intent: GroupIntent | TextIntent, call: Call) -> GroupIntent | TextIntent:
    return replace(intent, scrim=cast(float, call.parameters["most"]))
