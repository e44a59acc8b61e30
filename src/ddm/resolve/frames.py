"""`place` into a box: insets, sizes and ratio inside the enclosing frame."""

from __future__ import annotations

from typing import cast

from ddm.geometry import Box
from ddm.language.lengths import Length
from ddm.language.template import Call, Element
from ddm.resolve.stage import Stage

_SHIFT = {"start": 0.0, "centre": 0.5, "end": 1.0, "top": 0.0, "middle": 0.5, "bottom": 1.0}


def _span(
    start: Length | None, end: Length | None, size: Length | None, low: float, extent: float, shift: float, canvas: Box
) -> tuple[float, float]:
    """One axis: (start, size). Without insets and size it fills the frame; with size alone it is aligned by `shift`."""
    a = start.pixels(extent, canvas) if start else None
    b = end.pixels(extent, canvas) if end else None
    s = max(1.0, size.pixels(extent, canvas)) if size else None
    if s is None:
        return low + (a or 0.0), max(1.0, extent - (a or 0.0) - (b or 0.0))
    if a is not None:
        return low + a, s
    if b is not None:
        return low + extent - b - s, s
    return low + (extent - s) * shift, s


def align(outer: Box, width: float, height: float, call: Call | None) -> Box:
    """A box of that size inside `outer`, by the operation's align and rise."""
    across = _SHIFT[str(call.parameters["align"])] if call else 0.5
    down = _SHIFT[str(call.parameters["rise"])] if call else 0.5
    return Box(outer.x + (outer.width - width) * across, outer.y + (outer.height - height) * down, width, height)


def _within_ratio(box: Box, ratio: float, call: Call) -> Box:
    width = min(box.width, box.height * ratio)
    return align(box, width, width / ratio, call)


def _lengths(call: Call, *names: str) -> tuple[Length | None, Length | None, Length | None]:
    start, end, size = (cast("Length | None", call.parameters.get(name)) for name in names)
    return start, end, size


def placed(call: Call, frame: Box, stage: Stage) -> Box:
    """The frame that `place` gives inside the enclosing `frame`."""
    p = call.parameters
    if p.get("safe"):
        frame = frame.intersection(stage.format.safe_box)
    across, down = _SHIFT[str(p["align"])], _SHIFT[str(p["rise"])]
    x, width = _span(*_lengths(call, "left", "right", "width"), frame.x, frame.width, across, stage.canvas)
    y, height = _span(*_lengths(call, "top", "bottom", "height"), frame.y, frame.height, down, stage.canvas)
    box = Box(x, y, width, height)
    ratio = p.get("ratio")
    return _within_ratio(box, ratio, call) if isinstance(ratio, float) else box


def _drawn(element: Element, canvas: Box) -> Box:
    """Where the sample draws it, in the template's own coordinates."""

    def get(name: str, default: float) -> float:
        return float(element.attributes.get(name, default))

    if element.tag == "circle":
        r = get("r", 0)
        return Box(get("cx", 0) - r, get("cy", 0) - r, 2 * r, 2 * r)
    if element.tag == "ellipse":
        rx, ry = get("rx", 0), get("ry", 0)
        return Box(get("cx", 0) - rx, get("cy", 0) - ry, 2 * rx, 2 * ry)
    return Box(get("x", 0), get("y", 0), get("width", canvas.width), get("height", canvas.height))


def frame_of(element: Element, frame: Box, stage: Stage) -> Box:
    """The element's frame: placed, or in the same part of the enclosing frame as in the sample."""
    call = element.call("place")
    if call is not None:
        return placed(call, frame, stage)
    if element.tag in ("g", "switch", "text"):
        return frame
    canvas = stage.template.canvas
    drawn = _drawn(element, canvas).shifted(-canvas.x, -canvas.y)
    box = frame.part(drawn.scaled(1 / canvas.width, 1 / canvas.height))
    return Box(box.x, box.y, max(1.0, box.width), max(1.0, box.height))
