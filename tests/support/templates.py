"""Small templates by hand: declarations and layers inside an <svg> that is always the same."""

from __future__ import annotations

from collections.abc import Iterable

from ddm import templates
from ddm.formats.catalogue import find
from ddm.language.compile import compile_text
from ddm.language.findings import Findings
from ddm.language.template import Template

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:ddm="urn:ddm:1" viewBox="0 0 800 800"'
PICTURE = '<ddm:image id="photo"/>'
MOOD = '<ddm:palette id="mood" of="photo"/>'
TITLE = '<ddm:copy id="title" from="product.title"/>'
SHOWN = '<image id="picture"><ddm:select object="photo"/></image>'


def source(objects: str = "", layers: str = "", root: str = "") -> str:
    """Line 1: <svg>, line 2: the objects, line 3: the layers."""
    return f"{OPEN} {root}>\n<ddm:objects>{objects}</ddm:objects>\n{layers}\n</svg>"


def found(objects: str = "", layers: str = "", root: str = "") -> Findings:
    return compile_text(source(objects, layers, root), "t", "t.svg")[1]


def compiled(objects: str = "", layers: str = "", root: str = "", name: str = "t") -> Template:
    """A template that must be without errors."""
    template, findings = compile_text(source(objects, layers, root), name, f"{name}.svg")
    findings.raise_errors()
    return template


def told(objects: str = "", layers: str = "", root: str = "") -> list[tuple[str, str]]:
    """Code and offending text of each finding, in the order of their places."""
    return [(finding.code, finding.text) for finding in found(objects, layers, root)]


def claimed(formats: Iterable[str]) -> list[tuple[str, str]]:
    """Every shipped template with each of the formats whose ratio it claims."""
    shipped = ((name, templates.find(name).ratios) for name in templates.shipped())
    return [
        (name, format_) for name, (low, high) in shipped for format_ in formats if low <= find(format_).ratio <= high
    ]
