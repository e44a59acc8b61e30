"""The shapes of the Ad Context Protocol: printed, and read back as the same formats."""

import json
from typing import Any

import pytest

from ddm.formats.adcp import adcp_of
from ddm.formats.catalogue import shipped
from ddm.formats.files import Shelf
from ddm.formats.format import Format
from ddm.geometry import Box

THEIRS: dict[str, Any] = {
    "format_kind": "image",
    "format_id": {"agent_url": "https://ads.example", "id": "Display_Image"},
    "sizes": [{"width": 300, "height": 250}],
    "max_file_size_kb": 150,
    "image_formats": ["jpg", "jpeg", "png", "gif"],
    "pixel_ratios": [1, 2],
    "ssl_required": True,
}


def shelf(*documents: dict[str, Any]) -> Shelf:
    found = Shelf()
    found.add_text(json.dumps(documents), "theirs.json")
    return found


def read(**more: object) -> Format:
    found = shelf({**THEIRS, **more})
    assert [str(f) for f in found.findings] == []
    (only,) = found.formats.values()
    return only


def rule(name: str, x: float, y: float, width: float, height: float, unit: str = "px") -> dict[str, Any]:
    return {"constraint": name, "region": {"x": x, "y": y, "width": width, "height": height, "unit": unit}}


@pytest.mark.parametrize("row", shipped().formats.values(), ids=list(shipped().formats))
def test_what_is_printed_is_read_back(row: Format) -> None:
    assert shelf(adcp_of(row)).formats == {row.id: row}


def test_their_words_become_ours() -> None:
    row = read()
    assert (row.id, row.width, row.height, row.max_kb) == ("display-image", 300, 250, 150)
    assert (row.types, row.pixel_ratios) == (("jpg", "png"), (1, 2)), "what we cannot write is left out"


def test_each_size_is_a_format() -> None:
    found = shelf({**THEIRS, "sizes": [{"width": 300, "height": 250}, {"width": 728, "height": 90}]})
    assert list(found.formats) == ["display-image-300x250", "display-image-728x90"]


def test_a_safe_area_becomes_margins() -> None:
    assert read(canvas_constraints=[rule("safe_area", 10, 20, 50, 50, "percent")]).safe == (30, 50, 120, 75)


@pytest.mark.parametrize("name", ["reserved_region", "decoration_only_edge", "no_text_or_logos"])
def test_regions_without_copy_are_reserved(name: str) -> None:
    row = read(canvas_constraints=[rule(name, 0, 200, 300, 50)])
    assert row.reserved == (Box(0, 200, 300, 50),)
    assert row.reasons == (name.replace("_", " "),)


def test_a_whole_canvas_without_text() -> None:
    assert read(canvas_constraints=[rule("no_text_or_logos", 0, 0, 100, 100, "percent")]).text == "none"


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"format_kind": "html5"}, "'html5' is unknown"),
        ({"sizes": []}, "[0].sizes: [] is not a list of 1 to 100"),
        ({"image_formats": ["bmp"]}, "[0].image_formats[0]: 'bmp' is unknown"),
        ({"image_formats": ["gif"]}, "types"),
        ({"canvas_constraints": [rule("safe_aera", 0, 0, 9, 9)]}, "did you mean 'safe_area'?"),
        ({"canvas_constraints": [rule("safe_area", 0, 0, 900, 250)]}, "safe"),
        ({"wdith": 7}, "did you mean 'width'?"),
    ],
)
def test_mistakes(more: dict[str, object], says: str) -> None:
    findings = shelf({**THEIRS, **more}).findings
    assert says in " ".join(map(str, findings))


def test_without_a_size() -> None:
    (finding,) = shelf({key: value for key, value in THEIRS.items() if key != "sizes"}).findings
    assert "'sizes' is missing" in finding.what
