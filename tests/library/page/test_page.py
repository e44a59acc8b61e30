"""The page's files: every layer as a picture, words that can do nothing, and what happens where pixels are gone."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ddm.errors import InputError
from ddm.geometry import Box
from ddm.library import Library
from ddm.library.page import write_page
from ddm.library.page.chosen import chosen
from ddm.library.page.layers import CALM_TINT, calmness, tinted
from ddm.library.page.record import CONFIDENCE, places
from ddm.perceive.perception import Element
from ddm.perceive.schema import ATTRIBUTES
from tests.library.page.shelf import HOSTILE, filled

LAYERS = {"picture", "thumb", "matte", "cutout", "saliency", "calm"}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return filled(tmp_path_factory.mktemp("shelf"))


def told(page: Path) -> dict[str, list[dict[str, object]]]:
    found = re.search(r'<script type="application/json" id="told">(.*?)</script>', page.read_text("utf-8"), re.S)
    assert found
    answer: dict[str, list[dict[str, object]]] = json.loads(found[1])
    return answer


def pixels(path: Path) -> np.ndarray:
    with Image.open(path) as picture:
        return np.asarray(picture).astype(int)


def test_every_layer_lies_beside_the_page(library: Library, tmp_path: Path) -> None:
    rows = told(write_page(library, library.all(), tmp_path))["materials"]
    assert len(rows) == 3
    for row in rows:
        files = row["files"]
        assert isinstance(files, dict)
        assert set(files) == LAYERS
        assert row["problems"] == []
        assert all((tmp_path / name).read_bytes()[8:12] == b"WEBP" for name in files.values())


def test_the_cut_out_lies_where_the_subject_is(library: Library, tmp_path: Path) -> None:
    row = told(write_page(library, library.all()[:1], tmp_path))["materials"][0]
    files = row["files"]
    assert isinstance(files, dict)
    picture, cut = (pixels(tmp_path / files[name]) for name in ("picture", "cutout"))
    assert cut.shape[:2] == picture.shape[:2]
    solid = cut[..., 3] > 250
    assert 0.05 < solid.mean() < 0.6
    assert np.abs(cut[solid][:, :3] - picture[solid]).mean() < 4


def test_hostile_words_stay_words(library: Library, tmp_path: Path) -> None:
    page = write_page(library, library.all(), tmp_path)
    assert "<img src=x" not in page.read_text("utf-8")
    assert page.read_text("utf-8").count("</script>") == 2
    assert any(HOSTILE in json.dumps(row, ensure_ascii=False).replace('\\"', '"') for row in told(page)["materials"])


def test_lost_pixels_are_told_and_replaced_by_the_map(tmp_path: Path) -> None:
    library = filled(tmp_path / "shelf")
    shutil.rmtree(tmp_path / "shelf" / "pixels")
    row = told(write_page(Library(tmp_path / "shelf"), library.all()[:1], tmp_path / "out"))["materials"][0]
    assert set(row["files"]) == LAYERS - {"cutout"}  # type: ignore[call-overload]
    assert len(row["problems"]) == 2  # type: ignore[arg-type]


def test_one_is_chosen_by_its_id_and_some_by_a_condition(library: Library) -> None:
    every = library.all()
    assert chosen(library, every[0].id[:8], 9)[0][0].id == every[0].id
    found, total = chosen(library, "subject.area gt 99%", 9)
    assert (found, total) == ((), 0)
    found, total = chosen(library, "", 2)
    assert (len(found), total) == (2, 3)
    with pytest.raises(InputError, match="no material"):
        chosen(library, "0123456789", 9)
    for slip in ("subject.area gt", "subject.aera gt 3%", "scene.kind = indor"):
        with pytest.raises(InputError):
            chosen(library, slip, 9)


def test_confidence_is_told_by_attributes_that_exist() -> None:
    assert {*CONFIDENCE, *CONFIDENCE.values()} <= set(ATTRIBUTES)


def test_cells_and_strips_fill_their_places() -> None:
    found = places(300, 200)
    assert sum(w * h for name, (_, _, w, h) in found.items() if name.startswith("grid")) == pytest.approx(1, abs=1e-3)
    assert found["right"][0] + found["right"][2] == pytest.approx(1)
    assert found["top"][2] == 1


def test_what_is_calm_is_tinted_and_the_subject_is_not() -> None:
    busy, matte = np.full((4, 6), 10, np.uint8), np.zeros((4, 6), np.uint8)
    busy[:, 3:], matte[:2] = 200, 255
    found = calmness(busy, matte)
    assert not found[:2].any()
    assert tuple(found[3, 0, :3]) == CALM_TINT
    assert tuple(found[3, 5, :3]) != CALM_TINT


def test_the_outline_is_opaque_and_the_inside_a_veil() -> None:
    matte = np.zeros((200, 200), np.uint8)
    matte[50:150, 50:150] = 255
    found = tinted(matte)[..., 3]
    assert found[100, 100] < 128
    assert found[50, 100] == 255
    assert found[10, 10] == 0


def test_elements_keep_box_score_and_reading(library: Library, tmp_path: Path) -> None:
    row = next(row for row in told(write_page(library, library.all(), tmp_path))["materials"] if row["elements"])
    first = Element("text", Box(0.1, 0.1, 0.4, 0.08), 0.93, HOSTILE)
    wanted = {"kind": first.kind, "box": list(first.box), "score": first.score, "label": first.label}
    assert row["elements"][0] == wanted  # type: ignore[index]
