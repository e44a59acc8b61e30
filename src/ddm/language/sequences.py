"""Named sequences of operations: `<ddm:sequence>` is written once, and each `<ddm:use>` becomes its operations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ddm.language.reading import MAX_NAME, Reading
from ddm.language.source import SourceElement
from ddm.language.vocabulary import NAMESPACE

MAX_NESTING = 4  # sequences in sequences; deeper ones cannot be followed by a reader
MAX_CALLS = 64  # operations on one element
MAX_WRITTEN_OUT = 2_000  # operations that all sequences together come to
KEYS = ("sequence", "when")


class Step(NamedTuple):
    """An operation as written, and the `use` elements that lead to it, outermost first."""

    source: SourceElement
    uses: tuple[SourceElement, ...] = ()


class Sequences:
    """All sequences of a template, by id."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.by_id: dict[str, SourceElement] = {}
        self.used: set[str] = set()
        self._written_out = 0

    def declare(self, s: SourceElement) -> None:
        name, add = s.attributes.get("id", ""), self.reading.findings.add
        for key in s.attributes:
            if key != "id":
                add("unknown-attribute", s.key(key), f"sequence has no attribute '{key}'", "only id")
        if not name:
            add("missing", s.place(), "this sequence has no id", 'such as id="soft"')
        elif name in self.by_id or name in self.reading.kinds:
            add("wrong-id", s.place("id"), f"'{name[:80]}' is declared twice", "give each an id of its own")
        elif len(name) > MAX_NAME:
            add("wrong-id", s.place("id"), f"'{name[:20]}…' is too long for an id", f"at most {MAX_NAME} characters")
        else:
            self.by_id[name] = s

    def steps(self, element: SourceElement) -> list[Step]:
        """The operations of an element in order, with every sequence written out."""
        walked: list[Step] = []
        for step in self._walk(element, ()):
            self._written_out += bool(step.uses)
            if len(walked) == MAX_CALLS or self._written_out > MAX_WRITTEN_OUT:
                what = f"more than {MAX_CALLS} operations, or {MAX_WRITTEN_OUT:,} from sequences in the whole template"
                self.reading.findings.add("too-many", element.place(), what, "split the element, shorten the sequences")
                break
            walked.append(step)
        return [step for step in walked if step.source.name != "use"]

    def _walk(self, element: SourceElement, uses: tuple[SourceElement, ...]) -> Iterator[Step]:
        """Uses are told too, before what they stand for, so that empty ones are counted."""
        for child in element.children:
            if child.space != NAMESPACE:
                continue
            yield Step(child, uses)
            if child.name == "use" and (inner := self._opened(child, uses)):
                yield from self._walk(inner, (*uses, child))

    def _opened(self, use: SourceElement, uses: tuple[SourceElement, ...]) -> SourceElement | None:
        """The sequence that is used; None, with a finding, where there is none or it would go on for ever."""
        name = use.attributes.get("sequence", "")
        path, add = [u.attributes["sequence"] for u in uses], self.reading.findings.add
        self._written(use)
        self.used.add(name)
        if name not in self.by_id:
            what = f"no sequence is called '{name[:80]}'" if name else "use needs 'sequence'"
            add("unknown-reference" if name else "missing", use.place("sequence"), what, known=self.by_id, name=name)
        elif name in path:
            told = " -> ".join([*path[path.index(name) :], name])
            add(
                "cycle",
                use.place("sequence"),
                f"the sequence '{name}' leads back to itself: {told}",
                "break the circle",
            )
        elif len(path) >= MAX_NESTING:
            add("too-many", use.place("sequence"), f"sequences nested deeper than {MAX_NESTING}", "join some of them")
        else:
            return self.by_id[name]
        return None

    def _written(self, use: SourceElement) -> None:
        add = self.reading.findings.add
        for key in use.attributes:
            if key not in KEYS:
                add("unknown-attribute", use.key(key), f"use has no attribute '{key[:80]}'", known=KEYS, name=key)
        for child in use.children:
            add("wrong-place", child.place(), f"use holds nothing, but here it holds '{child.name}'", "move it out")

    def unused(self) -> Mapping[str, SourceElement]:
        """Those that no element uses, directly or by others."""
        return {name: s for name, s in self.by_id.items() if name not in self.used}
