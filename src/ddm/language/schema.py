"""The tables of the language -> a RELAX NG schema (XML syntax), by which editors complete and check while one types.

It says what a grammar can: names, choices, the shape of values, what may stand in what. Names of objects, conditions
and all that depends on several places are `ddm check`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element as Node
from xml.etree.ElementTree import SubElement, indent, tostring

from ddm.language import attributes
from ddm.language.elements import DRAWN, SILENT
from ddm.language.kinds import OBJECTS, Key
from ddm.language.operations import OPERATIONS, Operation, Parameter
from ddm.language.vocabulary import NAMESPACE, SVG

RELAXNG = "http://relaxng.org/ns/structure/1.0"
DATATYPES = "http://www.w3.org/2001/XMLSchema-datatypes"
ANNOTATIONS = "http://relaxng.org/ns/compatibility/annotations/1.0"

_NUMBER = r"\s*-?[0-9]+(\.[0-9]+)?\s*"
_LENGTH = r"-?[0-9]{1,4}(\.[0-9]{1,9})?(%|u|px)"
_STRENGTH = "(required|strong|medium|weak)"
_SHARE = r"-?[0-9]+(\.[0-9]+)?%"

PATTERNS: Mapping[str, str] = {
    "length": rf"\s*{_LENGTH}\s*",
    "share": rf"\s*{_SHARE}\s*",
    "number": _NUMBER,
    "degrees": r"\s*-?[0-9]+(\.[0-9]+)?(deg)?\s*",
    "flag": "yes|no",
    "range": rf"\s*{_SHARE}(\.\.{_SHARE})?\s*",
    "span": rf"\s*{_LENGTH}(\.\.{_LENGTH})?(\s+{_STRENGTH})?\s*",
    "beside": rf"\s*#[^\s#]+(\s+{_LENGTH})?\s*",
    "layer": r"\s*#[^\s#]+\s*",
    "names": r"\s*#[^\s#]+([\s,]+#[^\s#]+)*\s*",
    "wish": r"\s*[\w.]+\s+(asc|desc)\s*",
    "count": r"[0-9]{1,2}(\.\.[0-9]{1,2})?",
    "id": r"[a-zA-Z][\w\-]*",
}
"""Kind of a value -> its shape, in the regular expressions of XML Schema; other kinds are any text."""

WHOLE = {"number": r"[0-9]{1,5}"}
"""Where objects write a kind more narrowly than operations do."""


def schema() -> str:
    """The schema as XML text."""
    grammar = Node("grammar", {"xmlns": RELAXNG, "xmlns:a": ANNOTATIONS, "ns": SVG, "datatypeLibrary": DATATYPES})
    SubElement(SubElement(grammar, "start"), "ref", name="svg")
    _svg(_define(grammar, "svg"))
    _objects(_define(grammar, "objects"))
    for tag in DRAWN:
        _layer(_define(grammar, tag), tag)
    for row in OPERATIONS.values():
        _operation(_define(grammar, f"operation-{row.name}"), row)
    _use(_define(grammar, "use"))
    _for_viewers(_define(grammar, "for-viewers"))
    _foreign(_define(grammar, "foreign"))
    _free(_define(grammar, "free"))
    indent(grammar)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(grammar, "unicode") + "\n"


def _define(grammar: Node, name: str) -> Node:
    return SubElement(grammar, "define", name=name)


def _element(inside: Node, name: str, space: str = SVG, meaning: str = "") -> Node:
    found = SubElement(inside, "element", {"name": name} | ({"ns": space} if space != SVG else {}))
    if meaning:
        SubElement(found, "a:documentation").text = meaning
    return found


def _any_number_of(inside: Node, *names: str, text: bool = False) -> None:
    choice = SubElement(SubElement(inside, "zeroOrMore"), "choice")
    for name in names:
        SubElement(choice, "ref", name=name)
    if text:
        SubElement(choice, "text")


def _svg(inside: Node) -> None:
    svg = _element(inside, "svg")
    _attribute(svg, "viewBox", needed=True)
    _attribute(svg, "ratios", NAMESPACE, r"[0-9]*\.?[0-9]+\.\.[0-9]*\.?[0-9]+", "Width over height that it serves.")
    _other_attributes(svg, ("viewBox",))
    _any_number_of(svg, "objects", *DRAWN, "for-viewers", "foreign", text=True)


def _objects(inside: Node) -> None:
    objects = _element(inside, "objects", NAMESPACE, "What material is wanted.")
    choice = SubElement(SubElement(objects, "zeroOrMore"), "choice")
    for row in OBJECTS.values():
        found = _element(choice, row.kind, NAMESPACE, row.meaning)
        for key in row.keys:
            _key(found, key)
        SubElement(found, "empty")
    sequence = _element(choice, "sequence", NAMESPACE, "Operations under a name.")
    _attribute(sequence, "id", pattern=PATTERNS["id"], needed=True)
    _any_number_of(sequence, "use", *(f"operation-{name}" for name in OPERATIONS))


def _layer(inside: Node, tag: str) -> None:
    layer = _element(inside, tag)
    read = {k: p.pattern for k, (p, _) in attributes.READ.items() if tag in attributes.ONLY_ON.get(k, (tag,))}
    for key, pattern in read.items():
        _attribute(layer, key, pattern=_of_schema(pattern))
    _attribute(layer, "when", NAMESPACE, meaning="The condition under which the layer is drawn.")
    _other_attributes(layer, read)
    acting = [f"operation-{row.name}" for row in OPERATIONS.values() if tag in row.on]
    inner = DRAWN if tag in ("g", "switch") else ()
    _any_number_of(layer, *acting, *(["use"] if acting else []), *inner, "for-viewers", "foreign", text=True)


def _of_schema(pattern: str) -> str:
    """A regular expression of Python as one of XML Schema; ours differ in one escape."""
    return pattern.replace(r"\"", '"')


def _operation(inside: Node, row: Operation) -> None:
    found = _element(inside, row.name, NAMESPACE, row.meaning)
    for parameter in row.parameters:
        _parameter(found, parameter)
    _attribute(found, "when", meaning="The condition under which it applies.")
    SubElement(found, "empty")


def _use(inside: Node) -> None:
    found = _element(inside, "use", NAMESPACE, "The operations of a sequence.")
    _attribute(found, "sequence", needed=True)
    _attribute(found, "when", meaning="The condition under which they apply.")
    SubElement(found, "empty")


def _parameter(inside: Node, row: Parameter) -> None:
    pattern = PATTERNS.get(row.kind, "")
    choices = row.choices if row.kind == "word" else ()
    if row.kind == "words" and row.choices:
        pattern = rf"\s*({'|'.join(row.choices)})([\s,]+({'|'.join(row.choices)}))*\s*"
    _attribute(inside, row.name, "", pattern, meaning=row.meaning, choices=choices, needed=row.required)


def _key(inside: Node, key: Key) -> None:
    pattern = WHOLE.get(key.kind) or PATTERNS.get(key.kind, "")
    if key.kind == "words":
        words = "|".join(w.replace(".", r"\.") for w in key.choices)
        pattern = rf"\s*({words})([\s,]+({words}))*\s*"
    choices = key.choices if key.kind == "word" else ()
    _attribute(inside, key.name, "", pattern, meaning=key.meaning, choices=choices, needed=key.required)


def _attribute(
    inside: Node,
    name: str,
    space: str = "",
    pattern: str = "",
    meaning: str = "",
    choices: Iterable[str] = (),
    needed: bool = False,
) -> None:
    holder = inside if needed else SubElement(inside, "optional")
    found = SubElement(holder, "attribute", {"name": name, "ns": space})
    if meaning:
        SubElement(found, "a:documentation").text = meaning
    if choices := tuple(choices):
        choice = SubElement(found, "choice")
        for word in choices:
            SubElement(choice, "value").text = word
    elif pattern:
        SubElement(SubElement(found, "data", type="string"), "param", name="pattern").text = pattern
    else:
        SubElement(found, "text")


def _other_attributes(inside: Node, known: Iterable[str]) -> None:
    """What viewers read, and what other programs keep there."""
    found = SubElement(SubElement(inside, "zeroOrMore"), "attribute")
    left_out = SubElement(SubElement(found, "anyName"), "except")
    SubElement(left_out, "nsName", ns=NAMESPACE)
    for name in known:
        SubElement(left_out, "name", ns="").text = name
    SubElement(found, "text")


def _for_viewers(inside: Node) -> None:
    choice = SubElement(inside, "choice")
    for name in SILENT:
        SubElement(_element(choice, name), "ref", name="free")


def _foreign(inside: Node) -> None:
    """Elements of other programs."""
    found = SubElement(inside, "element")
    left_out = SubElement(SubElement(found, "anyName"), "except")
    SubElement(left_out, "nsName", ns=SVG)
    SubElement(left_out, "nsName", ns=NAMESPACE)
    SubElement(found, "ref", name="free")


def _free(inside: Node) -> None:
    """Anything at all."""
    choice = SubElement(SubElement(inside, "zeroOrMore"), "choice")
    attribute = SubElement(choice, "attribute")
    SubElement(attribute, "anyName")
    SubElement(attribute, "text")
    SubElement(choice, "text")
    element = SubElement(choice, "element")
    SubElement(element, "anyName")
    SubElement(element, "ref", name="free")
