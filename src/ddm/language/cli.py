"""`ddm check` and `ddm schema`: what is wrong with templates, and the schema by which editors complete them."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from ddm.errors import InputError
from ddm.language import source
from ddm.language.compile import compile_text
from ddm.language.findings import Finding, Findings, printable
from ddm.language.source import Mark, Unreadable
from ddm.language.template import Template

WIDEST = 100  # columns shown of a line; templates have lines of many hundred
BEFORE = 30  # columns shown before the offending text where not all of the line is
_MAGIC = re.compile(r"[*?\[]")


class Checked(NamedTuple):
    """A file, its text ('' where it cannot be read), and what was found."""

    path: Path
    text: str
    findings: Findings


def check(
    files: Annotated[
        list[str], typer.Argument(help="Templates, folders of templates, or patterns such as '**/*.svg'.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print for machines.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings fail, too.")] = False,
    formats: Annotated[bool, typer.Option("--formats", help="Name the formats that a template cannot serve.")] = False,
) -> None:
    """What is wrong with templates, before anything runs.

    Exit status: 0 clean or warnings only, 1 errors (with --strict warnings, too), 2 a file that is no template.
    """
    checked = [_checked(path, formats) for path in templates(files)]
    rows = [_row(finding) for each in checked for finding in each.findings]
    print(json.dumps(rows, ensure_ascii=False, indent=1) if as_json else told(checked))
    raise typer.Exit(_status([f for each in checked for f in each.findings], strict))


def schema() -> None:
    """The RELAX NG schema of templates, for editors: completion and first checks while one types."""
    from ddm.language.schema import schema as made

    print(made(), end="")


def templates(written: Sequence[str]) -> list[Path]:
    """The files that are meant, each once, in order. InputError where a pattern or a folder has none."""
    found: dict[Path, None] = {}
    for text in written:
        path, paths = Path(text), [Path(text)]
        if path.is_dir():
            paths = sorted(path.glob("*.svg"))
        elif not path.exists() and _MAGIC.search(text):
            paths = sorted(Path(path.anchor).glob(str(path.relative_to(path.anchor))))
        if not paths:
            raise InputError("there is no template", text, "name SVG files, or a folder that holds some")
        found |= dict.fromkeys(paths)
    return list(found)


def _checked(path: Path, formats: bool) -> Checked:
    text = ""
    try:
        text = source.read(path)
        template, findings = compile_text(text, path.stem, str(path))
    except Unreadable as error:
        findings = Findings()
        findings.add("unreadable", error.mark, error.what, error.mend)
        return Checked(path, text, findings)
    if formats and not findings.errors:
        _serves(template, findings)
    return Checked(path, text, findings)


def _serves(template: Template, findings: Findings) -> None:
    """A warning for each format of the catalogue, of a ratio that the template serves, in which it cannot be drawn."""
    from ddm.formats.catalogue import catalogue
    from ddm.resolve.serving import unserved
    from ddm.typeset import typesetter

    low, high = template.ratios
    wanted = [format_ for format_ in catalogue().values() if low <= format_.ratio <= high]
    for name, why in unserved(template, wanted, typesetter()).items():
        mend = "add an arrangement for it, or ask for other formats"
        findings.add("unserved", Mark(template.file, 0, 0), f"{name} cannot be served: {why}", mend)


def _row(finding: Finding) -> dict[str, Any]:
    mark = finding.mark
    return {
        "file": mark.file,
        "line": mark.line,
        "column": mark.column,
        "severity": finding.severity,
        "code": finding.code,
        "what": finding.what,
        "mend": finding.mend,
        "text": finding.text,
        "used": finding.used.line if finding.used else None,
    }


def _status(findings: Sequence[Finding], strict: bool) -> int:
    if any(f.code == "unreadable" for f in findings):
        return 2
    return 1 if any(strict or f.severity == "error" for f in findings) else 0


def told(checked: Sequence[Checked]) -> str:
    """For people: each finding, the line it is in, and a mark under what is meant."""
    lines = [line for each in checked for finding in each.findings for line in _told(finding, each.text)]
    return "\n".join([*lines, _summary(checked)] if lines else ["nothing is wrong"])


def _told(finding: Finding, text: str) -> Iterator[str]:
    yield str(finding)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not 1 <= finding.mark.line <= len(lines):
        return
    line, at = lines[finding.mark.line - 1], finding.mark.column - 1
    start = max(0, at - BEFORE) if len(line) > WIDEST else 0
    shown, length = line[start : start + WIDEST], max(1, len(finding.text.split("\n")[0]))
    yield f"  {printable(shown)}"
    yield f"  {_blank(shown[: at - start])}{'^' * min(length, max(1, len(shown) - (at - start)))}"


def _blank(text: str) -> str:
    """Spaces as wide as the text: tabs stay, wide characters take two."""
    return "".join("\t" if c == "\t" else "  " if unicodedata.east_asian_width(c) in "WF" else " " for c in text)


def _summary(checked: Sequence[Checked]) -> str:
    found = [f for each in checked for f in each.findings]
    errors = sum(f.severity == "error" for f in found)
    return f"{_some(errors, 'error')}, {_some(len(found) - errors, 'warning')} in {_some(len(checked), 'file')}"


def _some(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
