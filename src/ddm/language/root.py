"""The `<svg>` itself: its viewBox, the ratios it serves, its words, and where its parts are."""

from __future__ import annotations

import math

from ddm.geometry import Box
from ddm.language.findings import Findings
from ddm.language.operations import OPERATIONS
from ddm.language.source import SourceElement, Unreadable
from ddm.language.vocabulary import NAMESPACE, SVG

LARGEST = 100_000  # sides of the viewBox; larger ones leave no digits for places inside
RATIOS = (0.05, 20.0)  # served unless ddm:ratios says otherwise
_RATIOS = f"{NAMESPACE} ratios"


def must_be_svg(root: SourceElement) -> None:
    if root.space != SVG or root.name != "svg":
        raise Unreadable(f"the root is <{root.name[:80]}>, not <svg>", root.mark, f'<svg xmlns="{SVG}">')


def view_box(root: SourceElement, findings: Findings) -> Box:
    parts = root.attributes.get("viewBox", "").replace(",", " ").split()
    try:
        box = Box(*(float(p) for p in parts))
    except (TypeError, ValueError):
        box = Box(0, 0, 0, 0)
    if not all(map(math.isfinite, box)) or not all(1 <= side <= LARGEST for side in (box.width, box.height)):
        findings.add("view-box", root.place("viewBox"), "the <svg> needs a viewBox", 'such as viewBox="0 0 800 800"')
        return Box(0, 0, 800, 800)
    return box


def ratios(root: SourceElement, findings: Findings) -> tuple[float, float]:
    text = root.attributes.get(_RATIOS)
    if text is None:
        return RATIOS
    try:
        low, high = (float(part) for part in text.split(".."))
    except ValueError:
        low, high = 1.0, 0.0
    if not 0 < low <= high < math.inf:
        what = f"'{text[:40]}' is not a range of ratios"
        findings.add("ratios", root.place(_RATIOS), what, 'such as ddm:ratios="0.5..2"')
        return RATIOS
    return low, high


def strays(root: SourceElement, findings: Findings) -> None:
    """What belongs to the language, but stands where nobody would look for it."""
    for child in root.children:
        if child.space == NAMESPACE and child.name != "objects":
            known = None if child.name in OPERATIONS or child.name == "use" else ["objects"]
            what, mend = f"'{child.name[:80]}' does not stand at the top", "put it into the element it acts on"
            findings.add("stray", child.place(), what, mend, known, child.name)
        elif child.space.startswith("urn:ddm:") and child.space != NAMESPACE:
            what = f"the language '{child.space[:80]}' is not known"
            findings.add("namespace", child.place(), what, f"write {NAMESPACE}")
    for key in root.attributes:
        space, _, name = key.rpartition(" ")
        if space == NAMESPACE and name != "ratios":
            findings.add(
                "unknown-attribute", root.key(key), f"<svg> has no attribute 'ddm:{name[:80]}'", "only ddm:ratios"
            )


def words(root: SourceElement, name: str) -> str:
    """The text of the first child of that name."""
    return next((" ".join(c.text.split()) for c in root.children if c.name == name and c.space == SVG), "")


def declarations(root: SourceElement) -> list[SourceElement]:
    """Everything inside `<ddm:objects>`, in order."""
    groups = (group for group in root.children if group.space == NAMESPACE and group.name == "objects")
    return [child for group in groups for child in group.children]
