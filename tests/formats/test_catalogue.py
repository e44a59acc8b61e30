"""The catalogue of formats: sound rows that say where they come from, found by name."""

import os
import re
from collections import Counter
from pathlib import Path

import pytest

from ddm.errors import InputError
from ddm.formats.catalogue import VARIABLE, Format, catalogue, find, shipped, use
from ddm.formats.format import CONFIDENCE, KINDS, own_margin, own_type
from ddm.formats.free import meet
from ddm.formats.rows import ID, TYPES
from ddm.geometry import Box
from ddm.language.template import Template
from ddm.svg.check import MAX_SIDE

SHIPPED = shipped().formats
CORE = (
    *("square-800", "poster-750x1000", "link-1200x628", "half-300x600", "mrec-300x250", "sky-160x600"),
    *("billboard-970x250", "leader-728x90", "feed-1080x1350", "story-1080x1920"),
)


@pytest.mark.parametrize("row", SHIPPED.values(), ids=list(SHIPPED))
def test_rows_are_sound(row: Format) -> None:
    assert re.fullmatch(ID, row.id), "it becomes part of file names"
    assert row.id.endswith((f"{row.width}x{row.height}", f"-{row.width}")), "the name tells the size"
    assert 0 < max(row.width, row.height) * max(row.pixel_ratios) <= MAX_SIDE
    assert row.max_kb >= 0
    assert set(row.types) <= set(TYPES)
    assert row.publisher
    assert row.kind in KINDS
    low, high = Template.__dataclass_fields__["ratios"].default
    assert low <= row.ratio <= high, "templates serve it unless they say otherwise"


@pytest.mark.parametrize("row", SHIPPED.values(), ids=list(SHIPPED))
def test_rows_say_where_they_come_from(row: Format) -> None:
    assert row.source
    assert re.fullmatch(r"20\d\d-\d\d", row.checked), "when the source was read"
    assert row.confidence in CONFIDENCE.keys() - {"given"}
    assert ("memory" in row.source or "memory" in row.note) <= (row.confidence in ("memory", "inferred"))


@pytest.mark.parametrize("row", SHIPPED.values(), ids=list(SHIPPED))
def test_copy_has_a_place(row: Format) -> None:
    assert row.canvas.contains(row.safe_box)
    assert row.safe_box.contains(row.free_box)
    assert row.free_box.width >= row.width * 0.5
    assert row.free_box.height >= 2 * row.min_text
    assert not any(meet(row.free_box, box) for box in row.reserved)
    assert len(row.reasons) == len(row.reserved)
    assert all(row.reasons), "the host covers nothing without a reason"


def test_there_are_many_from_many() -> None:
    assert len(SHIPPED) >= 100
    assert len({row.publisher for row in SHIPPED.values()}) >= 15
    assert {row.kind for row in SHIPPED.values()} == KINDS.keys() - {"custom"}


def test_what_stands_on_memory_is_the_exception() -> None:
    count = Counter(row.confidence for row in SHIPPED.values())
    assert count["memory"] < len(SHIPPED) / 10


def test_the_core_comes_first() -> None:
    assert tuple(catalogue())[: len(CORE)] == CORE
    assert [row.id for row in SHIPPED.values() if "core" in row.collections] == list(CORE)


# ------------------------------------------------------------------------------------------------ the value


def test_boxes() -> None:
    row = Format("a", "A", 300, 250, safe=(10, 20, 30, 40))
    assert row.safe_box == row.free_box == Box(10, 20, 260, 190)
    assert row.canvas == Box(0, 0, 300, 250)
    assert row.ratio == 1.2


def test_equal_formats_are_one_key() -> None:
    one, same = (Format("a", "A", 300, 250, reserved=(Box(0, 0, 9, 9),)) for _ in range(2))
    assert one == same
    assert len({one, same}) == 1
    assert one != Format("a", "A", 300, 250)


@pytest.mark.parametrize(
    ("size", "margin", "least"), [((300, 250), 8, 10), ((320, 50), 4, 10), ((1080, 1920), 43, 32), ((120, 16), 1, 8)]
)
def test_our_own_margin_and_type_grow_with_the_canvas(size: tuple[int, int], margin: int, least: float) -> None:
    assert own_margin(*size) == margin
    assert own_type(*size) == least


# ------------------------------------------------------------------------------------------------ found by name


def test_found_by_name() -> None:
    assert find("mrec-300x250").width == 300


def test_an_unknown_name_has_its_nearest() -> None:
    with pytest.raises(InputError, match="unknown format 'story-1080x1290'") as caught:
        find("story-1080x1290")
    assert "'story-1080x1920'" in caught.value.mend


def test_a_bare_size_is_a_format_without_limits() -> None:
    row = find("640x400")
    assert (row.id, row.width, row.height) == ("640x400", 640, 400)
    assert (row.max_kb, row.types, row.reserved, row.text) == (0, TYPES, (), "any")
    assert row.confidence == "given"


@pytest.mark.parametrize("name", ["15x400", "8193x400", "99999x99999", "0640x400", "640x400px", "٦٤٠x٤٠٠"])
def test_a_size_that_cannot_be_drawn_is_none(name: str) -> None:
    with pytest.raises(InputError):
        find(name)


# ------------------------------------------------------------------------------------------------ users' own

MINE = '[{"id": "mine", "width": 640, "height": 400}]'


def test_a_file_that_the_environment_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine.json").write_text(MINE)
    monkeypatch.setenv(VARIABLE, str(tmp_path / "mine.json"))
    assert find("mine").confidence == "given"
    assert list(catalogue())[-1] == "mine"


def test_a_folder_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "another"
    (home / "formats").mkdir(parents=True)
    (home / "formats" / "mine.json").write_text(MINE)
    monkeypatch.setenv("DDM_HOME", str(home))
    assert find("mine").name == "640 x 400"


def test_files_that_a_command_names_reach_the_processes_it_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    (tmp_path / "mine.json").write_text(MINE)
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "yours.json").write_text(MINE.replace("mine", "yours"))
    use([tmp_path / "more"])
    assert os.environ[VARIABLE] == f"{tmp_path}{os.pathsep}{tmp_path / 'more'}"
    assert {"mine", "yours"} <= catalogue().keys()


def test_mistakes_in_users_files_stop_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "none.json"))
    with pytest.raises(InputError, match="cannot read the formats"):
        catalogue()
