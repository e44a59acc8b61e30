"""The text of a drawing into elements, within limits; entities of its own are resolved, all others are refused.

Templates may have no document type declaration. Drawings do: Illustrator writes its namespaces as internal entities.
Those are plain words in place of a name, so they are allowed, few and short; an entity that holds another, or one
that lies outside the file, is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from ddm.errors import InputError
from ddm.language.source import Mark, SourceElement

MAX_BYTES = 32_000_000  # drawings carry their pictures and, from Illustrator, a second copy of themselves
MAX_ELEMENTS = 20_000  # a poster has some hundred; bounds every later pass
MAX_DEPTH = 64  # programs nest more than people do
MAX_ENTITIES = 64  # Illustrator declares about a dozen
MAX_ENTITY = 300  # characters of one; they hold namespaces
MAX_RESOLVED = 200_000  # characters that all uses of entities may come to
TEXT = "#text"  # the name of an element that stands for a piece of character data, so that its order is kept

_USE = re.compile(r"&([A-Za-z_][\w.-]{0,60});")
_LONE = re.compile("[\ud800-\udfff]")
_PREDEFINED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing as written. namespaces: all that it declares; comments: the first few, where programs sign."""

    root: SourceElement
    file: str
    namespaces: frozenset[str]
    comments: tuple[str, ...]


@dataclass
class _Builder:
    """Collects expat's events into a tree, within the limits."""

    file: str
    source: str
    count: int = 0
    stack: list[SourceElement] = field(default_factory=list)
    root: SourceElement | None = None
    entities: dict[str, str] = field(default_factory=dict)
    namespaces: set[str] = field(default_factory=set)
    comments: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.data
        self.parser.CommentHandler = self.comment
        self.parser.StartNamespaceDeclHandler = lambda prefix, uri: self.namespaces.add(uri or "")
        self.parser.EntityDeclHandler = self.entity
        self.parser.EndDoctypeDeclHandler = self.declared

    def mark(self) -> Mark:
        return Mark(self.file, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)

    def refuse(self, what: str, mend: str) -> InputError:
        return InputError(what, str(self.mark()), mend)

    def start(self, qualified: str, attributes: dict[str, str]) -> None:
        space, _, name = qualified.rpartition(" ")
        element = SourceElement(space, name, attributes, self.mark())
        self.count += 1
        if self.count > MAX_ELEMENTS:
            raise self.refuse(f"more than {MAX_ELEMENTS} elements", "flatten what is only ornament into a picture")
        if len(self.stack) >= MAX_DEPTH:
            raise self.refuse(f"nested deeper than {MAX_DEPTH}", "flatten the groups")
        if self.stack:
            self.stack[-1].children.append(element)
        else:
            self.root = element
        self.stack.append(element)

    def end(self, _: str) -> None:
        self.stack.pop()

    def data(self, text: str) -> None:
        self.stack[-1].children.append(SourceElement("", TEXT, {}, self.mark(), text=text))

    def comment(self, text: str) -> None:
        if len(self.comments) < 8:
            self.comments.append(text[:200])

    def entity(self, name: str, parameter: bool, value: str | None, *_: object) -> None:
        """Expat asks at each declaration; value is None for one outside the file."""
        if value is None or parameter:
            raise self.refuse(f"the entity '{name}' lies outside the file", "save the drawing as plain SVG")
        if "&" in value or "%" in value:
            raise self.refuse(f"the entity '{name}' holds another entity", "save the drawing as plain SVG")
        if len(value) > MAX_ENTITY or len(self.entities) >= MAX_ENTITIES:
            raise self.refuse(
                f"entities are limited to {MAX_ENTITIES}, of {MAX_ENTITY} characters", "save the drawing as plain SVG"
            )
        self.entities.setdefault(name, value)

    def declared(self) -> None:
        """All entities are known: what they come to is known, too, before any is resolved."""
        known = {**_PREDEFINED, **self.entities}
        total = 0
        for use in _USE.finditer(self.source):
            if use[1] not in known:  # expat would leave it out without a word
                raise self.refuse(f"the entity '&{use[1]};' is not declared in this file", "write the character itself")
            total += len(known[use[1]])
        if total > MAX_RESOLVED:
            raise self.refuse(
                f"entities come to more than {MAX_RESOLVED:,} characters", "save the drawing as plain SVG"
            )


def read(text: str, file: str = "drawing") -> Drawing:
    """InputError with line and column where it is not well-formed, over a limit, or wants what is not in it."""
    if len(text.encode(errors="replace")) > MAX_BYTES:
        raise InputError(f"larger than {MAX_BYTES:,} bytes", file, "link large pictures instead of embedding them")
    if not text.isascii() and (lone := _LONE.search(text)):
        raise InputError(f"not Unicode text: a lone surrogate at character {lone.start() + 1}", file)
    builder = _Builder(file, text)
    try:
        builder.parser.Parse(text, True)
    except expat.ExpatError as error:
        where = str(Mark(file, error.lineno, error.offset + 1))
        raise InputError(f"not well-formed XML: {expat.ErrorString(error.code)}", where) from None
    assert builder.root is not None
    return Drawing(builder.root, file, frozenset(builder.namespaces), tuple(builder.comments))
