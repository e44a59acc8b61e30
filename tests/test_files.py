"""Files are written whole or not at all, and a full disk is said in words."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from ddm.errors import DdmError
from ddm.files import write_whole


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_bytes_and_text(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "a.txt"
    assert write_whole(path, "Größe") == path
    assert path.read_bytes() == "Größe".encode()
    write_whole(path, b"\0\xff")
    assert path.read_bytes() == b"\0\xff"
    assert names(path.parent) == ["a.txt"]


def test_others_may_read_it(tmp_path: Path) -> None:
    assert stat.S_IMODE(write_whole(tmp_path / "a", b"").stat().st_mode) == 0o644


FULL = """
import resource, signal, sys
from pathlib import Path
from ddm.errors import DdmError
from ddm.files import write_whole
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    write_whole(Path(sys.argv[1]), b"x" * 2000)
except DdmError as error:
    print(error)
"""


def test_what_does_not_fit_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = write_whole(tmp_path / "a.txt", b"old")
    told = subprocess.run([sys.executable, "-c", FULL, path], capture_output=True, text=True, check=True).stdout
    assert told.startswith(f"{path}: cannot write: ")
    assert "free some space" in told
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a.txt"]


@pytest.mark.parametrize("name", ["file/a.txt", "folder"])
def test_places_where_nothing_can_be_written(tmp_path: Path, name: str) -> None:
    """Below a file; where a folder is."""
    (tmp_path / "file").touch()
    (tmp_path / "folder" / "full").mkdir(parents=True)
    with pytest.raises(DdmError, match="cannot write") as caught:
        write_whole(tmp_path / name, b"x")
    assert caught.value.where == str(tmp_path / name)
    assert names(tmp_path) == ["file", "folder"]
