"""Figures of a library, questions to it, and clearing up beside those who use it."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from ddm.errors import InputError
from ddm.library import Library
from ddm.library.asking import Question, ask
from ddm.library.census import census
from ddm.library.compact import compact
from ddm.library.verify import verify
from ddm.perceive import Perceived, model_versions
from ddm.perceive.perceivers import TABLE
from ddm.perceive.schema import VERSION
from tests.support.materials import Look, perceived, product, shelf

LOOK = Look(160, 120)


def today(found: Perceived, **versions: str) -> Perceived:
    """As perceived by today's rows, but for those of another version."""
    rows = {f"row.{name}": version for name, version in versions.items()}
    return replace(found, perception=replace(found.perception, schema=VERSION, models=model_versions() | rows))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library")


def test_census(library: Library) -> None:
    shelf(library, product("vase"), product("bowl"))
    library.put(today(perceived("x", look=LOOK)))
    library.put(today(perceived("y", look=LOOK), light="older"))
    found = census(library)
    assert (found.materials, found.products, found.schema, found.versions) == (7, 2, VERSION, 3)
    assert found.by["role"] == {"product": 6, "scene": 1}
    assert found.bytes["pixels/"] > found.bytes["asked/"] > 0
    assert found.outdated["light"] == 6
    assert set(found.outdated.values()) == {5, 6}
    assert len(found.outdated) == len(TABLE)


def test_an_empty_library_has_figures_too(library: Library) -> None:
    found = census(library)
    assert (found.materials, found.products, found.outdated) == (0, 0, {})


def test_questions(library: Library) -> None:
    for name, calm in (("a", 0.9), ("b", 0.5), ("c", 0.7)):
        library.put(perceived(name, look=LOOK, calm__area=calm))
    found, total = ask(library, Question("calm.area ge 60%", order="calm.area"))
    assert ([one.material.id[:2] for one in found], total) == (["61", "63"], 2)
    assert found[0].row()["attributes"]["subject.cut"] == []
    rising, _ = ask(library, Question(order="calm.area", rising=True, limit=1))
    assert rising[0].material.id[:2] == "62"
    with pytest.raises(InputError):
        ask(library, Question("calm.area ge"))


def test_what_looks_most_alike(library: Library) -> None:
    rng = np.random.default_rng(2)
    base = rng.normal(size=1280).astype(np.float32)
    for name, far in (("a", 0.0), ("b", 2.0), ("c", 0.2), ("d", 9.0)):
        vector = base + far * rng.normal(size=1280).astype(np.float32)
        one = perceived(name, look=LOOK, calm__area=0.1 if name == "c" else 0.9)
        unit = (vector / np.linalg.norm(vector)).astype(np.float32)
        library.put(replace(one, perception=replace(one.perception, embedding=unit)))
    found, _ = ask(library, Question(like="61" * 32))
    assert [one.material.id[:2] for one in found] == ["63", "62", "64"]
    near, _ = ask(library, Question("calm.area ge 50%", like="61" * 32, limit=1))
    assert near[0].material.id[:2] == "62"


def _aged(library: Library, seconds: float) -> None:
    for path in library.path.rglob("*"):
        if path.is_file() and "tables" not in path.parts:
            os.utime(path, (time.time() - seconds,) * 2)


def test_what_nothing_refers_to_is_noted_first_and_goes_later(library: Library) -> None:
    vase = library.put(perceived(look=LOOK))
    library.derive(vase, "shadow", {"kind": "drop"})
    library.put(today(perceived(look=replace(LOOK, fill="#336699"))))
    assert compact(library).noted == 0  # a write may be under way
    _aged(library, 7200)
    noted = compact(library)
    assert noted.removed == 0
    assert noted.noted > 4
    done = compact(library, kept=timedelta(0))
    assert (done.removed, done.noted) == (noted.noted, 0)
    assert list(verify(library, grace=0)) == []


def test_what_is_asked_for_again_stays(library: Library) -> None:
    """A writer that finds its pixels stored already makes them young."""
    library.put(perceived(look=LOOK))
    library.tables.delete("materials", [f"vase/{'61' * 32}"])
    _aged(library, 7200)
    assert compact(library).noted > 4
    library.put(perceived(look=LOOK))
    assert compact(library, kept=timedelta(0)).removed == 0
    assert list(verify(library)) == []


def test_what_a_stopped_writer_left_goes_too(library: Library) -> None:
    library.put(perceived(look=LOOK))
    (library.path / "pixels" / "00").mkdir(exist_ok=True)
    (library.path / "pixels" / "00" / ".half.part").write_bytes(b"half a picture")
    _aged(library, 7200)
    assert [fault.kind for fault in verify(library)] == ["orphan"]
    assert compact(library, kept=timedelta(0)).removed == 1
