"""What reading a drawing needs at every element: what refers to what, where its numbers are told in, what was found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar, cast

from ddm.errors import InputError
from ddm.geometry import Box
from ddm.language.findings import Findings
from ddm.language.importing import matrix, variables
from ddm.language.importing import style as css
from ddm.language.importing.door import Drawing
from ddm.language.importing.matrix import Matrix
from ddm.language.importing.names import name_of
from ddm.language.importing.pictures import Pictures
from ddm.language.source import SourceElement
from ddm.language.vocabulary import SVG

MAX_DRAWN = 20_000  # elements after references are followed; a <use> of a <use> multiplies
MAX_FOLLOWED = 6  # references one inside another
LARGEST = 100_000.0  # sides of the canvas; as the compiler has it

Found = TypeVar("Found")

_URL = re.compile(r"""url\(\s{0,4}["']?#([^"')]{1,200})["']?\s{0,4}\)""")
_XLINK = "http://www.w3.org/1999/xlink href"


@dataclass(frozen=True, slots=True)
class Here:
    """What an element is drawn with: its transform, inherited properties and the opacity of its groups."""

    matrix: Matrix
    style: Mapping[str, str] = field(default_factory=dict)
    opacity: float = 1.0
    followed: int = 0


@dataclass
class Context:
    """canvas: the viewBox, moved to begin at 0 0; first: the transform that moves it there."""

    drawing: Drawing
    findings: Findings
    pictures: Pictures
    sheet: css.Sheet = field(default_factory=css.Sheet)
    ids: dict[str, SourceElement] = field(default_factory=dict)
    count: int = 0
    _found: dict[tuple[str, int], object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for element in walk(self.drawing.root):
            if id_ := element.attributes.get("id"):
                self.ids.setdefault(id_, element)
            if element.name == "style" and element.space == SVG:
                self.sheet.add(css.text_of(element), element.mark, self.findings)
        self.canvas, self.first = view(self.drawing.root)
        self.variables = variables.said(self.drawing.root, self.ids, self.findings)

    def name(self, element: SourceElement) -> str:
        """What a person called it, and what Illustrator's Variables add."""
        return self.variables.get(element.attributes.get("id", "")) or name_of(element, self.ids)

    def warn(self, element: SourceElement, what: str, mend: str = "") -> None:
        """`{}` in `what` stands for how a person would call the element."""
        called = self.name(element) or " ".join("".join(e.text for e in walk(element)).split()) or element.name
        self.findings.warn(element.mark, what.replace("{}", f"'{called[:60]}'"), mend)

    def target(self, paint: str) -> SourceElement | None:
        """The element that 'url(#name)' means."""
        found = _URL.match(paint.strip())
        return self.ids.get(found[1]) if found else None

    def reference(self, element: SourceElement) -> SourceElement | None:
        """The element that its href means."""
        href = href_of(element)
        return self.ids.get(href[1:]) if href.startswith("#") else None

    def once(self, what: str, element: SourceElement, find: Callable[[SourceElement], Found]) -> Found:
        """What is found in an element that many may refer to, looked for once."""
        key = what, id(element)
        if key not in self._found:
            self._found[key] = find(element)
        return cast(Found, self._found[key])

    def drawn(self, element: SourceElement) -> None:
        """Counts; InputError where there is too much."""
        self.count += 1
        if self.count > MAX_DRAWN:
            raise InputError(f"more than {MAX_DRAWN:,} things are drawn", str(element.mark), "flatten ornaments")

    def length(self, element: SourceElement, key: str, absent: float = 0.0) -> float:
        """In user units; % of the canvas's side."""
        whole = self.canvas.height if key in ("y", "cy", "height", "y1", "y2", "ry") else self.canvas.width
        value = css.length(element.attributes.get(key, ""), whole)
        return absent if value is None else value

    def transformed(self, element: SourceElement, here: Matrix) -> Matrix:
        try:
            return here.times(matrix.parse(element.attributes.get("transform", "")))
        except ValueError as wrong:
            self.warn(element, f"the transform of {{}} cannot be read: {wrong}", "it is drawn without")
            return here


def href_of(element: SourceElement) -> str:
    return (element.attributes.get("href") or element.attributes.get(_XLINK, "")).strip()


def walk(element: SourceElement) -> Iterator[SourceElement]:
    """This and all below, in document order."""
    yield element
    for child in element.children:
        yield from walk(child)


def words_in(root: SourceElement, name: str) -> str:
    """The words of the first child of that name, such as the title."""
    found = next((c for c in root.children if c.name == name and c.space == SVG), None)
    return " ".join(css.text_of(found).split())[:200] if found else ""


def share(text: str) -> float:
    """An opacity, as a number or in %."""
    value = css.length(text, 1.0)
    return 1.0 if value is None else min(1.0, max(0.0, value))


def view(root: SourceElement) -> tuple[Box, Matrix]:
    """The canvas, and what brings it to begin at 0 0. InputError where it has no size."""
    given = matrix.numbers(root.attributes.get("viewBox", "")[:200])
    if len(given) != 4:
        sides = [css.length(root.attributes.get(key, "")) or 0.0 for key in ("width", "height")]
        given = [0.0, 0.0, *sides]
    x, y, width, height = given
    if not (1 <= width <= LARGEST and 1 <= height <= LARGEST):
        raise InputError("the drawing has no size", str(root.mark), 'a viewBox, such as viewBox="0 0 800 800"')
    return Box(0, 0, width, height), Matrix(e=-x, f=-y)


def nested(element: SourceElement) -> Matrix:
    """What an <svg> inside an <svg> does to its content."""
    x, y, width, height = (css.length(element.attributes.get(k, "")) or 0.0 for k in ("x", "y", "width", "height"))
    box = matrix.numbers(element.attributes.get("viewBox", "")[:200])
    if len(box) != 4 or min(box[2:]) <= 0 or min(width, height) <= 0:
        return Matrix(e=x, f=y)
    scale = min(width / box[2], height / box[3])
    return Matrix(scale, 0, 0, scale, x - box[0] * scale, y - box[1] * scale)
