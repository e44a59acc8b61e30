"""Products x templates x formats into files: all that is promised lies there, all that is missing has its reason."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import pytest

from ddm.errors import InputError
from ddm.formats import catalogue
from ddm.library import Library
from ddm.produce.batch import Row, jobs, produce, publish, stale
from ddm.produce.resume import JOURNAL, earlier, key
from ddm.produce.target import Wish
from ddm.svg.check import check
from ddm.svg.reader import read
from tests.support.materials import product, shelf
from tests.support.resolving import images
from tests.support.templates import MOOD, PICTURE, SHOWN, TITLE, compiled, source

FORMATS = ("mrec-300x250", "leader-728x90")
LAYERS = (
    SHOWN.replace("</image>", '<ddm:extend most="90%"/></image>')
    + '<g id="g"><ddm:place top="80%"/><ddm:stack/><ddm:ink from="mood" contrast="2"/>'
    + '<text id="t" font-size="40">x<ddm:select object="title"/><ddm:fit least="30%"/></text></g>'
)
ROW = {
    "id", "product", "title", "language", "template", "format", "placement", "publisher", "file", "type", "svg",
    "width", "height", "pixel_ratio", "safe", "bytes", "objects", "relations", "counts", "gone", "binding", "values",
    "tried", "cost", "ms", "scores", "failures", "worst", "key",
}  # fmt: skip


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two products, the second without a price; a shipped template, and one that serves squares and the like only."""
    folder = tmp_path_factory.mktemp("out")
    bare = product("jug", title="Stoneware Jug", price=None, list_price=None, language="zh-CN")
    shelf(Library(folder / "library"), product(), bare)
    (folder / "mine.svg").write_text(source(PICTURE + MOOD + TITLE, LAYERS, 'ddm:ratios="0.9..1.5"'), "utf-8")
    return folder


def run(out: Path, *formats: str) -> tuple[list[Row], list[Row], list[tuple[int, int]]]:
    told: list[tuple[int, int]] = []
    todo = jobs(["vase", "jug"], ["air", str(out / "mine.svg")], formats or FORMATS, out / "library")
    made, refused = publish(produce(todo, out / "library", out, lambda *counts: told.append(counts)), out)
    return made, refused, told


@pytest.fixture(scope="module")
def first(out: Path) -> tuple[list[Row], list[Row], list[tuple[int, int]]]:
    return run(out)


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_every_creative_or_its_refusal(first: tuple[list[Row], list[Row], list[tuple[int, int]]]) -> None:
    made, refused, told = first
    assert [(r["product"], r["template"], r["format"]) for r in made] == [
        ("jug", "air", "leader-728x90"),
        ("jug", "air", "mrec-300x250"),
        ("jug", "mine", "mrec-300x250"),
        ("vase", "air", "leader-728x90"),
        ("vase", "air", "mrec-300x250"),
        ("vase", "mine", "mrec-300x250"),
    ]
    assert [(r["product"], r["template"], r["format"], r["kind"]) for r in refused] == [
        ("jug", "mine", "leader-728x90", "unfit"),
        ("vase", "mine", "leader-728x90", "unfit"),
    ]
    assert "the template serves ratios 0.9 to 1.5" in refused[0]["reason"]
    assert told[0] == (0, 8)
    assert told[-1] == (8, 8)
    assert told == sorted(told)


def test_the_manifest_is_what_was_made(first: tuple[list[Row], ...], out: Path) -> None:
    made, refused, _ = first
    assert lines(out / "manifest.jsonl") == json.loads(json.dumps(made))
    assert lines(out / "refusals.jsonl") == json.loads(json.dumps(refused))
    for row in made:
        assert set(row) == ROW
        assert row["objects"]["title" if row["template"] == "mine" else "headline"]["text"]
        assert all(value["origin"] for value in row["values"])
        assert row["scores"], "it was measured"
        assert row["ms"]["draw"] > 0
    titles = {row["product"]: (row["title"], row["language"]) for row in made}
    assert titles == {"vase": ("Terracotta Vase", "en"), "jug": ("Stoneware Jug", "zh-CN")}


def test_files_are_what_their_rows_say(first: tuple[list[Row], ...], out: Path) -> None:
    for row in first[0]:
        row_format = catalogue.find(row["format"])
        picture = out / row["file"]
        assert picture.stat().st_size == row["bytes"] <= row_format.max_kb * 1000
        assert cv2.imread(str(picture)).shape == (row["height"], row["width"], 3)
        assert (row["width"], row["height"]) == (row_format.width, row_format.height)
        svg = (out / row["svg"]).read_text("utf-8")
        check(svg)
        for image in images(read(svg)):
            assert (out / row["svg"]).parent.joinpath(image.href).is_file(), "a browser finds its pictures"


def test_refusals_tell_each_binding_that_was_tried(first: tuple[list[Row], ...]) -> None:
    for row in first[1]:
        assert row["tried"]
        assert {attempt["refused"] for attempt in row["tried"]} == {row["reason"]}


def test_nothing_half_written_is_left(first: tuple[list[Row], ...], out: Path) -> None:
    files = [path for path in out.rglob("*") if path.is_file() and "tables" not in path.parts]
    assert not [path for path in files if path.name.startswith(".") or path.suffix in (".part", ".tmp")]
    kinds = {path.relative_to(out).parts[0] for path in files}
    assert kinds == {"creatives", "svg", "library", "mine.svg", "manifest.jsonl", "refusals.jsonl", "index.html"}
    assert len(list((out / "creatives").iterdir())) == len(list((out / "svg").iterdir())) == len(first[0])


