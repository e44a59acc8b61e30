"""Grapheme clusters (UAX 29) and line breaks (UAX 14): the only file that knows uniseg.

uniseg costs some 80 us a character, so it only sees stretches whose answer is not plain, each once.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate

from uniseg.graphemecluster import grapheme_clusters
from uniseg.linebreak import line_break_units

from ddm.typeset import words

_SINGLE = re.compile(r"[\u0020-\u02ff\u2010-\u2027\u20a0-\u20bf\u2e80-\u3029\u3030-\u3098\u309b-\u9fff\uff01-\uff9d]*")
"""Text of these only has one cluster a character: no combining marks, joiners, jamo or flags."""
_BEFORE_SPACE = re.compile(r"(?= )")
_CUT = re.compile(r"(?<=[A-Za-z0-9] )(?=[A-Za-z0-9])|(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])")
"""Certain breaks: between plain words, and between Chinese characters (LB 18 and 31); no rule looks across them."""
_PLAIN = re.compile(r"[A-Za-z0-9]* ?|[\u4e00-\u9fff]")

_SIGN = r"(?:[$¢£¤¥฿₠-⃀﷼﹩＄￠￡￥￦]|R\$|US\$|HK\$|NT\$|[A-Z]{3}|Rs\.?|kr\.?|zł|元|円|원)"
_AMOUNT = r"\d{1,3}(?:[ \u00a0\u202f'’.,]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?(?:,?[-–]{1,2}(?!\d))?"
PRICE = re.compile(rf"(?:{_SIGN}\s?)?[-–]?(?:{_AMOUNT})(?:\s?{_SIGN})?(?![A-Za-z])")
"""A number with its currency on either side, also with spaces inside: "$1,299.00", "1 299,00 €", "USD 20"."""


def clusters(text: str) -> list[str]:
    """The user-perceived characters of `text`, in order."""
    if _SINGLE.fullmatch(text):
        return list(text)
    return [cluster for chunk in _BEFORE_SPACE.split(text) for cluster in _clusters(chunk)]


@lru_cache(8192)
def _clusters(chunk: str) -> tuple[str, ...]:
    return tuple(chunk) if _SINGLE.fullmatch(chunk) else tuple(grapheme_clusters(chunk))


def opportunities(text: str) -> list[int]:
    """Ends of the pieces `text` may be broken into, ascending, its length last; never inside a price."""
    units = [unit for chunk in _CUT.split(text) for unit in _units(chunk)]
    ends = accumulate(map(len, units))
    guarded = [found.span() for found in PRICE.finditer(text)]
    return [end for end in ends if not any(start < end < stop for start, stop in guarded)]


@lru_cache(8192)
def _units(chunk: str) -> tuple[str, ...]:
    return (chunk,) if _PLAIN.fullmatch(chunk) else tuple(line_break_units(chunk))


_SENTENCE, _CLAUSE = frozenset(".!?…。！？"), frozenset(",;:—–，；：、·|")
ROUGH = {"sentence": -0.25, "clause": -0.12, "space": 0.0, "word": 0.15, "other": 0.30, "inside": 0.60}
"""What breaking there costs, against raggedness: best where the voice pauses, worst inside a Chinese word."""


def roughness(text: str, end: int) -> float:
    """The cost of ending a line before `end`; see ROUGH."""
    before = text[:end].rstrip()[-1:]
    if before in _SENTENCE:
        return ROUGH["sentence"]
    if before in _CLAUSE:
        return ROUGH["clause"]
    if text[end - 1 : end] == " ":
        return ROUGH["space"]
    if not _between(text, end):
        return ROUGH["other"]
    return ROUGH["inside"] if tears(text, end) else ROUGH["word"]


def tears(text: str, end: int) -> bool:
    """Whether a line ending there would end inside a Chinese word: ideographs on both sides, and no end of a word."""
    return _between(text, end) and end not in words.ends(text)


def _between(text: str, end: int) -> bool:
    return _ideograph(text[end - 1 : end]) and _ideograph(text[end : end + 1])


def _ideograph(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"
