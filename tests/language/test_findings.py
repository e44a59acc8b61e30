"""Findings: a table of kinds, each told once, with the nearest known name."""

import re
from pathlib import Path

import pytest

from ddm.errors import InputError
from ddm.language import findings as module
from ddm.language.findings import KINDS, MOST, Findings, nearest
from ddm.language.source import Mark, Place

HERE = Mark("t.svg", 2, 5)
SOURCES = Path(module.__file__).parent


def test_a_finding_says_where_what_and_what_would_be_right() -> None:
    findings = Findings()
    findings.add("unknown-name", Place(HERE, "widht"), "unknown name 'widht'", known=["width", "height"])
    assert str(findings[0]) == "t.svg:2:5: error: unknown name 'widht' (did you mean 'width'?)"
    assert findings[0].text == "widht"


def test_the_same_finding_is_told_once() -> None:
    findings = Findings()
    for _ in range(2):
        findings.add("unused", HERE, "never used")
    assert len(findings) == 1


def test_the_kind_decides_on_severity() -> None:
    findings = Findings()
    findings.add("unused", HERE, "never used")
    findings.add("cycle", HERE, "a circle")
    assert [f.severity for f in findings] == ["warning", "error"]
    assert [f.what for f in findings.errors] == ["a circle"]


def test_all_errors_are_raised_at_once() -> None:
    findings = Findings()
    findings.raise_errors()
    findings.add("cycle", HERE, "a circle", "break it")
    findings.add("stray", HERE, "astray")
    with pytest.raises(InputError) as caught:
        findings.raise_errors()
    assert str(caught.value) == "t.svg:2:5: a circle (break it)\nt.svg:2:5: error: astray"


def test_there_is_an_end_to_findings() -> None:
    findings = Findings()
    for line in range(MOST + 10):
        findings.add("stray", Mark("t.svg", line, 1), "astray")
    assert (len(findings), findings[-1].code, findings.full) == (MOST + 1, "too-many", True)


@pytest.mark.parametrize(
    ("name", "known", "says"),
    [
        ("stak", ["stack", "fit"], "did you mean 'stack'?"),
        ("zzz", ["stack", "fit"], "one of fit, stack"),
        ("zzz", [f"a{n:02}" for n in range(20)], "and 8 more"),
        ("zzz", [], "there is none"),
        ("x" * 100_000, ["stack"], "one of stack"),
    ],
)
def test_the_nearest_name(name: str, known: list[str], says: str) -> None:
    assert nearest(name, known).endswith(says)


def test_rows_of_the_table_are_sound() -> None:
    assert all(re.fullmatch("[a-z]+(-[a-z]+)*", code) for code in KINDS)
    assert all(row.meaning.endswith(".") for row in KINDS.values())


def test_every_kind_is_found_somewhere() -> None:
    code = "".join(path.read_text("utf-8") for path in SOURCES.glob("*.py") if path.name != "findings.py")
    ours = set(KINDS) - {"left-out", "not-imported"}  # those of the import
    assert {kind for kind in ours if f'"{kind}"' not in code} == set()
