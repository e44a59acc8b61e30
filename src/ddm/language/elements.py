"""Layers as written into Elements, in one walk: attributes, operations, conditions, and what stands where."""

from __future__ import annotations

from collections.abc import Mapping

from ddm.language import attributes
from ddm.language.calls import Around, Caller, repeats
from ddm.language.expressions import Condition
from ddm.language.reading import MAX_NAME, Reading, Speaker
from ddm.language.sequences import Sequences, Step
from ddm.language.source import SourceElement
from ddm.language.template import Element
from ddm.language.vocabulary import NAMESPACE, SVG

DRAWN = ("image", "text", "rect", "circle", "ellipse", "g", "switch")
INHERITED = ("font-family", "font-weight", "font-style", "font-size", "letter-spacing", "fill")  # as in SVG
SILENT = ("title", "desc", "metadata", "defs", "style")  # for viewers and people; nothing of them is drawn by us
WHEN = f"{NAMESPACE} when"
MAX_TEXT = 1_000  # characters of a text; no picture holds as many


class Walk:
    """Reads the layers of one template."""

    def __init__(self, reading: Reading, sequences: Sequences) -> None:
        self.reading, self.sequences = reading, sequences
        self.add = reading.findings.add
        self.ids: set[str] = set()

    def layers(self, root: SourceElement) -> tuple[Element, ...]:
        around = Around({k: v for k, v in root.attributes.items() if k in INHERITED})
        return tuple(e for child in root.children if (e := self._element(child, around)))

    def unused(self) -> None:
        """Sequences that no element uses are read all the same."""
        for name, source in self.sequences.unused().items():
            self.add("unused", source.place(), f"the sequence '{name}' is never used", "use it, or remove it")
            Caller(self.reading, "", Around({}), self.sequences.steps(source)).calls()

    def _element(self, source: SourceElement, around: Around) -> Element | None:
        """The layer, or None for what is not drawn."""
        if source.space != SVG or source.name in SILENT or self.reading.findings.full:
            return None
        if source.name not in DRAWN:
            what = f"<{source.name[:80]}> does not resolve to plain SVG"
            self.add("unknown-element", source.place(), what, f"use one of {', '.join(sorted(DRAWN))}")
            return None
        return self._layer(source, around)

    def _layer(self, source: SourceElement, around: Around) -> Element:
        steps = self.sequences.steps(source)
        own = {k: v for k, v in source.attributes.items() if " " not in k}
        whole = {**around.inherited, **own}
        self.reading.elements[source.mark] = source
        self._attributes(source, own)
        self._stands(source, around, steps)
        caller = Caller(self.reading, source.name, around, steps)
        within = Around(
            {k: v for k, v in whole.items() if k in INHERITED},
            around.repeated | frozenset(repeats(steps)),
            any(step.source.name == "stack" for step in steps),
            source.name,
        )
        return Element(
            tag=source.name,
            id=self._id(source),
            attributes=whole,
            mark=source.mark,
            calls=caller.calls(),
            children=tuple(e for child in source.children if (e := self._element(child, within))),
            text=" ".join(source.text.split()),
            when=self._when(source, caller.speaker),
        )

    def _when(self, source: SourceElement, speaker: Speaker) -> Condition | None:
        return self.reading.condition(source, WHEN, speaker) if WHEN in source.attributes else None

    def _id(self, source: SourceElement) -> str:
        """As written, else by its line; columns tell layers of one line apart."""
        name, mark = source.attributes.get("id", ""), source.mark
        if not name:
            name = f"{source.name}-{mark.line}"
            name = name if name not in self.ids else f"{name}-{mark.column}"
        elif name in self.ids:
            self.add(
                "wrong-id",
                source.place("id"),
                f"the id '{name[:80]}' is used twice",
                "give each layer an id of its own",
            )
        elif len(name) > MAX_NAME:
            self.add(
                "wrong-id",
                source.place("id"),
                f"'{name[:20]}…' is too long for an id",
                f"at most {MAX_NAME} characters",
            )
        self.ids.add(name)
        return name

    def _attributes(self, source: SourceElement, own: Mapping[str, str]) -> None:
        for code, key, part, what, mend in attributes.wrong(own):
            self.add(code, source.place(key, part), what, mend, attributes.FAMILIES if code == "unknown-font" else None)
        for key, what, mend in attributes.unread(source.name, own):
            self.add("unread", source.key(key), what, mend)
        for key in source.attributes:
            space, _, name = key.rpartition(" ")
            if space == NAMESPACE and name != "when":
                what = f"<{source.name}> has no attribute 'ddm:{name[:80]}'"
                self.add("unknown-attribute", source.key(key), what, "only ddm:when")

    def _stands(self, source: SourceElement, around: Around, steps: list[Step]) -> None:
        """What stands among copy must be set like copy; what is set must be a stack; an image must show something."""
        named, place = {step.source.name for step in steps}, source.place()
        calm = any(s.source.name == "place" and "in" in s.source.attributes for s in steps)
        if around.stacked and source.name in ("image", "switch"):
            self.add("wrong-place", place, f"<{source.name}> cannot stand in a stack", "put it beside the group")
        elif around.stacked and source.name == "g" and "stack" not in named:
            self.add("wrong-place", place, "this group stands in a stack, but is none", "add <ddm:stack/>")
        elif around.parent == "switch" and source.name == "switch":
            self.add("wrong-place", place, "an arrangement cannot be a <switch>", "put the <switch> into a <g>")
        if source.name == "image" and "select" not in named:
            self.add("missing", place, "this image selects no object", 'add <ddm:select object="…"/>')
        if source.name == "text" and len(source.text) > MAX_TEXT:
            self.add("too-many", place, f"a text of more than {MAX_TEXT:,} characters", "shorten it")
        if calm and source.name != "text" and "stack" not in named:
            self.add("missing", place, f"<{source.name}> has no copy to place in calm", "add <ddm:stack/>")
