"""Words and filters -> formats of the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import TypeAlias

from ddm.errors import InputError
from ddm.formats.catalogue import CORE, catalogue, find
from ddm.formats.format import KINDS, Format
from ddm.language.findings import nearest

Test: TypeAlias = Callable[[Format], bool]

ALL = "all"
GLOB = frozenset("*?[")


def chosen(words: Iterable[str] = ()) -> list[Format]:
    """The formats that any of the words names, each once, in their order.

    A word is an id, a size such as `640x400`, `all`, a pattern of ids such as `iab-*`, or a filter: `kind:story`,
    `publisher:meta`, `collection:core`, `ratio:0.9..1.1`. No word: the collection `core`. InputError for a word that
    names nothing.
    """
    found = [row for word in list(words) or [f"collection:{CORE}"] for row in _named(word)]
    return list({row.id: row for row in found}.values())


def _named(word: str) -> Iterator[Format]:
    key, colon, value = word.partition(":")
    if word == ALL:
        yield from catalogue().values()
    elif colon and key in FILTERS:
        yield from _some(select(**{key: value}), word)
    elif GLOB & set(word):
        yield from _some(select(ids=[word]), word)
    else:
        yield find(word)


def _some(found: list[Format], word: str) -> list[Format]:
    if not found:
        raise InputError(f"no format is '{word[:80]}'", mend="`ddm formats` lists them")
    return found


def select(
    *, ids: Iterable[str] = (), publisher: str = "", kind: str = "", collection: str = "", ratio: str = ""
) -> list[Format]:
    """The formats that pass all filters given. ids: patterns, of which one must fit.

    publisher, kind, collection: a name, whatever its case. ratio: `0.9..1.1`, width over height, both included.
    InputError for a name or a range that cannot be.
    """
    patterns = tuple(ids)
    given = {"publisher": publisher, "kind": kind, "collection": collection, "ratio": ratio}
    tests = [FILTERS[key](value) for key, value in given.items() if value]
    if patterns:
        tests.append(lambda row: any(fnmatchcase(row.id, pattern) for pattern in patterns))
    return [row for row in catalogue().values() if all(test(row) for test in tests)]


def names(key: str) -> list[str]:
    """All values of a filter that is a name."""
    return sorted(
        {name for row in catalogue().values() for name in VALUES[key](row)} | set(KINDS if key == "kind" else ())
    )


VALUES: Mapping[str, Callable[[Format], tuple[str, ...]]] = {
    "publisher": lambda row: (row.publisher,),
    "kind": lambda row: (row.kind,),
    "collection": lambda row: row.collections,
}
"""Filter by name -> the names that a format has."""


def _by_name(key: str) -> Callable[[str], Test]:
    def test(wanted: str) -> Test:
        known = {name.casefold(): name for name in names(key) if name}
        if wanted.casefold() not in known:
            raise InputError(f"there is no {key} '{wanted[:80]}'", mend=nearest(wanted, known.values()))
        return lambda row: wanted.casefold() in [name.casefold() for name in VALUES[key](row)]

    return test


def _by_ratio(wanted: str) -> Test:
    try:
        low, high = (float(part) for part in wanted.split(".."))
    except ValueError:
        raise InputError(f"'{wanted[:80]}' is no range of ratios", mend="such as 0.9..1.1") from None
    return lambda row: low <= row.ratio <= high


FILTERS: Mapping[str, Callable[[str], Test]] = {**{key: _by_name(key) for key in VALUES}, "ratio": _by_ratio}
"""Filter -> what tests for its value."""
