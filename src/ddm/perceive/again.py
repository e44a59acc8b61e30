"""A known perception, its picture, what perceives today -> the same perception with only the outdated rows seen again.

A record names the version of every network and of every row of the table that made it. A row is outdated where its own
revision, one of its networks or this room's revision is another one today. What other rows found is remembered and not
found again: `Sight` is lazy, so no network runs that only they need.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

import numpy as np

from ddm.acquire.product import Picture
from ddm.perceive import Perceived
from ddm.perceive.decode import Decoded, decode
from ddm.perceive.matte import Matte
from ddm.perceive.perceivers import MATTING, TABLE, Perceiver, attributes
from ddm.perceive.perception import Element, Perception
from ddm.perceive.pixels import Bytes
from ddm.perceive.schema import VERSION
from ddm.perceive.sight import Sight
from ddm.perceive.tiers import BEST, KEY, Tier, higher, tier_of
from ddm.perceive.versions import ROOM, model_versions, row_key

MATTE_ROW = "subject"
"""The row that stands for the matte: all rows that need a matting network are outdated with it."""
OF_THE_FILE = frozenset({"quality.noise", "quality.jpeg", "quality.upscaled"})
"""Measured on the picture's own bytes: the library's copy was compressed by us and would tell of that."""
Elements = tuple[Element, ...]
ELEMENTS: Mapping[str, tuple[tuple[str, ...], Callable[[Sight], Elements]]] = {
    "things": (("object", "person"), lambda sight: sight.things),
    "faces": (("face",), lambda sight: sight.faces),
    "heads": (("logo",), lambda sight: sight.judged.logos),
    "text": (("text",), lambda sight: sight.texts),
}
"""Row -> the kinds of elements for which it is answerable, and how it finds them; in the order of `Sight.elements`."""
REMEMBERED: Mapping[str, str] = {"faces": "faces", "text": "texts"}
"""Row -> the property of `Sight` that other rows ask, too."""
OUTDATED = ""
"""The version of a row that could not be seen again: no revision is called so."""


class Pixels(Protocol):
    """What the library keeps of a material: uint8 (h, w, 3) sRGB, uint8 (h, w) matte."""

    @property
    def pixels(self) -> Bytes: ...
    @property
    def matte(self) -> Bytes: ...


@dataclass(frozen=True)
class Again:
    """perception: as it is known now. sight: for the pixels, where the matte was drawn anew."""

    perception: Perception
    sight: Sight
    redrawn: bool

    @property
    def perceived(self) -> Perceived:
        """With its pixels."""
        sight = self.sight
        return Perceived(self.perception, sight.pixels, (sight.coverage * 255 + 0.5).astype(np.uint8), sight.cutout)


def stale(known: Perception, role: str, anew: Collection[str] = (), tier: str = BEST.name) -> frozenset[str]:
    """Names of the rows that would find something else today, in a picture of that role.

    anew: rows that must see it again whatever their versions say, '*' for all.
    """
    return outdated(known.models, role, anew, tier)


def outdated(models: Mapping[str, str], role: str, anew: Collection[str] = (), tier: str = BEST.name) -> frozenset[str]:
    """As `stale`, of the versions alone. A record of a higher tier than the one asked for stays what it is."""
    now = model_versions(role, higher(tier, models))
    changed = {name for name in {*models, *now} if models.get(name) != now.get(name)}
    return frozenset(row.name for row in TABLE if "*" in anew or row.name in anew or changed & _needs(row))


def _needs(row: Perceiver) -> set[str]:
    """Keys of `model_versions` on which a row depends."""
    drawn = {row_key(MATTE_ROW)} if MATTING & set(row.models) else set()
    return {ROOM, KEY, row_key(row.name), *row.models, *drawn}


def perceive_again(
    known: Perception, picture: Picture, rows: Collection[str], stored: Pixels, tier: str = BEST.name
) -> Again:
    """Of the picture's own bytes where they are still there, else of the library's copy.

    rows: outdated ones, as `stale` names them. Of a copy, rows that measure the file itself keep what they found and
    stay outdated. Raises InputError where neither can be read.
    """
    tier = higher(tier, known.models)
    whole = picture.path.is_file()
    chosen = [row for row in TABLE if row.name in rows and (whole or not OF_THE_FILE & set(row.attributes))]
    names = {row.name for row in chosen}
    sight = Remembering(picture, _decoded(picture, stored, whole), known, names, stored, tier_of(tier))
    drawn = any(MATTING & set(row.models) for row in chosen)
    perception = replace(
        known,
        attributes={**known.attributes, **attributes(sight, chosen)},
        maps=sight.maps if drawn else known.maps,
        palettes=sight.palettes if drawn else known.palettes,
        elements=_elements(known, sight, names),
        embedding=sight.seen_class.embedding if "class" in names else known.embedding,
        models=model_versions(picture.role, tier) | {row_key(name): OUTDATED for name in set(rows) - names},
        schema=VERSION,
    )
    return Again(perception, sight, MATTE_ROW in names)


def _decoded(picture: Picture, stored: Pixels, whole: bool) -> Decoded:
    if whole:
        return decode(picture.path.read_bytes(), picture.source, keep_alpha=picture.role == "logo")
    alpha = stored.matte if picture.role == "logo" else None
    return Decoded(stored.pixels, alpha, stored.pixels)


def _elements(known: Perception, sight: Sight, rows: Collection[str]) -> Elements:
    """Those of outdated rows found anew, the others as they were."""
    parts = (find(sight) if row in rows else _of(known, kinds) for row, (kinds, find) in ELEMENTS.items())
    return tuple(one for part in parts for one in part)


def _of(known: Perception, kinds: Collection[str]) -> Elements:
    return tuple(one for one in known.elements if one.kind in kinds)


class Remembering(Sight):
    """A sight that knows already what the rows found that are not outdated."""

    def __init__(
        self,
        picture: Picture,
        decoded: Decoded,
        known: Perception,
        rows: Collection[str],
        stored: Pixels,
        tier: Tier = BEST,
    ) -> None:
        super().__init__(picture, decoded, tier)
        self._known, self._rows, self._stored = known, rows, stored
        for row, name in REMEMBERED.items():
            if row not in rows:
                self.__dict__[name] = _of(known, ELEMENTS[row][0])  # where `cached_property` keeps it

    @cached_property
    def found(self) -> Matte:
        if MATTE_ROW in self._rows:
            return super().found
        coverage = self._stored.matte.astype(np.float32) / 255
        saliency = self._known.maps.saliency.astype(np.float32) / 255
        return Matte(coverage, saliency, self._known.number("matte.quality"))
