"""The command line: data on standard output, words on standard error, exit statuses that scripts can trust."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from ddm import templates
from ddm.cli import main
from ddm.formats.catalogue import catalogue
from ddm.library import Library
from ddm.models import TABLE
from ddm.svg.check import check
from tests.support.materials import Look, drawn, product, shelf
from tests.support.sources import folder_of_products
from tests.support.templates import SHOWN, source

COMMANDS = ("make", "acquire", "perceive", "check", "resolve", "render", "formats", "demo", "serve", "doctor", "bench")


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


def ddm(*arguments: str | Path, **environment: str) -> Done:
    """The command line as its entry point runs it, in this process."""
    argv = ["ddm", *map(str, arguments)]
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        for name, value in {"COLUMNS": "200", "NO_COLOR": "1", **environment}.items():
            patch.setenv(name, value)
        patch.setattr(sys, "argv", argv)
        try:
            main()
            status = 0
        except SystemExit as end:
            status = int(end.code or 0)
    return Done(status, out.getvalue(), err.getvalue())


def data(done: Done | subprocess.CompletedProcess[str]) -> Any:
    return json.loads(done.stdout)


def plain(text: str) -> str:
    """Without the line breaks of the console."""
    return " ".join(text.split())


# ------------------------------------------------------------------------------------------------ help and mistakes


def test_help_names_every_command() -> None:
    done = ddm("--help")
    assert done.returncode == 0
    assert all(f" {command} " in done.stdout for command in COMMANDS)


@pytest.mark.parametrize(
    "arguments",
    [["nonsense"], ["make"], ["check"], ["resolve", "vase"], ["render", "a.svg"], ["make", "x", "--limit", "many"]],
)
def test_misuse_is_status_two_and_no_trace(arguments: list[str]) -> None:
    done = ddm(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Usage" in done.stderr
    assert "Traceback" not in done.stderr


# ------------------------------------------------------------------------------------------------ check


def test_check_ends_with_its_status(tmp_path: Path) -> None:
    """What it tells is specified in tests/language/test_check.py."""
    path = tmp_path / "bad.svg"
    path.write_text(source('<ddm:image id="photo" where="widht ge 2"/>', SHOWN), "utf-8")
    done = ddm("check", path)
    assert done.returncode == 1
    assert f"{path}:2:43: error: unknown name 'widht' for material (did you mean 'width'?)" in done.stdout.splitlines()
    assert ddm("check", *templates.shipped().values()).returncode == 0
    assert ddm("check", tmp_path / "none.svg").returncode == 2


# ------------------------------------------------------------------------------------------------ tables and doctor


def test_formats() -> None:
    rows = data(ddm("formats", "--json"))
    assert [row["id"] for row in rows] == list(catalogue())
    assert rows[0]["safe"]
    assert all(name in ddm("formats").stdout for name in catalogue())


def test_models() -> None:
    rows = data(ddm("models", "list", "--json"))
    assert {row["name"] for row in rows} == set(TABLE)


def test_the_doctor_on_an_empty_home(tmp_path: Path) -> None:
    done = ddm("doctor", "--json", DDM_HOME=str(tmp_path / "home"))
    assert done.returncode == 1
    found = {row["name"]: row for row in data(done)}
    assert found["weights isnet"]["mend"] == "ddm models fetch"
    assert "-> ddm fonts fetch" in ddm("doctor", DDM_HOME=str(tmp_path / "home")).stdout


def test_a_missing_model_names_the_command_that_brings_it(tmp_path: Path) -> None:
    picture = tmp_path / "a.png"
    cv2.imwrite(str(picture), drawn(Look(400, 400))[0][..., ::-1])
    done = ddm("perceive", picture, DDM_HOME=str(tmp_path / "home"))
    assert done.returncode == 2
    assert "ddm models fetch" in plain(done.stderr)
    assert "Traceback" not in done.stderr


# ------------------------------------------------------------------------------------------------ resolve and render


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shelf(Library(tmp_path_factory.mktemp("cli") / "library"), product()).path


def resolve(library: Path, *more: str | Path, template: str = "split") -> Done:
    return ddm("resolve", "vase", "--template", template, "--format", "mrec-300x250", "--library", library, *more)


def test_resolved_and_rendered(library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What `resolve` prints is plain SVG for the folder one is in, and `render` draws it."""
    monkeypatch.chdir(tmp_path)
    done = resolve(library)
    assert done.returncode == 0
    check(done.stdout)
    (tmp_path / "a.svg").write_text(done.stdout, "utf-8")
    for name, scale, size in (
        ("a.png", "1", (250, 300)),
        ("b.jpg", "2", (500, 600)),
        ("new/c.webp", "0.5", (125, 150)),
    ):
        drawn = ddm("render", "a.svg", "-o", name, "--scale", scale)
        assert (drawn.returncode, drawn.stdout) == (0, "")
        pixels = cv2.imread(str(tmp_path / name))
        assert pixels.shape == (*size, 3)
        assert np.std(pixels) > 20, "with its pictures"


