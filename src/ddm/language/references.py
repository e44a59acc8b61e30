"""Layers that name layers: they must exist, lie where the solver can see both, be drawn in time, and lead nowhere back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ddm.language.operations import OPERATIONS
from ddm.language.parameters import Beside, ParameterValue
from ddm.language.reading import Reading
from ddm.language.template import Call, Element, Template

GENERATED = ("frame", "turned", "scrim", "badge", "shadow", "stack")
"""Endings of ids that resolving gives to what it draws for a layer; items of a repeat and lines of a text end in -1."""

ORDERS: Mapping[str, tuple[str, int]] = {
    "above": ("up and down", 1),
    "below": ("up and down", -1),
    "before": ("across", 1),
    "after": ("across", -1),
}
"""Relation -> its axis, and 1 where the layer comes before the one it names."""

_ENDING = re.compile(rf"(.+?)-({'|'.join(GENERATED)}|\d+(?:-\d+)?)")


@dataclass
class Family:
    """Who lies beside whom. level: id -> which layers are solved together with it. arms: id -> its switch."""

    level: dict[str, int] = field(default_factory=dict)
    enclosing: dict[str, str] = field(default_factory=dict)
    arms: dict[str, str] = field(default_factory=dict)
    order: dict[str, int] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, template: Template) -> Family:
        family = cls()
        family._gather(template.layers, 0, "")
        return family

    def _gather(self, layers: tuple[Element, ...], level: int, enclosing: str, arm_of: str = "") -> None:
        """Arrangements of a switch take the switch's place among its siblings."""
        for element in layers:
            self.order.setdefault(element.id, len(self.order))
            self.level[element.id], self.enclosing[element.id] = level, enclosing
            self.tags[element.id] = element.tag
            if arm_of:
                self.arms[element.id] = arm_of
            if element.tag == "switch":
                self._gather(element.children, level, enclosing, element.id)
            else:
                self._gather(element.children, len(self.order), element.id)

    def together(self, one: str, other: str) -> bool:
        """Whether both can be placed by one another."""
        rivals = one in self.arms and self.arms.get(one) == self.arms.get(other)
        return one != other and self.level[one] == self.level[other] and not rivals and self.tags[other] != "switch"


def check(template: Template, reading: Reading) -> None:
    family = Family.of(template)
    for element in template.elements():
        _generated(element, template, family, reading)
        for call in element.calls:
            with reading.findings.used_at(element.mark if call.mark in reading.shared else None):
                _call(element, call, family, reading)
    _drops(template, family, reading)
    _circles(template, family, reading)


def _named(call: Call) -> Iterator[tuple[str, str]]:
    """Parameter and layer, for each layer that an operation names."""
    row = OPERATIONS.get(call.name)
    for parameter in row.parameters if row else ():
        value = call.parameters.get(parameter.name)
        if parameter.refers == "layer" and value is not None:
            yield from ((parameter.name, name) for name in _names(value))


def _names(value: ParameterValue) -> tuple[str, ...]:
    if isinstance(value, Beside):
        return (value.layer,)
    return tuple(map(str, value)) if isinstance(value, tuple) else (str(value),)


def _call(element: Element, call: Call, family: Family, reading: Reading) -> None:
    for key, name in _named(call):
        place, told = reading.place(call.mark, key, f"#{name}"), f"{call.name} {key}"
        add = reading.findings.add
        if name not in family.level:
            add("unknown-reference", place, f"{told}: no layer is called '{name[:80]}'", known=family.level, name=name)
        elif key == "avoid":
            _avoids(element, name, told, family, reading, call)
        elif name == element.id:
            add("cycle", place, f"{told}: '{name}' cannot be placed by itself", "name another layer")
        elif not family.together(element.id, name) and not (key == "of" and name == family.enclosing[element.id]):
            mend = "name a layer of the same group" + (", or the group itself" if key == "of" else "")
            if family.tags[name] == "switch":
                mend = f"name one of the arrangements of '{name}'"
            add("wrong-place", place, f"{told}: '{name}' does not lie beside '{element.id}'", mend)


