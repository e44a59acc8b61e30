"""The table of kinds of object: which attributes each may have, how they are written, and what holds without them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ddm.language.vocabulary import COPY_SOURCES, NUMBER_SOURCES, PICTURE_SOURCES
from ddm.perceive.schema import REGIONS


@dataclass(frozen=True, slots=True)
class Key:
    """An attribute of an object. kind: how it is written. default: what holds without it, as it would be written."""

    name: str
    kind: str
    meaning: str
    default: str = ""
    choices: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A kind of object."""

    kind: str
    meaning: str
    keys: tuple[Key, ...]

    def key(self, name: str) -> Key | None:
        return next((key for key in self.keys if key.name == name), None)


KINDS: Mapping[str, str] = {
    "id": "a word of letters, digits, `_` and `-`",
    "condition": "see [Conditions](#conditions)",
    "wishes": "separated by commas: a condition, or a numeric attribute with `asc` or `desc` and a weight",
    "chain": "separated by `|`, tried in order; see below",
    "words": "words separated by spaces or commas",
    "word": "one of its words",
    "count": "`1`, `3`, or `2..4`",
    "number": "a whole number",
    "picture": "the id of another image, cutout or logo",
    "items": "the id of an image, cutout or logo with a count",
}
"""Kind of an object's attribute -> how it is written."""

_ID = Key("id", "id", "Its name, for operations, conditions and other objects.", required=True)
_OTHERWISE = Key("otherwise", "chain", "What is done when nothing matches.", "refuse")
_OF_ITEMS = Key("of", "items", "Whose items it is of: each gets that of its own product.")


def _pictures(source: str) -> tuple[Key, ...]:
    return (
        _ID,
        Key("where", "condition", "What must hold of the material: the hard part."),
        Key("prefer", "wishes", "What is wished for: the soft part."),
        _OTHERWISE,
        Key("from", "words", "Where to look.", source, tuple(PICTURE_SOURCES)),
        Key("count", "count", "How many items, each another picture.", "1"),
        Key("against", "picture", "The picture that it must set off: apart in lightness, near in warmth."),
        Key("same-product", "picture", "A picture of the same product."),
        Key("other-than", "picture", "Not the same picture."),
        Key("kin", "picture", "Goods of about its size, by their sort."),
        Key("light", "picture", "Light from the same side."),
        Key("harmony", "picture", "Colours in harmony with its."),
    )


def _worded(sources: Mapping[str, object]) -> tuple[Key, ...]:
    return _ID, Key("from", "words", "The sources to try, in order.", "", tuple(sources), required=True)


OBJECTS: Mapping[str, Row] = {
    row.kind: row
    for row in (
        Row("image", "A picture with its surroundings.", _pictures("product")),
        Row("cutout", "The subject of a picture, alone.", _pictures("product")),
        Row("logo", "A logo.", _pictures("logos")),
        Row(
            "copy",
            "A wording.",
            (
                *_worded(COPY_SOURCES),
                Key(
                    "as",
                    "word",
                    "How it is written; as it is, unless said.",
                    "",
                    ("upper", "lower", "title", "sentence"),
                ),
                Key("max-chars", "number", "Longer wordings are passed over.", "0"),
                _OTHERWISE,
                _OF_ITEMS,
            ),
        ),
        Row(
            "number",
            "A number, which `<ddm:format>` writes.",
            (
                *_worded(NUMBER_SOURCES),
                Key("where", "condition", "What must hold of `value`, the number itself."),
                _OTHERWISE,
                _OF_ITEMS,
            ),
        ),
        Row(
            "palette",
            "The colours of a picture, by role.",
            (
                _ID,
                Key("of", "picture", "Whose colours they are.", required=True),
                Key("region", "word", "Of which part of it.", "whole", REGIONS),
                Key(
                    "harmony",
                    "word",
                    "Turned into colours that go with it; its own, unless said.",
                    "",
                    ("analogous", "complementary", "triadic", "monochrome"),
                ),
            ),
        ),
    )
}
