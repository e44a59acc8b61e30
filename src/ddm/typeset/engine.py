"""The typesetter: fallback by cluster, order by level, widths by shaping, lines by UAX 14."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import accumulate, groupby, zip_longest

from ddm import fonts
from ddm.errors import InputError
from ddm.svg.tree import Direction
from ddm.typeset import bidi, breaks
from ddm.typeset.runs import Line, Run, Style, Typesetter
from ddm.typeset.shape import Face, Glyphs, face, script, shape

PARAGRAPHS = 2048
"""Paragraphs kept with their widths: a few kB each."""
SLACK = 1e-6
"""Pixels by which a line may exceed the width for the rounding of sums."""

MAX_CHARACTERS = 4000
"""Copy of an advertisement has tens; a paragraph of this length still takes under a second."""

_SQUARE = ("Hani", "Hang")
_EMOJI = "\ufe0f"
_FIRST_EMOJI = 0x1F000
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

    def line(self, text: str, style: Style) -> Line:
        """All of `text` on one line; newlines become spaces."""
        paragraph = _paragraph(clean(text).replace(_HARD, " "), *_key(style))
        return paragraph.line(0, len(paragraph.text), style)

    def lines(self, text: str, style: Style, width: float) -> tuple[Line, ...]:
        """Broken by UAX 14 into as few lines as fit `width` (greedy); a word too wide stands alone and overflows."""
        return _lines(text, style, width)

    def balanced(self, text: str, style: Style, width: float) -> tuple[Line, ...]:
        """As few lines as `lines` needs, but as even in width as breaks allow."""
        return _balanced(text, style, width)

    def missing(self, text: str, style: Style) -> str:
        """The characters of `text`, each once, that no font has and that would be drawn as boxes."""
        faces = [_face(family, style) for family in _families(style.families)]
        lost = [cluster for cluster in breaks.clusters(clean(text).replace(_HARD, "")) if not _covered(cluster, faces)]
        return "".join(dict.fromkeys(lost))


SET = 20_000  # set texts remembered: fitting asks for the same sizes and widths again and again


@lru_cache(maxsize=SET)
def _lines(text: str, style: Style, width: float) -> tuple[Line, ...]:
    return tuple(line for paragraph in _paragraphs(text, style) for line in paragraph.lines(style, width))


@lru_cache(maxsize=SET)
def _balanced(text: str, style: Style, width: float) -> tuple[Line, ...]:
    return tuple(line for paragraph in _paragraphs(text, style) for line in paragraph.balanced(style, width))


def _covered(cluster: str, faces: list[Face]) -> bool:
    return any(face.covers(cluster) for face in faces)


def _shared(cluster: str) -> bool:
    """Quotes, dashes, dots that are one em wide in Chinese and narrow elsewhere."""
    return unicodedata.east_asian_width(cluster[0]) == "A" and unicodedata.category(cluster[0]).startswith("P")


@cache
def _han() -> tuple[str, ...]:
    return fonts.fallbacks("Hani")


Key = tuple[tuple[str, ...], int, bool, str, bool]


def _key(style: Style) -> Key:
    """What of a style changes glyphs; size and the amount of letter spacing do not."""
    return style.families, style.weight, style.italic, style.language, style.letter_spacing != 0


def _face(family: str, style: Style) -> Face:
    found = fonts.file(family, style.weight, style.italic)
    return face(found.path, found.index)


@cache
def _families(asked: tuple[str, ...]) -> tuple[str, ...]:
    """The families asked for, then those that stand in for scripts, in the order of the font table."""
    return tuple(dict.fromkeys([*asked, *(font.family for font in fonts.TABLE if font.scripts)]))


def _paragraphs(text: str, style: Style) -> list[Paragraph]:
    return [_paragraph(part, *_key(style)) for part in clean(text).split(_HARD)]


@lru_cache(PARAGRAPHS)
def _paragraph(
    text: str, families: tuple[str, ...], weight: int, italic: bool, language: str, spaced: bool
) -> Paragraph:
    return Paragraph(text, families, weight, italic, language, spaced)


class Paragraph:
    """Text between mandatory breaks, itemised and measured once in em for every size.

    ends: where lines may end; em and gaps: advance and letter spacings of all characters before an index.
    """

    def __init__(
        self, text: str, families: tuple[str, ...], weight: int, italic: bool, language: str, spaced: bool
    ) -> None:
        self.text, self.weight, self.italic, self.language, self.spaced = text, weight, italic, language, spaced
        self.families = _families(families)
        rtl = language.partition("-")[0] in ("ar", "fa", "ur", "he")
        self.levels = bidi.levels(text, bidi.base(text, "rtl" if rtl else "ltr"))
        self.family = self._itemised()
        self.ends = breaks.opportunities(text)
        self.em, self.gaps = self._measured()

    def _itemised(self) -> list[str]:
        """The family of every character; all characters of a cluster share one."""
        found: list[str] = []
        clusters = breaks.clusters(self.text)
        for cluster, following in zip_longest(clusters, clusters[1:], fillvalue=""):
            found += [self._family(cluster, found[-1] if found else "", following)] * len(cluster)
        return found

    def _family(self, cluster: str, before: str, following: str) -> str:
        """The first family that has the cluster; spaces and punctuation that scripts share go with a neighbour."""
        order = self.families
        if cluster == " " and before and self._face(before).covers(f" {following}"):
            return before
        if _EMOJI in cluster or ord(cluster[0]) >= _FIRST_EMOJI:
            order = (*fonts.fallbacks("Zsye"), *order)
        elif _shared(cluster) and (before in _han() or script(following[:1]) == "Hani"):
            order = (*(family for family in order if family in _han()), *order)
        return next((family for family in order if self._face(family).covers(cluster)), order[0])

    def _face(self, family: str) -> Face:
        found = fonts.file(family, self.weight, self.italic)
        return face(found.path, found.index)

    def _runs(self, start: int, stop: int) -> Iterator[tuple[int, int, int]]:
        """(start, stop, level) of stretches in one family and level, in logical order."""
        for (_, level), part in groupby(range(start, stop), lambda index: (self.family[index], self.levels[index])):
            indices = list(part)
            yield indices[0], indices[-1] + 1, level

    def _glyphs(self, start: int, stop: int, level: int) -> Glyphs:
        direction: Direction = "rtl" if level % 2 else "ltr"
        text, family = self.text[start:stop], self.family[start]
        return shaped(text, family, self.weight, self.italic, direction, self.language, self.spaced)

    def _measured(self) -> tuple[list[float], list[int]]:
        advances, gaps = [0.0] * len(self.text), [0] * len(self.text)
        for start, stop, level in self._runs(0, len(self.text)):
            glyphs = self._glyphs(start, stop, level)
            edges = [*glyphs.gaps[1:], glyphs.gap_count]
            for index, cluster in enumerate(glyphs.clusters):
                advances[start + cluster] += glyphs.advances[index]
                gaps[start + cluster] += edges[index] - glyphs.gaps[index]
        return list(accumulate(advances, initial=0.0)), list(accumulate(gaps, initial=0))

    def _body(self, start: int, stop: int) -> int:
        """Where the visible part of a line ends: spaces at a line's end hang."""
        return start + len(self.text[start:stop].rstrip(" "))

    def width(self, start: int, stop: int, style: Style) -> float:
        """Pixels of a line from `start` to `stop`, from the sums: kerning across its ends is not undone."""
        stop = self._body(start, stop)
        gaps = self.gaps[stop] - self.gaps[start]
        return (self.em[stop] - self.em[start]) * style.size + max(0, gaps - 1) * style.letter_spacing

    def line(self, start: int, stop: int, style: Style) -> Line:
        """Characters `start` to `stop` as a line, shaped on its own."""
        stop = self._body(start, stop)
        runs, x, gaps = [], 0.0, 0
        order = bidi.visual(list(self._runs(start, stop)), lambda run: run[2])
        for first, last, level in order:
            glyphs = self._glyphs(first, last, level)
            width = glyphs.width(style.size, style.letter_spacing)
            direction: Direction = "rtl" if level % 2 else "ltr"
            runs.append(Run(self.text[first:last], self.family[first], x, width, direction))
            x, gaps = x + width, gaps + glyphs.gap_count
        # The spacing after the last letter is no part of what is seen; centring by it would be off.
        seen = x - style.letter_spacing if gaps else x
        return Line(self.text[start:stop], tuple(runs), seen, *self._heights(start, stop, style.size))

    def _heights(self, start: int, stop: int, size: float) -> tuple[float, float, float]:
        """Ascent, descent and cap height; the family with most characters gives the capitals."""
        visible = [index for index in range(start, stop) if self.text[index] != " "]
        counts = Counter(self.family[index] for index in visible) or Counter(self.families[:1])
        faces = [self._face(family) for family, _ in counts.most_common()]
        squares = [self._face(self.family[index]).ideograph for index in visible if script(self.text[index]) in _SQUARE]
        capitals = max(squares, default=0.0) or faces[0].cap_height
        return max(face.ascent for face in faces) * size, max(face.descent for face in faces) * size, capitals * size

    def lines(self, style: Style, width: float) -> list[Line]:
        return [self.line(start, stop, style) for start, stop in self._spans(style, width)]

    def balanced(self, style: Style, width: float) -> list[Line]:
        """No more lines than greedy breaking needs, even in width, broken where the voice pauses."""
        greedy = self._spans(style, width)
        spans = greedy if len(greedy) < 2 else self._even(len(greedy), style, width)
        if spans is None or any(self._overflows(*span, style, width) for span in spans):
            spans = greedy
        return [self.line(start, stop, style) for start, stop in spans]

    def _even(self, count: int, style: Style, width: float) -> list[tuple[int, int]] | None:
        """The cheapest `count` lines by squared slack and roughness of breaks (after Knuth and Plass, 1981)."""
        ends = [0, *self.ends]
        best: list[tuple[float, list[tuple[int, int]]] | None] = [(0.0, []), *[None] * (len(ends) - 1)]
        for number in range(1, count + 1):
            best = [self._cheapest(best, ends, index, number == count, style, width) for index in range(len(ends))]
        return best[-1][1] if best[-1] else None

    def _cheapest(
        self,
        before: list[tuple[float, list[tuple[int, int]]] | None],
        ends: list[int],
        index: int,
        last: bool,
        style: Style,
        width: float,
    ) -> tuple[float, list[tuple[int, int]]] | None:
        """The best way to end a line at ends[index], given the best ways to end the one before."""
        found: tuple[float, list[tuple[int, int]]] | None = None
        rough = 0.0 if last else breaks.roughness(self.text, ends[index]) if index else 0.0
        for previous in range(index - 1, -1, -1):
            wide = self.width(ends[previous], ends[index], style)
            if wide > width + SLACK:
                break
            way = before[previous]
            cost = way[0] + (1 - wide / width) ** 2 + rough if way else 0.0
            if way and (found is None or cost < found[0]):
                found = cost, [*way[1], (ends[previous], ends[index])]
        return found

    def _spans(self, style: Style, width: float) -> list[tuple[int, int]]:
        """Greedy lines whose exact widths, shaped on their own, fit as well."""
        spans = self._greedy(style, width)
        while over := [span for span in spans if self._overflows(*span, style, width)]:
            spans = self._greedy(style, min(self.width(*span, style) for span in over) - 2 * SLACK)
        return spans

    def _overflows(self, start: int, stop: int, style: Style, width: float) -> bool:
        """Whether a line that could have been broken is too wide."""
        pieces = bisect_right(self.ends, stop) - bisect_right(self.ends, start)
        return pieces > 1 and self.line(start, stop, style).width > width + 2 * SLACK

    def _greedy(self, style: Style, width: float) -> list[tuple[int, int]]:
        spans, start, stop = [], 0, 0
        for end in self.ends:
            if stop > start and self.width(start, end, style) > width + SLACK:
                spans.append((start, stop))
                start = stop
            stop = end
        return [*spans, (start, stop)]
