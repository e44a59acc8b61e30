"""Copy drawn in a column or a row into the parameters of its stack."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from itertools import pairwise

from ddm.geometry import Box
from ddm.language.importing.drawn import plain
from ddm.language.importing.layers import Layer
from ddm.language.lengths import unit_of

WIDEST = 8.0  # u; what is drawn further apart is not held together by its gap


def _units(gaps: Sequence[float], canvas: Box) -> str:
    mean = max(0.0, sum(gaps) / len(gaps)) if gaps else 2 * unit_of(canvas)
    return f"{plain(min(WIDEST, mean / unit_of(canvas)))}u"


def around(layers: Sequence[Layer]) -> Box:
    """The box around all; there is one at least."""
    return reduce(Box.union, (layer.box for layer in layers))


def column(lines: list[list[Layer]], canvas: Box) -> dict[str, str]:
    """The parameters of a stack that runs down."""
    return {"gap": _gap(lines, canvas), "align": _align([layer for line in lines for layer in line])}


def _gap(lines: list[list[Layer]], canvas: Box) -> str:
    """The mean space between rows."""
    boxes = [(min(each.box.y for each in line), max(each.box.bottom for each in line)) for line in lines]
    return _units([below[0] - above[1] for above, below in pairwise(boxes)], canvas)


def across(line: list[Layer], canvas: Box) -> dict[str, str]:
    """The mean space between neighbours."""
    boxes = sorted((each.box for each in line), key=lambda box: box.x)
    return {"direction": "across", "gap": _units([right.x - left.right for left, right in pairwise(boxes)], canvas)}


def _align(layers: list[Layer]) -> str:
    """By the edges or middles that agree best; type says itself how it is ranged."""
    anchors = {each.drawn.attributes.get("text-anchor", "") for each in layers if each.drawn.tag == "text"}
    if len(anchors) == 1:
        return {"middle": "centre", "end": "end"}.get(anchors.pop(), "start")
    boxes = [each.box for each in layers]
    edges = {
        "start": [box.x for box in boxes],
        "centre": [box.centre[0] for box in boxes],
        "end": [box.right for box in boxes],
    }
    return min(edges, key=lambda name: max(edges[name]) - min(edges[name]))
