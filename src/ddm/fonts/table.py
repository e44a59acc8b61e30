"""Every font file as one row, with the package it comes from and the scripts it stands in for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

OFL = "OFL-1.1"


@dataclass(frozen=True, slots=True)
class FontFile:
    """One face. path: the file; index: the face inside a collection (.ttc), else 0; weight: 100 to 900 as in CSS."""

    path: Path
    index: int
    family: str
    weight: int
    italic: bool


@dataclass(frozen=True, slots=True)
class Font:
    """A row. file: name inside the home's font folder and in the Debian package; licence: an SPDX name.

    scripts: ISO 15924 names this family stands in for when the family asked for lacks a character; empty for none.
    """

    family: str
    weight: int
    italic: bool
    file: str
    package: str
    index: int = 0
    licence: str = OFL
    scripts: tuple[str, ...] = ()


WEIGHTS = {
    "Regular": 400,
    "Medium": 500,
    "SemiBold": 600,
    "Bold": 700,
    "ExtraBold": 800,
    "Black": 900,
}
HAN = ("Hani", "Hira", "Kana", "Hang", "Bopo")
SIMPLIFIED = 2  # the face of the CJK collections with mainland Chinese forms


def _weights(family: str, package: str, pattern: str, names: str) -> tuple[Font, ...]:
    """Upright rows of one family; `pattern` has a place for the name of the weight."""
    return tuple(Font(family, WEIGHTS[name], False, pattern.format(name), package) for name in names.split())


def _fallback(family: str, package: str, pattern: str, scripts: tuple[str, ...], index: int = 0) -> tuple[Font, ...]:
    """Regular and bold of a family that stands in for scripts."""
    names = ("Regular", "Bold")
    return tuple(
        Font(family, WEIGHTS[name], False, pattern.format(name), package, index, OFL, scripts) for name in names
    )


TABLE = (
    *_weights("Inter", "fonts-inter", "Inter-{}.otf", "Regular Medium SemiBold Bold ExtraBold Black"),
    Font("Inter", 400, True, "Inter-Italic.otf", "fonts-inter"),
    *_weights("Manrope", "fonts-manrope", "Manrope-{}.ttf", "Regular Medium SemiBold Bold ExtraBold"),
    *_weights("League Spartan", "fonts-league-spartan", "LeagueSpartan-{}.otf", "Regular Medium Bold Black"),
    Font("Bebas Neue", 400, False, "BebasNeue-Regular.otf", "fonts-bebas-neue"),
    # its bold has no accented letters, so words would mix two families: regular serves for every weight
    Font("EB Garamond", 400, False, "EBGaramond12-Regular.otf", "fonts-ebgaramond"),
    Font("EB Garamond", 400, True, "EBGaramond12-Italic.otf", "fonts-ebgaramond"),
    *_fallback("Noto Sans CJK SC", "fonts-noto-cjk", "NotoSansCJK-{}.ttc", HAN, SIMPLIFIED),
    *_fallback("Noto Serif CJK SC", "fonts-noto-cjk", "NotoSerifCJK-{}.ttc", HAN, SIMPLIFIED),
    *_fallback("Noto Sans Arabic", "fonts-noto-core", "NotoSansArabic-{}.ttf", ("Arab",)),
    Font("Noto Color Emoji", 400, False, "NotoColorEmoji.ttf", "fonts-noto-color-emoji", scripts=("Zsye",)),
)
