"""`ddm import`: a drawing into a template."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer


def import_(
    drawing: Annotated[Path, typer.Argument(help="SVG file of Inkscape, Figma or Illustrator.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Template to write; to standard output if left out.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print for machines.")] = False,
) -> None:
    """A drawing whose layers are named for it into a template; exit status 1 where a name cannot be read."""
    from ddm.language.importing.files import import_file

    imported = import_file(drawing, output)
    if as_json:
        print(json.dumps(_summary(imported, output), ensure_ascii=False, indent=1))
    else:
        print(f"{output}: a template of a drawing by {imported.program}" if output else imported.template)
        for finding in imported.findings:
            print(finding, file=sys.stderr)
    raise typer.Exit(1 if imported.findings.errors else 0)


def _summary(imported: Any, output: Path | None) -> dict[str, Any]:
    rows = [
        {
            "code": f.code,
            "file": f.mark.file,
            "line": f.mark.line,
            "column": f.mark.column,
            "severity": f.severity,
            "what": f.what,
            "mend": f.mend,
        }
        for f in imported.findings
    ]
    where = {"output": str(output)} if output else {"template": imported.template}
    return {**where, "program": imported.program, "pictures": sorted(imported.pictures), "findings": rows}
