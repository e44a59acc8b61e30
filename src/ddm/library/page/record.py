"""A perception -> what the page tells of it, as plain values that JSON can hold."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from ddm.colour import hex_of_oklab
from ddm.geometry import Box
from ddm.perceive.borders import strips
from ddm.perceive.calm import CALM, largest
from ddm.perceive.perception import Perception, Swatch
from ddm.perceive.schema import ATTRIBUTES, CELLS, SIDES, Value

CONFIDENCE: Mapping[str, str] = {
    **{name: "matte.quality" for name in ATTRIBUTES if name.startswith("subject.")},
    **{name: f"{name.partition('.')[0]}.sure" for name in ATTRIBUTES if name.startswith(("text.", "face.", "border."))},
    **{name: "light.sure" for name in ATTRIBUTES if name.startswith("light.")},
    "scene.kind": "scene.sure",
    "class.name": "class.score",
    "subject.category": "subject.category_sure",
    "subject.facing": "subject.facing_sure",
}
"""Attribute -> the attribute that says how sure it is. Colours and sizes are measured, not guessed: they need none."""


def record(material: Perception) -> dict[str, Any]:
    """One row of the page; boxes in fractions of the picture."""
    maps = material.maps
    return {
        "id": material.id,
        "product": material.product,
        "schema": material.schema,
        "models": dict(material.models),
        "values": {name: _plain(material.attributes.get(name)) for name in ATTRIBUTES},
        "elements": [
            {"kind": one.kind, "box": list(one.box), "score": one.score, "label": one.label}
            for one in material.elements
        ],
        "palettes": {region: [_swatch(one) for one in swatches] for region, swatches in material.palettes.items()},
        "places": places(*material.size),
        "calm": list(largest((maps.busy <= CALM) & (maps.matte <= 127))),
    }


def places(width: int, height: int) -> dict[str, list[float]]:
    """Box of each ninth and each border strip of a picture, in fractions."""
    cells = {name: Box(k % 3 / 3, k // 3 / 3, 1 / 3, 1 / 3) for k, name in enumerate(CELLS)}
    found = strips(height, width)
    sides = {side: _box(*found[side], height, width) for side in SIDES}
    return {name: [round(float(n), 5) for n in box] for name, box in (cells | sides).items()}


def _box(rows: slice, columns: slice, height: int, width: int) -> Box:
    (top, bottom, _), (left, right, _) = rows.indices(height), columns.indices(width)
    return Box.of_edges(left / width, top / height, right / width, bottom / height)


def _plain(value: Value | None) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _swatch(swatch: Swatch) -> list[Any]:
    return [swatch.weight, hex_of_oklab(swatch.lightness, swatch.a, swatch.b)]
