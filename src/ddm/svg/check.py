"""The output language as a table, and the checker that holds a document against it.

What the table does not name does not exist: no styles but two, no scripts, no foreign elements, no references outside.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from ddm.errors import InputError
from ddm.svg import path
from ddm.svg.parse import SVG, Element, at, local, parse

ROLES = ("background", "image", "subject", "shadow", "decoration", "copy", "scrim")
MAX_SIDE = 8192
"""The longest canvas side: 8192 x 8192 premultiplied pixels are 256 MiB, the most a render may hold."""
LISTED = 50
"""Violations spelt out in one error; beyond this the rest is counted."""

_XML = "{http://www.w3.org/XML/1998/namespace}"
_N, _P = r"-?\d{1,6}(?:\.\d{1,4})?", r"\d{1,6}(?:\.\d{1,4})?"

NUMBER = re.compile(_N)
LENGTH = re.compile(_P)
FRACTION = re.compile(r"0|1|0\.\d{1,3}")
SIDE = re.compile(r"[1-9]\d{0,3}")
COLOUR = re.compile(r"#[0-9a-f]{6}")
PAINT = re.compile(r"#[0-9a-f]{6}|url\(#[^\s\"'<>&()]+\)")
PAINT_OR_NONE = re.compile(rf"none|{PAINT.pattern}")
NAME = re.compile(r"[^\s\"'<>&()#]+")
ANY = re.compile(r"[^\x00-\x1f]*", re.DOTALL)
ROLE = re.compile("|".join(ROLES))
FAMILY = re.compile(r"[A-Za-z][A-Za-z0-9]*(?: [A-Za-z0-9]+)*")
HREF = re.compile(r"(?:\.\./)*(?!\.{1,2}(?:/|$))[^/\\:?#%\s]+(?:/(?!\.{1,2}(?:/|$))[^/\\:?#%\s]+)*")
"""Relative, inside: steps up only at the front; no scheme, host, query, escape, or absolute path."""
MIRROR = re.compile(rf"matrix\(-1 0 0 1 ({_N}) 0\)")
ROTATE = re.compile(rf"rotate\(({_N}) ({_N}) ({_N})\)")
CLIP = re.compile(r"url\(#([^\s\"'<>&()]+)\)")
BLEND = re.compile(r"mix-blend-mode:(multiply|screen)")
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


def _only(value: str) -> re.Pattern[str]:
    return re.compile(re.escape(value))


@dataclass(frozen=True, slots=True)
class Rule:
    """What one element may hold. inside: its possible parents; text: whether it carries characters."""

    inside: tuple[str, ...]
    needs: dict[str, re.Pattern[str]] = field(default_factory=dict)
    may: dict[str, re.Pattern[str]] = field(default_factory=dict)
    text: bool = False


_META = {"id": NAME, "data-role": ROLE, "data-object": ANY}
_SHAPE = {"opacity": FRACTION, "stroke": COLOUR, "stroke-width": LENGTH, **_META}
_BOX = {"x": NUMBER, "y": NUMBER, "width": LENGTH, "height": LENGTH}
_GRADIENT = {"id": NAME, "gradientUnits": _only("userSpaceOnUse")}

LANGUAGE_TABLE: dict[str, Rule] = {
    "svg": Rule(
        (),
        {"width": SIDE, "height": SIDE, "viewBox": re.compile(r"0 0 [1-9]\d{0,3} [1-9]\d{0,3}")},
        {
            "lang": LANGUAGE,
            "text-rendering": _only("geometricPrecision"),
            "style": _only("font-synthesis:none"),
        },
    ),
    "title": Rule(("svg",), text=True),
    "defs": Rule(("svg",)),
    "linearGradient": Rule(("defs",), {**_GRADIENT, "x1": NUMBER, "y1": NUMBER, "x2": NUMBER, "y2": NUMBER}),
    "radialGradient": Rule(("defs",), {**_GRADIENT, "cx": NUMBER, "cy": NUMBER, "r": LENGTH}),
    "stop": Rule(
        ("linearGradient", "radialGradient"), {"offset": FRACTION, "stop-color": COLOUR}, {"stop-opacity": FRACTION}
    ),
    "clipPath": Rule(("defs",), {"id": NAME}),
    "g": Rule(("svg", "g"), {}, {"opacity": FRACTION, "clip-path": CLIP, "transform": ROTATE, **_META}),
    "image": Rule(
        ("svg", "g"),
        {"href": HREF, **_BOX, "preserveAspectRatio": _only("none")},
        {"transform": MIRROR, "opacity": FRACTION, "style": BLEND, **_META},
    ),
    "rect": Rule(("svg", "g", "clipPath"), _BOX, {"rx": LENGTH, "fill": PAINT, **_SHAPE}),
    "ellipse": Rule(("svg", "g"), {"cx": NUMBER, "cy": NUMBER, "rx": LENGTH, "ry": LENGTH}, {"fill": PAINT, **_SHAPE}),
    "path": Rule(("svg", "g"), {"d": ANY}, {"fill": PAINT_OR_NONE, **_SHAPE}),
    "text": Rule(
        ("svg", "g"),
        {"x": NUMBER, "y": NUMBER, "font-family": FAMILY, "font-size": LENGTH, f"{_XML}space": _only("preserve")},
        {
            "font-weight": re.compile("[1-9]00"),
            "font-style": _only("italic"),
            "fill": COLOUR,
            "opacity": FRACTION,
            "letter-spacing": NUMBER,
            "direction": _only("rtl"),
            "unicode-bidi": _only("bidi-override"),
            "text-anchor": _only("end"),
            "text-decoration": re.compile("line-through|underline"),
            "data-width": LENGTH,
            **_META,
        },
        text=True,
    ),
}
"""Element -> where it may stand and which attributes, with the pattern the whole value must match."""

_PATTERNS = {tag: {**rule.needs, **rule.may} for tag, rule in LANGUAGE_TABLE.items()}

_TARGETS = {"fill": ("linearGradient", "radialGradient"), "clip-path": ("clipPath",)}

TOGETHER = ("direction", "unicode-bidi", "text-anchor")
"""A run from right to left carries all three: its x is then the left end of the run in every viewer."""


def check(text: str, name: str = "") -> None:
    """Raise one InputError that names every violation of the output language, with its line."""
    verify(parse(text, name), name)


def verify(root: Element, name: str = "") -> None:
    """As `check`, for a tree already parsed."""
    found = [(element.sourceline, what) for element, what in _violations(root)]
    if not found:
        return
    told = [f"line {line}: {what}" for line, what in found[:LISTED]]
    more = [f"and {len(found) - LISTED} more"] if len(found) > LISTED else []
    raise InputError(f"not plain output SVG: {'; '.join(told + more)}", at(name, found[0][0]))


def _violations(root: Element) -> Iterator[tuple[Element, str]]:
    if local(root) != "svg":
        yield root, f"the root is <{local(root)}>, not <svg> of SVG's namespace"
        return
    for element in root.iter():
        yield from ((element, what) for what in _of_element(element))
    yield from _of_canvas(root)
    yield from _of_references(root)


def _of_element(element: Element) -> Iterator[str]:
    tag = local(element)
    rule = LANGUAGE_TABLE.get(tag)
    if rule is None:
        yield f"<{tag}> is no element of it"
        return
    parent = element.getparent()
    if (parent is not None or rule.inside) and (parent is None or local(parent) not in rule.inside):
        yield f"<{tag}> stands in <{'' if parent is None else local(parent)}>"
    yield from _of_attributes(element, tag, rule)
    if not rule.text and (element.text or "").strip():
        yield f"characters in <{tag}>"
    if parent is not None and (element.tail or "").strip():
        yield f"characters beside <{tag}>"


def _of_attributes(element: Element, tag: str, rule: Rule) -> Iterator[str]:
    attributes, patterns = dict(element.attrib), _PATTERNS[tag]
    for key, value in attributes.items():
        if key not in patterns:
            yield f"<{tag}> has no attribute {_plain(key)}"
        elif not patterns[key].fullmatch(value):
            yield f"<{tag} {_plain(key)}='{value[:60]}'> is not a value of it"
    if not rule.needs.keys() <= attributes.keys():
        yield from (f"<{tag}> lacks {_plain(key)}" for key in rule.needs if key not in attributes)
    if tag == "path":
        yield from _of_path(attributes.get("d", ""))
    if tag == "image" and (mirror := MIRROR.fullmatch(attributes.get("transform", ""))):
        yield from _of_mirror(element, float(mirror[1]))
    if tag == "text" and len({key in attributes for key in TOGETHER}) == 2:
        yield f"<text> needs {', '.join(TOGETHER)} together"


def _plain(key: str) -> str:
    return key.replace(_XML, "xml:")


def _of_mirror(image: Element, axis: float) -> Iterator[str]:
    try:
        own = 2 * float(image.get("x")) + float(image.get("width"))
    except (TypeError, ValueError):
        return  # told already
    if abs(own - axis) > 0.01:
        yield "<image transform> is no mirror about the image's own middle"


def _of_path(d: str) -> Iterator[str]:
    try:
        path.parse(d)
    except InputError as error:
        yield str(error)


def _of_canvas(root: Element) -> Iterator[tuple[Element, str]]:
    width, height = root.get("width", ""), root.get("height", "")
    if root.get("viewBox") != f"0 0 {width} {height}":
        yield root, "viewBox is not the canvas"
    if any(SIDE.fullmatch(side) and int(side) > MAX_SIDE for side in (width, height)):
        yield root, f"a canvas of {width} x {height}, at most {MAX_SIDE}"


def _of_references(root: Element) -> Iterator[tuple[Element, str]]:
    named = [(element.get("id"), local(element)) for element in root.iter() if "id" in element.attrib]
    kinds = dict(named)
    if len(kinds) < len(named):
        counts = Counter(name for name, _ in named)
        yield from ((root, f"id '{name}' is used {times} times") for name, times in counts.items() if times > 1)
    for element in root.iter():
        for key, wanted in _TARGETS.items():
            value = element.get(key)
            target = CLIP.fullmatch(value) if value else None
            if target and kinds.get(target[1]) not in wanted:
                yield element, f"{key} refers to '{target[1]}', which is no {' or '.join(wanted)}"
    for element in root.iter(f"{{{SVG}}}clipPath"):
        if [local(child) for child in element] != ["rect"]:
            yield element, "<clipPath> holds one <rect>"
