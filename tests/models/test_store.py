"""What lies in the home is found, checked byte by byte, and loaded once."""

import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ddm import models
from ddm.errors import InputError, Missing
from ddm.models import runtime, store
from ddm.models.table import TABLE, Origin, Row


@pytest.fixture
def empty_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DDM_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def made(path: Path, data: bytes = b"some weights") -> Row:
    """A row that is exactly the file it describes."""
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    origin = Origin("pypi", "nothing", "1.0", ("nothing.onnx",))
    return Row("nothing", f"models/{path.name}", origin, store.digest(path), len(data), "", "")


def test_missing_names_the_command(empty_home: Path) -> None:
    with pytest.raises(Missing, match="isnet is not fetched") as caught:
        models.path("isnet")
    assert caught.value.mend == "ddm models fetch"
    assert caught.value.where == str(empty_home / "models/isnet.onnx")


def test_missing_session_and_pictures(empty_home: Path) -> None:
    with pytest.raises(Missing, match="ddm models fetch"):
        models.session("u2net")
    with pytest.raises(Missing, match="ddm models fetch"):
        models.pictures("vendure")


def test_unknown_names() -> None:
    with pytest.raises(InputError, match="isnet, u2net"):
        models.path("resnet")
    with pytest.raises(InputError, match="not pictures"):
        models.pictures("isnet")


def test_right_file_has_no_problem(empty_home: Path) -> None:
    assert store.problem(made(empty_home / "models/a.onnx")) == ""


def test_truncated_file_is_noticed(empty_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = empty_home / "models/a.onnx"
    row = made(path)
    monkeypatch.setitem(TABLE, row.name, row)
    path.write_bytes(path.read_bytes()[:-1])
    assert store.problem(row) == "nothing has 11 bytes where 12 are right"
    with pytest.raises(Missing, match="11 bytes where 12"):
        models.path(row.name)


def test_changed_byte_is_noticed(empty_home: Path) -> None:
    row = made(empty_home / "models/a.onnx")
    (empty_home / row.file).write_bytes(b"some w3ights")
    assert "checksum" in store.problem(row)


def test_folder_digest_sees_names_and_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1")
    (tmp_path / "b").write_bytes(b"2")
    first = store.digest(tmp_path)
    (tmp_path / "b").rename(tmp_path / "c")
    second = store.digest(tmp_path)
    (tmp_path / "c").write_bytes(b"3")
    assert len({first, second, store.digest(tmp_path)}) == 3
    assert store.size(tmp_path) == 2


def test_package_that_is_not_installed() -> None:
    row = replace(TABLE["text-read"], origin=Origin("installed", "no_such_package", "1.0", ("",)))
    with pytest.raises(Missing, match=r"no_such_package==1\.0"):
        store.place(row)


@pytest.mark.parametrize("given", ["0", "-1", "two", "1.5"])
def test_threads_must_be_a_count(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("DDM_THREADS", given)
    with pytest.raises(InputError, match="DDM_THREADS"):
        runtime.threads()


def test_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DDM_THREADS", "3")
    assert runtime.threads() == 3
    monkeypatch.delenv("DDM_THREADS")
    assert runtime.threads() >= 1


def test_installed_text_models_are_the_tables() -> None:
    for name in ("text-detect", "text-read"):
        assert store.problem(TABLE[name]) == ""


@pytest.mark.models
def test_everything_fetched_is_the_tables() -> None:
    assert {row.name: problem for row, problem in models.verify() if problem} == {}


@pytest.mark.models
def test_threads_share_one_session() -> None:
    found: list[object] = []
    workers = [threading.Thread(target=lambda: found.append(models.session("centerface"))) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(found) == 4
    assert len(set(map(id, found))) == 1


@pytest.mark.models
def test_pictures_are_there() -> None:
    vendure = models.pictures("vendure")
    assert (vendure / "products.csv").read_text("utf-8").startswith("name")
    assert len(list((vendure / "images").glob("*.jpg"))) == 54
    assert len(list(models.pictures("interiors").glob("*.jpg"))) == 39


@pytest.mark.models
def test_centerface_runs() -> None:
    session = models.session("centerface")
    outputs = session.run(None, {session.input: np.zeros((1, 3, 64, 96), np.float32)})
    assert outputs[0].shape == (1, 1, 16, 24)