def _avoids(element: Element, name: str, told: str, family: Family, reading: Reading, call: Call) -> None:
    """Only what is drawn already can be kept clear of."""
    if family.order[name] >= family.order[element.id] or name in _around(element.id, family):
        what = f"{told}: '{name}' is not drawn yet where '{element.id}' is placed"
        reading.findings.add("too-late", reading.place(call.mark, "avoid", f"#{name}"), what, "draw it earlier")


def _around(name: str, family: Family) -> Iterator[str]:
    while name := family.enclosing.get(name, ""):
        yield name


def _generated(element: Element, template: Template, family: Family, reading: Reading) -> None:
    """An id like one that resolving makes for another layer would be there twice."""
    found = _ENDING.fullmatch(element.id)
    if found and found[1] in family.level and "id" in reading.elements[element.mark].attributes:
        what = f"'{element.id}' could also be made for '{found[1]}'"
        reading.findings.add(
            "wrong-id", reading.place(element.mark, "id"), what, f"end it in another word than '{found[2]}'"
        )


def _drops(template: Template, family: Family, reading: Reading) -> None:
    for spec in template.objects.values():
        for name in (name for part in spec.otherwise for name in part.layers if name not in family.level):
            what, place = (
                f"otherwise: no layer is called '{name[:80]}'",
                reading.place(spec.mark, "otherwise", f"#{name}"),
            )
            reading.findings.add("unknown-reference", place, what, known=family.level, name=name)


def _circles(template: Template, family: Family, reading: Reading) -> None:
    """Sizes by one another, orders that contradict one another, and fallbacks that lead back."""
    elements = list(template.elements())
    sizes = {
        e.id: [str(c.parameters["of"]) for c in e.calls if c.name == "size" and "of" in c.parameters] for e in elements
    }
    marks = {e.id: e.mark for e in elements}
    _told(sizes, lambda path: f"sizes that depend on themselves: {path}", marks, reading)
    for axis in ("up and down", "across"):
        graph: dict[str, list[str]] = {}
        for one, other in (pair for e in elements for pair in _ordered(e, axis)):
            graph.setdefault(one, []).append(other)
        _told(graph, lambda path, axis=axis: f"layers that come before themselves, {axis}: {path}", marks, reading)
    uses = {o.id: [f.use for f in o.otherwise if f.use] for o in template.objects.values()}
    objects = {o.id: o.mark for o in template.objects.values()}
    _told(uses, lambda path: f"objects that take what they themselves got: {path}", objects, reading)


def _ordered(element: Element, axis: str) -> Iterator[tuple[str, str]]:
    """(earlier, later) for what always holds."""
    for call in element.calls:
        for key, value in call.parameters.items():
            if call.name == "place" and call.when is None and key in ORDERS and ORDERS[key][0] == axis:
                assert isinstance(value, Beside)
                yield (element.id, value.layer) if ORDERS[key][1] > 0 else (value.layer, element.id)


def _told(graph, what, marks, reading) -> None:  # type: ignore[no-untyped-def]
    for path in circles(graph):
        if len(path) > 2 or path[0] != path[-1] or len(path) == 2 and path[0] != path[1]:
            mark = marks.get(path[0])
            if mark:
                reading.findings.add("cycle", mark, what(" -> ".join(path)), "break the circle")


def circles(graph: Mapping[str, list[str]]) -> Iterator[list[str]]:
    """Each circle once, as the names from its first member back to it; of members many circles share, one circle."""
    done: set[str] = set()
    for start in graph:
        path, seen, name = [], {}, start
        stack = [(start, iter(graph.get(start, ())))]
        if start in done:
            continue
        path, on = [start], {start}
        while stack:
            name, rest = stack[-1]
            following = next((n for n in rest), None)
            if following is None:
                stack.pop()
                on.discard(path.pop())
                done.add(name)
            elif following in on:
                yield [*path[path.index(following) :], following]
            elif following not in done:
                stack.append((following, iter(graph.get(following, ()))))
                path.append(following)
                on.add(following)
