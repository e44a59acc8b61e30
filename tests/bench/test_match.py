"""A library is grown and asked what templates ask: what is grown is like any other, and the figures are there."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ddm.bench import match
from ddm.bench.grown import PICTURES, grow, seeds_of
from ddm.errors import InputError
from ddm.language.expressions import parse
from ddm.library import Library
from ddm.library.records import body_of, perception_of, perception_row, unpacked
from ddm.library.store import MATERIALS, Tables
from ddm.perceive.schema import ATTRIBUTES, VERSION
from tests.library.test_nearest import CROWD
from tests.library.test_records import same


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("real")
    Library(folder).tables.put("materials", [perception_row(one) for one in CROWD[:20]])
    return folder


@pytest.fixture(scope="module")
def rows(real: Path) -> list[dict]:
    pinned = Tables(real / "tables").pinned("materials")
    return grow(seeds_of(pinned.read(pinned.row_ids(), MATERIALS.names)), 0, 200).to_pylist()


def test_grown_records_are_records(rows: list[dict]) -> None:
    for row in rows[::20]:
        one = unpacked(body_of(row), lambda id, product, maps=row["maps"]: maps)
        same(one, perception_of(row))
        assert one.schema == VERSION
        assert np.linalg.norm(one.embedding) == pytest.approx(1, abs=1e-5)
        for name, value in one.attributes.items():
            kind = ATTRIBUTES[name]
            assert not isinstance(value, float) or kind.low <= value <= kind.high


def test_no_two_are_alike(rows: list[dict]) -> None:
    for name in ("id", "key", "maps", "details", "embedding"):
        assert len({row[name] for row in rows}) == len(rows), name


def test_five_pictures_make_a_product(rows: list[dict]) -> None:
    products = [row["product"] for row in rows if row["role"] == "product"]
    assert max(map(products.count, products)) == PICTURES
    assert {row["product"] for row in rows if row["role"] == "scene"} == {""}


def test_the_same_every_time(real: Path, rows: list[dict]) -> None:
    pinned = Tables(real / "tables").pinned("materials")
    assert grow(seeds_of(pinned.read(pinned.row_ids(), MATERIALS.names)), 0, 200).to_pylist() == rows


def test_what_is_asked_is_what_the_templates_ask() -> None:
    asked = match.questions()
    assert {one.pool for one in asked} == {"one", "all", "scenes"}
    assert any("subject.cut" in str(one.where) for one in asked)
    assert any(one.order for one in asked)


def test_only_shares_are_moved() -> None:
    condition = parse("rank = 0 and not (text.area le 10% or subject.ratio in 0.5..1.5)")
    other = match.moved(condition, np.random.default_rng(0))
    assert str(other) != str(condition)
    assert str(other).startswith("rank = 0 and not (text.area le ")
    assert str(other).endswith("or subject.ratio in 0.5..1.5)")


def test_the_figures(real: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small = {"SMALLEST": 30, "ASKED": 12, "NEAR": 4, "SIFTED": 1, "SEEN": 1, "LOOKED_UP": 9}
    for name, value in small.items():
        monkeypatch.setattr(match, name, value)
    found = match.run(real, 300, tmp_path)
    assert list(found["growth"]) == ["30", "300"]
    for size in found["growth"].values():
        assert size["ingest_per_second"] > 0
        assert size["disk_per_record"] > size["copied_per_record"] > 500
        assert 0 < size["where_ms"]["p50"] <= size["where_ms"]["p99"]
        assert 0 < size["near_ms"]["p50"] <= size["near_ms"]["p99"]
        assert size["recall_at_10"] == 1  # exact below some thousands
    assert found["materials"] == 300
    assert Library(tmp_path / "300").count(None) == 300
    assert match.run(real, 300, tmp_path)["ingest_per_second"] == found["ingest_per_second"]  # not grown again


def test_too_few_to_grow_from(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="too few"):
        match.run(tmp_path, 100)
