"""XML text into elements that know their line and column; everything that could harm is refused at this door."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from xml.parsers import expat

from ddm.errors import InputError

MAX_BYTES = 1_000_000  # a template is text a person wrote; a megabyte is a hundred times the largest seen
MAX_ELEMENTS = 5_000  # bounds the work of every later pass
MAX_DEPTH = 40  # deeper nesting has no meaning and would exhaust the recursive walk
MAX_ATTRIBUTES = 64  # of one element; SVG's longest lists have half as many
MAX_VALUE = 4_000  # characters of an attribute; twice the longest condition. A sample's href may hold its picture

_LONE = re.compile("[\ud800-\udfff]")
_NAME = re.compile(rb"<[^\s/>]+")
_ATTRIBUTE = re.compile(rb"\s+([^\s=/>]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_CHARACTER = re.compile(r"&[^;]*;|\r\n|.", re.DOTALL)  # what the parser makes one character of
_LINE = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a file; line and column count from 1, columns in characters. Line 0 is the whole file."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file

    def after(self, passed: str) -> Mark:
        """The place behind some text that begins here."""
        *lines, last = _LINE.split(passed)
        return Mark(self.file, self.line + len(lines), len(last) + (1 if lines else self.column))


class Place(NamedTuple):
    """A mark, and the text that stands there, as it was meant: entities resolved."""

    mark: Mark
    text: str = ""


class Unreadable(InputError):
    """The text is no template at all, or over a limit. mark: where that was seen."""

    def __init__(self, what: str, mark: Mark, mend: str = "") -> None:
        self.mark = mark
        super().__init__(what, str(mark), mend)


@dataclass(slots=True)
class SourceElement:
    """An element as written: namespace, local name; keys of attributes are 'name' or 'space name'.

    written: key -> the attribute's name with its prefix. origin, start: the whole text in UTF-8, and the byte of '<'.
    """

    space: str
    name: str
    attributes: dict[str, str]
    mark: Mark
    children: list[SourceElement] = field(default_factory=list)
    text: str = ""
    written: dict[str, str] = field(default_factory=dict)
    origin: bytes = b""
    start: int = 0

    def place(self, key: str = "", part: str = "", start: int = 0) -> Place:
        """Where an attribute's value stands, or the first `part` of it from character `start`; else the tag's name."""
        if key not in self.attributes:
            return Place(self.mark, self._tag())
        found = self._value(key)
        if found is None:
            return Place(self.mark, self.attributes[key])
        mark, raw = found
        at = max(0, self.attributes[key].find(part, start)) if part else start
        return Place(mark.after(_raw(raw, at)), part or self.attributes[key][start:])

    def key(self, key: str) -> Place:
        """Where an attribute's name stands."""
        for name, begin, _, _ in self._scanned():
            if name == self.written.get(key):
                return Place(self.mark.after(self.origin[self.start : begin].decode()), name)
        return Place(self.mark, self._tag())

    def _tag(self) -> str:
        found = _NAME.match(self.origin, self.start)
        return found[0].decode() if found else f"<{self.name}"

    def _value(self, key: str) -> tuple[Mark, str] | None:
        """Where the value begins, and how it is written."""
        for name, _, begin, end in self._scanned():
            if name == self.written.get(key):
                return self.mark.after(self.origin[self.start : begin].decode()), self.origin[begin:end].decode()
        return None

    def _scanned(self) -> Iterator[tuple[str, int, int, int]]:
        """Each attribute of the start tag: written name; where that, the value, and what follows the value begin."""
        tag = _NAME.match(self.origin, self.start)
        at = tag.end() if tag else len(self.origin)
        while found := _ATTRIBUTE.match(self.origin, at):
            group = 2 if found[2] is not None else 3
            yield found[1].decode(), found.start(1), found.start(group), found.end(group)
            at = found.end()


def _raw(written: str, count: int) -> str:
    """The beginning of a value as written that makes so many characters."""
    pieces = _CHARACTER.finditer(written)
    ends = [piece.end() for piece, _ in zip(pieces, range(count), strict=False)]
    return written[: ends[-1]] if ends else ""


