"""Small drawings by hand, and what an import makes of them."""

from __future__ import annotations

from pathlib import Path

from ddm.language.compile import compile_text
from ddm.language.importing.template import Imported, import_drawing
from ddm.language.parameters import Span
from ddm.language.template import Call, Element, Template

DRAWINGS = Path(__file__).with_name("drawings")
PROGRAMS = ("inkscape", "figma", "illustrator")
OPEN = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" viewBox="0 0 800 800">'
)
HERO = '<image id="hero | cutout" x="200" y="300" width="300" height="400" href="vase.png"/>'


def program(name: str) -> Imported:
    """A drawing as that program writes it."""
    path = DRAWINGS / f"{name}.svg"
    return import_drawing(path.read_text("utf-8"), name, path.name)


def imported(layers: str, open: str = OPEN) -> Imported:
    """Layers of a drawing of 800 by 800; they begin in line 2."""
    return import_drawing(f"{open}\n{layers}\n</svg>", "t", "t.svg")


def template(layers: str, open: str = OPEN) -> Template:
    """What those layers become; nothing may be wrong with it."""
    made = imported(layers, open)
    made.findings.raise_errors()
    return compile_text(made.template, "t", "t.svg")[0]


def layer(layers: str, id: str, open: str = OPEN) -> Element:
    return next(element for element in template(layers, open).elements() if element.id == id)


def only(layers: str, open: str = OPEN) -> Element:
    (found,) = template(layers, open).layers
    return found


def call(element: Element, name: str) -> Call:
    found = element.call(name)
    assert found is not None, f"{element.id} has no {name}"
    return found


def written(element: Element, name: str, *keys: str) -> dict[str, str]:
    """Parameters of a call, as text; those named, or all."""
    parameters = call(element, name).parameters
    return {key: str(value) for key, value in parameters.items() if not keys or key in keys}


def places(element: Element) -> dict[str, str]:
    """Insets and sizes of its place, as written."""
    parameters = call(element, "place").parameters
    spans = {key: value for key, value in parameters.items() if isinstance(value, Span)}
    return {key: str(span.low) for key, span in spans.items()}


def said(layers: str) -> list[str]:
    """Findings as 'error: …' or 'warning: …', without their places."""
    return [str(finding).split(": ", 1)[1] for finding in imported(layers).findings]


def text(name: str, words: str = "Sample", more: str = "") -> str:
    return f'<text id="{name}" x="60" y="140" font-size="68" font-family="Manrope" {more}>{words}</text>'
