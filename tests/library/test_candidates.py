"""Candidates: found by the library itself, ranked by wishes, and every removal counted."""

from __future__ import annotations

import os
import pickle
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from ddm.errors import InputError
from ddm.language.expressions import Condition, conjuncts, holds, parse
from ddm.library import Library
from ddm.library.records import perception_row
from ddm.library.store import Tables
from ddm.perceive.perception import Perception
from ddm.perceive.schema import VERSION
from tests.support.materials import Look, material

LOOK = Look(width=64, height=64)
SCENES = [
    material(name, "", LOOK, role="scene", calm__area=calm, rank=float(rank), scene__kind=kind)
    for rank, (name, calm, kind) in enumerate(
        [("a", 0.9, "plain"), ("b", 0.5, "studio"), ("c", 0.7, "studio"), ("d", 0.5, "studio"), ("e", 0.1, "indoor")]
    )
]
SHOES = [material("f", "shoe", LOOK, rank=0.0), material("f", "boot", LOOK, rank=1.0)]
STUDIO, CALM = parse("scene.kind = studio"), parse("calm.area ge 60%")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = Library(tmp_path_factory.mktemp("library"))
    put(library, *SCENES, *SHOES)
    return library


def put(library: Library, *materials: Perception) -> None:
    library._tables.put("materials", [perception_row(one) for one in materials])


def name(perception: Perception) -> str:
    return chr(int(perception.id[:2], 16))


def names(perceptions: tuple[Perception, ...]) -> str:
    return "".join(map(name, perceptions))


def test_all_of_a_role_by_id(library: Library) -> None:
    answer = library.candidates("scene", None, [], 10)
    assert (names(answer.found), answer.total, answer.removed) == ("abcde", 5, {})


def test_of_one_product(library: Library) -> None:
    assert [p.product for p in library.candidates("product", "boot", [], 10).found] == ["boot"]
    assert library.candidates("product", "none", [], 10).total == 0
    assert library.candidates("", None, [], 0).total == 7


def test_a_shared_picture_is_a_candidate_of_each_product(library: Library) -> None:
    assert [p.product for p in library.candidates("product", None, [], 10).found] == ["boot", "shoe"]


def test_removals_are_counted_by_the_first_part_that_fails(library: Library) -> None:
    answer = library.candidates("scene", None, [parse("scene.kind = studio and calm.area ge 60%")], 10)
    assert names(answer.found) == "c"
    assert answer.removed == {"scene.kind = studio": 2, "calm.area ge 60%": 2}
    assert answer.fitting == 1


def test_conditions_are_taken_in_order(library: Library) -> None:
    assert library.candidates("scene", None, [CALM, STUDIO], 10).removed == {
        "calm.area ge 60%": 3,
        "scene.kind = studio": 1,
    }


def test_what_removes_nothing_is_not_named(library: Library) -> None:
    answer = library.candidates("scene", None, [parse("calm.area ge 10%"), STUDIO, STUDIO], 10)
    assert answer.removed == {"scene.kind = studio": 2}


def test_nothing_may_be_left(library: Library) -> None:
    answer = library.candidates("scene", None, [parse("calm.area gt 99%")], 10)
    assert (answer.found, answer.total, answer.removed) == ((), 5, {"calm.area gt 99%": 5})


def test_the_same_as_one_by_one(library: Library) -> None:
    conditions: list[Condition] = [parse("calm.area in 20%..80% and not (scene.kind = studio and rank = 1)")]
    removed = {}
    for scene in SCENES:
        failed = next((str(p) for p in conjuncts(conditions[0]) if not holds(p, scene.attributes.get)), "")
        removed[failed] = removed.get(failed, 0) + 1
    fitting = removed.pop("")
    answer = library.candidates("scene", None, conditions, 10)
    assert (len(answer.found), dict(answer.removed)) == (fitting, removed)


