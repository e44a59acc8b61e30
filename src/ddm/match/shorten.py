"""Shorter wordings that say nothing else: a title without its tail, the first sentence of a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

_TAIL = re.compile(
    r"\s*[|\N{FULLWIDTH VERTICAL LINE}\N{MIDDLE DOT}]\s*"  # a pipe
    r"|\s+[-:/]\s+|\s*[\N{EN DASH}\N{EM DASH}]\s*|:\s+"  # a dash between words, a colon after one
    r"|\s*[,;]\s+|[\N{FULLWIDTH COMMA}\N{IDEOGRAPHIC COMMA}]"  # a comma, but none inside a number
    r"|\s*[(\[\N{FULLWIDTH LEFT PARENTHESIS}\N{LEFT BLACK LENTICULAR BRACKET}]"
)
_SENTENCE = re.compile(r"(?<=[.!?\N{HORIZONTAL ELLIPSIS}])\s+(?=\S)|(?<=[\N{IDEOGRAPHIC FULL STOP}！？])(?=\S)")
_TELLING = (
    "only without for spare replacement refill refurbished used cover case "
    "nur ohne für ersatz gebraucht sans pour sin para senza per zonder voor"
)
_CHANGES = frozenset(_TELLING.split())
"""Words in a tail without which the rest would promise another thing: 'Lamp, shade only' is no lamp."""
_LEAST = 2  # letters of a title worth the name; two make a word in Chinese


def heads(title: str) -> Iterator[str]:
    """The title up to each of its dashes, commas, brackets and pipes, longest first."""
    cuts = sorted({found.start() for found in _TAIL.finditer(title)}, reverse=True)
    for cut in cuts:
        head, tail = title[:cut].strip(), title[cut:].lower()
        if _CHANGES & set(re.findall(r"\w+", tail)):
            return
        if sum(map(str.isalpha, head)) >= _LEAST and head.count("(") == head.count(")"):
            yield head


def first_sentence(text: str) -> Iterator[str]:
    """The first sentence of several."""
    head, *rest = _SENTENCE.split(text, maxsplit=1)
    if rest:
        yield head


SHORTER: Mapping[str, Callable[[str], Iterator[str]]] = {
    "product.title": heads,
    "product.description": first_sentence,
    "copy.tagline": first_sentence,
    "copy.headline": first_sentence,
    "copy.subline": first_sentence,
}
"""Source -> its honest shortenings, longest first; other sources have none."""
