"""Derived pixels on request: each chain of steps is carried out once, stored by what it is made of, and remembered."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Mapping
from functools import cached_property, partial
from typing import Any

from ddm.derive import table as derive
from ddm.derive.table import Source
from ddm.errors import InputError, Unfit
from ddm.library.pixels import PixelStore
from ddm.perceive.cutout import Cutout
from ddm.perceive.perception import Bytes, Params, Perception, Raster, Steps

REMEMBERED = 8192
"""Answers kept in memory, about 1 kB each: a batch asks the same some thousand questions again and again."""
LOCKS = 64
"""Different questions are answered side by side, but for one in so many."""


class Deriving:
    """The `Derive` protocol over a store. Safe to use from several threads."""

    def __init__(self, pixels: PixelStore) -> None:
        self._pixels = pixels
        self._answers: dict[Any, Raster | Unfit] = {}
        self._lock = threading.Lock()
        self._making = tuple(threading.Lock() for _ in range(LOCKS))

    def __call__(self, material: Perception, name: str, params: Params, before: Steps = ()) -> Raster:
        asked = (material.id, material.attributes["role"], name, _frozen(params), tuple(map(_frozen_step, before)))
        answer = self._answers.get(asked) or self._remember(
            asked, self._answer(material, derive.settled(name, params, before))
        )
        if isinstance(answer, Unfit):
            raise Unfit(answer.what, answer.where, answer.mend)
        return answer

    def forget(self) -> None:
        """What was answered in memory; a material was perceived anew."""
        with self._lock:
            self._answers.clear()

    def _remember(self, asked: Any, answer: Raster | Unfit) -> Raster | Unfit:
        with self._lock:
            self._answers[asked] = answer
            if len(self._answers) > REMEMBERED:
                del self._answers[next(iter(self._answers))]  # the oldest
        return answer

    def _answer(self, material: Perception, chain: Steps) -> Raster | Unfit:
        try:
            return self._found(material, chain)
        except Unfit as unfit:
            return unfit

    def _found(self, material: Perception, chain: Steps) -> Raster:
        """From the store, or made and stored. What it is made from is found first, so that no lock is held twice."""
        key = Keys(material).of_chain(chain)
        found = self._pixels.find(key) or self._older(material, chain)
        if found:
            return found
        source, (name, params) = self._source(material, chain), chain[-1]
        with self._lock_of(key):
            return self._pixels.find(key) or self._pixels.put(key, derive.derivation(name).make(source, params))

    def _older(self, material: Perception, chain: Steps) -> Raster | None:
        """What an older version stored when it perceived the material."""
        (name, params), plain = chain[-1], len(chain) == 1
        return (
            self._pixels.find_older(Keys(material).older(name)) if plain and not params and name in PERCEIVED else None
        )

    def _source(self, material: Perception, chain: Steps) -> Source:
        """What the last step of a chain works on."""
        *steps, (name, _) = chain
        stored = Stored(material, self._pixels)
        if not steps:
            return stored
        last, params = steps[-1]
        change = derive.derivation(last).change
        assert change is not None
        if derive.derivation(name).on == "picture":
            href = self._found(material, tuple(steps)).href
            return derive.Changed(stored, partial(self._pixels.load, href), lambda: stored.cutout, change, params)
        before = self._found(material, (*steps[:-1], ("cutout", {})))
        return derive.Changed(stored, lambda: stored.pixels, partial(_cutout, self._pixels, before), change, params)

    def _lock_of(self, key: str) -> threading.Lock:
        return self._making[int(key[-8:], 16) % LOCKS]


def _frozen(params: Params) -> tuple[tuple[str, float | str], ...]:
    return tuple(sorted(params.items())) if params else ()


def _frozen_step(step: tuple[str, Params]) -> tuple[str, Any]:
    return step[0], _frozen(step[1])


def _cutout(pixels: PixelStore, raster: Raster) -> Cutout:
    return Cutout(pixels.original(raster.href), int(raster.x), int(raster.y))


PERCEIVED = ("picture", "matte", "cutout")
"""What is stored when a material is perceived; everything else is made on request, and can be made again."""


class Keys:
    """Names of answers: one for the material and what perceived it, a second for what was asked."""

    def __init__(self, material: Perception) -> None:
        self._seed = [material.id, sorted(material.models.items())]
        self.seed = seed_of(material.id, material.models)

    def of(self, name: str, params: Params | None = None) -> str:
        """Without params: of what was stored when the material was perceived, which no revision makes anew."""
        return f"{self.seed}/{_hash(_row(name, params or {}))}"

    def of_chain(self, chain: Steps) -> str:
        """Of one step, as `of`."""
        *steps, last = chain
        return self.of(*last) if not steps else f"{self.seed}/{_hash([*_row(*last), [_row(*step) for step in steps]])}"

    def older(self, name: str) -> str:
        """Of PERCEIVED, as versions before the third named it."""
        return _hash([*self._seed, name])


def older_keys(id: str, models: Mapping[str, str]) -> tuple[str, ...]:
    """As `Keys.older`, for all of PERCEIVED."""
    return tuple(_hash([id, sorted(models.items()), name]) for name in PERCEIVED)


def seed_of(id: str, models: Mapping[str, str]) -> str:
    """Of a material as these perceived it: the folder of all answers about it."""
    return _hash([id, sorted(models.items())])


def _row(name: str, params: Params) -> list[Any]:
    return [name, derive.derivation(name).revision, sorted(params.items())] if params else [name]


def _hash(asked: list[Any]) -> str:
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:40]


def stored_raster(pixels: PixelStore, keys: Keys, name: str) -> Raster | None:
    """One of PERCEIVED, wherever this or an older version put it."""
    return pixels.find(keys.of(name)) or pixels.find_older(keys.older(name))


class Stored:
    """The pixels of a stored material, read when a derivation asks for them."""

    def __init__(self, perception: Perception, pixels: PixelStore) -> None:
        self.perception = perception
        self._keys, self._pixels = Keys(perception), pixels

    @cached_property
    def pixels(self) -> Bytes:
        return self._pixels.load(self._raster("picture").href)

    @cached_property
    def matte(self) -> Bytes:
        return self._pixels.load(self._raster("matte").href)

    @cached_property
    def cutout(self) -> Cutout:
        return _cutout(self._pixels, self._raster("cutout"))

    def _raster(self, name: str) -> Raster:
        found = stored_raster(self._pixels, self._keys, name)
        if found is None:
            raise InputError(f"the pixels of material '{self.perception.id}' are gone", mend="perceive it anew")
        return found
