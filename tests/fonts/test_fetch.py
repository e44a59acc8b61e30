"""Fonts are taken out of Debian packages and only whole, real font files take their place."""

from pathlib import Path

import pytest

from ddm.errors import Unavailable
from ddm.fonts import fetch
from ddm.fonts.table import Font

FONT = Font("Made Up", 400, False, "MadeUp.otf", "fonts-made-up")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DDM_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def tree(tmp_path: Path, data: bytes) -> Path:
    folder = tmp_path / "tree/usr/share/fonts"
    folder.mkdir(parents=True)
    (folder / FONT.file).write_bytes(data)
    return tmp_path / "tree"


def test_font_file_is_taken(tmp_path: Path, home: Path) -> None:
    fetch._take(FONT, tree(tmp_path, b"OTTO and more"))
    assert (home / "fonts" / FONT.file).read_bytes() == b"OTTO and more"


@pytest.mark.parametrize("data", [b"", b"<html>"])
def test_what_is_no_font_is_refused(tmp_path: Path, home: Path, data: bytes) -> None:
    with pytest.raises(Unavailable, match=r"fonts-made-up has no font file MadeUp.otf"):
        fetch._take(FONT, tree(tmp_path, data))
    assert not (home / "fonts").exists()


def test_package_without_the_file(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="fonts-made-up"):
        fetch._take(FONT, tmp_path)


def test_nothing_is_run_when_all_are_here(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "missing", tuple)
    said: list[str] = []
    fetch.fetch(said.append)
    assert said == ["fonts: all here"]
    assert not home.exists()
