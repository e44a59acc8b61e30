"""What is written rightly but makes no sense: what cannot hold, is never reached, comes too late, or does nothing."""

from __future__ import annotations

from collections.abc import Iterator

from ddm.language.expressions import All, Condition, Not, contradiction, tests
from ddm.language.operations import OPERATIONS
from ddm.language.ratios import Coverage
from ddm.language.reading import Reading
from ddm.language.source import Place
from ddm.language.template import Call, Element, Template
from ddm.language.vocabulary import NAMESPACE

WHEN = f"{NAMESPACE} when"

PICTURES = ("select", "pick", "crop", "mirror", "extend", "matte", "blur")
REPLACING = frozenset((*PICTURES, "rotate", "recolour", "ink", "scrim", "fit", "format", "badge", "stack"))
"""Operations of which the last one counts; of the others each adds its own."""


MAX_ARMS = 64  # arrangements of one switch; a template that has more is several
MAX_JUDGED = 5_000  # comparisons that are judged together with those around them; beyond, contradictions are missed


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
    judge = _Judge(reading)
    for layer in template.layers:
        judge.layer(layer, ())


class _Judge:
    """Conditions of layers and operations together with those of what encloses them."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.left = reading, MAX_JUDGED

    def layer(self, element: Element, around: tuple[Condition, ...]) -> None:
        if element.when is not None:
            self._told(element.when, around, self.reading.place(element.mark, WHEN), "with what encloses this layer")
        within = (*around, element.when) if element.when is not None else around
        for call in element.calls:
            if call.when is not None:
                with self.reading.findings.used_at(element.mark if call.mark in self.reading.shared else None):
                    place = self.reading.place(call.mark, "when")
                    self._told(call.when, within, place, "with the conditions of its layer")
        for child, earlier in _arms(element):
            self.layer(child, (*within, *(Not(e.when) for e in earlier if e.when is not None)))

    def _told(self, condition: Condition, around: tuple[Condition, ...], place: Place, why: str) -> None:
        """Contradictions that are there without what is around were told where the condition was read."""
        if not around or self.left < 0 or contradiction(condition, self.reading.find):
            return
        joint = All((*around, condition))
        self.left -= len(tests(joint))
        if found := contradiction(joint, self.reading.find):
            self.reading.findings.add("never", place, f"this never holds {why}: {found}", "narrow one of them")


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
    mattes, place = [n for n, other in enumerate(element.calls) if other.name == "matte"], reading.place(call.mark)
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
    elif call and kind == "copy" and call.parameters.get("as") != "date":
        what = "format has no effect on copy, unless it is a date"
        reading.findings.add("no-effect", reading.place(call.mark), what, "select a <ddm:number>")


def _switch(element: Element, template: Template, reading: Reading) -> None:
    if len(element.children) > MAX_ARMS:
        what = f"more than {MAX_ARMS} arrangements in one switch"
        reading.findings.add("too-many", reading.place(element.mark), what, "split the template")
        return
    found = Coverage([arm.when for arm in element.children], template.ratios)
    for arm in (arm for arm, reached in zip(element.children, found.reached(), strict=True) if not reached):
        what = f"the arrangement '{arm.id}' is never taken: earlier ones hold wherever it would"
        reading.findings.add("not-reached", reading.place(arm.mark, WHEN), what, "put it earlier, or narrow those")
    for low, high, sure in found.gaps():
        span = f"{low:g}..{high:g}" if low != high else f"{low:g}"
        what = f"no arrangement for ratio {span}"
        if not sure:
            what = f"for ratio {span}, whether there is an arrangement depends on more than the ratio"
        mend = "add one without ddm:when at the end" + (", or narrow ddm:ratios" if sure else "")
        reading.findings.add("uncovered", reading.place(element.mark), what, mend)


def _arms(element: Element) -> Iterator[tuple[Element, tuple[Element, ...]]]:
    """Each child, and, of a switch, those that are asked before it."""
    for number, child in enumerate(element.children):
        yield child, element.children[max(0, number - MAX_ARMS) : number] if element.tag == "switch" else ()


def unused(template: Template, reading: Reading) -> None:
    for spec in template.objects.values():
        if spec.id not in reading.used:
            what = f"the object '{spec.id}' is never used"
            reading.findings.add("unused", reading.place(spec.mark), what, "select it, or remove it")
