"""What a layer may be, by the words that people write: `hero | cutout`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from ddm.language import vocabulary
from ddm.language.operations import ROLES

Family: TypeAlias = Literal["picture", "copy", "shape", "group", "arrangement", "canvas", "plain", "nothing"]

TITLE_CHARS, LINE_CHARS, WORD_CHARS = 48, 40, 16
"""Characters that a headline, a line and a button have room for, as in the templates that come with DDM."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A row. element: of the object it declares, '' for none; attributes: of that object.

    priority: how soon copy is dropped for want of room. direction: of a stack. when: of an arrangement.
    """

    family: Family
    words: tuple[str, ...]
    element: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    priority: int = 0
    direction: str = ""
    when: str = ""
    role: str = ""
    shown: str = ""


def _copy(words: str, source: str, characters: int = 0, priority: int = 2, needed: bool = False) -> Kind:
    attributes = {"from": source, **({"max-chars": str(characters)} if characters else {})}
    attributes |= {} if needed else {"otherwise": "drop"}
    return Kind("copy", tuple(words.split(", ")), "copy", attributes, 0 if needed else priority)


_CUT = "subject.cut = none and matte.usable and subject.count le 3 and subject.area ge 3% and text.area le 10%"
_WHOLE = "subject.count ge 1 and subject.area in 2%..60% and text.area le 6%"

_ROWS = (
    Kind(
        "picture",
        ("cutout", "cut-out", "cut out", "product", "packshot", "pack shot", "freigestellt"),
        "cutout",
        {"where": _CUT, "prefer": "rank = 0, matte.quality desc, quality.sharpness desc"},
    ),
    Kind(
        "picture",
        ("image", "photo", "picture", "photograph", "pic"),
        "image",
        {"where": _WHOLE, "prefer": "rank = 0, calm.area desc"},
    ),
    Kind(
        "picture",
        ("scene", "backdrop", "background"),
        "image",
        {"from": "scenes", "where": "calm.area ge 35% and face.count = 0", "prefer": "calm.area desc"},
    ),
    Kind("picture", ("logo",), "logo", {"otherwise": "drop"}),
    _copy("headline, header, heading, slogan", "copy.headline copy.tagline product.title", TITLE_CHARS, needed=True),
    _copy("title, name, product name", "product.title", LINE_CHARS, needed=True),
    _copy("tagline, claim", "copy.tagline", TITLE_CHARS, 3),
    _copy("subline, subtitle, subhead", "copy.subline copy.tagline", TITLE_CHARS, 3),
    _copy("legal, disclaimer, small print", "copy.legal", 160, 0),
    _copy("price, amount", "product.price"),
    _copy("was, list price, old price, before price, rrp, was price", "product.list_price", 0, 5),
    _copy("reduction, discount, off", "product.reduction", WORD_CHARS, 4),
    _copy("sticker, flash", "product.reduction copy.badge", WORD_CHARS, 4),
    _copy("badge, label, tag", "copy.badge product.reduction", WORD_CHARS, 4),
    _copy("brand, maker", "product.brand", LINE_CHARS, 3),
    _copy("cta, button, call to action", "copy.cta", WORD_CHARS, 2),
    _copy("description, body, body text", "product.description", 120, 5),
    *(Kind("shape", (role,), role=role) for role in ROLES),
    Kind("shape", ("colour", "color", "shape", "panel"), role="surface"),
    Kind("group", ("stack", "column", "copy block", "list"), direction="down"),
    Kind("group", ("row", "across"), direction="across"),
    Kind("group", ("group", "layer", "block", "frame")),
    Kind("arrangement", ("strip", "banner", "leaderboard"), when="canvas.ratio ge 5"),
    Kind("arrangement", ("wide", "landscape"), when="canvas.ratio ge 1.4"),
    Kind("arrangement", ("square",), when="canvas.ratio in 0.8..1.4"),
    Kind("arrangement", ("tall", "portrait", "story"), when="canvas.ratio le 0.8"),
    Kind("arrangement", ("arrangement", "layout", "variant")),
    Kind("canvas", ("canvas", "artboard", "page")),
    Kind("plain", ("plain", "decoration", "decor", "ornament", "fixed", "static", "as is")),
    Kind("nothing", ("skip", "ignore", "guide", "guides", "note", "notes", "comment")),
)
"""The first row that has the word counts."""

SUITS: Mapping[str, tuple[Family, ...]] = {
    "image": ("picture",),
    "text": ("copy",),
    **dict.fromkeys(("rect", "circle", "ellipse"), ("shape",)),
    "g": ("group", "arrangement"),
    "other": (),
}
"""What a drawn thing may be without a bar in its name: a text called 'price'."""

_FORMATS = (("count", "compact"), ("price", "currency"), ("saving", "currency"), ("reduction", "percent"))


def _by_source(source: str, element: str) -> Kind:
    """Any other source of copy or of numbers, called by its last word: 'rating count' is product.rating_count."""
    last = source.rpartition(".")[2].replace("_", " ")
    shown = next((how for word, how in _FORMATS if word in last), "number") if element == "number" else ""
    return Kind("copy", (source, last), element, {"from": source, "otherwise": "drop"}, 3, shown=shown)


def _sources() -> Iterable[Kind]:
    for source in vocabulary.COPY_SOURCES:
        yield _by_source(source, "copy")
    for source in vocabulary.NUMBER_SOURCES:
        yield _by_source(source, "number")


KINDS: dict[str, Kind] = {}
for _row in (*_ROWS, *_sources()):
    for _word in _row.words:
        KINDS.setdefault(_word, _row)
MOST_WORDS = max(len(word.split()) for word in KINDS)


def words_of(text: str) -> str:
    """As the table has it: lower case, single spaces, 'ListPrice' and 'list_price' as 'list price'."""
    spaced = text if "." in text else re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text).replace("_", " ")
    return " ".join(spaced.lower().split())


def leading(text: str) -> tuple[Kind | None, str]:
    """The kind that a text begins with, the longest first, and what follows it."""
    words = text.split()
    for count in range(min(MOST_WORDS, len(words)), 0, -1):
        if kind := KINDS.get(words_of(" ".join(words[:count]))):
            return kind, " ".join(words[count:])
    return None, text


def offered() -> list[str]:
    """The words there are, for findings: the first of each row."""
    return sorted({row.words[0] for row in KINDS.values()})
