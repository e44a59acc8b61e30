"""The catalogue of formats: sound rows, found by name."""

import re

import pytest

from ddm.errors import InputError
from ddm.formats.catalogue import Format, catalogue, find
from ddm.geometry import Box
from ddm.language.template import Template
from ddm.svg.check import MAX_SIDE


@pytest.mark.parametrize("row", catalogue().values(), ids=list(catalogue()))
def test_rows_are_sound(row: Format) -> None:
    assert 0 < row.width <= MAX_SIDE
    assert 0 < row.height <= MAX_SIDE
    assert re.fullmatch("[a-z0-9-]+", row.id), "it becomes part of file names"
    assert row.id.endswith((f"{row.width}x{row.height}", f"-{row.width}")), "the name tells the size"
    assert row.canvas.contains(row.safe_box)
    assert row.safe_box.width >= row.width * 0.5
    assert row.safe_box.height >= 4 * row.min_text
    assert row.max_kb >= 0
    assert set(row.types) <= {"jpg", "png", "webp"}
    assert row.source
    assert re.fullmatch(r"20\d\d-\d\d", row.checked), "when the source was read"
    assert row.confidence in ("seen", "interested", "inferred", "memory")
    low, high = Template.__dataclass_fields__["ratios"].default
    assert low <= row.ratio <= high


def test_boxes() -> None:
    row = Format("a", "A", 300, 250, safe=(10, 20, 30, 40))
    assert row.safe_box == Box(10, 20, 260, 190)
    assert row.canvas == Box(0, 0, 300, 250)
    assert row.ratio == 1.2


def test_found_by_name() -> None:
    assert find("mrec-300x250").width == 300
    with pytest.raises(InputError, match="unknown format 'mrec'") as caught:
        find("mrec")
    assert all(name in caught.value.mend for name in catalogue())
