"""XML text into elements that know their line and column; everything that could harm is refused at this door."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from ddm.errors import InputError

MAX_BYTES = 1_000_000  # a template is text a person wrote; a megabyte is a hundred times the largest seen
MAX_ELEMENTS = 5_000  # bounds the work of every later pass
_LONE = re.compile("[\ud800-\udfff]")
MAX_DEPTH = 40  # deeper nesting has no meaning and would exhaust the recursive walk


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a file; line and column count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(slots=True)
class SourceElement:
    """An element as written: namespace, local name; keys of attributes are 'name' or 'space name'."""

    space: str
    name: str
    attributes: dict[str, str]
    mark: Mark
    children: list[SourceElement] = field(default_factory=list)
    text: str = ""


class _Builder:
    """Collects expat's events into a tree, within the limits."""

    def __init__(self, file: str) -> None:
        self.file, self.count = file, 0
        self.stack: list[SourceElement] = []
        self.root: SourceElement | None = None
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.data
        self.parser.StartDoctypeDeclHandler = self.doctype

    def mark(self) -> Mark:
        return Mark(self.file, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)

    def start(self, qualified: str, attributes: dict[str, str]) -> None:
        space, _, name = qualified.rpartition(" ")
        element = SourceElement(space, name, attributes, self.mark())
        self.count += 1
        if self.count > MAX_ELEMENTS:
            raise InputError(f"more than {MAX_ELEMENTS} elements", str(element.mark), "split the template")
        if len(self.stack) >= MAX_DEPTH:
            raise InputError(f"nested deeper than {MAX_DEPTH}", str(element.mark), "flatten the groups")
        if self.stack:
            self.stack[-1].children.append(element)
        else:
            self.root = element
        self.stack.append(element)

    def end(self, _: str) -> None:
        self.stack.pop()

    def data(self, text: str) -> None:
        self.stack[-1].text += text

    def doctype(self, *_: object) -> None:
        raise InputError("a document type declaration is not allowed", str(self.mark()), "remove the <!DOCTYPE …> line")


def parse(text: str, file: str = "template") -> SourceElement:
    """The root element of `text`. InputError with line and column where it is not well-formed or over a limit."""
    if len(text.encode(errors="replace")) > MAX_BYTES:
        raise InputError(f"larger than {MAX_BYTES:,} bytes", file, "pictures belong beside a template, not in it")
    if not text.isascii() and (lone := _LONE.search(text)):
        raise InputError(f"not Unicode text: a lone surrogate at character {lone.start() + 1}", file)
    builder = _Builder(file)
    try:
        builder.parser.Parse(text, True)
    except expat.ExpatError as error:
        where = str(Mark(file, error.lineno, error.offset + 1))
        raise InputError(f"not well-formed XML: {expat.ErrorString(error.code)}", where) from None
    assert builder.root is not None
    return builder.root
