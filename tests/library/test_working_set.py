"""Columns in memory beside a table that others write to: always what one look at each record would say."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ddm.language.expressions import Condition, holds, parse
from ddm.language.template import Preference
from ddm.library import Library, ranking
from ddm.library.pinned import Pinned
from ddm.library.records import perception_row
from ddm.library.store import Tables
from ddm.library.working_set import WorkingSet
from ddm.match.shortlist import sift
from ddm.perceive.perception import Perception
from tests.support.materials import Look, material

LOOK = Look(width=64, height=64)
CALM = parse("calm.area ge 50% and subject.area ge 0%")
ORDER = [("calm.area", False, 1.0), (parse("rank = 0"), False, 1.0), ("quality.sharpness", True, 0.5)]
PREFER = [Preference(None if isinstance(a, str) else a, a if isinstance(a, str) else "", r, w) for a, r, w in ORDER]


def one(number: int, calm: float, product: str = "") -> Perception:
    return material(
        f"{number:03}",
        product,
        LOOK,
        role="product" if product else "scene",
        calm__area=calm,
        rank=float(number % 3),
        quality__sharpness=(number * 37 % 100) / 100,
    )


def put(tables: Tables, *materials: Perception) -> None:
    tables.put("materials", [perception_row(each) for each in materials])


def opened(folder: Path) -> tuple[Tables, WorkingSet]:
    tables = Tables(folder)
    return tables, WorkingSet(lambda: tables.version("materials"), lambda: tables.pinned("materials"))


KEYS = st.tuples(st.integers(0, 20), st.sampled_from(["", "shoe"]))
"""Pictures, some of which two have in common."""
WRITES = st.lists(
    st.tuples(
        st.dictionaries(KEYS, st.sampled_from([0.0, 0.4, 0.5, 0.9]), max_size=9),
        st.lists(KEYS, max_size=2),
        st.sampled_from(["", "", "tidied", "looked at"]),
    ),
    min_size=1,
    max_size=9,
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(WRITES)
def test_what_is_written_is_seen(tmp_path_factory: pytest.TempPathFactory, writes: list) -> None:
    tables, hot = opened(tmp_path_factory.mktemp("tables"))
    there: dict[tuple[int, str], float] = {}
    for rows, gone, then in writes:
        put(tables, *(one(number, calm, product) for (number, product), calm in rows.items())) if rows else None
        tables.delete("materials", [key(*some) for some in gone])
        there = {some: calm for some, calm in (there | rows).items() if some not in gone}
        if then == "tidied":
            tables._tables["materials"].optimize()
        elif then == "looked at":
            hot.view().sift("", None, [], [], 1)  # in order by id, by which what was written anew is known
        sifted = hot.view().sift("", None, [CALM], [], 99)
        fitting = [some for some, calm in there.items() if calm >= 0.5]
        assert (sifted.total, sifted.removed) == (len(there), (len(there) - len(fitting),))
        found = hot.view().pinned.take(sifted.rows, ["key"])["key"].to_pylist() if fitting else []
        assert sorted(found) == sorted(key(*some) for some in fitting)


def key(number: int, product: str) -> str:
    return f"{product}/{one(number, 0).id}"


def test_what_another_wrote_is_seen_by_the_new_rows_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tables, hot = opened(tmp_path)
    put(tables, *(one(number, 0.9) for number in range(60)))
    hot.view().sift("scene", None, [CALM], [], 1)
    with monkeypatch.context() as patch:
        patch.setattr(Pinned, "row_ids", None)
        put(tables, one(7, 0.1), one(60, 0.9))
        assert hot.view().sift("scene", None, [CALM], [], 99).removed == (1,)
        put(tables, one(8, 0.1))
        assert hot.view().sift("scene", None, [CALM], [], 0).removed == (2,)
    assert hot.view().sift("scene", None, [CALM], [], 99).total == 61


def test_what_is_gone_is_gone(tmp_path: Path) -> None:
    tables, hot = opened(tmp_path)
    put(tables, *(one(number, 0.9, "shoe") for number in range(9)))
    assert len(hot.view().of_product("shoe")) == 9
    tables._tables["materials"].delete("rank = 0")
    view = hot.view()
    assert len(view.of_product("shoe")) == 6
    assert view.sift("product", None, [parse("rank is known")], [], 9).total == 6  # read after they went
    tables._tables["materials"].delete("true")
    assert hot.view().sift("product", None, [CALM], ORDER, 9).total == 0


def test_segments_are_few_and_read_anew_seldom(tmp_path: Path) -> None:
    tables, hot = opened(tmp_path)
    put(tables, *(one(number, 0.9) for number in range(40)))
    first = hot.view().segments[0].loaded
    for number in range(40, 60):
        put(tables, one(number, 0.9))
        view = hot.view()
        assert len(view.segments) <= 5
        assert view.segments[0].loaded is first
        assert view.sift("scene", None, [CALM], [], 0).total == number + 1


def test_the_same_version_is_the_same_view(tmp_path: Path) -> None:
    tables, hot = opened(tmp_path)
    put(tables, one(1, 0.5))
    assert hot.view() is hot.view()


MATERIALS = [one(number, (number * 7 % 20) / 20, ("", "shoe", "boot")[number % 3]) for number in range(100)]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """In three segments."""
    library = Library(tmp_path_factory.mktemp("library"))
    for part in (MATERIALS[:70], MATERIALS[70:92], MATERIALS[92:]):
        put(library._tables, *part)
        library.candidates("", None, [], 1)
    assert len(library.view().segments) == 3
    return library


@pytest.mark.parametrize("product", [None, "", "shoe", "boot", "none"])
@pytest.mark.parametrize("sample", [1, 16, 4096])
@pytest.mark.parametrize("limit", [0, 1, 5, 200])
def test_the_best_as_by_one_look_at_each(
    library: Library, monkeypatch: pytest.MonkeyPatch, product: str | None, sample: int, limit: int
) -> None:
    monkeypatch.setattr(ranking, "SAMPLE", sample)
    pool = [m for m in MATERIALS if product in (None, m.product)]
    expected = sift(CALM, PREFER, pool)
    answer = library.candidates("", product, [CALM], limit, ORDER)
    assert (answer.total, answer.removed, answer.fitting) == (expected.total, expected.removed, expected.fitting)
    assert [m.id for m in answer.found] == [entry.material.id for entry in expected.entries][:limit]


@pytest.mark.parametrize("asked", ["rank = 0", "rank = 0 or calm.area gt 70%", "rank is unknown"])
def test_without_wishes_by_id(library: Library, asked: str) -> None:
    condition: Condition = parse(asked)
    expected = sorted(m.id for m in MATERIALS if holds(condition, m.attributes.get))[:7]
    assert [m.id for m in library.candidates("", None, [condition], 7).found] == expected


def test_values_outside_their_range_rank_as_they_are(tmp_path: Path) -> None:
    library = Library(tmp_path)
    wild = [material(f"{n:03}", "", LOOK, role="scene", calm__area=float(n - 50)) for n in range(100)]
    put(library._tables, *wild)
    best = library.candidates("scene", None, [], 3, [("calm.area", False, 1.0)]).found
    assert [m.number("calm.area") for m in best] == [49.0, 48.0, 47.0]


def test_a_view_keeps_its_version(tmp_path: Path) -> None:
    tables, hot = opened(tmp_path)
    put(tables, one(1, 0.9))
    view = hot.view()
    put(tables, one(1, 0.1), one(2, 0.9))
    assert view.sift("scene", None, [CALM], [], 9).total == 1
    assert len(view.pinned.take(view.sift("scene", None, [CALM], [], 9).rows)) == 1
    assert np.count_nonzero(hot.view().sift("scene", None, [CALM], [], 9).scores == 0) == 1


def test_files_that_another_process_dropped_meanwhile(tmp_path: Path) -> None:
    """As if its dropping came between our look at the version and our reading."""
    library, writer = Library(tmp_path), Library(tmp_path)
    put(writer.tables, *(one(number, 0.9, "shoe") for number in range(9)))
    assert library.candidates("product", None, [CALM], 0).total == 9
    seen = library.view().pinned.version
    put(writer.tables, one(9, 0.9, "shoe"))
    writer.tables.tidy("materials", timedelta(milliseconds=1))
    library._finding._hot._version = lambda: seen
    assert len(library.of_product("shoe")) == 10
