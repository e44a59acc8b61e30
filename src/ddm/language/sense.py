"""What is written rightly but makes no sense: what cannot hold, is never reached, comes too late, or does nothing."""

from __future__ import annotations

from collections.abc import Iterator

from ddm.language.operations import OPERATIONS
from ddm.language.ratios import always, never, uncovered
from ddm.language.reading import Reading
from ddm.language.sequences import Sequences
from ddm.language.template import Call, Element, Template
from ddm.language.vocabulary import NAMESPACE

WHEN = f"{NAMESPACE} when"

REPLACING = frozenset(
    "select pick crop mirror rotate extend matte blur recolour tint tone relight ink scrim fit format badge stack".split()
)
"""Operations of which the last one counts; of the others each adds its own."""


def check(template: Template, reading: Reading) -> None:
    for element in template.elements():
        for call in element.calls:
            with reading.findings.used_at(element.mark if call.mark in reading.shared else None):
                _cutout(element, call, template, reading)
                _calm(call, reading)
        _twice(element, reading)
        _format(element, template, reading)
        if element.tag == "switch":
            _switch(element, template, reading)


def _selected(element: Element, template: Template) -> str:
    """The kind of object that fills the element, '' for none."""
    call = element.call("select")
    spec = template.objects.get(str(call.parameters.get("object", ""))) if call else None
    return spec.kind if spec else ""


def _cutout(element: Element, call: Call, template: Template, reading: Reading) -> None:
    """What acts on a subject alone comes after the picture is one."""
    row = OPERATIONS.get(call.name)
    if not row or not row.cutouts or _selected(element, template) != "image":
        return
    mattes = [n for n, other in enumerate(element.calls) if other.name == "matte"]
    place = reading.place(call.mark)
    if not mattes:
        what = f"{call.name} acts on a subject alone, but the picture shows its surroundings"
        reading.findings.add("needs-cutout", place, what, "select a cutout, or put <ddm:matte/> before it")
    elif mattes[0] > element.calls.index(call):
        reading.findings.add("too-late", place, f"matte comes after {call.name}, which needs it", "put it first")


def _calm(call: Call, reading: Reading) -> None:
    source = reading.elements.get(call.mark)
    if call.name != "place" or source is None or "in" in source.attributes:
        return
    for key in ("avoid", "margin"):
        if key in source.attributes:
            what = f"place {key}: it only matters to the search for a calm place"
            reading.findings.add("no-effect", source.key(key), what, 'add in="calm"')


def _twice(element: Element, reading: Reading) -> None:
    """Of two that always apply, or of one that does after one that may, only the last is seen."""
    last: dict[str, Call] = {}
    for call in reversed(element.calls):
        later = last.get(call.name)
        if later and _replaced(call, later, reading):
            what = f"this {call.name} has no effect: another one follows in line {later.mark.line}"
            used = element.mark if call.mark in reading.shared else None
            with reading.findings.used_at(used):
                reading.findings.add("no-effect", reading.place(call.mark), what, "remove one of them")
        if call.when is None:
            last.setdefault(call.name, call)


def _replaced(call: Call, later: Call, reading: Reading) -> bool:
    if call.name in REPLACING:
        return True
    keys = [set(reading.elements[c.mark].attributes) & {"subject", "subject-size"} for c in (call, later)]
    return call.name == "place" and keys[0] <= keys[1]


def _format(element: Element, template: Template, reading: Reading) -> None:
    """Numbers want a format, and only numbers do."""
    kind, call = _selected(element, template), element.call("format")
    if kind == "number" and call is None:
        select = element.call("select")
        assert select is not None
        place = reading.place(select.mark, "object")
        reading.findings.add("unformatted", place, f"'{place.text}' is a number", 'add <ddm:format as="…"/>')
    elif call and kind == "copy":
        what = "format has no effect on copy"
        reading.findings.add("no-effect", reading.place(call.mark), what, "select a <ddm:number>")


def _switch(element: Element, template: Template, reading: Reading) -> None:
    for arm, earlier in _arms(element):
        if never(arm.when, [e.when for e in earlier], template.ratios):
            what = f"the arrangement '{arm.id}' is never taken: earlier ones hold wherever it would"
            reading.findings.add("not-reached", reading.place(arm.mark, WHEN), what, "put it earlier, or narrow those")
    conditions = [arm.when for arm in element.children]
    for low, high, sure in uncovered(conditions, template.ratios):
        span = f"{low:g}..{high:g}" if low != high else f"{low:g}"
        what = f"no arrangement for ratio {span}"
        if not sure:
            what = f"for ratio {span}, whether there is an arrangement depends on more than the ratio"
        mend = "add one without ddm:when at the end" + (", or narrow ddm:ratios" if sure else "")
        reading.findings.add("uncovered", reading.place(element.mark), what, mend)


def _arms(element: Element) -> Iterator[tuple[Element, tuple[Element, ...]]]:
    for number, arm in enumerate(element.children):
        if number:
            yield arm, element.children[:number]


def unused(template: Template, reading: Reading, sequences: Sequences) -> None:
    for spec in template.objects.values():
        if spec.id not in reading.used:
            what = f"the object '{spec.id}' is never used"
            reading.findings.add("unused", reading.place(spec.mark), what, "select it, or remove it")
    for name, source in sequences.unused().items():
        reading.findings.add("unused", source.place(), f"the sequence '{name}' is never used", "use it, or remove it")


__all__ = ["always", "check", "unused"]
