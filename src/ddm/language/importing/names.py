"""What a person called a layer, out of how each program writes it down."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from ddm.language.importing.door import Drawing
from ddm.language.source import SourceElement

INKSCAPE = "http://www.inkscape.org/namespaces/inkscape"
SODIPODI = "http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"
ILLUSTRATOR = "http://ns.adobe.com/AdobeIllustrator/10.0/"
VARIABLES = "http://ns.adobe.com/Variables/1.0/"

WRITTEN_AS = (f"{INKSCAPE} label", "data-name", "http://www.serif.com/ serif:id", "http://www.serif.com/ id")
"""Attributes that hold the name itself, as Inkscape, Illustrator's newer export and Affinity write it."""

MAX_NAME = 500  # characters; a layer name is a line

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{2,6})_")
_COUNTER = re.compile(r"(?<=.)_\d{1,6}_$")
_DOUBLE = re.compile(r"^(.+)_\d{1,6}$")
_MADE_UP = re.compile(
    r"(?:g|text|tspan|rect|path|circle|ellipse|image|use|layer|frame|group|rectangle|line|vector|svg|xmlid|svgid|"
    r"mask|union|subtract|polygon|star|artboard|calque|ebene|capa)?[\s_\-]*[\d\s_\-]*",
    re.IGNORECASE,
)

_SIGNS: Mapping[str, tuple[str, ...]] = {
    "Inkscape": (INKSCAPE, "inkscape"),
    "Illustrator": (ILLUSTRATOR, "adobe illustrator"),
    "Affinity": ("http://www.serif.com/", "affinity"),
}


def program(drawing: Drawing) -> str:
    """Which program wrote it, as far as it says so; Figma signs nothing, but is known by its habits."""
    signed = " ".join(drawing.comments).lower()
    for name, (namespace, sign) in _SIGNS.items():
        if namespace in drawing.namespaces or sign in signed:
            return name
    return "Figma" if drawing.root.attributes.get("fill") == "none" else "a drawing program"


def decoded(id_: str) -> str:
    """Illustrator's 'hero__x7C__cutout_1_' -> 'hero | cutout': a space is _, any other character _xHH_."""
    bare = _COUNTER.sub("", id_)
    if not _ESCAPE.search(bare):
        return bare
    parts = _ESCAPE.split(bare)  # text, code, text, code, … text
    return "".join(_character(part) if index % 2 else part.replace("_", " ") for index, part in enumerate(parts))


def _character(code: str) -> str:
    value = int(code, 16)
    return chr(value) if 0x20 <= value < 0xD800 or 0xE000 <= value < 0x110000 else " "


def name_of(element: SourceElement, ids: Mapping[str, SourceElement]) -> str:
    """The layer's name with single spaces; '' where nobody gave it one."""
    written = next((element.attributes[key] for key in WRITTEN_AS if element.attributes.get(key)), "")
    if not written:
        id_ = element.attributes.get("id", "")
        double = _DOUBLE.match(id_)
        written = decoded(double[1] if double and double[1] in ids else id_)  # Figma counts layers of one name
    return " ".join(unicodedata.normalize("NFC", written[:MAX_NAME]).split())


def made_up(name: str) -> bool:
    """Whether a program made the name: 'g1234', 'Layer_1', 'Rectangle 3'."""
    return bool(_MADE_UP.fullmatch(name))