@pytest.mark.parametrize(
    ("order", "best"),
    [
        ([("calm.area", False, 1.0)], "acbde"),  # ties by id
        ([("calm.area", True, 1.0)], "ebdca"),
        ([("calm.area", False, 1.0), ("rank", False, 1000.0)], "edcba"),  # a range is 0 to 1000
        ([(STUDIO, False, 1.0), ("calm.area", False, 0.1)], "cbdae"),  # a condition is a wish, too
    ],
)
def test_the_best_come_first(library: Library, order: list, best: str) -> None:
    assert names(library.candidates("scene", None, [], 10, order).found) == best
    assert names(library.candidates("scene", None, [], 2, order).found) == best[:2]


def test_an_unknown_value_meets_no_wish(tmp_path: Path) -> None:
    library = Library(tmp_path)
    known = material("b", "", LOOK, role="scene", calm__area=0.4)
    unknown = material("a", "", LOOK, role="scene")
    attributes = {key: value for key, value in unknown.attributes.items() if key != "calm.area"}
    put(library, known, Perception(**{**_fields(unknown), "attributes": attributes}))
    for rising in (True, False):
        assert names(library.candidates("scene", None, [], 2, [("calm.area", rising, 1.0)]).found) == "ba"


def _fields(one: Perception) -> dict:
    return {field: getattr(one, field) for field in one.__dataclass_fields__}


def test_words_have_no_order(library: Library) -> None:
    for wanted in ("scene.kind", "no.such"):
        with pytest.raises(InputError, match="cannot be ranked by"):
            library.candidates("scene", None, [], 1, [(wanted, True, 1.0)])


def test_a_change_is_seen_by_every_reader(tmp_path: Path) -> None:
    writer, reader = Library(tmp_path), Library(tmp_path)
    assert reader.candidates("scene", None, [STUDIO], 5).total == 0
    put(writer, *SCENES)
    assert names(reader.candidates("scene", None, [STUDIO], 5).found) == "bcd"


def test_candidates_come_back_whole(library: Library) -> None:
    found = library.candidates("scene", None, [CALM], 1).found[0]
    assert found.attributes == SCENES[0].attributes
    assert found.palettes == SCENES[0].palettes


def test_select_by_product_and_rank(library: Library) -> None:
    assert names(library.select(STUDIO)) == "bcd"
    assert names(library.select(parse("scene.kind = studio or scene.kind = plain"), "scene")) == "abcd"
    assert [p.product for p in library.select(None, product="boot")] == ["boot"]


def test_count_loads_nothing(library: Library) -> None:
    assert library.count(None) == 7
    assert library.count(STUDIO, "scene") == 3
    assert library.count(parse("scene.kind = studio or scene.kind = plain"), "scene", "") == 4


def test_names_of_roles_and_products_are_plain_text(library: Library) -> None:
    assert library.count(None, "x' or 'a' = 'a") == 0
    assert library.candidates("scene", "x' or 'a' = 'a", [], 5).total == 0


def test_a_version_is_asked_again_only_where_something_was_written(tmp_path: Path) -> None:
    writer, reader = Tables(tmp_path), Tables(tmp_path)
    versions = tmp_path / "materials.lance" / "_versions"
    os.utime(versions, (1e9, 1e9))  # long ago
    first = reader.version("materials")
    reader._read = None  # type: ignore[assignment,method-assign]
    assert reader.version("materials") == first
    del reader._read
    writer.put("materials", [perception_row(SCENES[0])])
    assert reader.version("materials") == writer.version("materials") > first


def test_maps_are_read_when_they_are_looked_at(tmp_path: Path) -> None:
    library, writer = Library(tmp_path), Library(tmp_path)
    put(writer, *(replace(one, schema=VERSION) for one in SCENES))
    found = library.candidates("scene", None, [], 5).found
    assert not any("maps" in vars(one) for one in found)
    assert (found[0].maps.thumb == SCENES[0].maps.thumb).all()
    put(writer, replace(SCENES[1], schema=VERSION))  # the same, written anew
    writer.tables.tidy("materials", timedelta(milliseconds=1))
    assert (found[1].maps.busy == SCENES[1].maps.busy).all()
    assert (pickle.loads(pickle.dumps(found[2])).maps.matte == SCENES[2].maps.matte).all()
    writer.tables.delete("materials", [f"/{SCENES[3].id}"])
    with pytest.raises(InputError, match="is gone"):
        _ = found[3].maps
