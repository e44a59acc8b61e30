"""Declarations of wanted material: `<ddm:objects>` into AbstractObjects."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Literal, cast

from ddm.language import vocabulary
from ddm.language.expressions import Condition
from ddm.language.findings import Findings, nearest
from ddm.language.source import SourceElement
from ddm.language.template import REFUSE, AbstractObject, Fallback, ObjectKind, Preference, Relation
from ddm.perceive.schema import ATTRIBUTES

ReadCondition = Callable[..., Condition | None]

RELATIONS: tuple[Relation, ...] = ("against", "same-product", "other-than", "light", "harmony")
MATERIAL_KEYS = ("id", "where", "prefer", "otherwise", "from", "count", *RELATIONS)
KEYS: Mapping[str, tuple[str, ...]] = {
    "image": MATERIAL_KEYS,
    "cutout": MATERIAL_KEYS,
    "logo": MATERIAL_KEYS,
    "copy": ("id", "from", "as", "max-chars", "otherwise", "of"),
    "number": ("id", "from", "where", "otherwise", "of"),
    "palette": ("id", "of", "region", "harmony"),
}
REGIONS = ("whole", "subject", "background")
STYLES = ("", "upper", "lower", "title", "sentence")
HARMONIES = ("", "analogous", "complementary", "triadic", "monochrome")
_COUNT = re.compile(r"([1-9])(?:\.\.([1-9]))?")

_ID = re.compile(r"[a-zA-Z][\w-]*")
_COMMA = re.compile(r",(?![^{]*\})")  # not those of a set
_WISH = re.compile(r"([\w.]+)\s+(asc|desc)(?:\s+(\d+(?:\.\d+)?))?")


def declared(
    root: SourceElement, findings: Findings, kinds: dict[str, str], condition: ReadCondition
) -> dict[str, AbstractObject]:
    """All objects by id, in order; `kinds` is filled first, since conditions may name any of them."""
    sources = [
        child
        for group in root.children
        if group.space == vocabulary.NAMESPACE and group.name == "objects"
        for child in group.children
    ]
    for source in sources:
        _announce(source, findings, kinds)
    read = (_read(s, findings, kinds, condition) for s in sources if s.name in KEYS and s.attributes.get("id"))
    return {spec.id: spec for spec in read}


def _announce(source: SourceElement, findings: Findings, kinds: dict[str, str]) -> None:
    name = source.attributes.get("id", "")
    if source.space != vocabulary.NAMESPACE or source.name not in KEYS:
        findings.error(source.mark, f"unknown kind of object '{source.name}'", nearest(source.name, KEYS))
        return
    if not name:
        findings.error(source.mark, f"this {source.name} has no id", 'such as id="hero"')
    elif name in kinds:
        findings.error(source.mark, f"the object '{name}' is declared twice")
    elif not _ID.fullmatch(name) or name in vocabulary.RESERVED:
        findings.error(
            source.mark, f"no object can be called '{name}'", "conditions could not name it; take a new word"
        )
    kinds[name] = source.name
    for key in source.attributes:
        if key not in KEYS[source.name]:
            findings.error(source.mark, f"{source.name} has no attribute '{key}'", nearest(key, KEYS[source.name]))


def _read(s: SourceElement, findings: Findings, kinds: Mapping[str, str], condition: ReadCondition) -> AbstractObject:
    get = s.attributes.get
    usual = {"copy": "", "number": "", "palette": "", "logo": "logos"}.get(s.name, "product")
    source = tuple(get("from", usual).replace(",", " ").split())
    _check_words(s, source, findings)
    of = get("of", "")
    _check_against(s, kinds, findings)
    if s.name == "palette" and kinds.get(of) not in vocabulary.PICTURES:
        pictures = [n for n, kind in kinds.items() if kind in vocabulary.PICTURES]
        findings.error(s.mark, f"no image or cutout is called '{of}'", nearest(of, pictures))
    return AbstractObject(
        id=get("id", ""),
        kind=cast(ObjectKind, s.name),
        mark=s.mark,
        where=condition(get("where", ""), s.mark, "value" if s.name == "number" else "material")
        if get("where")
        else None,
        prefer=tuple(
            p for text in _COMMA.split(get("prefer", "")) if text.strip() and (p := _wish(text, s, findings, condition))
        ),
        otherwise=_chain(s, findings, condition),
        count=_count(s, findings),
        relations={r: get(r, "") for r in RELATIONS if s.name in vocabulary.PICTURES and get(r)},
        source=source,
        style=get("as", ""),
        max_chars=_most(s, findings),
        of=of,
        region=get("region", "whole"),
        harmony=get("harmony", "") if s.name == "palette" else "",
    )


def _check_against(s: SourceElement, kinds: Mapping[str, str], findings: Findings) -> None:
    pictures = [n for n, kind in kinds.items() if kind in vocabulary.PICTURES and n != s.attributes.get("id")]
    for key in RELATIONS:
        other = s.attributes.get(key)
        if other is not None and s.name in vocabulary.PICTURES and other not in pictures:
            findings.error(s.mark, f"{key}: no other image or cutout is called '{other}'", nearest(other, pictures))


def _count(s: SourceElement, findings: Findings) -> tuple[int, int]:
    found = _COUNT.fullmatch(s.attributes.get("count", "1"))
    if not found:
        findings.error(s.mark, f"count: '{s.attributes['count']}' is not a count", "such as 2..4")
        return 1, 1
    return int(found[1]), int(found[2] or found[1])


def _chain(s: SourceElement, findings: Findings, condition: ReadCondition) -> tuple[Fallback, ...]:
    read = (_fallback(part.strip(), s, findings, condition) for part in s.attributes.get("otherwise", "").split("|"))
    return tuple(f for f in read if f) or REFUSE


def _fallback(text: str, s: SourceElement, findings: Findings, condition: ReadCondition) -> Fallback | None:
    word, _, rest = text.partition(" ")
    if word == "where":
        return Fallback("where", where=condition(rest, s.mark))
    if word == "use":
        return Fallback("use", use=rest.strip())
    if word in ("drop", "refuse"):
        return Fallback(cast(Literal["drop", "refuse"], word), layers=tuple(r.lstrip("#") for r in rest.split()))
    if word:
        findings.error(s.mark, f"otherwise: unknown '{word}'", nearest(word, ("where", "use", "drop", "refuse")))
    return None


def _most(s: SourceElement, findings: Findings) -> int:
    text = s.attributes.get("max-chars", "0")
    if re.fullmatch(r"[0-9]{1,5}", text):
        return int(text)
    findings.error(s.mark, f"max-chars: '{text}' is not a number of characters", 'such as max-chars="24"')
    return 0


def _check_words(s: SourceElement, source: tuple[str, ...], findings: Findings) -> None:
    known_sources = {"copy": vocabulary.COPY_SOURCES, "number": vocabulary.NUMBER_SOURCES}.get(
        s.name, vocabulary.MATERIAL_SOURCES
    )
    if s.name in ("copy", "number") and not source:
        findings.error(s.mark, f"{s.name} needs 'from'", f"one of {', '.join(known_sources)}")
    rows = (
        ("from", source, known_sources),
        ("as", (s.attributes.get("as", ""),), STYLES),
        ("region", (s.attributes.get("region", "whole"),), REGIONS),
        *([("harmony", (s.attributes.get("harmony", ""),), HARMONIES)] if s.name == "palette" else []),
    )
    for key, words, allowed in rows:
        for word in words:
            if word not in allowed:
                findings.error(s.mark, f"{key}: unknown '{word}'", nearest(word, allowed))


def _wish(text: str, s: SourceElement, findings: Findings, condition: ReadCondition) -> Preference | None:
    """'calm.area desc 2' or a condition."""
    found = _WISH.fullmatch(text.strip())
    if not found:
        wanted = condition(text.strip(), s.mark)
        return Preference(wanted) if wanted else None
    if found[1] not in ATTRIBUTES:
        findings.error(s.mark, f"prefer: unknown name '{found[1]}'", nearest(found[1], ATTRIBUTES))
        return None
    if ATTRIBUTES[found[1]].kind not in ("share", "number", "pixels", "degrees"):
        findings.error(s.mark, f"prefer: {found[1]} is no number; it has no order", "prefer a condition on it")
        return None
    return Preference(None, found[1], found[2] == "asc", float(found[3] or 1))
