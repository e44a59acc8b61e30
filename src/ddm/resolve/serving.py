"""Which formats a template cannot serve, and why: found before there is any material, with the words of the sample."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ddm.acquire.product import Product
from ddm.errors import Unfit
from ddm.formats.catalogue import Format
from ddm.language.template import Template
from ddm.match.binding import Binding, Choice
from ddm.match.wording import Wording
from ddm.perceive.perception import Params, Perception, Raster, Steps
from ddm.resolve.facts import without_material
from ddm.resolve.intents import GroupIntent, TextIntent
from ddm.resolve.placed import Placed
from ddm.resolve.plan import Plan, planner
from ddm.resolve.setting import set_group
from ddm.resolve.stage import Stage
from ddm.typeset.runs import Typesetter

NOBODY = Product(id="sample", url="", title="")


def unserved(template: Template, formats: Iterable[Format], typesetter: Typesetter) -> dict[str, str]:
    """Format id -> why not, for the formats that no material could make good.

    What conditions on material would decide is tried both ways; a format is served if either way serves it.
    """
    found = ((format_.id, _objection(template, format_, typesetter)) for format_ in formats)
    return {name: why for name, why in found if why}


def _objection(template: Template, format_: Format, typesetter: Typesetter) -> str | None:
    why: str | None = None
    for otherwise in (True, False):
        try:
            _try(template, format_, typesetter, otherwise)
        except Unfit as reason:
            why = why or reason.what
        else:
            return None
    return why


def _try(template: Template, format_: Format, typesetter: Typesetter, otherwise: bool) -> None:
    plans = planner(template)
    plan = plans.plan(format_, without_material(plans, format_, otherwise))
    stage = Stage(plan, _sample(plan), NOBODY, typesetter, _no_pixels)
    for placed in _copy(plan.layers):
        set_group(placed, placed.frame.width, placed.frame.height, stage)


def _copy(layers: Iterable[Placed]) -> Iterator[Placed]:
    """Outermost stacks, and texts outside of any."""
    for placed in layers:
        intent = placed.intent
        if isinstance(intent, TextIntent) or (isinstance(intent, GroupIntent) and intent.stack):
            yield placed
        else:
            yield from _copy(placed.children)


def _sample(plan: Plan) -> Binding:
    """Every text says what the designer's sample says."""
    texts = (placed for layer in plan.layers for placed in layer.walk() if placed.tag == "text")
    words = {placed.intent.object: placed.element.text for placed in texts if placed.intent.object}
    choices = {name: Choice(wording=Wording(text, "the sample")) for name, text in words.items()}
    return Binding(choices, 0.0)


def _no_pixels(material: Perception, name: str, params: Params, before: Steps = ()) -> Raster:
    raise Unfit(f"there is no {name} before there is material")
