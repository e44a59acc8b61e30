"""`repeat`: a group once for each item of an object, in cells of equal size."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TypeAlias, cast

from ddm.geometry import Box
from ddm.language.lengths import Length
from ddm.language.parameters import Beside, ParameterValue
from ddm.language.template import Call, Element


def item(name: str, number: int) -> str:
    """What the n-th item of an object is called, counted from 1."""
    return f"{name}.{number}"


def count_of(call: Call, counts: Mapping[str, int]) -> int:
    """How many items there are to draw."""
    return min(counts.get(str(call.parameters["object"]), 0), int(cast(float, call.parameters["most"])))


Names: TypeAlias = Mapping[str, str]


def copies(element: Element, number: int, counted: Collection[str]) -> tuple[Element, ...]:
    """The group's children for the n-th item: ids end in -n, and what they select or refer to is the item's."""
    layers = {inner.id: f"{inner.id}-{number}" for child in element.children for inner in child.walk()}
    items = {name: item(name, number) for name in counted}
    return tuple(_copy(child, layers, items) for child in element.children)


def _copy(element: Element, layers: Names, items: Names) -> Element:
    return replace(
        element,
        id=layers[element.id],
        calls=tuple(_call(call, layers, items) for call in element.calls),
        children=tuple(_copy(child, layers, items) for child in element.children),
    )


def _call(call: Call, layers: Names, items: Names) -> Call:
    return replace(call, parameters={key: _named(key, v, layers, items) for key, v in call.parameters.items()})


def _named(key: str, value: ParameterValue, layers: Names, items: Names) -> ParameterValue:
    """What names a layer or an object, by the name it has in this item."""
    if isinstance(value, Beside):
        return replace(value, layer=layers.get(value.layer, value.layer))
    if key == "avoid":
        return tuple(layers.get(name, name) for name in cast("tuple[str, ...]", value))
    known = {"with": layers, "of": layers, "object": items, "like": items}.get(key, {})
    return known.get(str(value), value)


def cells(frame: Box, count: int, call: Call, canvas: Box) -> list[Box]:
    """Frames of the items: in a row, in a column, or in the grid whose cells are nearest to squares."""
    if not count:  # the object was left out
        return []
    gap = cast(Length, call.parameters["gap"]).pixels(min(frame.width, frame.height), canvas)
    columns = _columns(str(call.parameters["direction"]), frame, count)
    rows = math.ceil(count / columns)
    gap = min(gap, max(frame.width, frame.height))  # more leaves room for none of them
    width = max(1.0, (frame.width - gap * (columns - 1)) / columns)
    height = max(1.0, (frame.height - gap * (rows - 1)) / rows)
    return [
        Box(frame.x + (n % columns) * (width + gap), frame.y + (n // columns) * (height + gap), width, height)
        for n in range(count)
    ]


def _columns(direction: str, frame: Box, count: int) -> int:
    if direction != "grid":
        return count if direction == "across" else 1
    return min(range(1, count + 1), key=lambda n: abs(math.log(frame.ratio * math.ceil(count / n) / n)))
