"""Formats of the machine that runs the tests play no part in them."""

from pathlib import Path

import pytest

from ddm.formats.catalogue import VARIABLE


@pytest.fixture(autouse=True)
def nothing_of_this_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DDM_HOME", str(tmp_path / "home"))
    monkeypatch.setenv(VARIABLE, "")
