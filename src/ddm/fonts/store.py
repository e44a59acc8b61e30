"""Font files by family and weight, and a fontconfig file that knows nothing else."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from xml.sax.saxutils import escape

from ddm.errors import InputError, Missing
from ddm.fonts.table import TABLE, Font, FontFile
from ddm.home import home
from ddm.packages import replace, scratch

MEND = "ddm fonts fetch"

FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""


def directory() -> Path:
    """The folder of all font files, whether it is there or not."""
    return home() / "fonts"


def families() -> tuple[str, ...]:
    """Families in the order of the table."""
    return tuple(dict.fromkeys(font.family for font in TABLE))


def fallbacks(script: str) -> tuple[str, ...]:
    """Families that stand in for a script (ISO 15924), best first; empty when none does."""
    return tuple(dict.fromkeys(font.family for font in TABLE if script in font.scripts))


def nearest(family: str, weight: int, italic: bool) -> Font:
    """The row of `family` closest in slope, then in weight (CSS Fonts 4, 5.2: above 500 heavier is preferred).

    InputError names the families there are.
    """
    rows = [font for font in TABLE if font.family == family]
    if not rows:
        raise InputError(f"unknown font family '{family}'", mend=f"one of {', '.join(families())}")
    lean = 1 if weight > 500 else -1
    return min(rows, key=lambda font: (font.italic != italic, abs(font.weight - weight), lean * (weight - font.weight)))


def file(family: str, weight: int = 400, italic: bool = False) -> FontFile:
    """The file with the nearest face of the family. Missing when it is not fetched, InputError for unknown families."""
    return _file(directory(), family, weight, italic)


@lru_cache(maxsize=256)
def _file(folder: Path, family: str, weight: int, italic: bool) -> FontFile:
    """Asked thousands of times for each creative; errors are not remembered."""
    font = nearest(family, weight, italic)
    path = folder / font.file
    if not path.is_file():
        raise Missing(f"the font file {font.file} of {family} is not fetched", str(path), MEND)
    return FontFile(path, font.index, font.family, font.weight, font.italic)


def missing() -> tuple[Font, ...]:
    """Rows whose file is not there."""
    return tuple(font for font in TABLE if not (directory() / font.file).is_file())


def fontconfig_file() -> Path:
    """Writes and gives a file for FONTCONFIG_FILE that shows a program our fonts and no others."""
    places = {"fonts": directory(), "cache": home() / "fontconfig"}
    text = FONTCONFIG.format(**{name: escape(str(place)) for name, place in places.items()})
    with scratch() as folder:
        made = folder / "fonts.conf"
        made.write_text(text, "utf-8")
        replace(made, home() / made.name)
    return home() / made.name
