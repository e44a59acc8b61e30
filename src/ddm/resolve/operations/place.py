"""`place`: where content sits in its frame, and the subject in the picture. The frame itself is `layout`'s."""

from dataclasses import fields, replace
from typing import Any, cast

from ddm.language.template import Call
from ddm.resolve.intents import Intent

SHARES = {"start": 0.0, "centre": 0.5, "end": 1.0, "top": 0.0, "middle": 0.5, "bottom": 1.0}
_KEPT = {
    "subject": "zones",
    "subject-size": "size",
    "avoid": "avoid",
    "margin": "apart",
    "bleed": "bleed",
    "off": "off",
}
"""Parameter -> field of the intents that have one."""


def place(intent: Intent, call: Call) -> Intent:
    p = call.parameters
    known = {field.name for field in fields(intent)}
    changes: dict[str, Any] = {_KEPT[key]: value for key, value in p.items() if _KEPT.get(key) in known}
    if "calm" in known:
        changes["calm"] = p.get("in") == "calm"
    if "bleed" in known:
        changes["bleed"] = p.get("bleed", ())
    return replace(intent, align=SHARES[cast(str, p["align"])], rise=SHARES[cast(str, p["rise"])], **changes)