def test_why_each_value_is_what_it_is(library: Path) -> None:
    told = data(resolve(library, "--explain"))
    assert told["objects"]["scene"]["runners_up"]
    assert told["objects"]["headline"]["text"] == "Made for one stem"
    assert {"element", "property", "value", "origin"} <= set(told["values"][0])
    assert told["scores"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["resolve", "cup", "--template", "split", "--format", "mrec-300x250"], "has no product 'cup'"),
        (["resolve", "vase", "--template", "splt", "--format", "mrec-300x250"], "(did you mean 'split'?)"),
        (["resolve", "vase", "--template", "split", "--format", "mrec"], "did you mean"),
    ],
)
def test_names_that_do_not_exist(library: Path, arguments: list[str], says: str) -> None:
    done = ddm(*arguments, "--library", library)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in plain(done.stderr)


def test_material_that_does_not_fit(library: Path, tmp_path: Path) -> None:
    path = tmp_path / "wide.svg"
    path.write_text(source('<ddm:image id="photo" where="ratio ge 3"/>', SHOWN), "utf-8")
    done = resolve(library, template=str(path))
    assert (done.returncode, done.stdout) == (2, "")
    assert "no image for 'photo': 0 of 2 (ratio ge 3 removed 2)" in plain(done.stderr)


def test_a_template_with_mistakes_is_not_resolved(library: Path, tmp_path: Path) -> None:
    path = tmp_path / "bad.svg"
    path.write_text(source("", '<rect id="r" fill="red"/><g id="g"><ddm:stak/></g>'), "utf-8")
    done = resolve(library, template=str(path))
    assert done.returncode == 2
    for words in (f"{path}:3:20: fill: 'red' cannot be read (write #rrggbb)", f"{path}:3:36: error: unknown operation"):
        assert words in plain(done.stderr)


EMPTY = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8" viewBox="0 0 8 8"/>'