def test_a_second_run_makes_only_what_is_missing(first: tuple[list[Row], ...], out: Path) -> None:
    lost = first[0][0]
    (out / lost["file"]).unlink()
    before = {path: path.stat().st_mtime_ns for path in (out / "creatives").iterdir()}
    made, refused, told = run(out)
    assert told[0] == (7, 8), "one is left to do"
    assert [row["id"] for row in made] == [row["id"] for row in first[0]]
    assert [row["reason"] for row in refused] == [row["reason"] for row in first[1]]
    assert (out / lost["file"]).is_file()
    assert {path: path.stat().st_mtime_ns for path in before} == before
    again = next(row for row in made if row["id"] == lost["id"])
    assert {k: v for k, v in again.items() if k != "ms"} == {k: v for k, v in lost.items() if k != "ms"}, (
        "the same again"
    )


def test_an_unknown_product_is_refused_before_any_work(out: Path) -> None:
    with pytest.raises(InputError, match="no product 'cup'"):
        jobs(["cup"], ["air"], FORMATS, out / "library")


# ------------------------------------------------------------------------------------------------ what is known already


def test_all_that_decides_a_creative_is_in_its_key() -> None:
    template, format_ = compiled(name="a"), catalogue.find("mrec-300x250")
    plain = key(product(), template, format_, "jpg", "m")
    others = [
        key(product(id="jug"), template, format_, "jpg", "m"),
        key(product(title="Jug"), template, format_, "jpg", "m"),
        key(product(brand="Jug & Co"), template, format_, "jpg", "m"),
        key(product(description="A jug."), template, format_, "jpg", "m"),
        key(product(price=None), template, format_, "jpg", "m"),
        key(product(list_price=None), template, format_, "jpg", "m"),
        key(product(language="de"), template, format_, "jpg", "m"),
        key(product(copy={}), template, format_, "jpg", "m"),
        key(product(), compiled(layers="<g id='g'/>"), format_, "jpg", "m"),
        key(product(), template, replace(format_, min_text=20), "jpg", "m"),
        key(product(), template, format_, "png", "m"),
        key(product(), template, format_, "jpg", "n"),
    ]
    assert len({plain, *others}) == len(others) + 1
    assert key(product(url="https://elsewhere.example/"), template, format_, "jpg", "m") == plain


def test_only_good_rows_are_believed(tmp_path: Path) -> None:
    for name in ("a.jpg", "a.svg"):
        (tmp_path / name).touch()
    rows = [
        {"key": "made", "file": "a.jpg", "svg": "a.svg"},
        {"key": "lost", "file": "b.jpg", "svg": "a.svg"},
        {"key": "unfit", "reason": "x", "kind": "unfit"},
        {"key": "error", "reason": "x", "kind": "error"},  # may go well next time
        {"file": "a.jpg", "svg": "a.svg"},
    ]
    torn = '{"key": "torn", "fi'  # its writer was killed
    (tmp_path / JOURNAL).write_text("\n".join([*map(json.dumps, rows), torn]), "utf-8")
    assert set(earlier(tmp_path)) == {"made", "unfit"}
    assert earlier(tmp_path / "nowhere") == {}


def test_what_is_known_is_not_done_again(out: Path) -> None:
    todo = jobs(["vase"], ["air"], FORMATS, out / "library")
    keys = todo[0].keys
    assert stale(todo, {}) == todo
    assert stale(todo, {keys[FORMATS[0]]: {}})[0].formats == FORMATS[1:]
    assert stale(todo, {known: {} for known in keys.values()}) == []


# ------------------------------------------------------------------------------------------------ the file asked for


def made(folder: Path, wish: Wish, *formats: str) -> tuple[list[Row], list[Row]]:
    library = folder / "library"
    todo = jobs(["vase"], ["air"], formats, library, wish)
    return publish(produce(todo, library, folder, lambda *_: None), folder)


def test_a_finer_file_is_made_where_the_format_takes_one(out: Path) -> None:
    rows, _ = made(out, Wish(pixel_ratio=2), "google-rda-600x600", "mrec-300x250")
    plain, fine = sorted(rows, key=lambda row: row["pixel_ratio"])
    assert (plain["format"], plain["pixel_ratio"], plain["file"]) == (
        "mrec-300x250", 1, "creatives/vase--air--mrec-300x250.jpg",
    )  # fmt: skip
    assert fine["file"] == "creatives/vase--air--google-rda-600x600@2x.jpg"
    assert (fine["width"], fine["height"], fine["pixel_ratio"]) == (600, 600, 2)
    assert cv2.imread(str(out / fine["file"])).shape == (1200, 1200, 3)
    assert fine["scores"]["fits"] == 0, "judged as it is seen"


def test_a_type_that_is_named_is_kept_to_and_refused_where_the_format_refuses_it(out: Path) -> None:
    rows, refused = made(out, Wish("webp"), "taboola-627x627", "mrec-300x250")
    assert [(row["format"], row["type"], Path(row["file"]).suffix) for row in rows] == [
        ("taboola-627x627", "webp", ".webp")
    ]
    assert refused[0]["reason"] == "'mrec-300x250' takes jpg or png files, not webp"


def test_where_no_material_matches_the_refusal_names_the_nearest(out: Path) -> None:
    wide = PICTURE.replace("/>", ' where="ratio ge 3"/>')
    (out / "wide.svg").write_text(source(wide, SHOWN), "utf-8")
    todo = jobs(["vase"], [str(out / "wide.svg")], FORMATS, out / "library")
    _, refused = publish(produce(todo, out / "library", out, lambda *_: None), out)
    assert len(refused) == len(FORMATS)
    for row in refused:
        (found,) = row["candidates"].values()
        assert found["nearest"][0]["failed"][0]["condition"] == "ratio ge 3"
