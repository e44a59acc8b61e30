"""Materials that look alike, under a condition: as a look at every embedding would find them, or nearly."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ddm.errors import InputError
from ddm.language.expressions import holds, parse
from ddm.library import Library, kept, nearest, vectors
from ddm.library.records import perception_row
from ddm.perceive.perception import Perception
from tests.support.materials import Look, material

LOOK = Look(width=64, height=64)
LENGTH = 48
CALM = parse("calm.area ge 50%")


def unit(values: np.ndarray) -> np.ndarray:
    return np.asarray(values / np.linalg.norm(values, axis=-1, keepdims=True), np.float32)


def embedded(number: int, embedding: np.ndarray, calm: float = 0.9, product: str = "") -> Perception:
    made = material(f"{number:04}", product, LOOK, role="product" if product else "scene", calm__area=calm)
    return replace(made, embedding=embedding)


def crowd(number: int) -> list[Perception]:
    """In clumps, as pictures are; each third is not calm."""
    rng = np.random.default_rng(5)
    clumps = rng.standard_normal((number // 20, LENGTH))
    vectors = unit(np.repeat(clumps, 20, 0) + 0.6 * rng.standard_normal((len(clumps) * 20, LENGTH)))
    return [embedded(at, one, 0.2 if at % 3 == 0 else 0.9, f"p{at % 7}" * (at % 2)) for at, one in enumerate(vectors)]


def put(library: Library, materials: list[Perception]) -> None:
    library.tables.put("materials", [perception_row(one) for one in materials])


def exact(materials: list[Perception], to: np.ndarray, limit: int) -> list[str]:
    return [one.id for one in sorted(materials, key=lambda one: (-float(one.embedding @ to), one.id))[:limit]]


CROWD = crowd(1200)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = Library(tmp_path_factory.mktemp("library"))
    put(library, CROWD)
    return library


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large")
    put(Library(folder), CROWD)
    return folder


@pytest.fixture
def large(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """The same, as a library of millions does it."""
    for module, name, value in (
        (nearest, "WHOLE", 100),
        (kept, "LEAST", 100),
        (vectors, "PER_LIST", 40),
        (vectors, "ENOUGH", 120),
        (vectors, "PROBES", 8),
        (vectors, "DIRECTIONS", 24),
    ):
        monkeypatch.setattr(module, name, value)
    return Library(folder)


def test_of_few_it_is_exact(library: Library) -> None:
    for to in CROWD[::100]:
        found = library.nearest(to.embedding, limit=7)
        assert [one.material.id for one in found] == exact(CROWD, to.embedding, 7)
        assert found[0].cosine == pytest.approx(1)


def test_a_material_is_not_like_itself(library: Library) -> None:
    to = CROWD[3]
    found = library.nearest(to.id, limit=5)
    assert [one.material.id for one in found] == exact([one for one in CROWD if one is not to], to.embedding, 5)


def test_under_a_condition_of_a_role_of_a_product(library: Library) -> None:
    to = CROWD[0].embedding
    calm = [one for one in CROWD if holds(CALM, one.attributes.get)]
    assert [one.material.id for one in library.nearest(to, CALM, 9)] == exact(calm, to, 9)
    scenes = [one for one in calm if one.attributes["role"] == "scene"]
    assert [one.material.id for one in library.nearest(to, CALM, 9, "scene")] == exact(scenes, to, 9)
    owned = [one for one in CROWD if one.product == "p3"]
    assert [one.material.id for one in library.nearest(to, None, 9, "", "p3")] == exact(owned, to, 9)


def test_nothing_fits(library: Library) -> None:
    assert library.nearest(CROWD[0].id, parse("calm.area gt 99%")) == ()
    with pytest.raises(InputError, match="no material"):
        library.nearest("no such")


@pytest.mark.parametrize("where", [None, CALM, parse("calm.area lt 50%")])
def test_of_many_it_is_nearly_exact(large: Library, where: object) -> None:
    fitting = [one for one in CROWD if holds(where, one.attributes.get)]  # type: ignore[arg-type]
    wanted = [set(exact(fitting, to.embedding, 10)) for to in CROWD[::30]]
    found = [{one.material.id for one in large.nearest(to.embedding, where, 10)} for to in CROWD[::30]]  # type: ignore[arg-type]
    assert np.mean([len(one & other) / 10 for one, other in zip(wanted, found, strict=True)]) >= 0.9


def test_of_the_few_that_fit_none_is_missed(large: Library) -> None:
    owned = [one for one in CROWD if one.product == "p5"]
    to = CROWD[8].embedding
    assert [one.material.id for one in large.nearest(to, None, 10, "", "p5")] == exact(owned, to, 10)


def test_vectors_are_made_once_and_kept(large: Library, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = large.nearest(CROWD[1].id)
    assert len(list(folder.glob("columns/*/*/vectors"))) == 1
    monkeypatch.setattr(nearest, "vectors_of", None)
    again = Library(folder).nearest(CROWD[1].id)
    assert [one.material.id for one in again] == [one.material.id for one in first]


def test_damaged_vectors_are_made_anew(large: Library, folder: Path) -> None:
    first = large.nearest(CROWD[1].id)
    (vectors,) = folder.glob("columns/*/*/vectors")
    (vectors / "codes.npy").write_bytes(b"\x93NUM")
    assert [one.material.id for one in Library(folder).nearest(CROWD[1].id)] == [one.material.id for one in first]


def test_what_is_written_later_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearest, "WHOLE", 100)
    library = Library(tmp_path)
    put(library, CROWD[:300])
    to = CROWD[301].embedding
    assert library.nearest(to)[0].cosine < 1
    put(library, CROWD[300:310])
    assert library.nearest(to)[0].material.id == CROWD[301].id
    library.tables.delete("materials", [perception_row(CROWD[301])["key"]])
    assert library.nearest(to)[0].material.id != CROWD[301].id


def test_some_have_no_embedding_or_that_of_another_network(tmp_path: Path) -> None:
    library = Library(tmp_path)
    none, other = embedded(9000, np.zeros(0, np.float32)), embedded(9001, unit(np.ones(12)))
    put(library, [none, other, *CROWD[:40]])
    assert [one.material.id for one in library.nearest(CROWD[2].embedding, limit=99)] == exact(
        CROWD[:40], CROWD[2].embedding, 99
    )
    assert library.nearest(none.id) == ()
    assert library.nearest(other.id) == ()


def test_no_material_has_an_embedding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = Library(tmp_path)
    put(library, [embedded(at, np.zeros(0, np.float32)) for at in range(9)])
    assert library.nearest(CROWD[0].embedding) == ()
    monkeypatch.setattr(nearest, "WHOLE", 3)
    assert Library(tmp_path).nearest(CROWD[0].embedding) == ()
