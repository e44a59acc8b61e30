"""A drawing's file into a template's file, with its sample pictures beside it."""

from __future__ import annotations

import os
import re
from pathlib import Path

from ddm.errors import InputError
from ddm.files import write_whole
from ddm.language.importing.door import MAX_BYTES
from ddm.language.importing.template import Imported, import_drawing


def read(drawing: Path) -> str:
    """InputError where it is no UTF-8 file, or one too large to be looked at."""
    try:
        if drawing.stat().st_size > MAX_BYTES:
            raise InputError(f"larger than {MAX_BYTES:,} bytes", str(drawing), "link large pictures instead")
        return drawing.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read the drawing: {error}", str(drawing), "an SVG file in UTF-8") from None


def import_file(drawing: Path, output: Path | None = None) -> Imported:
    """The template, written at `output` with its pictures beside it; without one nothing is written.

    Links in the drawing are told from where the template lies. InputError where the drawing cannot be read.
    """
    name = re.sub(r"[^\w-]+", "-", (output or drawing).stem).strip("-") or "drawing"
    base = Path(os.path.relpath(drawing.parent, output.parent)).as_posix() if output else "."
    imported = import_drawing(read(drawing), name, str(drawing), output is not None, base)
    if output is not None:
        for path, data in imported.pictures.items():
            write_whole(output.parent / path, data)
        write_whole(output, imported.template)
    return imported
