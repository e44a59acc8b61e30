"""Every way worth having to break a text, for each number of lines, in em: fitting it to a place is then arithmetic.

Nothing here depends on a size or a width, so a text is measured once for all formats.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

from ddm.typeset import breaks, even
from ddm.typeset.even import SLACK
from ddm.typeset.paragraph import Paragraph, Span
from ddm.typeset.runs import Line

MOST_LINES = 8
"""Copy in more lines is a page, not an advertisement; the checker allows no more."""
AIR = 0.15
"""Between the lowest letter of a line and the highest of the next, in em: what posters leave in display type. Leading
by the em square instead makes families with small letters (League Spartan) fall apart into lines."""
LEAST_LEADING = 0.92
"""In em, for families of capitals alone."""
LEADING_OF = {"Hani": 1.20, "Hang": 1.20, "Arab": 1.34, "Hebr": 1.24, "Thai": 1.40, "Deva": 1.36}
"""Baseline to baseline where letters fill their square, or pile up marks."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to break a text, in em. width: of its widest line. torn: a line ends inside a Chinese word.

    cost: unevenness (squared slack against the widest line) and roughness of its breaks.
    """

    lines: tuple[Line, ...]
    width: float
    torn: bool
    cost: float


class Measured:
    """A text, measured once: paragraphs between mandatory breaks, and letter spacing in em."""

    def __init__(self, paragraphs: tuple[Paragraph, ...], spacing: float) -> None:
        self.paragraphs, self.spacing = paragraphs, spacing
        self.blank = not any(one.text.strip() for one in paragraphs)
        own = [LEADING_OF[script] for one in paragraphs for script in one.scripts() if script in LEADING_OF]
        self.leading = max(LEAST_LEADING, *own, *(one.reach(LEADING_OF) + AIR for one in paragraphs))
        self._ways: dict[int, tuple[Way, ...]] = {}
        self._greedy: dict[float, Way] = {}

    def ways(self, count: int) -> tuple[Way, ...]:
        """The ways to set it in `count` lines, from narrow to wide, each better than all narrower ones of its kind
        (torn or not); () where it has not so many pieces."""
        if count not in self._ways:
            self._ways[count] = self._found(count)
        return self._ways[count]

    def greedy(self, width: float) -> Way:
        """As few lines as fit, each as full as it can be."""
        found = self._greedy.get(width)
        if found is None:
            if len(self._greedy) >= GREEDY:
                self._greedy.clear()
            ways = [_way(one, one.greedy(width, self.spacing), self.spacing) for one in self.paragraphs]
            found = self._greedy[width] = reduce(_both, ways)
        return found

    def _found(self, count: int) -> tuple[Way, ...]:
        if len(self.paragraphs) == 1:
            return _ways_of(self.paragraphs[0], count, self.spacing)
        return _joined(self.paragraphs, count, self.spacing)


GREEDY = 64
"""Unbalanced settings kept for each text."""


def _joined(paragraphs: tuple[Paragraph, ...], count: int, spacing: float) -> tuple[Way, ...]:
    """Paragraphs under one another, `count` lines in all."""
    tables = [{n: _ways_of(one, n, spacing) for n in range(1, count - len(paragraphs) + 2)} for one in paragraphs]
    whole = reduce(lambda above, below: _stacked(above, below, count), tables) if count >= len(paragraphs) else {}
    return whole.get(count, ())


def _stacked(
    above: dict[int, tuple[Way, ...]], below: dict[int, tuple[Way, ...]], most: int
) -> dict[int, tuple[Way, ...]]:
    found: dict[int, list[Way]] = {}
    for n, ways in above.items():
        for m, others in below.items():
            if n + m <= most:
                found.setdefault(n + m, []).extend(_both(one, other) for one in ways for other in others)
    return {n: _best(ways) for n, ways in found.items()}


def _both(one: Way, other: Way) -> Way:
    width, torn = max(one.width, other.width), one.torn or other.torn
    return Way((*one.lines, *other.lines), width, torn, one.cost + other.cost)


def _best(ways: Iterable[Way]) -> tuple[Way, ...]:
    """Those that no narrower one of their kind equals."""
    kept: list[Way] = []
    for way in sorted(ways, key=lambda way: (way.width, way.cost)):
        if all(way.cost < other.cost - SLACK for other in kept if other.torn == way.torn):
            kept.append(way)
    return tuple(kept)


def _ways_of(paragraph: Paragraph, count: int, spacing: float) -> tuple[Way, ...]:
    whole = [end for end in paragraph.ends if not breaks.tears(paragraph.text, end)]
    choices = [paragraph.ends] if len(whole) == len(paragraph.ends) else [paragraph.ends, whole]
    found = {spans for ends in choices for spans in _spans(paragraph, ends, count, spacing)}
    return _best(_way(paragraph, spans, spacing) for spans in sorted(found))


def _spans(paragraph: Paragraph, ends: Sequence[int], count: int, spacing: float) -> Iterator[tuple[Span, ...]]:
    edges = [0, *ends]
    for broken in even.ways(_pieces(paragraph, ends, spacing), count):
        yield tuple((edges[first], edges[after]) for first, after in zip((0, *broken), broken, strict=False))


def _pieces(paragraph: Paragraph, ends: Sequence[int], spacing: float) -> even.Pieces:
    start = [paragraph.at(end, spacing) for end in (0, *ends[:-1])]
    stop = [paragraph.width(0, end, spacing) for end in ends]
    return even.Pieces(start, stop, [breaks.roughness(paragraph.text, end) for end in ends])


def _way(paragraph: Paragraph, spans: Sequence[Span], spacing: float) -> Way:
    lines = tuple(paragraph.line(*span, spacing) for span in spans)
    width = max(line.width for line in lines)
    slack = sum((1 - line.width / width) ** 2 for line in lines) if width else 0.0
    rough = sum(breaks.roughness(paragraph.text, stop) for _, stop in spans[:-1])
    return Way(lines, width, any(breaks.tears(paragraph.text, stop) for _, stop in spans[:-1]), slack + rough)
