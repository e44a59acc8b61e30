"""`badge`: the shape a text stands on, in a colour that stands out from the ground."""

from __future__ import annotations

from ddm.errors import Unfit
from ddm.geometry import Box
from ddm.resolve import ink
from ddm.resolve.intents import BadgeIntent
from ddm.resolve.laid import PutText
from ddm.resolve.stage import Stage
from ddm.svg.tree import Ellipse, Meta, Node, Rect

STANDS_OUT = 1.45  # contrast of a badge with its ground; a shape is seen well below what type needs
COVERED = 0.03  # part of a piece of copy that may lie over a subject's soft edge
ROUND = 0.16  # radius of a box's corners, by its height
OTHERWISE = ("paper", "night", "accent")  # roles tried where the one wished for does not stand out


def check(put: PutText, stage: Stage) -> None:
    """Unfit where the badge would cover a subject."""
    if stage.ground.covered(put.box) > COVERED:
        raise Unfit(f"the badge '{put.name}' would cover the subject")


def badge(put: PutText, intent: BadgeIntent, stage: Stage) -> Node:
    """The shape; it is painted on the ground as well."""
    box, name = put.box, put.name
    role, fill = _fill(intent, box, stage)
    round_ = intent.shape == "disc"
    stage.ground.paint_flat(box, fill, 1.0, round_)
    stage.trace.note(name, "badge", fill, f"role {role} of {intent.palette}")
    meta = Meta(f"{name}-badge", "decoration")
    if round_:
        return Ellipse(box, fill, meta=meta)
    return Rect(box, fill, box.height * (0.5 if intent.shape == "pill" else ROUND), meta=meta)


def _fill(intent: BadgeIntent, box: Box, stage: Stage) -> tuple[str, str]:
    """(role, colour): the role wished for where it stands out from the ground, else the one that does most."""
    roles, beneath = stage.roles(intent.palette), stage.ground.tones(box)
    if ink.ratio_on(roles[intent.role], beneath) >= STANDS_OUT:
        return intent.role, roles[intent.role]
    best = max((intent.role, *OTHERWISE), key=lambda role: ink.ratio_on(roles[role], beneath))
    return best, roles[best]
