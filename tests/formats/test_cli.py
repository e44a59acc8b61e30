"""`ddm formats`: lists, filters, and checks."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from ddm.errors import InputError
from ddm.formats.catalogue import catalogue
from ddm.formats.cli import aligned, app
from ddm.formats.files import Shelf


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, list(map(str, words)))


def data(*words: str | Path) -> list[dict[str, Any]]:
    found = json.loads(run(*words).stdout)
    assert isinstance(found, list)
    return found


def test_all_are_listed_and_counted() -> None:
    done = run()
    assert done.exit_code == 0
    assert all(name in done.stdout for name in catalogue())
    assert done.stdout.endswith(f"{len(catalogue())} formats\n")


def test_json_is_a_list_that_can_be_read_back() -> None:
    rows = data("--json")
    assert [row["id"] for row in rows] == list(catalogue())
    shelf = Shelf()
    shelf.add_text(json.dumps(rows), "printed.json")
    assert shelf.formats == catalogue()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["sky-*", "half-*"], ["half-300x600", "sky-160x600"]),
        (["--publisher", "uber"], ["uber-1280x720"]),
        (["--kind", "splash", "huawei-splash-*"], ["huawei-splash-1080x1920", "huawei-splash-1080x1620"]),
        (["--collection", "core", "--ratio", "5..20"], ["leader-728x90"]),
        (["nothing-*"], []),
    ],
)
def test_filters(words: list[str], expected: list[str]) -> None:
    assert [row["id"] for row in data(*words, "--json")] == expected
    assert run(*words).stdout.endswith(f"{len(expected)} formats\n")


def test_shapes_of_the_ad_context_protocol() -> None:
    (row,) = data("mrec-300x250", "--adcp")
    assert (row["format_kind"], row["sizes"]) == ("image", [{"width": 300, "height": 250}])


def test_users_own_formats(tmp_path: Path) -> None:
    (tmp_path / "mine.json").write_text('[{"id": "mine", "width": 640, "height": 400}]')
    assert [row["id"] for row in data("--formats", tmp_path, "mi*", "--json")] == ["mine"]


def test_check_is_content(tmp_path: Path) -> None:
    (tmp_path / "mine.json").write_text('[{"id": "mine", "width": 640, "height": 400}]')
    done = run("check", tmp_path)
    assert (done.exit_code, done.stdout) == (0, "nothing is wrong with 1 formats\n")


def test_check_tells_everything(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text('[\n{"id": "mine", "width": 640},\n{"id": "leader-728x90", "width": 1, "height": 1}]')
    done = run("check", path)
    assert done.exit_code == 1
    assert [line.split(" error: ")[0] for line in done.stdout.splitlines()] == [f"{path}:2:1:", f"{path}:3:2:"]
    rows = data("check", path, "--json")
    assert [(row["line"], row["file"]) for row in rows] == [(2, str(path)), (3, str(path))]


def test_a_wrong_filter_is_an_error_for_people() -> None:
    assert isinstance(run("--kind", "stroy").exception, InputError)


def test_columns_are_aligned() -> None:
    assert aligned([("a", "bb"), ("ccc", "d")]) == "a    bb\nccc  d"
