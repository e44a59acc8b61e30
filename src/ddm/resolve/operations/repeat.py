"""`repeat`: a group once for each item of an object, in cells of equal size."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import cast

from ddm.geometry import Box
from ddm.language.lengths import Length
from ddm.language.template import Call, Element


def item(name: str, number: int) -> str:
    """What the n-th item of an object is called, counted from 1."""
    return f"{name}.{number}"


def count_of(call: Call, counts: Mapping[str, int]) -> int:
    """How many items there are to draw."""
    return min(counts.get(str(call.parameters["object"]), 0), int(cast(float, call.parameters["most"])))


def copies(element: Element, number: int, counted: Collection[str]) -> tuple[Element, ...]:
    """The group's children for the n-th item: ids end in -n, and what they select is the item's."""
    return tuple(_copy(child, number, counted) for child in element.children)


def _copy(element: Element, number: int, counted: Collection[str]) -> Element:
    return replace(
        element,
        id=f"{element.id}-{number}",
        calls=tuple(_call(call, number, counted) for call in element.calls),
        children=copies(element, number, counted),
    )


def _call(call: Call, number: int, counted: Collection[str]) -> Call:
    chosen = call.parameters.get("object")
    if chosen not in counted:
        return call
    return replace(call, parameters={**call.parameters, "object": item(str(chosen), number)})


def cells(frame: Box, count: int, call: Call, canvas: Box) -> list[Box]:
    """Frames of the items: in a row, in a column, or in the grid whose cells are nearest to squares."""
    gap = cast(Length, call.parameters["gap"]).pixels(min(frame.width, frame.height), canvas)
    columns = _columns(str(call.parameters["direction"]), frame, count)
    rows = math.ceil(count / columns)
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
