"""The doctor finds what is missing and names the command that mends it."""

from pathlib import Path

import pytest

from ddm import doctor
from ddm.doctor import Finding, diagnose


def named(findings: list[Finding]) -> dict[str, Finding]:
    return {finding.name: finding for finding in findings}


@pytest.mark.models
def test_this_machine_is_well() -> None:
    assert [finding for finding in diagnose() if finding.needed and not finding.ok] == []


def test_empty_home_needs_fetching(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DDM_HOME", str(tmp_path / "new/home"))
    findings = named(diagnose())
    assert findings["weights isnet"].mend == "ddm models fetch"
    assert findings["pictures vendure"].mend == "ddm models fetch"
    assert findings["fonts"].mend == "ddm fonts fetch"
    assert "Inter-Regular.otf" in findings["fonts"].detail
    assert findings["home"].ok
    assert not (tmp_path / "new").exists(), "looking changes nothing"


def test_home_that_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("DDM_HOME", str(tmp_path / "file"))
    finding = named(diagnose())["home"]
    assert not finding.ok
    assert "DDM_HOME" in finding.mend


def test_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "ROOM", 10**18)
    assert not named(list(doctor._home(tmp_path)))["disk space"].ok


def test_library_that_does_not_load() -> None:
    finding = doctor._library("no_such_module", "libnothing")
    assert finding == Finding("no_such_module", False, "No module named 'no_such_module'", "apt-get install libnothing")


def test_program_that_is_not_there() -> None:
    finding = doctor._program("thing", ("no-such-program",))
    assert (finding.ok, finding.needed, finding.mend) == (False, False, "apt-get install no-such-program")


def test_what_is_well_needs_no_mending() -> None:
    assert all(bool(finding.mend) != finding.ok for finding in diagnose())
