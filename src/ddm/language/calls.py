"""Operations as written into typed Calls: every parameter read, every name looked up, defaults filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ddm.language import vocabulary
from ddm.language.expressions import All, Condition, conjuncts
from ddm.language.operations import OPERATIONS, Operation, Parameter
from ddm.language.parameters import ParameterValue, Wish
from ddm.language.reading import LAYER, PICTURE, Reading, Speaker
from ddm.language.sequences import Step
from ddm.language.source import SourceElement
from ddm.language.template import Call
from ddm.perceive.schema import ATTRIBUTES

ONE_OF: Mapping[str, tuple[str, ...]] = {"relight": ("light", "like"), "tone": ("like", "from")}
"""Operations of whose parameters exactly one of a few must be given."""

OF_SUBJECTS = {("place", "subject"), ("place", "subject-size"), ("size", "subject")}
"""Parameters that speak of a subject, which only pictures have."""


@dataclass(frozen=True, slots=True)
class Around:
    """What an element stands in. inherited: presentation attributes. repeated: the objects whose items are drawn."""

    inherited: Mapping[str, str]
    repeated: frozenset[str] = frozenset()
    stacked: bool = False
    parent: str = "svg"


class Caller:
    """Reads the operations of one element; tag '' for a sequence that no element uses."""

    def __init__(self, reading: Reading, tag: str, around: Around, steps: Sequence[Step]) -> None:
        self.reading, self.tag, self.around, self.steps = reading, tag, around, steps
        self.add = reading.findings.add

    @property
    def speaker(self) -> Speaker:
        """Whether conditions may speak of material of the element's own."""
        chosen = {s.source.attributes.get("object", "") for s in self.steps if s.source.name == "select"}
        return PICTURE if not self.tag or chosen & set(self.reading.named(vocabulary.PICTURES)) else LAYER

    def calls(self) -> tuple[Call, ...]:
        return tuple(call for step in self.steps if (call := self._step(step)))

    def _step(self, step: Step) -> Call | None:
        self.reading.elements[step.source.mark] = step.source
        if self.reading.findings.full:
            return None
        if not step.uses:
            return self._call(step.source, ())
        self.reading.shared.add(step.source.mark)
        with self.reading.findings.used_at(step.uses[0].mark):
            return self._call(step.source, step.uses)

    def _call(self, source: SourceElement, uses: tuple[SourceElement, ...]) -> Call | None:
        row = OPERATIONS.get(source.name)
        if row is None:
            what, known = f"unknown operation '{source.name[:80]}'", [*OPERATIONS, "use"]
            self.add("unknown-operation", source.place(), what, known=known, name=source.name)
            return None
        for child in source.children:
            what = f"{row.name} holds nothing, but here it holds '{child.name}'"
            self.add("wrong-place", child.place(), what, "move it out")
        self._stands(row, source)
        parameters = dict(defaults(row))
        for key in source.attributes:
            if key != "when":
                parameters |= self._parameter(row, key, source)
        self._complete(row, source)
        return Call(row.name, parameters, source.mark, self._when(source, uses))

    def _when(self, source: SourceElement, uses: tuple[SourceElement, ...]) -> Condition | None:
        """The operation's own condition, and those of the uses that lead to it."""
        read = (self.reading.condition(s, "when", self.speaker) for s in (*uses, source) if "when" in s.attributes)
        parts = tuple(part for condition in read for part in conjuncts(condition))
        return All(parts) if len(parts) > 1 else next(iter(parts), None)

    def _stands(self, row: Operation, source: SourceElement) -> None:
        """Whether it can act on such an element, there."""
        place = source.place()
        if self.tag and self.tag not in row.on:
            what = f"{row.name} cannot act on <{self.tag}>"
            self.add("wrong-element", place, what, f"it acts on {', '.join(row.on)}")
        elif self.around.stacked and not row.stacked:
            self.add("wrong-place", place, f"{row.name} has no effect in a stack", "put it on the stack's group")
        elif row.name == "repeat" and self.around.repeated:
            self.add("wrong-place", place, "a repeat cannot stand in a repeat", "repeat one of the two groups")

    def _complete(self, row: Operation, source: SourceElement) -> None:
        for parameter in row.parameters:
            if parameter.required and parameter.name not in source.attributes:
                self.add("missing", source.place(), f"{row.name} needs '{parameter.name}'", parameter.meaning)
        choice = ONE_OF.get(row.name, ())
        given = [key for key in choice if key in source.attributes]
        if choice and len(given) != 1:
            what = f"{row.name} needs {' or '.join(f'{key!r}' for key in choice)}"
            self.add("missing", source.place(), what + (", not both" if given else ""), "give one of them")

    def _parameter(self, row: Operation, key: str, source: SourceElement) -> dict[str, ParameterValue]:
        """The typed value by name; nothing, with a finding, where it is wrong."""
        parameter = row.parameter(key)
        if parameter is None:
            name, known = key.rpartition(" ")[2], [*(p.name for p in row.parameters), "when"]
            what = f"{row.name} has no parameter '{name[:80]}'"
            self.add("unknown-attribute", source.key(key), what, known=known, name=name)
            return {}
        if parameter.kind == "condition":
            condition = self.reading.condition(source, key, self.speaker)
            return {key: condition} if condition else {}
        try:
            value = parameter.parse(source.attributes[key])
        except ValueError as error:
            self.add("wrong-value", source.place(key), f"{row.name} {key}: {error}")
            return {}
        if (row.name, key) in OF_SUBJECTS and self.tag not in ("", "image"):
            what = f"{row.name} {key}: <{self.tag}> has no subject"
            self.add("wrong-element", source.key(key), what, "put it on an image")
        self._refers(row, parameter, value, source)
        return {key: value}

    def _refers(self, row: Operation, parameter: Parameter, value: ParameterValue, source: SourceElement) -> None:
        """Parameters that name an object must name one that exists, and of a kind that serves there."""
        if isinstance(value, Wish):
            self._ordered(row, value, source, parameter.name)
        if parameter.refers in ("", "layer"):
            return
        kinds = self._kinds(parameter)
        fitting = [n for n in self.reading.named(kinds) if parameter.refers != "items" or self._items(n)]
        name = str(value)
        self.reading.used.add(name)
        if name not in fitting:
            wanted = "object with a count" if parameter.refers == "items" else " or ".join(kinds)
            what = f"{row.name} {parameter.name}: no {wanted} is called '{name[:80]}'"
            self.add("unknown-reference", source.place(parameter.name), what, known=fitting, name=name)
        elif name in self.reading.counted and parameter.refers in ("any", "picture"):
            self._which(name, source, parameter)

    def _kinds(self, parameter: Parameter) -> tuple[str, ...]:
        if parameter.refers == "palette":
            return ("palette",)
        if parameter.refers == "any" and not self.tag:
            return (*vocabulary.PICTURES, *vocabulary.WORDED)
        return vocabulary.WORDED if parameter.refers == "any" and self.tag == "text" else vocabulary.PICTURES

    def _items(self, name: str) -> bool:
        return name in self.reading.counted and self.reading.kinds[name] in vocabulary.PICTURES

    def _which(self, name: str, source: SourceElement, parameter: Parameter) -> None:
        """Of a counted object, only the item is known whose repeat the element stands in, and only to be selected."""
        owner = self.reading.owners.get(name, name)
        if parameter.refers == "picture" or (self.tag and owner not in self.around.repeated):
            mend = f'put the layer into a group with <ddm:repeat object="{owner}"/>'
            mend = mend if parameter.refers == "any" else "name an object without a count"
            self.add("which-item", source.place(parameter.name), f"'{name}' stands for several items", mend)

    def _ordered(self, row: Operation, wish: Wish, source: SourceElement, key: str) -> None:
        place = source.place(key, wish.attribute)
        attribute = ATTRIBUTES.get(wish.attribute)
        if attribute is None:
            self.add("unknown-name", place, f"{row.name}: unknown name '{wish.attribute[:80]}'", known=ATTRIBUTES)
        elif attribute.kind not in ("share", "number", "pixels", "degrees"):
            self.add(
                "wrong-type", place, f"{row.name}: {wish.attribute} is no number; it has no order", "take a number"
            )


_DEFAULTS: dict[str, Mapping[str, ParameterValue]] = {}


def defaults(row: Operation) -> Mapping[str, ParameterValue]:
    """Kept by name: templates have hundreds of calls and the table does not change."""
    if row.name not in _DEFAULTS:
        _DEFAULTS[row.name] = row.defaults()
    return _DEFAULTS[row.name]


def repeats(steps: Sequence[Step]) -> Iterator[str]:
    """The objects whose items the element is drawn for."""
    written = (step.source.attributes for step in steps if step.source.name == "repeat")
    return (attributes["object"] for attributes in written if "object" in attributes)
