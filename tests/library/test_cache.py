"""Objects are fetched once, checked, and kept within a limit."""

from __future__ import annotations

from pathlib import Path

import pytest

from ddm.errors import Unavailable
from ddm.library.cache import COPIES, Cache
from ddm.library.content import stem_of


def body(number: int) -> bytes:
    return bytes([number]) * 1000


def name(number: int) -> str:
    return f"{stem_of(body(number))}.jpg"


BODIES = {name(number): body(number) for number in range(20)}


def test_once(tmp_path: Path) -> None:
    asked: list[str] = []

    def fetch(name: str) -> bytes:
        asked.append(name)
        return BODIES[name]

    cache = Cache(tmp_path, 10_000)
    assert {cache.path(name(3), fetch).read_bytes() for _ in range(3)} == {body(3)}
    assert asked == [name(3)]


def test_the_least_lately_used_goes_first(tmp_path: Path) -> None:
    cache = Cache(tmp_path, 5_000)
    for number in range(20):
        cache.path(name(number), BODIES.__getitem__)
        cache.path(name(0), BODIES.__getitem__)
        assert sum(path.stat().st_size for path in tmp_path.rglob("*.jpg")) <= 5_000
    assert (tmp_path / name(0)).exists()
    assert (tmp_path / name(19)).exists()


def test_copies_of_records_count_and_are_left_to_those_who_write_them(tmp_path: Path) -> None:
    copies = tmp_path / COPIES / "1" / "bodies"
    copies.parent.mkdir(parents=True)
    copies.write_bytes(b"x" * 3_000)
    cache = Cache(tmp_path, 5_000)
    for number in range(20):
        cache.path(name(number), BODIES.__getitem__)
    assert copies.exists()
    assert 0 < len(list(tmp_path.rglob("*.jpg"))) <= 2


def test_wrong_bytes_are_not_kept(tmp_path: Path) -> None:
    cache = Cache(tmp_path, 10_000)
    with pytest.raises(Unavailable, match="other bytes"):
        cache.path(name(1), lambda name: b"something else")
    assert not list(tmp_path.rglob("*.jpg"))
    assert cache.path(name(1), BODIES.__getitem__).read_bytes() == body(1)
