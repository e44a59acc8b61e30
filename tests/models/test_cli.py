"""`ddm models` and `ddm fonts` print data to standard output and fail with a status and a command that mends."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ddm.errors import InputError
from ddm.fonts.cli import app as fonts_app
from ddm.models.cli import app as models_app
from ddm.models.table import TABLE


@pytest.fixture
def empty_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DDM_HOME", str(tmp_path))


def test_list_as_json() -> None:
    rows = json.loads(CliRunner().invoke(models_app, ["list", "--json"]).stdout)
    assert [row["name"] for row in rows] == list(TABLE)


def test_list_for_people() -> None:
    assert "isnet" in CliRunner().invoke(models_app, ["list"]).stdout


@pytest.mark.usefixtures("empty_home")
def test_verify_tells_what_is_missing() -> None:
    result = CliRunner().invoke(models_app, ["verify", "--json"])
    assert result.exit_code == 1
    assert json.loads(result.stdout)["isnet"] == "isnet is not fetched"
    assert "ddm models fetch" in result.stderr


def test_fetch_of_an_unknown_row() -> None:
    result = CliRunner().invoke(models_app, ["fetch", "resnet"])
    assert isinstance(result.exception, InputError)


@pytest.mark.usefixtures("empty_home")
def test_fonts_list_tells_what_is_here() -> None:
    rows = json.loads(CliRunner().invoke(fonts_app, ["list", "--json"]).stdout)
    assert {row["here"] for row in rows} == {False}
    assert "Inter" in CliRunner().invoke(fonts_app, ["list"]).stdout
