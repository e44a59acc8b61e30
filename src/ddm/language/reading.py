"""What is known of one template while it is read, and how its conditions are read against that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ddm.language import expressions, vocabulary
from ddm.language.expressions import Condition, ConditionError, Test
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
MAX_WRITTEN = 20_000  # characters of all conditions, the same one counted once; ten times the longest template


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
    _written: int = 0
    _parsed: dict[tuple[str, Speaker], Condition] = field(default_factory=dict)

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
        known = self._parsed.get((text, speaker))
        if known is None and not self.findings.full and self._affordable(text, source, key, start):
            known = self._read(text, source, key, start, speaker)
            if known is not None:
                self._parsed[text, speaker] = known
        return known

    def _read(self, text: str, source: SourceElement, key: str, start: int, speaker: Speaker) -> Condition | None:
        try:
            parsed = expressions.parse(text)
        except ConditionError as error:
            at = source.place(key, start=start + error.column - 1)
            self.findings.add("wrong-condition", at, error.what, error.mend)
            return None
        sound = [self._sound(test, source, key, start, speaker) for test in expressions.tests(parsed)]
        if not all(sound):
            return None
        self._sensible(parsed, source, key, start, text, speaker)
        return parsed

    def _affordable(self, text: str, source: SourceElement, key: str, start: int) -> bool:
        """Reading conditions is the costliest part of a template; its cost is bounded for the whole of it."""
        self._written += len(text)
        if self._written > MAX_WRITTEN:
            what = f"more than {MAX_WRITTEN:,} characters of conditions"
            self.findings.add("too-many", source.place(key, text, start), what, "say it more simply")
        return self._written <= MAX_WRITTEN

    def find(self, name: str, speaker: Speaker = PICTURE) -> Attribute | None:
        """The attribute behind a name."""
        return speaker.value if name == "value" else vocabulary.find(name, self.kinds, speaker.scope)

    def _sound(self, test: Test, source: SourceElement, key: str, start: int, speaker: Speaker) -> bool:
        """Whether the names have a value there, and are compared with what they may be."""
        at = start + test.at - 1
        attributes = [self._known(name, source, key, at, speaker) for name in test.names]
        if None in attributes:
            return False
        if wrong := expressions.mistyped(test, *attributes):  # type: ignore[arg-type]
            self.findings.add("wrong-type", source.place(key, test.name, at), f"in '{test}': {wrong}")
        return not wrong

    def _known(self, name: str, source: SourceElement, key: str, at: int, speaker: Speaker) -> Attribute | None:
        attribute, head = self.find(name, speaker), name.partition(".")[0]
        if attribute is None:
            near, what = vocabulary.near(name, self.kinds, speaker.scope), f"unknown name '{name[:80]}'"
            self.findings.add(
                "unknown-name", source.place(key, name, at), f"{what} {OWNERS[speaker.scope]}", known=near
            )
        elif head in self.kinds and name == f"{head}.{attribute.name}":
            self.used.add(head)
            if head in self.counted:
                mend = f"on a layer that selects '{head}' in its repeat, write '{attribute.name}'"
                self.findings.add("which-item", source.place(key, name, at), f"'{head}' stands for several items", mend)
        return attribute

    def _sensible(
        self, parsed: Condition, source: SourceElement, key: str, start: int, text: str, speaker: Speaker
    ) -> None:
        """Whether it may hold, and may fail."""

        def find(name: str) -> Attribute | None:
            return self.find(name, speaker)

        if why := expressions.contradiction(parsed, find):
            self.findings.add("never", source.place(key, text, start), why, "nothing could ever satisfy it")
        elif why := expressions.always(parsed, find):
            self.findings.add("always", source.place(key, text, start), why, "leave it out")
