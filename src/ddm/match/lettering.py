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
    words = list(_WORD.finditer(text))
    if _main(language) != "en":
        words = words[:1]
    ends = {words[0].start(), words[-1].start()} if words else set()
    for found in reversed(words):
        word = found[0]
        small = lower(word, language) in SMALL and found.start() not in ends and word not in names
        new = word if _own(word) else lower(word, language) if small else _first_up(word, language)
        text = text[: found.start()] + new + text[found.end() :]
    return text


def sentence(text: str, language: str, names: frozenset[str] = frozenset()) -> str:
    """The first word with a capital, the others small; names, and spellings of their own, as they are."""
    text = _calm(text, language)
    for place, found in enumerate(_WORD.finditer(text)):
        word = found[0]
        if _own(word) or word in names:
            continue
        if place == 0:
            new = _first_up(word, language)
        else:
            new = word if _main(language) in NOUNS or word == "I" else lower(word, language)
        text = text[: found.start()] + new + text[found.end() :]
    return text


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
