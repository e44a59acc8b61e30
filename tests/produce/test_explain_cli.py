"""`ddm explain`: for people and for machines, of what would be made and of what was made."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ddm.cli import app
from ddm.errors import InputError
from ddm.library import Library
from tests.support.materials import product, shelf


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library")
    shelf(Library(folder), product("vase"))
    return folder


def run(*arguments: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["explain", *map(str, arguments)])
    if isinstance(done.exception, Exception) and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout


def asked(library: Path, template: str = "plinth", format_: str = "square-800") -> list[str | Path]:
    return ["vase", "--template", template, "--format", format_, "--library", library]


def test_for_people(library: Path) -> None:
    status, text = run(*asked(library))
    assert status == 0
    for part in (
        "vase · plinth · square-800",
        "Objects",
        "Values and where they come from",
        "Bindings that were tried",
    ):
        assert part in text


def test_for_machines(library: Path) -> None:
    status, text = run(*asked(library), "--json")
    row = json.loads(text)
    assert (status, row["made"]) == (0, True)
    assert {"objects", "relations", "values", "tried", "candidates", "cost"} <= set(row)


def test_what_cannot_be_made_has_a_status_that_says_so(library: Path, tmp_path: Path) -> None:
    template = tmp_path / "huge.svg"
    template.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:ddm="urn:ddm:1" viewBox="0 0 800 800"><ddm:objects>'
        '<ddm:image id="photo" where="width ge 9999px"/></ddm:objects>'
        '<image id="picture"><ddm:select object="photo"/></image></svg>',
        "utf-8",
    )
    status, text = run(*asked(library, str(template)))
    assert status == 1
    assert "cannot be made: no image for 'photo': 0 of 2 (width ge 9999px removed 2)" in text
    assert "width ge 9999px, but width is 1400px" in text


def test_of_a_finished_creative(tmp_path: Path) -> None:
    (tmp_path / "creatives").mkdir()
    row = {"id": "a", "product": "vase", "template": "t", "format": "f", "file": "creatives/a.jpg", "values": []}
    (tmp_path / "manifest.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    assert run(tmp_path / "creatives" / "a.jpg") == (0, "vase · t · f\n")


def test_questions_that_cannot_be_answered(library: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="which creative"):
        run("vase", "--library", library)
    with pytest.raises(InputError, match="no library"):
        run(*asked(tmp_path / "none"))
    with pytest.raises(InputError, match="no manifest tells"):
        run(tmp_path / "creatives" / "a.jpg")
    (tmp_path / "manifest.jsonl").write_text("{", "utf-8")
    with pytest.raises(InputError, match=r"manifest\.jsonl:1"):
        run(tmp_path / "creatives" / "a.jpg")
