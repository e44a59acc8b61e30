"""Elements as written into a checked Template; every finding at once, each with its place."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ddm.errors import InputError
from ddm.geometry import Box
from ddm.language import attributes, expressions, objects, vocabulary
from ddm.language.expressions import Condition
from ddm.language.findings import Findings, nearest
from ddm.language.operations import OPERATIONS, Operation
from ddm.language.parameters import ParameterValue
from ddm.language.source import Mark, SourceElement, parse
from ddm.language.template import AbstractObject, Call, Element, Template
from ddm.language.vocabulary import Scope

DRAWN = {"image", "text", "rect", "circle", "ellipse", "g", "switch"}
INHERITED = ("font-family", "font-weight", "font-style", "font-size", "letter-spacing", "fill")  # as in SVG
LARGEST = 100_000  # sides of the viewBox; larger ones leave no digits for places inside
WHERE: Mapping[Scope, str] = {
    "material": "for material",
    "picture": "for a layer with a picture",
    "layer": "for a layer without a picture of its own",
    "value": "for a number",
}
SILENT = {"title", "desc", "metadata", "defs", "style"}  # for viewers and people; nothing of them is drawn by us


@dataclass
class Compiler:
    """Carries the objects and findings of one template through the walk."""

    findings: Findings = field(default_factory=Findings)
    kinds: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)

    def condition(self, text: str, mark: Mark, scope: Scope = "material") -> Condition | None:
        """Parsed and checked against the vocabulary; None where it cannot be read, which is then a finding."""
        try:
            parsed = expressions.parse(text, str(mark))
        except InputError as error:
            self.findings.error(mark, error.what, error.mend)
            return None
        for test in expressions.tests(parsed):
            self._check(test, mark, scope)
        return parsed

    def _check(self, test: expressions.Test, mark: Mark, scope: Scope) -> None:
        attribute = vocabulary.find(test.name, self.kinds, scope)
        if attribute is None:
            known = vocabulary.known(self.kinds, scope)
            self.findings.error(mark, f"unknown name '{test.name}' {WHERE[scope]}", nearest(test.name, known))
        elif wrong := expressions.mistyped(test, attribute):
            self.findings.error(mark, f"in '{test}': {wrong}")
        head = test.name.partition(".")[0]
        if head in self.kinds:
            self.used.add(head)

    def element(self, source: SourceElement, inherited: Mapping[str, str]) -> Element | None:
        """The layer, or None for what is not drawn."""
        if source.space != vocabulary.SVG or source.name in SILENT:
            return None
        if source.name not in DRAWN:
            self.findings.error(
                source.mark, f"<{source.name}> does not resolve to plain SVG", f"use one of {', '.join(sorted(DRAWN))}"
            )
            return None
        own = {k: v for k, v in source.attributes.items() if " " not in k}
        self._attributes(source, own)
        whole = {**inherited, **own}
        scope = self._scope(source)
        self._stacked(source)
        calls = [self.call(c, source, scope) for c in source.children if c.space == vocabulary.NAMESPACE]
        passed = {k: v for k, v in whole.items() if k in INHERITED}
        children = [self.element(c, passed) for c in source.children if c.space == vocabulary.SVG]
        name = source.attributes.get("id", "") or f"{source.name}-{source.mark.line}"
        self._once(name, source.mark)
        return Element(
            tag=source.name,
            id=name,
            attributes=whole,
            mark=source.mark,
            calls=tuple(c for c in calls if c),
            children=tuple(c for c in children if c),
            text=" ".join(source.text.split()),
            when=self._when(source, f"{vocabulary.NAMESPACE} when", scope),
        )

    def _attributes(self, source: SourceElement, own: Mapping[str, str]) -> None:
        for what, mend in attributes.wrong(own):
            self.findings.error(source.mark, what, mend)
        for what, mend in attributes.unread(source.name, own):
            self.findings.warn(source.mark, what, mend)
        for key in source.attributes:
            space, _, name = key.rpartition(" ")
            if space == vocabulary.NAMESPACE and name != "when":
                self.findings.error(source.mark, f"<{source.name}> has no attribute 'ddm:{name}'", "only ddm:when")

    def _stacked(self, source: SourceElement) -> None:
        """What stands among copy must be set like copy, and what is set must be a stack."""
        if not _called(source, "stack"):
            if source.name != "text" and any("in" in c.attributes for c in _called(source, "place")):
                self.findings.error(source.mark, f"<{source.name}> has no copy to place in calm", "add <ddm:stack/>")
            return
        for child in (c for c in source.children if c.space == vocabulary.SVG):
            if child.name in ("image", "switch"):
                self.findings.error(child.mark, f"<{child.name}> cannot stand in a stack", "put it beside the group")
            elif child.name == "g" and not _called(child, "stack"):
                self.findings.error(child.mark, "this group stands in a stack, but is none", "add <ddm:stack/>")
            for call in (*_called(child, "place"), *_called(child, "rotate")):
                self.findings.error(call.mark, f"{call.name} has no effect in a stack", "put it on the stack's group")

    def _scope(self, source: SourceElement) -> Scope:
        """Whether conditions on this element may speak of material of its own; an image must have some."""
        selected = [c.attributes.get("object", "") for c in source.children if c.name == "select"]
        if source.name == "image" and not selected:
            self.findings.error(source.mark, "this image selects no object", 'add <ddm:select object="…"/>')
        return "picture" if any(self.kinds.get(name) in vocabulary.PICTURES for name in selected) else "layer"

    def _once(self, name: str, mark: Mark) -> None:
        if name in self.ids:
            self.findings.error(mark, f"the id '{name}' is used twice", "give each layer an id of its own")
        self.ids.add(name)

    def _when(self, source: SourceElement, key: str, scope: Scope) -> Condition | None:
        text = source.attributes.get(key)
        return self.condition(text, source.mark, scope) if text is not None else None

    def call(self, source: SourceElement, parent: SourceElement, scope: Scope) -> Call | None:
        """One operation, its parameters typed and its defaults filled in."""
        row = OPERATIONS.get(source.name)
        if row is None:
            self.findings.error(source.mark, f"unknown operation '{source.name}'", nearest(source.name, OPERATIONS))
            return None
        if parent.name not in row.on:
            self.findings.error(
                source.mark, f"{row.name} cannot act on <{parent.name}>", f"it acts on {', '.join(row.on)}"
            )
        for child in source.children:
            self.findings.error(
                child.mark, f"{row.name} holds nothing, but here it holds '{child.name}'", "move it out"
            )
        parameters = self._defaults(row)
        for key, text in source.attributes.items():
            if key != "when":
                self._parameter(row, key, text, source.mark, parameters, parent, scope)
        for parameter in row.parameters:
            if parameter.required and parameter.name not in source.attributes:
                self.findings.error(source.mark, f"{row.name} needs '{parameter.name}'", parameter.meaning)
        return Call(row.name, parameters, source.mark, self._when(source, "when", scope))

    def _defaults(self, row: Operation) -> dict[str, ParameterValue]:
        return {p.name: p.parse(p.default) for p in row.parameters if p.default is not None}

    def _parameter(
        self,
        row: Operation,
        key: str,
        text: str,
        mark: Mark,
        into: dict[str, ParameterValue],
        parent: SourceElement,
        scope: Scope,
    ) -> None:
        parameter = row.parameter(key)
        if parameter is None:
            mend = nearest(key, [p.name for p in row.parameters] + ["when"])
            self.findings.error(mark, f"{row.name} has no parameter '{key}'", mend)
            return
        if parameter.kind == "condition":
            parsed = self.condition(text, mark, scope)
            if parsed:
                into[key] = parsed
            return
        try:
            into[key] = parameter.parse(text)
        except ValueError as error:
            self.findings.error(mark, f"{row.name} {key}: {error}")
        else:
            self._reference(row, key, str(into[key]), mark, parent)

    def _reference(self, row: Operation, key: str, name: str, mark: Mark, parent: SourceElement) -> None:
        """Parameters that name an object must name one that exists, and of a kind that fills such an element."""
        parameter = row.parameter(key)
        refers = parameter.refers if parameter else ""
        if refers in ("", "layer"):
            return
        filled = ("copy", "number") if parent.name == "text" else vocabulary.PICTURES
        wanted = {"palette": ("palette",), "any": filled}.get(refers, vocabulary.PICTURES)
        fitting = [n for n, kind in self.kinds.items() if kind in wanted]
        if name not in fitting:
            self.findings.error(
                mark, f"{row.name} {key}: no {' or '.join(wanted)} is called '{name}'", nearest(name, fitting)
            )
        self.used.add(name)


def _called(source: SourceElement, name: str) -> list[SourceElement]:
    return [c for c in source.children if c.space == vocabulary.NAMESPACE and c.name == name]


def _view_box(root: SourceElement, findings: Findings) -> Box:
    parts = root.attributes.get("viewBox", "").replace(",", " ").split()
    try:
        box = Box(*(float(p) for p in parts))
    except (TypeError, ValueError):
        box = Box(0, 0, 0, 0)
    if not all(map(math.isfinite, box)) or not all(1 <= side <= LARGEST for side in (box.width, box.height)):
        findings.error(root.mark, "the <svg> needs a viewBox", 'such as viewBox="0 0 800 800"')
        return Box(0, 0, 800, 800)
    return box


def _ratios(root: SourceElement, findings: Findings) -> tuple[float, float]:
    text = root.attributes.get(f"{vocabulary.NAMESPACE} ratios", "0.05..20")
    try:
        low, high = (float(part) for part in text.split(".."))
    except ValueError:
        low, high = 1.0, 0.0
    if not 0 < low <= high < math.inf:
        findings.error(root.mark, f"'{text}' is not a range of ratios", 'such as ddm:ratios="0.5..2"')
        return 0.05, 20.0
    return low, high


def _strays(root: SourceElement, findings: Findings) -> None:
    """What belongs to the language, but stands where nobody would look for it."""
    for child in root.children:
        if child.space == vocabulary.NAMESPACE and child.name != "objects":
            mend = (
                "put it into the element it acts on" if child.name in OPERATIONS else nearest(child.name, ["objects"])
            )
            findings.error(child.mark, f"'{child.name}' does not stand at the top", mend)
        elif child.space.startswith("urn:ddm:") and child.space != vocabulary.NAMESPACE:
            findings.error(child.mark, f"the language '{child.space}' is not known", f"write {vocabulary.NAMESPACE}")
    for key in root.attributes:
        space, _, name = key.rpartition(" ")
        if space == vocabulary.NAMESPACE and name != "ratios":
            findings.error(root.mark, f"<svg> has no attribute 'ddm:{name}'", "only ddm:ratios")


def _words(root: SourceElement, name: str) -> str:
    return next((" ".join(c.text.split()) for c in root.children if c.name == name and c.space == vocabulary.SVG), "")


def compile_text(text: str, name: str = "template", file: str = "") -> tuple[Template, Findings]:
    """A template and all that was found in it. InputError where it is not even XML."""
    root = parse(text, file or name)
    compiler = Compiler()
    if root.space != vocabulary.SVG or root.name != "svg":
        raise InputError(f"the root is <{root.name}>, not <svg>", str(root.mark), f'<svg xmlns="{vocabulary.SVG}">')
    declared: dict[str, AbstractObject] = objects.declared(root, compiler.findings, compiler.kinds, compiler.condition)
    _strays(root, compiler.findings)
    passed = {k: v for k, v in root.attributes.items() if k in INHERITED}
    layers = tuple(e for c in root.children if (e := compiler.element(c, passed)))
    for spec in declared.values():
        if spec.of:
            compiler.used.add(spec.of)
    for spec in declared.values():
        if spec.id not in compiler.used:
            compiler.findings.warn(spec.mark, f"the object '{spec.id}' is never used", "select it, or remove it")
    return Template(
        id=name,
        title=_words(root, "title") or name,
        description=_words(root, "desc"),
        canvas=_view_box(root, compiler.findings),
        objects=declared,
        layers=layers,
        ratios=_ratios(root, compiler.findings),
        file=file,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    ), compiler.findings


def load(path: Path) -> Template:
    """The template in a file. InputError names every error in it at once."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read the template: {error}", str(path), "a UTF-8 SVG file") from None
    template, findings = compile_text(text, path.stem, str(path))
    findings.raise_errors()
    return template
