"""Stacks of copy sized to a room: all shrink together, as little as will do, and give way in a fixed order."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias, cast

from ddm.errors import Unfit
from ddm.match.binding import Binding
from ddm.resolve.concessions import Concession, concessions, take_back, twice
from ddm.resolve.intents import GroupIntent, StackIntent, TextIntent
from ddm.resolve.pieces import Item, SetGroup, ShapeItem, StackItem, TextItem, spread
from ddm.resolve.placed import Placed, Type
from ddm.resolve.stage import Stage
from ddm.resolve.wording import wordings
from ddm.typeset.paragraph import direction_of

STEP = 0.98  # sizes are tried in steps of 2 %: finer ones nobody sees
NARROW = 2.0  # a flexible piece beside others is at least so many of the smallest letters wide
QUOTED = 32  # characters of a text in a reason
SPARE = 0.5  # pixels by which a stack may exceed its room


class Fitted(NamedTuple):
    """A stack that fits. scale: of its sizes, 1 as wished. given: what it had to give up, in order."""

    group: SetGroup
    scale: float
    given: tuple[Concession, ...]


def _text(placed: Placed, stage: Stage) -> list[TextItem]:
    """The text, or nothing where it has no words."""
    intent, type_ = cast(TextIntent, placed.intent), cast(Type, placed.type)
    floor = max(stage.format.min_text, intent.min_size * stage.unit)
    item = TextItem(placed, intent, type_, floor, stage.typesetter, stage.product.language)
    item.says(wordings(placed, intent, stage)[0])
    return [] if item.measured.blank else [item]


def _items(children: tuple[Placed, ...], stage: Stage) -> tuple[Item, ...]:
    found: list[Item] = []
    for child in children:
        if child.tag == "text":
            found += _text(child, stage)
        elif child.tag == "g":
            found.append(ready(child, stage))
        else:
            found.append(ShapeItem(child))
    return tuple(found)


def ready(placed: Placed, stage: Stage) -> StackItem:
    """The stack with its texts measured; a text alone is a stack of one."""
    intent, canvas = placed.intent, stage.canvas
    backwards = direction_of(stage.product.language) == "rtl"
    small = stage.format.min_text * NARROW
    if placed.tag == "text":
        stack = StackIntent(align=1 - intent.align if backwards else intent.align)
        return StackItem(placed, stack, tuple(_text(placed, stage)), 0.0, small, backwards)
    assert isinstance(intent, GroupIntent)
    if intent.stack is None:
        raise Unfit(f"the group '{placed.id}' among copy has no <ddm:stack/>", str(placed.element.mark))
    gap = intent.stack.gap.pixels(min(canvas.width, canvas.height), canvas)
    return StackItem(placed, intent.stack, _items(placed.children, stage), gap, small, backwards)


def _at(stack: StackItem, width: float, height: float, scale: float) -> SetGroup | None:
    group = stack.sized(width, scale)
    return group if group and group.height <= height + SPARE and group.width <= width + SPARE else None


def largest(stack: StackItem, width: float, height: float) -> tuple[SetGroup, float] | None:
    """At the largest scale that fits."""
    if whole := _at(stack, width, height, 1.0):
        return whole, 1.0
    least = stack.stack.least
    smallest = _at(stack, width, height, least)
    steps = math.ceil(math.log(least, STEP))
    if stack.steady:
        return _halved(stack, width, height, steps, (smallest, least)) if smallest else None
    tried = ((_at(stack, width, height, STEP**step), STEP**step) for step in range(1, steps))
    group, scale = next(((group, scale) for group, scale in tried if group), (smallest, least))
    return (group, scale) if group else None


def _halved(
    stack: StackItem, width: float, height: float, fits: int, best: tuple[SetGroup, float]
) -> tuple[SetGroup, float]:
    """By halving between the step that fits and the first, which does not."""
    fails = 0
    while fits - fails > 1:
        middle = (fits + fails) // 2
        if group := _at(stack, width, height, STEP**middle):
            best, fits = (group, STEP**middle), middle
        else:
            fails = middle
    return best


def fitted(stack: StackItem, width: float, height: float, stage: Stage) -> Fitted:
    """The stack in that room: shrunk, then in shorter words, then with less of it, then cut short.

    Unfit names the text for which all of that is not enough.
    """
    found = None if twice(stack) else largest(stack, width, height)
    if found:
        return Fitted(*found, ())
    return _conceded(stack, width, height, stage)


def _conceded(stack: StackItem, width: float, height: float, stage: Stage) -> Fitted:
    def fits() -> bool:
        return not twice(stack) and _at(stack, width, height, stack.stack.least) is not None

    made: list[Concession] = []
    for concession in concessions(stack, stage, fits):
        concession.make()
        made.append(concession)
        if fits():
            kept = take_back(made, fits)
            return Fitted(*cast("tuple[SetGroup, float]", largest(stack, width, height)), tuple(kept))
    raise _unfit(stack, width, height, stage)


def _unfit(stack: StackItem, width: float, height: float, stage: Stage) -> Unfit:
    """Which text does not fit what."""
    scale = stack.stack.least
    tight = _tight(stack, width, scale)
    room = f"the copy '{stack.placed.id}' does not fit {width:.0f}x{height:.0f} at {stage.format.min_text:g} px"
    if tight:
        needed = tight.needs(scale)
        return Unfit(f"{room}: '{tight.placed.id}' ({_quoted(tight.text)}) is {needed:.0f} wide at its smallest")
    group = stack.sized(width, scale)
    needed = group.height if group else 0.0
    return Unfit(f"{room}: it is {needed:.0f} high at its smallest")


def _quoted(text: str) -> str:
    return f"“{text}”" if len(text) <= QUOTED else f"“{text[:QUOTED]}…”"


def _tight(stack: StackItem, width: float, scale: float) -> TextItem | None:
    """The text that has no room; beside others, the widest."""
    texts = [item for item in stack.texts() if not item.gone]
    alone = next((item for item in texts if item.needs(scale) > width + SPARE), None)
    if alone or stack.sized(width, scale) is not None:
        return alone
    return max(texts, key=lambda item: item.needs(scale), default=None)


def set_group(placed: Placed, width: float, height: float, stage: Stage) -> Fitted:
    """The copy of a layer in that room. Unfit names the text that has none.

    Remembered: while one creative is made, the same is asked for every window of a picture.
    """
    key = id(placed), width, height, stage.product.language, stage.typesetter, _said(placed, stage)
    kept = _FITTED.get(key)
    if kept is None:
        if len(_FITTED) >= MOST_FITTED:
            _FITTED.clear()
        kept = _FITTED[key] = placed, _tried(placed, width, height, stage)
    found = kept[1]
    if isinstance(found, Unfit):
        raise Unfit(found.what, found.where, found.mend)
    return found


def silent(placed: Placed, stage: Stage) -> bool:
    """Whether there is nothing to set: no words, no shapes."""
    shapes = any(one.tag not in ("g", "text") for one in placed.walk())
    return not shapes and not any(texts[0] for texts in _said(placed, stage))


MOST_FITTED = 4096  # some kilobytes each
_FITTED: dict[tuple[object, ...], tuple[Placed, Fitted | Unfit]] = {}
"""By the layer (kept alive here, so that its id stays its own), the room and the wordings."""

Said: TypeAlias = tuple[tuple[str, ...], ...]
_SAID: dict[tuple[int, int, str], tuple[Placed, Binding, Said]] = {}
"""By the layer and the binding, kept alive here too."""


def _tried(placed: Placed, width: float, height: float, stage: Stage) -> Fitted | Unfit:
    try:
        found = fitted(ready(placed, stage), width, height, stage)
        return found._replace(group=spread(found.group, width)) if found.group.item.stack.spread else found
    except Unfit as reason:
        return reason.with_traceback(None)  # what is kept should not keep all that led to it


def _said(placed: Placed, stage: Stage) -> Said:
    """All that its texts may say."""
    key = id(placed), id(stage.binding), stage.product.language
    kept = _SAID.get(key)
    if kept is None:
        if len(_SAID) >= MOST_FITTED:
            _SAID.clear()
        kept = _SAID[key] = placed, stage.binding, tuple(_texts(placed, stage))
    return kept[2]


def _texts(placed: Placed, stage: Stage) -> Iterator[tuple[str, ...]]:
    for one in placed.walk():
        if one.tag == "text":
            yield wordings(one, cast(TextIntent, one.intent), stage)
