"""Typesetter over the font table: cleans copy, and gives its lines at the size asked for."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

from ddm import fonts
from ddm.errors import InputError
from ddm.svg.tree import Direction
from ddm.typeset import bidi, breaks
from ddm.typeset.measured import MOST_LINES, Measured
from ddm.typeset.paragraph import Paragraph, families_for, paragraph
from ddm.typeset.runs import Line, Style, Typesetter
from ddm.typeset.shape import Glyphs, face, shape

MAX_CHARACTERS = 4000
"""Copy of an advertisement has tens; a paragraph of this length still takes under a second."""

_HARD = "\n"
_SPACES = dict.fromkeys(map(ord, "\t\x1c\x1d\x1e\x1f"), " ")
_BREAKS = dict.fromkeys(map(ord, "\x0b\x0c\r\x85\u2028\u2029"), _HARD)
_DROPPED = dict.fromkeys(map(ord, bidi.CONTROLS + "\u00ad\ufeff\ufffe\uffff"))
"""Invisible and meaningless in a picture: directions are ours to find, words are not hyphenated."""
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
"""'ﬁ' as one character comes out of PDFs; fonts make their own ligatures and often lack these."""


_TAMED = {**_SPACES, **_BREAKS, **_DROPPED, **_LIGATURES}


def clean(text: str) -> str:
    """`text` without controls, lone surrogates and directional overrides; newlines are kept, composed (NFC)."""
    if len(text) > MAX_CHARACTERS:
        raise InputError(f"copy of {len(text)} characters", mend=f"at most {MAX_CHARACTERS}")
    tamed = text.replace("\r\n", _HARD).translate(_TAMED)
    kept = (
        character for character in tamed if character == _HARD or unicodedata.category(character) not in ("Cc", "Cs")
    )
    return unicodedata.normalize("NFC", "".join(kept))


@cache
def typesetter() -> Typesetter:
    """The typesetter of this process; safe to share between threads, for it only caches."""
    return Engine()


def shaped(
    text: str, family: str, weight: int, italic: bool, direction: Direction, language: str = "", spaced: bool = False
) -> Glyphs:
    """A run of one family as the typesetter measures it; what draws it must use this and nothing else."""
    found = fonts.file(family, weight, italic)
    return shape(text, found.path, found.index, direction, language, spaced)


class Engine:
    """Typesetter by HarfBuzz and UAX 9, 14 and 29 over the font table."""

    def measured(
        self,
        text: str,
        families: tuple[str, ...],
        weight: int = 400,
        italic: bool = False,
        spacing: float = 0.0,
        language: str = "",
    ) -> Measured:
        """All ways to break `text`, in em; measured once. spacing: letter spacing in em."""
        return _measured(text, families, weight, italic, spacing, language)

    def line(self, text: str, style: Style) -> Line:
        """All of `text` on one line; newlines become spaces."""
        one = _paragraph(clean(text).replace(_HARD, " "), style)
        return one.line(0, len(one.text), _spacing(style)).scaled(style.size)

    def lines(self, text: str, style: Style, width: float) -> tuple[Line, ...]:
        """Broken by UAX 14 into as few lines as fit `width` (greedy); a word too wide stands alone and overflows."""
        return _scaled(_of(text, style).greedy(width / style.size).lines, style)

    def balanced(self, text: str, style: Style, width: float) -> tuple[Line, ...]:
        """As few lines as `lines` needs, but as even as breaks allow; greedy beyond MOST_LINES."""
        found, room = _of(text, style), width / style.size
        greedy = found.greedy(room).lines
        fits = (
            [way for way in found.ways(len(greedy)) if way.width <= room + SLACK] if len(greedy) <= MOST_LINES else []
        )
        return _scaled(fits[-1].lines if fits else greedy, style)

    def missing(self, text: str, style: Style) -> str:
        """The characters of `text`, each once, that no font has and that would be drawn as boxes."""
        files = [fonts.file(family, style.weight, style.italic) for family in families_for(style.families)]
        faces = [face(found.path, found.index) for found in files]
        visible = breaks.clusters(clean(text).replace(_HARD, ""))
        return "".join(dict.fromkeys(c for c in visible if not any(one.covers(c) for one in faces)))


MEASURED = 4096
"""Texts kept with their breaks: some 10 kB each."""
SLACK = 1e-6
"""Ems by which a line may exceed the width for the rounding of sums."""


@lru_cache(MEASURED)
def _measured(
    text: str, families: tuple[str, ...], weight: int, italic: bool, spacing: float, language: str
) -> Measured:
    parts = clean(text).split(_HARD)
    return Measured(tuple(paragraph(p, families, weight, italic, language, spacing != 0) for p in parts), spacing)


def _paragraph(text: str, style: Style) -> Paragraph:
    return paragraph(text, style.families, style.weight, style.italic, style.language, style.letter_spacing != 0)


def _spacing(style: Style) -> float:
    """In em; rounded, so that one paragraph set at many sizes is measured once."""
    return round(style.letter_spacing / style.size, 9)


def _of(text: str, style: Style) -> Measured:
    return _measured(text, style.families, style.weight, style.italic, _spacing(style), style.language)


def _scaled(lines: tuple[Line, ...], style: Style) -> tuple[Line, ...]:
    return tuple(line.scaled(style.size) for line in lines)
