"""One mutant through parse, check, match and resolve: nothing but the documented errors may come out."""

from __future__ import annotations

import random

from ddm.errors import InputError, Unfit
from ddm.language.compile import compile_text
from ddm.match import match
from ddm.resolve import best
from ddm.resolve.serving import unserved
from ddm.svg.check import check
from ddm.svg.writer import write
from ddm.typeset import typesetter
from tests.fuzz import world
from tests.fuzz.mutate import mutant
from tests.support import materials

OUTCOMES = ("unreadable", "wrong", "unmatched", "unfit", "resolved")


def outcome(seed: int) -> str:
    """How far this mutant came, one of OUTCOMES. Anything undocumented is raised."""
    try:
        template, findings = compile_text(mutant(seed), "mutant")
    except InputError:
        return "unreadable"
    if findings.errors:
        return "wrong"
    rnd = random.Random(seed)
    product, format_ = world.wares(rnd), world.slot(rnd)
    unserved(template, [format_], typesetter())
    try:
        bindings = match(template, product, world.pool(rnd, product), most=1)
    except Unfit:
        return "unmatched"
    try:
        found = best(template, bindings, format_, product, typesetter(), materials.derive)
    except Unfit:
        return "unfit"
    check(write(found.document))
    return "resolved"
