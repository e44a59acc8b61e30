"""`ddm library` as a person and as a machine call it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ddm.errors import InputError
from ddm.library import Library
from ddm.library.cli import app
from tests.support.materials import Look, perceived, product

LOOK = Look(160, 120)


@pytest.fixture
def folder(tmp_path: Path) -> str:
    library = Library(tmp_path / "library")
    for name, calm in (("a", 0.9), ("b", 0.3)):
        library.put(perceived(name, look=LOOK, calm__area=calm))
    library.put_product(product())
    return str(tmp_path / "library")


def run(*words: str, status: int = 0) -> str:
    found = CliRunner().invoke(app, list(words), env={"COLUMNS": "200"})
    assert found.exit_code == status, found.output
    return found.stdout


def test_stats(folder: str) -> None:
    assert json.loads(run("stats", "--library", folder, "--json"))["materials"] == 2
    assert "products" in run("stats", "--library", folder)


def test_query(folder: str) -> None:
    found = json.loads(run("query", "calm.area ge 50%", "--library", folder, "--json"))
    assert found["total"] == 1
    assert found["found"][0]["attributes"]["calm.area"] == 0.9
    assert "6161616161" in run("query", "--library", folder, "--order", "calm.area")


@pytest.mark.parametrize("slip", ["calm.aera ge 50%", "calm.area ge 5px"])
def test_a_slip_in_a_question_is_told(folder: str, slip: str) -> None:
    found = CliRunner().invoke(app, ["query", slip, "--library", folder])
    assert isinstance(found.exception, InputError)


def test_compact_and_migrate(folder: str) -> None:
    assert set(json.loads(run("compact", "--library", folder, "--json"))["tables"]) >= {"materials", "products"}
    assert "nothing is to be done" in run("migrate", "--dry-run", "--library", folder)


def test_verify_and_repair(folder: str) -> None:
    assert "everything is right" in run("verify", "--library", folder)
    library = Library(folder)
    raster = library.derive(library.get("61" * 32), "shadow", {"kind": "drop"})
    library.file(raster.href).write_bytes(b"no picture")
    assert "derived" in run("verify", "--library", folder, status=1)
    assert "derived" in run("verify", "--library", folder, "--quick", status=1)
    assert "made again when it is asked for" in run("verify", "--repair", "--library", folder)
    assert json.loads(run("verify", "--library", folder, "--json"))["faults"] == []


def test_looking_makes_no_library(tmp_path: Path) -> None:
    found = CliRunner().invoke(app, ["stats", "--library", str(tmp_path / "none")])
    assert isinstance(found.exception, InputError)
    assert not (tmp_path / "none").exists()
