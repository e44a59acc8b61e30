"""Declarations of wanted material: `<ddm:objects>` into AbstractObjects."""

from __future__ import annotations

import re
from typing import cast, get_args

from ddm.language import vocabulary
from ddm.language.expressions import Condition
from ddm.language.fallbacks import chain
from ddm.language.kinds import OBJECTS, Key, Row
from ddm.language.reading import MATERIAL, MAX_NAME, Reading, Speaker
from ddm.language.source import SourceElement
from ddm.language.template import AbstractObject, ObjectKind, Preference, Relation
from ddm.language.vocabulary import NUMBER_SOURCES
from ddm.perceive.schema import ATTRIBUTES

MAX_OBJECTS = 64  # each is matched on its own and with the others
MAX_WISHES = 16  # each is asked of every candidate
MOST_ITEMS = 12  # as many as `repeat` draws


__all__ = ["MAX_OBJECTS", "MAX_WISHES", "MOST_ITEMS", "OBJECTS", "RELATIONS", "declared"]

RELATIONS = cast("tuple[Relation, ...]", get_args(Relation))

_NAME = re.compile(r"[a-zA-Z][\w-]*")
_PARTS = re.compile(r"(?:[^,{]|\{[^}]*\}?)+")  # between commas, but not those of a set
_WISH = re.compile(r"([\w.]+)\s+(asc|desc)(?:\s+(\d{1,6}(?:\.\d{1,6})?))?")
_COUNT = re.compile(r"([0-9]{1,2})(?:\.\.([0-9]{1,2}))?")
_MOST = re.compile(r"[0-9]{1,5}")


def declared(sources: list[SourceElement], reading: Reading) -> dict[str, AbstractObject]:
    """All objects by id, in order. They are announced first, since each may name any other."""
    known = [s for s in sources[:MAX_OBJECTS] if _announced(s, reading)]
    if len(sources) > MAX_OBJECTS:
        reading.findings.add(
            "too-many", sources[MAX_OBJECTS].place(), f"more than {MAX_OBJECTS} objects", "remove some"
        )
    return {s.attributes["id"]: _read(s, reading) for s in known}


def _announced(s: SourceElement, reading: Reading) -> bool:
    """Whether it is an object with an id of its own; what it says is read when all are known."""
    row = OBJECTS.get(s.name)
    if s.space != vocabulary.NAMESPACE or row is None:
        known = [*OBJECTS, "sequence"]
        what = f"unknown kind of object '{s.name[:80]}'"
        reading.findings.add("unknown-object", s.place(), what, known=known, name=s.name)
        return False
    for child in s.children:
        reading.findings.add("wrong-place", child.place(), f"{s.name} holds nothing, but here it holds '{child.name}'")
    for key in s.attributes:
        if row.key(key) is None:
            known, what = [k.name for k in row.keys], f"{s.name} has no attribute '{_local(key)[:80]}'"
            reading.findings.add("unknown-attribute", s.key(key), what, known=known, name=_local(key))
    if not _rightly_named(s, reading):
        return False
    name = s.attributes["id"]
    reading.kinds[name], reading.elements[s.mark] = s.name, s
    if s.attributes.get("count", "1") not in ("1", "1..1") and s.name in vocabulary.PICTURES:
        reading.counted.add(name)
    return True


def _local(key: str) -> str:
    return key.rpartition(" ")[2]


def _rightly_named(s: SourceElement, reading: Reading) -> bool:
    name = s.attributes.get("id", "")
    add, place = reading.findings.add, s.place("id")
    if not name:
        add("missing", s.place(), f"this {s.name} has no id", 'such as id="hero"')
    elif name in reading.kinds:
        add("wrong-id", place, f"the object '{name}' is declared twice", "give each an id of its own")
    elif len(name) > MAX_NAME:
        add("wrong-id", place, f"'{name[:20]}…' is too long for an id", f"at most {MAX_NAME} characters")
    elif not _NAME.fullmatch(name) or name in vocabulary.RESERVED:
        add("wrong-id", place, f"no object can be called '{name}'", "conditions could not name it; take a new word")
    else:
        return True
    return False


def _read(s: SourceElement, reading: Reading) -> AbstractObject:
    row = OBJECTS[s.name]

    def get(name: str) -> str:
        key = row.key(name)
        return s.attributes.get(name, key.default) if key else ""

    _check(s, row, reading)
    source = _words(get("from"))
    return AbstractObject(
        id=s.attributes["id"],
        kind=cast(ObjectKind, s.name),
        mark=s.mark,
        where=_where(s, source, reading),
        prefer=_wishes(s, reading) if get("prefer") else (),
        otherwise=chain(s, reading, _speaker(s, source)),
        source=source,
        count=_count(s, reading) if row.key("count") else (1, 1),
        relations={r: get(r) for r in RELATIONS if s.name in vocabulary.PICTURES and get(r)},
        style=get("as"),
        max_chars=_most(s, reading),
        of=get("of"),
        region=get("region") or "whole",
        harmony=get("harmony") if s.name == "palette" else "",
    )


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.replace(",", " ").split())


def _speaker(s: SourceElement, source: tuple[str, ...]) -> Speaker:
    return Speaker("number", vocabulary.value_of(source)) if s.name == "number" else MATERIAL


