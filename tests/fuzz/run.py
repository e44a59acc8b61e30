"""One mutant through parse, check and resolve: nothing but the documented errors may come out."""

from __future__ import annotations

import random
from functools import cache

from ddm.acquire.product import Product
from ddm.errors import InputError, Unfit
from ddm.formats.catalogue import Format, catalogue
from ddm.language.compile import compile_text
from ddm.match import bindings
from ddm.perceive.perception import Perception
from ddm.resolve import resolve
from ddm.svg.check import check
from ddm.svg.writer import write
from ddm.typeset import typesetter
from tests.fuzz.mutate import mutant
from tests.support import materials


@cache
def pool() -> tuple[Perception, ...]:
    """A product's two pictures and two backdrops."""
    look = materials.Look(1400, 1000, materials.BOWL)
    return (
        materials.material("a"),
        materials.material("b", look=look, rank=1.0),
        materials.backdrop("y").perception,
        materials.backdrop("z").perception,
    )


@cache
def _product() -> Product:
    return materials.product()


@cache
def _formats() -> tuple[Format, ...]:
    return tuple(catalogue().values())


def outcome(seed: int) -> str:
    """How far this mutant came: unreadable, wrong, unfit or resolved. Anything undocumented is raised."""
    try:
        template, findings = compile_text(mutant(seed), "mutant")
    except InputError:
        return "unreadable"
    if findings.errors:
        return "wrong"
    format_ = random.Random(seed).choice(_formats())
    try:
        binding = bindings(template, _product(), list(pool()))[0]
        found = resolve(template, binding, format_, _product(), typesetter(), materials.derive)
    except Unfit:
        return "unfit"
    check(write(found.document))
    return "resolved"
