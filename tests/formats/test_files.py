"""Users' own formats: what a file may hold, and what is said of one that is wrong, all at once."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm.formats.catalogue import added, shipped
from ddm.formats.files import MAX_BYTES, MAX_FILES, MAX_FORMATS, Shelf
from ddm.formats.format import Format
from ddm.formats.rows import MAX_RESERVED, TYPES, row_of
from ddm.geometry import Box

PLAIN: dict[str, Any] = {"id": "mine", "width": 300, "height": 250}


def shelf(document: object) -> Shelf:
    found = Shelf()
    found.add_text(document if isinstance(document, str) else json.dumps(document), "mine.json")
    return found


def read(**more: object) -> Format:
    found = shelf([{**PLAIN, **more}])
    assert [str(f) for f in found.findings] == []
    return found.formats["mine"]


def told(document: object) -> list[str]:
    """What is wrong with a document, without its place."""
    return [f"{f.what} ({f.mend})" if f.mend else f.what for f in shelf(document).findings]


def wrong(**more: object) -> str:
    (only,) = told([{**PLAIN, **more}])
    return only


# ------------------------------------------------------------------------------------------------ what a file holds


def test_id_and_size_are_enough() -> None:
    row = read()
    assert (row.name, row.kind, row.confidence, row.max_kb, row.types) == ("300 x 250", "custom", "given", 0, TYPES)
    assert (row.safe, row.min_text, row.text, row.text_share) == ((8, 8, 8, 8), 10, "any", 1.0)


def test_everything_can_be_said() -> None:
    rail = {"x": 250, "y": 0, "width": 50, "height": 250, "reason": "buttons"}
    row = read(
        name="Mine", publisher="Me", kind="story", pixel_ratios=[1, 2], max_kb=80, types=["png"], safe=[1, 2, 3, 4],
        reserved=[rail], text="little", text_share=0.2, min_text=14, source="a letter", checked="2026-11-22",
        confidence="seen", note="n", collections=["own"],
    )  # fmt: skip
    assert (row.reserved, row.reasons) == ((Box(250, 0, 50, 250),), ("buttons",))
    assert row.free_box == Box(1, 2, 249, 244)
    assert (row.pixel_ratios, row.text_share, row.collections) == ((1, 2), 0.2, ("own",))


def test_no_text_means_no_share_of_it() -> None:
    assert read(text="none").text_share == 0


def test_a_file_may_say_things_once_for_all() -> None:
    found = shelf({"about": "ours", "defaults": {"publisher": "Me", "max_kb": 80}, "formats": [PLAIN | {"max_kb": 9}]})
    assert not found.findings
    assert (found.formats["mine"].publisher, found.formats["mine"].max_kb) == ("Me", 9)


@pytest.mark.parametrize("row", shipped().formats.values(), ids=list(shipped().formats))
def test_what_is_printed_is_read_back(row: Format) -> None:
    assert shelf([row_of(row)]).formats == {row.id: row}


# ------------------------------------------------------------------------------------------------ what is said


def test_unknown_keys_have_their_nearest() -> None:
    assert wrong(maxkb=80) == "[0].maxkb: unknown key 'maxkb' (did you mean 'max_kb'?)"


def test_what_is_missing_is_named() -> None:
    assert told([{"id": "mine", "width": 300}]) == ["[0]: 'height' is missing (of the canvas, in pixels)"]


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"width": "300"}, "[0].width: '300' is not a whole number from 1 to 8192"),
        ({"width": True}, "[0].width: True is not a whole number from 1 to 8192"),
        ({"height": 9000}, "[0].height: 9000 is not a whole number from 1 to 8192"),
        ({"safe": [1, 2, 3]}, "[0].safe: [1, 2, 3] is not a list of 4"),
        ({"safe": [1, 2, 3, -4]}, "[0].safe[3]: -4 is not a number from 0 to 8192"),
        ({"kind": "stroy"}, "[0].kind: 'stroy' is unknown (did you mean 'story'?)"),
        ({"types": ["gif"]}, "[0].types[0]: 'gif' is unknown (did you mean"),
        ({"types": []}, "[0].types: [] is not a list of 1 to 20"),
        ({"types": ["jpg", "jpg"]}, "names something twice"),
        ({"types": "jpg"}, "[0].types: 'jpg' is not a list"),
        ({"name": "a\nb"}, "is not text of up to 100 characters"),
        ({"checked": "yesterday"}, "is not a date such as 2026-11"),
        ({"id": "My Format"}, "is not an id: a-z, 0-9 and -"),
        ({"id": "640x400"}, "more than a bare size"),
        ({"reserved": [7]}, "[0].reserved[0]: 7 is not an object"),
        ({"reserved": [{"x": 0, "y": 0, "width": 9}]}, "[0].reserved[0]: 'height' is missing"),
    ],
)
def test_wrong_values(more: dict[str, object], says: str) -> None:
    assert says.split(" (did you mean")[0] in wrong(**more)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"safe": [150, 0, 150, 0]}, "[0].safe: the safe margins leave nothing of 300 x 250"),
        (
            {"reserved": [{"x": 290, "y": 0, "width": 20, "height": 9}]},
            "reserved[0] (290,0 20 x 9) is not inside 300 x 250",
        ),
        ({"reserved": [{"x": 0, "y": 0, "width": 300, "height": 250}]}, "leave nothing of the safe area"),
        ({"width": 8000, "pixel_ratios": [2]}, "8000 x 250 at 2 is too large"),
        ({"text": "little"}, "text 'little' needs a text_share"),
        ({"text": "none", "text_share": 0.5}, "contradict each other"),
        ({"text_share": 0.2}, "contradict each other"),
    ],
)
def test_values_that_do_not_fit_together(more: dict[str, object], says: str) -> None:
    assert says in wrong(**more)


def test_ids_stand_once() -> None:
    assert told([PLAIN, PLAIN]) == ["[1].id: there is a format 'mine' already, in mine.json (rename one)"]


def test_shipped_ids_are_taken(tmp_path: Path) -> None:
    (tmp_path / "own.json").write_text(json.dumps([PLAIN | {"id": "half-300x600"}]))
    (finding,) = added([tmp_path]).findings
    assert "there is a format 'half-300x600' already, in formats/data/google.json" in str(finding)


def test_mistakes_are_told_at_once_each_at_its_line() -> None:
    text = """[
      {"id": "one", "width": 300, "height": 250,
       "sfae": [1, 1, 1, 1]},
      {"id": "two", "width": 0, "height": 250},
      {"id": "three", "width": 300, "height": 250,
       "reserved": [
         {"x": 1, "y": 1, "width": 9, "height": "nine"}
       ]}
    ]"""
    assert [(f.mark.line, f.mark.column) for f in shelf(text).findings] == [(3, 8), (4, 21), (7, 39)]
    assert str(shelf(text).findings[0]).startswith("mine.json:3:8: error: [0].sfae: ")


def test_sound_rows_beside_wrong_ones_are_kept() -> None:
    assert list(shelf([PLAIN, {"id": "other"}]).formats) == ["mine"]


def test_a_key_that_stands_twice() -> None:
    (finding,) = shelf('[{"id": "mine", "width": 300, "height": 250,\n "width": 400}]').findings
    assert (finding.mark.line, finding.what) == (2, "[0].width: the key 'width' stands twice")


def test_defaults_are_checked_once_where_they_stand() -> None:
    document = {"defaults": {"width": 9, "kind": "stroy"}, "formats": [PLAIN, PLAIN | {"id": "other"}]}
    assert [what.split(":")[0] for what in told(document)] == ["defaults.width", "defaults.kind"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "this is no JSON"),
        ("[", "this is no JSON"),
        ("[" * 100_000, "too deep"),
        ("[NaN]", "NaN is no number"),
        (f"[{'9' * 5000}]", "this is no JSON"),
        ("7", "7 is not a list of formats"),
        ("null", "None is not a list of formats"),
        ("{}", "'formats' is missing"),
        ('{"formats": {}}', "formats: {} is not a list of formats"),
        ('{"formats": [], "fromats": []}', "did you mean 'formats'?"),
        ("[7]", "[0]: 7 is not an object"),
    ],
)
def test_what_is_no_list_of_formats(text: str, says: str) -> None:
    assert says in " ".join(told(text))


# ------------------------------------------------------------------------------------------------ limits


def test_too_many_formats() -> None:
    rows = [PLAIN | {"id": f"f-{i}"} for i in range(MAX_FORMATS + 1)]
    assert told(rows) == [f"{MAX_FORMATS + 1} formats, at most {MAX_FORMATS} (several files in a folder)"]


def test_too_many_regions() -> None:
    region = {"x": 0, "y": 0, "width": 1, "height": 1}
    assert f"is not a list of 0 to {MAX_RESERVED}" in wrong(reserved=[region] * (MAX_RESERVED + 1))


@pytest.mark.parametrize(
    ("body", "says"), [(b" " * (MAX_BYTES + 1), f"more than {MAX_BYTES} bytes"), (b"\xff\xfe", "not UTF-8")]
)
def test_bodies_that_are_refused(tmp_path: Path, body: bytes, says: str) -> None:
    path = tmp_path / "mine.json"
    path.write_bytes(body)
    assert says in str(added([path]).findings[0])


def test_a_folder_without_formats_is_a_mistake(tmp_path: Path) -> None:
    assert "there is no *.json in this folder" in str(added([tmp_path]).findings[0])


def test_a_folder_of_too_many_files(tmp_path: Path) -> None:
    for i in range(MAX_FILES + 1):
        (tmp_path / f"{i}.json").write_text("[]")
    assert f"{MAX_FILES + 1} files of formats, at most {MAX_FILES}" in str(added([tmp_path]).findings[0])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from((*PLAIN, "safe", "reserved", "x", "format_kind", "formats", "defaults", "sizes")), inner
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_nothing_that_is_json_breaks_the_reader(document: object) -> None:
    found = shelf(json.dumps(document, allow_nan=False) if _finite(document) else "[NaN]")
    assert found.findings or isinstance(document, list | dict)
    assert all(row.free_box.area > 0 for row in found.formats.values())


def _finite(document: object) -> bool:
    try:
        json.dumps(document, allow_nan=False)
    except ValueError:
        return False
    return True


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    assert not shelf(text).formats
