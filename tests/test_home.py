"""The home is where DDM_HOME says, else in the checkout."""

from pathlib import Path

import pytest

from ddm.home import home


def test_named_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DDM_HOME", str(tmp_path))
    assert home() == tmp_path


def test_home_of_a_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DDM_HOME", raising=False)
    assert home() == Path(__file__).parents[1] / ".cache/ddm"
