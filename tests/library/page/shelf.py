"""A library of three materials made by hand, one of which says hostile things."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ddm.geometry import Box
from ddm.library import Library
from ddm.perceive.perception import Element
from ddm.perceive.schema import REGIONS
from tests.support.materials import Look, perceived, swatch

HOSTILE = "</script><script>document.title='broken'</script><img src=x onerror=document.title='broken'>"
ELEMENTS = (
    Element("text", Box(0.1, 0.1, 0.4, 0.08), 0.93, HOSTILE),
    Element("face", Box(0.5, 0.3, 0.1, 0.12), 0.8),
    Element("object", Box(0.3, 0.2, 0.4, 0.6), 0.71, "vase"),
)


def filled(folder: Path) -> Library:
    library = Library(folder)
    light = {"light__direction": 60.0, "light__softness": 0.4, "light__sure": 0.9}
    for name, product, changes in (("a", "vase", light), ("b", HOSTILE, {"light__sure": 0.2}), ("c", "bowl", {})):
        made = perceived(name, product, Look(600, 400), subject__area=0.1 + 0.1 * ord(name[0]) % 7 / 10, **changes)
        palettes = {region: made.perception.palettes.get(region, (swatch("#884422"),)) for region in REGIONS}
        found = replace(made.perception, palettes=palettes, elements=ELEMENTS if name == "b" else ())
        library.put(replace(made, perception=found))
    return library
