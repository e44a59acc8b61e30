"""A paragraph, itemised and measured once in em: fallback by cluster, order by level, widths by shaping."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator
from functools import cache, lru_cache
from itertools import accumulate, groupby, zip_longest
from typing import TypeAlias

from ddm import fonts
from ddm.fonts import FontFile
from ddm.svg.tree import Direction
from ddm.typeset import bidi, breaks
from ddm.typeset.even import SLACK
from ddm.typeset.runs import Line, Run
from ddm.typeset.shape import Face, Glyphs, face, script, shape

PARAGRAPHS = 2048
"""Paragraphs kept with their widths: a few kB each."""

Span: TypeAlias = tuple[int, int]
"""First character of a line, and the one after its last."""

_RIGHT_TO_LEFT = ("ar", "fa", "ur", "he", "ps", "sd", "ug", "yi")
TALL_AND_LOW = "Obdfhklgjpqy"
"""Letters with ascenders and descenders: lines of one family keep one rhythm, whatever their letters."""
_EMOJI = "\ufe0f"
_FIRST_EMOJI = 0x1F000


def direction_of(language: str) -> Direction:
    """The direction a language is written in, by its tag (BCP 47)."""
    return "rtl" if language.partition("-")[0] in _RIGHT_TO_LEFT else "ltr"


def _shared(cluster: str) -> bool:
    """Quotes, dashes, dots that are one em wide in Chinese and narrow elsewhere."""
    return unicodedata.east_asian_width(cluster[0]) == "A" and unicodedata.category(cluster[0]).startswith("P")


@cache
def _han() -> tuple[str, ...]:
    return fonts.fallbacks("Hani")


@cache
def families_for(asked: tuple[str, ...]) -> tuple[str, ...]:
    """The families asked for, then those that stand in for scripts, in the order of the font table."""
    return tuple(dict.fromkeys([*asked, *(font.family for font in fonts.TABLE if font.scripts)]))


@lru_cache(PARAGRAPHS)
def paragraph(
    text: str, families: tuple[str, ...], weight: int, italic: bool, language: str, spaced: bool
) -> Paragraph:
    return Paragraph(text, families, weight, italic, language, spaced)


class Paragraph:
    """Text between mandatory breaks. All lengths in em; `spacing` is letter spacing in em.

    ends: where lines may end; em and gaps: advance and letter spacings of all characters before an index.
    """

    def __init__(
        self, text: str, families: tuple[str, ...], weight: int, italic: bool, language: str, spaced: bool
    ) -> None:
        self.text, self.weight, self.italic, self.language, self.spaced = text, weight, italic, language, spaced
        self.families = families_for(families)
        self._files: dict[str, FontFile] = {}
        self.levels = bidi.levels(text, bidi.base(text, direction_of(language)))
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

    def _file(self, family: str) -> FontFile:
        """Looked up once for each paragraph: a look-up asks the environment and the disk."""
        found = self._files.get(family)
        if found is None:
            found = self._files[family] = fonts.file(family, self.weight, self.italic)
        return found

    def _face(self, family: str) -> Face:
        found = self._file(family)
        return face(found.path, found.index)

    def _runs(self, start: int, stop: int) -> Iterator[tuple[int, int, int]]:
        """(start, stop, level) of stretches in one family and level, in logical order."""
        for (_, level), part in groupby(range(start, stop), lambda index: (self.family[index], self.levels[index])):
            indices = list(part)
            yield indices[0], indices[-1] + 1, level

    def _glyphs(self, start: int, stop: int, level: int) -> Glyphs:
        direction: Direction = "rtl" if level % 2 else "ltr"
        found = self._file(self.family[start])
        return shape(self.text[start:stop], found.path, found.index, direction, self.language, self.spaced)

    def _measured(self) -> tuple[list[float], list[int]]:
        advances, gaps = [0.0] * len(self.text), [0] * len(self.text)
        for start, stop, level in self._runs(0, len(self.text)):
            glyphs = self._glyphs(start, stop, level)
            edges = [*glyphs.gaps[1:], glyphs.gap_count]
            for index, cluster in enumerate(glyphs.clusters):
                advances[start + cluster] += glyphs.advances[index]
                gaps[start + cluster] += edges[index] - glyphs.gaps[index]
        return list(accumulate(advances, initial=0.0)), list(accumulate(gaps, initial=0))

    def scripts(self) -> set[str]:
        """The scripts of its characters (ISO 15924)."""
        return {script(character) for character in set(self.text)} - {""}

    def _body(self, start: int, stop: int) -> int:
        """Where the visible part of a line ends: spaces at a line's end hang."""
        while stop > start and self.text[stop - 1] == " ":
            stop -= 1
        return stop

    def at(self, index: int, spacing: float) -> float:
        """The sum of all before a character."""
        return self.em[index] + self.gaps[index] * spacing

    def width(self, start: int, stop: int, spacing: float) -> float:
        """Of a line from `start` to `stop`, from the sums: kerning across its ends is not undone."""
        stop = self._body(start, stop)
        gaps = self.gaps[stop] - self.gaps[start]
        return self.em[stop] - self.em[start] + max(0, gaps - 1) * spacing

    def line(self, start: int, stop: int, spacing: float) -> Line:
        """Characters `start` to `stop` as a line of size 1, shaped on its own."""
        stop = self._body(start, stop)
        runs, x, gaps = [], 0.0, 0
        order = bidi.visual(list(self._runs(start, stop)), lambda run: run[2])
        for first, last, level in order:
            glyphs = self._glyphs(first, last, level)
            width = glyphs.width(1.0, spacing)
            direction: Direction = "rtl" if level % 2 else "ltr"
            runs.append(Run(self.text[first:last], self.family[first], x, width, direction))
            x, gaps = x + width, gaps + glyphs.gap_count
        # The spacing after the last letter is no part of what is seen; centring by it would be off.
        seen = x - spacing if gaps else x
        return Line(self.text[start:stop], tuple(runs), seen, *self._heights(start, stop))

    def _heights(self, start: int, stop: int) -> tuple[float, float, float]:
        """Ascent, descent and cap height; the family with most characters gives the capitals."""
        visible = [index for index in range(start, stop) if self.text[index] != " "]
        counts = Counter(self.family[index] for index in visible) or Counter(self.families[:1])
        faces = [self._face(family) for family, _ in counts.most_common()]
        tall = [self._face(self.family[index]).tall.get(script(self.text[index]), 0.0) for index in visible]
        capitals = max(tall, default=0.0) or faces[0].cap_height
        return max(face.ascent for face in faces), max(face.descent for face in faces), capitals

    def reach(self, but: Collection[str]) -> float:
        """From its highest letter to its lowest in em, each family's own ascenders and descenders counted in; letters
        of the scripts `but` do not count."""
        letters = [(self.family[i], c) for i, c in enumerate(self.text) if c.isalpha() and script(c) not in but]
        return max((self._face(family).reach(TALL_AND_LOW + letter) for family, letter in set(letters)), default=0.0)

    def greedy(self, width: float, spacing: float) -> list[Span]:
        """As few lines as fit; a word too wide stands alone. Their exact widths, shaped on their own, fit as well."""
        spans = self._packed(width, spacing)
        while over := [span for span in spans if self._overflows(*span, width, spacing)]:
            spans = self._packed(min(self.width(*span, spacing) for span in over) - 2 * SLACK, spacing)
        return spans

    def _overflows(self, start: int, stop: int, width: float, spacing: float) -> bool:
        """Whether a line that could have been broken is too wide."""
        pieces = bisect_right(self.ends, stop) - bisect_right(self.ends, start)
        return pieces > 1 and self.line(start, stop, spacing).width > width + 2 * SLACK

    def _packed(self, width: float, spacing: float) -> list[Span]:
        """Lines filled one after another up to `width`; widths from the sums."""
        spans, start, stop = [], 0, 0
        for end in self.ends:
            if stop > start and self.width(start, end, spacing) > width + SLACK:
                spans.append((start, stop))
                start = stop
            stop = end
        return [*spans, (start, stop)]