class _Builder:
    """Collects expat's events into a tree, within the limits."""

    def __init__(self, file: str, origin: bytes) -> None:
        self.file, self.origin, self.count = file, origin, 0
        self.stack: list[SourceElement] = []
        self.root: SourceElement | None = None
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.namespace_prefixes = True
        self.parser.buffer_text = True  # else text in small pieces would be joined in quadratic time
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.data
        self.parser.StartDoctypeDeclHandler = self.doctype

    def mark(self) -> Mark:
        return Mark(self.file, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)

    def start(self, qualified: str, attributes: dict[str, str]) -> None:
        space, name, _ = _parts(qualified)
        keys = {key: _parts(key) for key in attributes}
        plain = {key: f"{s} {n}" if s else n for key, (s, n, _) in keys.items()}
        element = SourceElement(
            space,
            name,
            {plain[key]: value for key, value in attributes.items()},
            self.mark(),
            written={plain[key]: f"{prefix}:{n}" if prefix else n for key, (_, n, prefix) in keys.items()},
            origin=self.origin,
            start=self.parser.CurrentByteIndex,
        )
        self.within(element)
        if self.stack:
            self.stack[-1].children.append(element)
        else:
            self.root = element
        self.stack.append(element)

    def within(self, element: SourceElement) -> None:
        self.count += 1
        long = next((k for k, v in element.attributes.items() if len(v) > MAX_VALUE and k.split()[-1] != "href"), None)
        for over, what, mend in (
            (self.count > MAX_ELEMENTS, f"more than {MAX_ELEMENTS} elements", "split the template"),
            (len(self.stack) >= MAX_DEPTH, f"nested deeper than {MAX_DEPTH}", "flatten the groups"),
            (len(element.attributes) > MAX_ATTRIBUTES, f"more than {MAX_ATTRIBUTES} attributes", "remove some"),
            (long, f"'{(long or '').split(' ')[-1][:60]}' is longer than {MAX_VALUE} characters", "shorten it"),
        ):
            if over:
                raise Unreadable(what, element.mark, mend)

    def end(self, _: str) -> None:
        self.stack.pop()

    def data(self, text: str) -> None:
        self.stack[-1].text += text

    def doctype(self, *_: object) -> None:
        raise Unreadable("a document type declaration is not allowed", self.mark(), "remove the <!DOCTYPE …> line")


def _parts(qualified: str) -> tuple[str, str, str]:
    """Expat's 'space name prefix', of which the last or the first and last may be missing."""
    space, name, prefix = (*qualified.split(" "), "", "")[:3]
    return (space, name, prefix) if name else ("", space, "")


def parse(text: str, file: str = "template") -> SourceElement:
    """The root element of `text`. Unreadable with line and column where it is not well-formed or over a limit."""
    whole = Mark(file, 0, 0)
    origin = text.encode(errors="replace")
    if len(origin) > MAX_BYTES:
        raise Unreadable(f"larger than {MAX_BYTES:,} bytes", whole, "pictures belong beside a template, not in it")
    if not text.isascii() and (lone := _LONE.search(text)):
        raise Unreadable(f"not Unicode text: a lone surrogate at character {lone.start() + 1}", whole)
    builder = _Builder(file, origin)
    try:
        builder.parser.Parse(text, True)
    except expat.ExpatError as error:
        where = Mark(file, error.lineno, error.offset + 1)
        raise Unreadable(f"not well-formed XML: {expat.ErrorString(error.code)}", where) from None
    finally:
        del builder.parser  # they hold one another, and would lie about until the next full search for garbage
    assert builder.root is not None
    return builder.root


def read(path: Path) -> str:
    """The text of a file, no more than shows that it is over the limit. Unreadable: not UTF-8, or no file."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 4).decode("utf-8", "strict" if path.stat().st_size <= MAX_BYTES else "ignore")
    except (OSError, UnicodeDecodeError) as error:
        mend = "a UTF-8 SVG file"
        raise Unreadable(f"cannot read the template: {error}", Mark(str(path), 0, 0), mend) from None