@pytest.mark.parametrize(
    ("svg", "output", "says"),
    [
        ("<svg", "a.png", "a.svg:1: not well-formed"),
        ('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "a.png", "<script> is no element of it"),
        (
            '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8" viewBox="0 0 8 8"/>',
            "a.gif",
            "one of jpg, png",
        ),
        (None, "a.png", "cannot read the SVG"),
    ],
)
def test_what_cannot_be_rendered(tmp_path: Path, svg: str | None, output: str, says: str) -> None:
    if svg is not None:
        (tmp_path / "a.svg").write_text(svg, "utf-8")
    done = ddm("render", tmp_path / "a.svg", "-o", tmp_path / output)
    assert done.returncode == 2
    assert says in plain(done.stderr)
    assert "Traceback" not in done.stderr
    assert not (tmp_path / output).exists()


def test_a_picture_that_is_not_there(library: Path, tmp_path: Path) -> None:
    text = resolve(library).stdout.replace(".jpg", ".gone.jpg")
    (tmp_path / "a.svg").write_text(text, "utf-8")
    done = ddm("render", tmp_path / "a.svg", "-o", tmp_path / "a.png")
    assert done.returncode == 2
    assert "the picture cannot be read" in plain(done.stderr)
    assert "(check the href)" in plain(done.stderr)


# ------------------------------------------------------------------------------------------------ make

CHOSEN = ("--template", "split", "--format", "mrec-300x250")


def make(out: Path, *more: str, limit: int = 0) -> subprocess.CompletedProcess[str]:
    """limit: kB that any one file may have, as on a disk that is full; 0 for none."""
    command = [sys.executable, "-c", "from ddm.cli import main; main()", "make", out / "source", "--out", out, "--json"]
    shell = f'ulimit -f {limit or "unlimited"}; exec "$@"'
    return subprocess.run(
        ["bash", "-c", shell, "make", *map(str, command), *CHOSEN, *more], capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    folder_of_products(folder / "source", folder / "library")
    return folder


def test_from_a_folder_to_creatives(out: Path) -> None:
    done = make(out)
    assert done.returncode == 0, done.stderr
    summary = data(done)
    counts = {name: summary[name] for name in ("creatives", "refused", "products", "templates", "formats")}
    assert counts == {"creatives": 2, "refused": 0, "products": 2, "templates": 1, "formats": 1}
    assert (summary["rejected"], summary["errors"]) == ([], [])
    rows = [json.loads(line) for line in Path(summary["manifest"]).read_text("utf-8").splitlines()]
    assert len(rows) == 2
    assert all((out / row["file"]).is_file() and (out / row["svg"]).is_file() for row in rows)
    assert all(row["url"].startswith("http://127.0.0.1:") for row in rows)
    assert Path(summary["gallery"]).is_file()


def test_a_full_disk_is_told_and_all_else_is_kept(out: Path) -> None:
    """Story pictures as PNG are heavier than what the disk takes; the small ones still fit."""
    stories = ("--format", "story-1080x1920", "--type", "png")
    done = make(out, *stories, limit=64)
    assert done.returncode == 1
    summary = data(done)
    assert (summary["creatives"], summary["refused"]) == (2, 2)
    assert plain(done.stderr).count("cannot write: File too large (free some space or choose another folder)") == 2
    refused = [json.loads(line) for line in Path(summary["refusals"]).read_text("utf-8").splitlines()]
    assert {(row["format"], row["kind"]) for row in refused} == {("story-1080x1920", "error")}
    kinds = sorted(path.suffix for path in (out / "creatives").iterdir())
    assert kinds == [".jpg"] * 2 + [".png"] * 2, "what was made before and what fits"
    assert not [path for path in out.rglob(".*") if path.is_file() and "tables" not in path.parts], (
        "nothing half-written"
    )
    again = make(out, *stories)
    assert again.returncode == 0, again.stderr
    assert data(again)["creatives"] == 4
    assert len(list((out / "creatives").iterdir())) == 6


def test_mistakes_are_found_before_any_work(tmp_path: Path) -> None:
    for arguments, says in (
        (["--template", "plint"], "did you mean 'plinth'?"),
        (["--format", "mrec"], "unknown format 'mrec'"),
        (["--type", "gif"], "unknown picture type 'gif'"),
    ):
        done = ddm("make", tmp_path, "--out", tmp_path / "out", *arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert says in plain(done.stderr)
    assert not (tmp_path / "out").exists()


def test_a_source_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = ddm("make", tmp_path / "empty", tmp_path / "nowhere", "--out", tmp_path / "out", "--json")
    assert done.returncode == 1
    summary = data(done)
    assert summary["creatives"] == 0
    assert len(summary["errors"]) == 2
    assert "nowhere" in summary["errors"][1]
    assert "Traceback" not in done.stderr
