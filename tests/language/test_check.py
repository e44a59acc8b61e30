"""`ddm check`: findings in their lines, for people and for machines, with a status that says how bad it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from ddm import templates
from ddm.errors import InputError
from ddm.language import cli
from ddm.language.schema import schema
from tests.support.templates import OPEN, SHOWN, source

app = typer.Typer()
app.command()(cli.check)
app.command()(cli.schema)

BAD = source('<ddm:image id="photo" where="widht ge 2"/>', '<g id="g"><ddm:stak/></g>' + SHOWN)
ODD = source('<ddm:image id="photo"/>')
GOOD = source()


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments])


def rows(*arguments: str | Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("check", "--json", *arguments).stdout)
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {"bad": BAD, "odd": ODD, "good": GOOD, "broken": "<svg"}.items():
        (tmp_path / f"{name}.svg").write_text(text, "utf-8")
    return tmp_path


def test_a_finding_shows_its_line_and_what_is_meant(folder: Path) -> None:
    path = folder / "bad.svg"
    assert run("check", path).stdout.splitlines() == [
        f"{path}:2:43: error: unknown name 'widht' for material (did you mean 'width'?)",
        '  <ddm:objects><ddm:image id="photo" where="widht ge 2"/></ddm:objects>',
        "                                            ^^^^^",
        f"{path}:3:11: error: unknown operation 'stak' (did you mean 'stack'?)",
        f'  <g id="g"><ddm:stak/></g>{SHOWN}',
        "            ^^^^^^^^^",
        "2 errors, 0 warnings in 1 file",
    ]


def test_of_long_lines_the_part_is_shown_that_matters(tmp_path: Path) -> None:
    path = tmp_path / "long.svg"
    path.write_text(source("", "<g/>" * 60 + "<ddm:stak/>" + "<g/>" * 60), "utf-8")
    _, line, mark, _ = run("check", path).stdout.splitlines()
    assert len(line) <= cli.WIDEST + 2
    assert line[mark.index("^") :].startswith("<ddm:stak")


def test_the_mark_stands_under_what_is_meant_after_tabs_and_wide_characters(tmp_path: Path) -> None:
    path = tmp_path / "wide.svg"
    path.write_text(source("", "\t<text>图片</text><ddm:stak/>"), "utf-8")
    mark = run("check", path).stdout.splitlines()[2]
    assert mark == "  \t" + " " * (len("<text></text>") + 4) + "^" * 9


def test_nothing_in_a_file_steers_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "sly.svg"
    path.write_text(source("", "<ddm:stak/>\u009b31m\u202e"), "utf-8")
    assert "\u009b" not in run("check", path).stdout


def test_machines_get_everything_in_its_own_field(folder: Path) -> None:
    assert rows(folder / "bad.svg")[0] == {
        "file": str(folder / "bad.svg"),
        "line": 2,
        "column": 43,
        "severity": "error",
        "code": "unknown-name",
        "what": "unknown name 'widht' for material",
        "mend": "did you mean 'width'?",
        "text": "widht",
        "used": None,
    }


@pytest.mark.parametrize(
    ("name", "plain", "strict"), [("good", 0, 0), ("odd", 0, 1), ("bad", 1, 1), ("broken", 2, 2), ("none", 2, 2)]
)
def test_the_status(folder: Path, name: str, plain: int, strict: int) -> None:
    path = folder / f"{name}.svg"
    assert (run("check", path).exit_code, run("check", path, "--strict").exit_code) == (plain, strict)


def test_nothing_wrong_is_said_so(folder: Path) -> None:
    assert run("check", folder / "good.svg").stdout == "nothing is wrong\n"
    assert rows(folder / "good.svg") == []


def test_shipped_templates_are_right() -> None:
    assert run("check", "--strict", *templates.shipped().values()).stdout == "nothing is wrong\n"


def test_a_folder_stands_for_its_templates(folder: Path) -> None:
    done = run("check", folder)
    assert done.exit_code == 2
    assert done.stdout.splitlines()[-1] == "3 errors, 1 warning in 4 files"


def test_a_pattern_stands_for_its_templates(folder: Path) -> None:
    assert {Path(row["file"]).name for row in rows(f"{folder}/**/[bo]*.svg")} == {"bad.svg", "odd.svg", "broken.svg"}


def test_a_file_named_twice_is_checked_once(folder: Path) -> None:
    assert len(rows(folder / "odd.svg", folder / "odd.svg", f"{folder}/odd*")) == 1


def test_a_pattern_without_templates_is_a_mistake(folder: Path) -> None:
    for nothing in (f"{folder}/*.png", str(folder / "sub")):
        (folder / "sub").mkdir(exist_ok=True)
        with pytest.raises(InputError, match="there is no template"):
            cli.templates([nothing])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"<svg", ":1:1: error: not well-formed XML: unclosed token"),
        (b"<!DOCTYPE svg><svg/>", ":1:14: error: a document type declaration is not allowed (remove"),
        (b"<html/>", ":1:1: error: the root is <html>, not <svg>"),
        (b"<svg>\xe9</svg>", ": error: cannot read the template"),
        (OPEN.encode() + b">" + b"<g/>" * 300_000, ": error: larger than 1,000,000 bytes"),
    ],
)
def test_what_is_no_template_says_what_and_where(tmp_path: Path, text: bytes, says: str) -> None:
    path = tmp_path / "bad.svg"
    path.write_bytes(text)
    done = run("check", path)
    assert done.exit_code == 2
    assert f"{path}{says}" in done.stdout
    assert [row["code"] for row in rows(path)] == ["unreadable"]


def test_formats_that_cannot_be_served_are_warned_of(tmp_path: Path) -> None:
    path = tmp_path / "wide.svg"
    wide = '<rect id="r"><ddm:place width="600px..5000px"/><ddm:size width="0%..90%"/></rect>'
    path.write_text(source("", wide), "utf-8")
    assert rows(path) == []
    found = {row["what"].partition(" ")[0]: row for row in rows(path, "--formats")}
    assert "leader-728x90" not in found
    assert found["mrec-300x250"]["code"] == "unserved"
    assert "'r' cannot keep" in found["mrec-300x250"]["what"]


def test_formats_outside_the_ratios_of_a_template_are_not_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "square.svg"
    path.write_text(source("", "<g/>", 'ddm:ratios="0.99..1.01"'), "utf-8")
    assert rows(path, "--formats") == []


def test_the_schema_is_printed() -> None:
    assert run("schema").stdout == schema()
