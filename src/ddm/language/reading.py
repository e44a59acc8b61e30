"""What is known of one template while it is read, and how its conditions are read against that."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from ddm.errors import InputError
from ddm.language import expressions, vocabulary
from ddm.language.expressions import Condition
from ddm.language.findings import Findings
from ddm.language.source import Mark, Place, SourceElement
from ddm.language.vocabulary import Scope
from ddm.perceive.schema import Attribute

MAX_NAME = 60  # characters of an id; generated ids and file names are made from them
OWNERS = {
    "material": "for material",
    "picture": "for a layer with a picture",
    "layer": "for a layer without a picture of its own",
    "number": "for a number",
}
_COLUMN = re.compile(r"at its column (\d+)")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Of whom a condition speaks. value: what `value` is, for numbers."""

    scope: Scope
    value: Attribute | None = None


MATERIAL, LAYER, PICTURE = Speaker("material"), Speaker("layer"), Speaker("picture")


@dataclass
class Reading:
    """kinds: id of an object -> its kind. counted: objects that stand for several items. used: objects that are.

    owners: copy or number -> the counted object whose items it is of. elements: the mark of each layer, operation and
    object -> as it was written, to find places in it. shared: marks of operations that stand in sequences.
    """

    findings: Findings = field(default_factory=Findings)
    kinds: dict[str, str] = field(default_factory=dict)
    counted: set[str] = field(default_factory=set)
    owners: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    shared: set[Mark] = field(default_factory=set)
    elements: dict[Mark, SourceElement] = field(default_factory=dict)

    def named(self, kinds: Iterable[str]) -> list[str]:
        """The objects of some kinds."""
        wanted = set(kinds)
        return [name for name, kind in self.kinds.items() if kind in wanted]

    def place(self, mark: Mark, key: str = "", part: str = "") -> Place:
        """Where something stands in the element at a mark."""
        element = self.elements.get(mark)
        return element.place(key, part) if element else Place(mark)

    def condition(
        self, source: SourceElement, key: str, speaker: Speaker, text: str | None = None, start: int = 0
    ) -> Condition | None:
        """The condition in an attribute, or in its part `text` from `start`; None, with a finding, if it is wrong."""
        text = source.attributes[key] if text is None else text
        try:
            parsed = expressions.parse(text)
        except InputError as error:
            column = _COLUMN.search(error.what)
            at = start + (int(column[1]) - 1 if column else 0)
            self.findings.add("wrong-condition", source.place(key, start=at), error.what, error.mend)
            return None
        sound = [self._sound(test, source, key, at, speaker) for test, at in _places(parsed, source, key, start)]
        return parsed if all(sound) else None

    def _sound(self, test: expressions.Test, source: SourceElement, key: str, at: int, speaker: Speaker) -> bool:
        """Whether the name has a value there, and is compared with what it may be."""
        head, place = test.name.partition(".")[0], source.place(key, test.name, at)
        attribute = vocabulary.find(test.name, self.kinds, speaker.scope)
        if test.name == "value":
            attribute = speaker.value
        if attribute is None:
            self._unknown(test.name, place, speaker)
            return False
        if head in self.kinds and test.name == f"{head}.{attribute.name}":
            self.used.add(head)
            if head in self.counted:
                mend = f"on a layer that selects '{head}' in its repeat, write '{attribute.name}'"
                self.findings.add("which-item", place, f"'{head}' stands for several items", mend)
        if wrong := expressions.mistyped(test, attribute):
            self.findings.add("wrong-type", place, f"in '{test}': {wrong}")
        return not wrong

    def _unknown(self, name: str, place: Place, speaker: Speaker) -> None:
        near = vocabulary.near(name, self.kinds, speaker.scope)
        self.findings.add("unknown-name", place, f"unknown name '{name[:80]}' {OWNERS[speaker.scope]}", known=near)


def _places(parsed: Condition, source: SourceElement, key: str, start: int) -> Iterable[tuple[expressions.Test, int]]:
    """Each comparison, and where in the attribute it begins."""
    at = start
    for test in expressions.tests(parsed):
        at = max(at, source.attributes[key].find(test.name, at))
        yield test, at
        at += len(test.name)
