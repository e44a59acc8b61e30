"""Illustrator's Variables: a text, a linked file or a visibility bound to a layer, into what the layer's name says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ddm.language.findings import Findings, nearest
from ddm.language.importing import grammar, kinds
from ddm.language.importing.names import VARIABLES, made_up, name_of
from ddm.language.source import SourceElement

MAX_VARIABLES = 200  # a data set has some dozen columns

_BOUND = re.compile(r"""id\(\s?['"]([^'"]{1,200})['"]\s?\)""")
_OF = {"textcontent": "copy", "fileref": "picture"}


def said(root: SourceElement, ids: Mapping[str, SourceElement], findings: Findings) -> dict[str, str]:
    """id of an element -> its name with what its variables say: 'Price | price', 'hero | cutout; optional'."""
    found: dict[str, str] = {}
    rows = sorted(_variables(root), key=lambda row: row.attributes.get("trait") == "visibility")  # they need the kind
    for variable in rows[:MAX_VARIABLES]:
        called, trait = variable.attributes.get("varName", "")[:60], variable.attributes.get("trait", "")[:20]
        bound = _BOUND.search(variable.attributes.get("docRef", ""))
        id_ = bound[1] if bound else called
        if id_ not in ids:
            findings.warn(variable.mark, f"the variable '{called}' is bound to no layer", "bind it, or delete it")
            continue
        name = found.get(id_) or name_of(ids[id_], ids)
        if trait in _OF:
            found[id_] = _filled(name, called, trait, variable, findings)
        elif trait == "visibility" and _has_object(name):
            found[id_] = f"{name}; optional"
        else:
            what = "layers are shown by what fills them" if trait == "visibility" else f"nothing shows its {trait}"
            findings.warn(variable.mark, f"the variable '{called}' is left out: {what}", "'; when CONDITION'")
    return found


def _has_object(name: str) -> bool:
    kind = grammar.parse(name).kind
    return kind is not None and bool(kind.element)


def _filled(name: str, called: str, trait: str, variable: SourceElement, findings: Findings) -> str:
    """What a person wrote behind a bar counts; else the variable's name says what it is."""
    if grammar.parse(name).said:
        return name
    return f"{called if made_up(name) else name} | {_kind(called, trait, variable, findings)}"


def _kind(name: str, trait: str, variable: SourceElement, findings: Findings) -> str:
    """By the variable's name; a file is a picture whatever it is called."""
    kind = kinds.KINDS.get(kinds.words_of(name))
    if kind is not None and kind.family == _OF[trait]:
        return kind.words[0]
    if trait == "fileref":
        return "image"
    words = [word for word, row in kinds.KINDS.items() if row.family == "copy"]
    findings.warn(variable.mark, f"the variable '{name}' is no copy that we know", nearest(name.lower(), words))
    return "plain"


def _variables(root: SourceElement) -> Iterator[SourceElement]:
    for child in root.children:
        if child.space == VARIABLES and child.name == "variable":
            yield child
        elif child.space == VARIABLES or child.name == "metadata":
            yield from _variables(child)
