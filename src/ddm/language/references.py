"""Layers that name layers: they must exist, be placed together, be drawn in time, and not lead back."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ddm.language.findings import MOST
from ddm.language.links import linked, placed_by
from ddm.language.operations import OPERATIONS
from ddm.language.parameters import Beside, ParameterValue
from ddm.language.reading import Reading
from ddm.language.source import Mark
from ddm.language.template import Call, Element, Template

MOST_LINKED = 64  # layers placed by one another: they are solved as one, in a time that grows with the third power
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
    _crowds(template, family, reading)


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
        wrong = _avoided(element, name, family) if key == "avoid" else _placed_by(element, key, name, family)
        if name not in family.level:
            wrong = "unknown-reference", f"no layer is called '{name[:80]}'", ""
        if wrong:
            code, what, mend = wrong
            known = family.level if code == "unknown-reference" else None
            place = reading.place(call.mark, key, f"#{name}")
            reading.findings.add(code, place, f"{call.name} {key}: {what}", mend, known, name)


def _placed_by(element: Element, key: str, name: str, family: Family) -> tuple[str, str, str] | None:
    """(code, what, mend) where a layer cannot be placed by another."""
    if name == element.id:
        return "cycle", f"'{name}' cannot be placed by itself", "name another layer"
    inside = key == "of" and name == family.enclosing[element.id]
    if name not in family.level or inside or family.together(element.id, name):
        return None
    mend = "name a layer of the same group" + (", or the group itself" if key == "of" else "")
    if family.tags[name] == "switch":
        mend = f"name one of the arrangements of '{name}'"
    return "wrong-place", f"'{name}' does not lie beside '{element.id}'", mend


def _avoided(element: Element, name: str, family: Family) -> tuple[str, str, str] | None:
    """Only what is drawn already can be kept clear of."""
    late = family.order.get(name, -1) >= family.order[element.id] or name in _around(element.id, family)
    return (
        ("too-late", f"'{name}' is not drawn yet where '{element.id}' is placed", "draw it earlier") if late else None
    )


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


def _crowds(template: Template, family: Family, reading: Reading) -> None:
    links = [(e.id, n) for e in template.elements() for n in placed_by(e) if n in family.level]
    for names in linked(family.level, (link for link in links if family.together(*link))):
        if len(names) > MOST_LINKED:
            mark = next(e.mark for e in template.elements() if e.id == names[0])
            what = f"more than {MOST_LINKED} layers that are placed by one another"
            reading.findings.add("too-many", reading.place(mark, "id"), what, "put some of them into a <g>")


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
    marks = {e.id: e.mark for e in template.elements()}
    sizes = [(e.id, str(of)) for e in template.elements() for c in e.calls if (of := _size_of(c))]
    _round("sizes that depend on themselves", sizes, marks, reading)
    for axis in ("up and down", "across"):
        orders = [pair for e in template.elements() for pair in _ordered(e, axis)]
        _round(f"layers that come before themselves, {axis}", orders, marks, reading)
    uses = [(o.id, part.use) for o in template.objects.values() for part in o.otherwise if part.use]
    objects = {o.id: o.mark for o in template.objects.values()}
    _round("objects that take what they themselves got", uses, objects, reading)


def _size_of(call: Call) -> ParameterValue | None:
    return call.parameters.get("of") if call.name == "size" else None


def _ordered(element: Element, axis: str) -> Iterator[tuple[str, str]]:
    """(earlier, later) for what always holds."""
    for call in element.calls:
        for key, value in call.parameters.items():
            if call.name == "place" and call.when is None and key in ORDERS and ORDERS[key][0] == axis:
                assert isinstance(value, Beside)
                yield (element.id, value.layer) if ORDERS[key][1] > 0 else (value.layer, element.id)


def _round(what: str, edges: Sequence[tuple[str, str]], marks: Mapping[str, Mark], reading: Reading) -> None:
    graph: dict[str, list[str]] = {}
    for one, other in edges:
        if one != other and other in marks:  # else it is said already
            graph.setdefault(one, []).append(other)
    for path in itertools.islice(circles(graph), MOST):
        reading.findings.add("cycle", marks[path[0]], f"{what}: {' -> '.join(path[:12])}", "break the circle")


def circles(graph: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Paths from a name back to it: one for each edge that closes a circle when all are walked depth first."""
    done: set[str] = set()
    for start in graph:
        path = {} if start in done else {start: iter(graph[start])}
        while path:
            name = next(reversed(path))
            following = next(path[name], None)
            if following is None:
                done.add(name)
                del path[name]
            elif following in path:
                names = list(path)
                yield [*names[names.index(following) :], following]
            elif following not in done:
                path[following] = iter(graph.get(following, ()))
