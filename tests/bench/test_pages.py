"""Before/after pages: what they carry, and that nothing in them is read as markup."""

from pathlib import Path

import numpy as np
from PIL import Image

from ddm.bench.pages import Case, write_page


def test_each_way_is_a_file_beside_the_page(tmp_path: Path) -> None:
    pictures = {"given": np.zeros((4, 6, 3), np.uint8), "ours": np.full((4, 6, 4), 255, np.uint8)}
    page = write_page(tmp_path, "Extended", [Case("vase", pictures, {"seam": 1.25}, "cut at the left")])
    assert [_size(file) for file in (tmp_path / "pictures").iterdir()] == [(6, 4), (6, 4)]
    text = page.read_text("utf-8")
    assert all(word in text for word in ("vase", '"seam":1.25', "cut at the left", "ours"))


def test_a_name_is_never_markup(tmp_path: Path) -> None:
    page = write_page(tmp_path, "x", [Case("</script><b>", {"given": np.zeros((2, 2, 3), np.uint8)}, {})])
    assert "</script><b>" not in page.read_text("utf-8")


def _size(file: Path) -> tuple[int, int]:
    with Image.open(file) as picture:
        return picture.size
