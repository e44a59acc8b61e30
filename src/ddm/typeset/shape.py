"""Text of one family and direction into glyphs at places: the only file that knows HarfBuzz.

Shaped once in units of the em, unhinted, and multiplied by the size: what fits at one scale fits at every scale, and
browsers that are asked for geometric precision set the same glyphs at the same places.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path

import uharfbuzz as hb

from ddm.svg.tree import Direction

SHAPED = 8192
"""Runs kept: some 2 kB each."""
CURSIVE = frozenset({"Arab", "Syrc", "Mong", "Nkoo", "Adlm", "Rohg", "Mand", "Mani", "Phag"})
"""Scripts whose letters join: letter spacing would tear words apart (CSS Text 4, 8.2.1; browsers ignore it too)."""
_HAN = {"Hira": "Hani", "Kana": "Hani", "Bopo": "Hani"}
TALL = {"Hani": "国", "Hang": "한", "Arab": "ل", "Hebr": "ל", "Thai": "ป", "Deva": "क"}
"""For scripts without capitals a letter that stands as high as most: text is aligned by it."""


@dataclass(frozen=True, slots=True)
class Face:
    """A font file opened for shaping. Metrics in em, positive away from the baseline. tall: heights of TALL's letters,
    by script, as far as it has them."""

    font: hb.Font
    coverage: hb.Set
    upem: int
    ascent: float
    descent: float
    cap_height: float
    tall: Mapping[str, float]

    def covers(self, cluster: str) -> bool:
        """Whether every visible character of `cluster` has a glyph."""
        return all(ord(character) in self.coverage or character in INVISIBLE for character in cluster)

    def reach(self, letters: str) -> float:
        """From the highest ink of these letters to the lowest, in em; 0 for letters it has not."""
        found = [self.font.get_nominal_glyph(ord(letter)) for letter in letters]
        inks = [self.font.get_glyph_extents(glyph) for glyph in found if glyph]
        tops, feet = [ink.y_bearing for ink in inks], [ink.y_bearing + ink.height for ink in inks]
        return (max(tops) - min(feet)) / self.upem if inks else 0.0


INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufe0e\ufe0f")
"""Joiners and variation selectors: no font need have a glyph for them."""


@dataclass(frozen=True, slots=True)
class Glyphs:
    """A shaped run, glyphs from left to right, in em; y grows upwards.

    clusters: for each glyph the index of its first character; gaps: clusters that end left of each glyph, where letter
    spacing goes; gap_count: of the whole run.
    """

    ids: tuple[int, ...]
    x: tuple[float, ...]
    y: tuple[float, ...]
    advances: tuple[float, ...]
    clusters: tuple[int, ...]
    gaps: tuple[int, ...]
    gap_count: int
    advance: float

    def width(self, size: float, spacing: float) -> float:
        return self.advance * size + self.gap_count * spacing


@cache
def face(path: Path, index: int = 0) -> Face:
    """Opens a font file; kept for the life of the process."""
    opened = hb.Face(hb.Blob.from_file_path(str(path)), index)
    font = hb.Font(opened)
    upem, extents = opened.upem, font.get_font_extents("ltr")
    capitals = font.get_metric_position_with_fallback(hb.OTMetricsTag.CAP_HEIGHT)
    glyphs = {name: font.get_nominal_glyph(ord(letter)) for name, letter in TALL.items()}
    tall = {name: font.get_glyph_extents(glyph).y_bearing / upem for name, glyph in glyphs.items() if glyph}
    coverage = opened.unicodes
    return Face(font, coverage, upem, extents.ascender / upem, -extents.descender / upem, capitals / upem, tall)


@lru_cache(SHAPED)
def shape(
    text: str, path: Path, index: int = 0, direction: Direction = "ltr", language: str = "", spaced: bool = False
) -> Glyphs:
    """The glyphs of `text`. spaced: letter spacing will be added, so optional ligatures are off (CSS Text 3, 8.2)."""
    opened = face(path, index)
    parts = _scripts(text)
    rows = [
        row
        for start, part, name in (parts if direction == "ltr" else parts[::-1])
        for row in _shaped(opened, start, part, name, direction, language or "en", spaced)
    ]
    return _laid_out(rows, opened.upem)


Row = tuple[int, int, int, int, int, bool]
"""glyph, cluster, advance, x offset, y offset, whether letter spacing may follow"""


def _shaped(
    opened: Face, start: int, text: str, name: str, direction: Direction, language: str, spaced: bool
) -> list[Row]:
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.direction, buffer.language = direction, language
    if name:
        buffer.script = name
    hb.shape(opened.font, buffer, {"liga": False, "clig": False} if spaced else {})
    return [
        (info.codepoint, start + info.cluster, at.x_advance, at.x_offset, at.y_offset, _loose(text[info.cluster]))
        for info, at in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    ]


def _loose(character: str) -> bool:
    """Whether letter spacing may follow a character."""
    return script(character) not in CURSIVE


def _laid_out(rows: list[Row], upem: int) -> Glyphs:
    x, y, gaps, pen, gap = [], [], [], 0, 0
    for index, (_, cluster, advance, dx, dy, spacing) in enumerate(rows):
        x.append((pen + dx) / upem)
        y.append(dy / upem)
        gaps.append(gap)
        pen += advance
        gap += spacing and (index + 1 == len(rows) or rows[index + 1][1] != cluster)
    return Glyphs(
        ids=tuple(row[0] for row in rows),
        x=tuple(x),
        y=tuple(y),
        advances=tuple(row[2] / upem for row in rows),
        clusters=tuple(row[1] for row in rows),
        gaps=tuple(gaps),
        gap_count=gap,
        advance=pen / upem,
    )


def _scripts(text: str) -> list[tuple[int, str, str]]:
    """Stretches of one script: (start, text, ISO 15924 name); common characters go with what they follow."""
    names = [script(character) for character in text]
    known = next((name for name in names if name), "")
    for index, name in enumerate(names):
        known = names[index] = name or known
    parts, start = [], 0
    for name, part in groupby(names):
        length = len(list(part))
        parts.append((start, text[start : start + length], name))
        start += length
    return parts


@lru_cache(SHAPED)
def script(character: str) -> str:
    """The script of a character by its ISO 15924 name, '' for common ones; kana counts as Han, they mix in one word."""
    buffer = hb.Buffer()
    buffer.add_str(character)
    buffer.guess_segment_properties()
    return _HAN.get(buffer.script, buffer.script or "")