def _where(s: SourceElement, source: tuple[str, ...], reading: Reading) -> Condition | None:
    if "where" not in s.attributes or OBJECTS[s.name].key("where") is None:
        return None
    speaker = _speaker(s, source)
    if speaker.scope == "number" and speaker.value is None and all(w in NUMBER_SOURCES for w in source):
        what = "'value' would be a share of one source and a number of another"
        reading.findings.add("wrong-type", s.place("where"), what, "declare a number for each kind of source")
        return None
    return reading.condition(s, "where", speaker)


def _check(s: SourceElement, row: Row, reading: Reading) -> None:
    """Words against their choices, names against the objects there are."""
    for key in row.keys:
        if key.required and not s.attributes.get(key.name, "").strip():
            mend = f"one of {', '.join(key.choices)}" if key.choices else key.meaning
            reading.findings.add("missing", s.place(), f"{s.name} needs '{key.name}'", mend)
        elif key.name in s.attributes and key.choices:
            _chosen(s, key, reading)
        elif key.name in s.attributes and key.kind in ("picture", "items"):
            _refers(s, key, reading)


def _chosen(s: SourceElement, key: Key, reading: Reading) -> None:
    text = s.attributes[key.name]
    words = _words(text) if key.kind == "words" else (text,) if text else ()
    if key.kind == "words" and not words:
        mend = f"one of {', '.join(key.choices)}, or leave it out"
        reading.findings.add("wrong-value", s.place(key.name), f"{key.name} names nothing", mend)
    for word in words:
        if word not in key.choices:
            place = s.place(key.name, word)
            reading.findings.add("wrong-value", place, f"{key.name}: unknown '{word[:80]}'", known=key.choices)


def _refers(s: SourceElement, key: Key, reading: Reading) -> None:
    """Names another object: with a count, or any picture."""
    other, own = s.attributes[key.name], s.attributes["id"]
    fitting = [n for n in reading.named(vocabulary.PICTURES) if n != own]
    if key.kind == "items":
        fitting = [n for n in fitting if n in reading.counted]
        reading.counted.add(own)
        reading.owners[own] = other
    reading.used.add(other)
    if other == own:
        what = f"{key.name}: '{own}' cannot be related to itself"
        reading.findings.add("cycle", s.place(key.name), what, "name another object")
    elif s.name == "palette" and other in reading.counted:
        what = f"of: '{other}' stands for several items"
        reading.findings.add("which-item", s.place(key.name), what, "take the colours of a single one")
    elif other not in fitting:
        wanted = "object with a count" if key.kind == "items" else "other image, cutout or logo"
        what = f"{key.name}: no {wanted} is called '{other[:80]}'"
        reading.findings.add("unknown-reference", s.place(key.name), what, known=fitting)


def _count(s: SourceElement, reading: Reading) -> tuple[int, int]:
    text = s.attributes.get("count", "1")
    found = _COUNT.fullmatch(text)
    low, high = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
    if 1 <= low <= high <= MOST_ITEMS:
        return low, high
    what = f"count: '{text[:40]}' is not a number of items"
    reading.findings.add("wrong-value", s.place("count"), what, f"such as 2..4; at most {MOST_ITEMS}")
    return 1, 1


def _most(s: SourceElement, reading: Reading) -> int:
    text = s.attributes.get("max-chars", "0")
    if _MOST.fullmatch(text):
        return int(text)
    what = f"max-chars: '{text[:40]}' is not a number of characters"
    reading.findings.add("wrong-value", s.place("max-chars"), what, 'such as max-chars="24"')
    return 0


def _wishes(s: SourceElement, reading: Reading) -> tuple[Preference, ...]:
    parts = [part for part in _PARTS.finditer(s.attributes["prefer"]) if part[0].strip()]
    if len(parts) > MAX_WISHES:
        reading.findings.add(
            "too-many", s.place("prefer"), f"prefer: more than {MAX_WISHES} wishes", "keep the weightiest"
        )
    starts = [part.start() + len(part[0]) - len(part[0].lstrip()) for part in parts]
    found = (_wish(part[0].strip(), at, s, reading) for part, at in zip(parts[:MAX_WISHES], starts, strict=False))
    return tuple(wish for wish in found if wish)


def _wish(text: str, start: int, s: SourceElement, reading: Reading) -> Preference | None:
    """'calm.area desc 2' or a condition."""
    found = _WISH.fullmatch(text)
    if not found:
        wanted = reading.condition(s, "prefer", MATERIAL, text, start)
        return Preference(wanted) if wanted else None
    name, place = found[1], s.place("prefer", found[1], start)
    if name not in ATTRIBUTES:
        reading.findings.add("unknown-name", place, f"prefer: unknown name '{name[:80]}'", known=ATTRIBUTES)
    elif ATTRIBUTES[name].kind not in ("share", "number", "pixels", "degrees"):
        what = f"prefer: {name} is no number; it has no order"
        reading.findings.add("wrong-type", place, what, "prefer a condition on it")
    elif float(found[3] or 1) == 0:
        reading.findings.add("wrong-value", s.place("prefer", found[3], start), "prefer: a weight of 0 wishes nothing")
    else:
        return Preference(None, name, found[2] == "asc", float(found[3] or 1))
    return None
