"""Capitals as a language uses them: upper, lower, title and sentence case."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

_SMALL = "a an and as at but by for from if in into nor of off on onto or over per so the to up via vs with"
SMALL = frozenset(_SMALL.split())
"""English words that titles write small, unless first or last."""
DOTTED = ("tr", "az")
"""Languages whose i keeps its dot as a capital."""
NOUNS = ("de", "lb")
"""Languages that write nouns with a capital: which words may be made small cannot be told from the letters."""
_WORD = re.compile(r"[^\W\d_][\w'\N{RIGHT SINGLE QUOTATION MARK}]*")
_TONOS = "\N{COMBINING ACUTE ACCENT}"


def _main(language: str) -> str:
    return language.split("-")[0].lower()


def upper(text: str, language: str) -> str:
    """Capitals throughout. Greek ones carry no accents."""
    if _main(language) in DOTTED:
        text = text.replace("i", "İ")
    if _main(language) == "el":
        text = unicodedata.normalize("NFC", unicodedata.normalize("NFD", text).replace(_TONOS, ""))
    return text.upper()


def lower(text: str, language: str) -> str:
    if _main(language) in DOTTED:
        text = text.replace("İ", "i").replace("I", "ı")
    return text.lower()


def _first_up(word: str, language: str) -> str:
    if _main(language) == "nl" and word[:2].lower() == "ij":  # one letter in two
        return word[:2].upper() + word[2:]
    return upper(word[:1], language) + word[1:]


def _own(word: str) -> bool:
    """Whether it has a spelling of its own, as iPhone and USB-C have."""
    return any(letter.isupper() for letter in word[1:])


def _calm(text: str, language: str) -> str:
    """Text that is all capitals, in small letters: its capitals say nothing."""
    shouted = text.isupper() and len(_WORD.findall(text)) > 1 and _main(language) not in NOUNS
    return lower(text, language) if shouted else text


def title(text: str, language: str, names: frozenset[str] = frozenset()) -> str:
    """English headlines write all but small words with a capital; other languages only the first."""
    text = _calm(text, language)
    starts = [found.start() for found in _WORD.finditer(text)]
    english = _main(language) == "en"

    def written(found: re.Match[str]) -> str:
        word, inside = found[0], found.start() not in (starts[0], starts[-1])
        if _own(word) or word in names or (found.start() != starts[0] and not english):
            return word
        return lower(word, language) if inside and word.lower() in SMALL else _first_up(word, language)

    return _WORD.sub(written, text)


def sentence(text: str, language: str, names: frozenset[str] = frozenset()) -> str:
    """The first word with a capital, the others small; names, and spellings of their own, as they are."""
    text = _calm(text, language)
    first = next((found.start() for found in _WORD.finditer(text)), 0)

    def written(found: re.Match[str]) -> str:
        word = found[0]
        if _own(word) or word in names:
            return word
        return _first_up(word, language) if found.start() == first else _small(word, language)

    return _WORD.sub(written, text)


def _small(word: str, language: str) -> str:
    """Small, unless it may be a noun of its language, or is a letter that is a name, as in Vitamin C; and I."""
    kept = _main(language) in NOUNS or (len(word) == 1 and word != "A")
    return word if kept else lower(word, language)


CASES: Mapping[str, Callable[[str, str, frozenset[str]], str]] = {
    "": lambda text, language, names: text,
    "upper": lambda text, language, names: upper(text, language),
    "lower": lambda text, language, names: lower(text, language),
    "title": title,
    "sentence": sentence,
}


def styled(text: str, style: str, language: str, names: frozenset[str] = frozenset()) -> str:
    """The text in a row of CASES. names: words that keep their spelling, such as the brand's."""
    return CASES[style](text, language, names)
