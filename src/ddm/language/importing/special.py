"""Words of a designer's own, beside those of the operations' table: `face left`, `calm`, `pin left top`, `optional`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from ddm.language import objects, vocabulary
from ddm.language.importing.said import Said, condition, merge, signs
from ddm.language.operations import OPERATIONS


def _face(said: Said, rest: str) -> None:
    side = rest.strip().lower()
    other = {"left": "right", "right": "left"}.get(side)
    if other is None or said.element not in vocabulary.PICTURES:
        said.error(f"face {rest}: pictures face left or right", "such as 'face left'")
        return
    merge(said, OPERATIONS["mirror"], {}, f"subject.facing = {other}")
    _also(said, "prefer", f"subject.facing = {side}", ", ")


def _also(said: Said, key: str, text: str, joint: str) -> None:
    said.declared[key] = f"{said.declared[key]}{joint}{text}" if said.declared.get(key) else text


def _object_only(said: Said, word: str) -> bool:
    if not said.element:
        said.error(f"'{word}' is for pictures and copy", "there is no object to say it of")
    return bool(said.element)


def _otherwise(what: str) -> Word:
    def say(said: Said, rest: str) -> None:
        if _object_only(said, what):
            said.declared["otherwise"] = what

    return say


def _where(said: Said, rest: str) -> None:
    if _object_only(said, "where"):
        _also(said, "where", f"({signs(rest)})", " and ")


def _prefer(said: Said, rest: str) -> None:
    if _object_only(said, "prefer"):
        _also(said, "prefer", signs(rest), ", ")


def _when(said: Said, rest: str) -> None:
    said.when = condition(rest)


def _calm(said: Said, rest: str) -> None:
    """Of copy: where the picture is calm. Of a picture: one that has calm room."""
    if said.element in vocabulary.PICTURES:
        _also(said, "prefer", "calm.area desc 2", ", ")
    else:
        said.calm = True


def _pin(said: Said, rest: str) -> None:
    for word in rest.lower().replace(",", " ").replace("center", "centre").split():
        if word in ("left", "right", "top", "bottom", "centre", "middle"):
            said.holds.add(word)
        else:
            said.error(f"pin takes no '{word}'", "left, right, top, bottom, centre, middle")


def _stretch(said: Said, rest: str) -> None:
    words = {"": {"across", "down"}, "both": {"across", "down"}, "across": {"across"}, "down": {"down"}}
    if (axes := words.get(rest.strip().lower())) is None:
        said.error(f"stretch takes no '{rest}'", "across, down or both")
    else:
        said.stretches |= axes


def _as(style: str) -> Word:
    def say(said: Said, rest: str) -> None:
        if said.element != "copy":
            said.error(f"'{style}' is for copy")
        else:
            said.declared["as"] = style

    return say


def _styles() -> tuple[str, ...]:
    key = objects.OBJECTS["copy"].key("as")
    return key.choices if key else ()


Word: TypeAlias = Callable[[Said, str], None]

SPECIAL: Mapping[str, Word] = {
    "face": _face,
    "facing": _face,
    "drop": _otherwise("drop"),
    "optional": _otherwise("drop"),
    "required": _otherwise("refuse"),
    "refuse": _otherwise("refuse"),
    "where": _where,
    "prefer": _prefer,
    "when": _when,
    "calm": _calm,
    "pin": _pin,
    "stretch": _stretch,
    **{style: _as(style) for style in _styles() if style},
}
CONDITIONED = frozenset({"when", "where", "prefer", "otherwise", "keep", "drop"})
"""Their value is a condition, in which 'when' has no meaning."""
