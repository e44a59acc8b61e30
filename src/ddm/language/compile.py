"""Elements as written into a checked Template; every finding at once, each with its place."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ddm.language import references, root, sense, source
from ddm.language.elements import Walk
from ddm.language.findings import Findings
from ddm.language.objects import declared
from ddm.language.reading import Reading
from ddm.language.sequences import Sequences
from ddm.language.source import SourceElement
from ddm.language.template import Template
from ddm.language.vocabulary import NAMESPACE


def compile_text(text: str, name: str = "template", file: str = "") -> tuple[Template, Findings]:
    """A template and all that was found in it, by place. Unreadable (an InputError) where it is no SVG at all."""
    top = source.parse(text, file or name)
    root.must_be_svg(top)
    reading = Reading()
    template = _read(top, reading, name, file, hashlib.sha256(text.encode()).hexdigest())
    reading.findings.sort_by_place()
    return template, reading.findings


def _read(top: SourceElement, reading: Reading, name: str, file: str, sha256: str) -> Template:
    sequences = Sequences(reading)
    declarations = root.declarations(top)
    objects = declared([s for s in declarations if not _is_sequence(s)], reading)
    for s in filter(_is_sequence, declarations):
        sequences.declare(s)
    root.strays(top, reading.findings)
    walk = Walk(reading, sequences)
    template = Template(
        id=name,
        title=root.words(top, "title") or name,
        description=root.words(top, "desc"),
        canvas=root.view_box(top, reading.findings),
        objects=objects,
        layers=walk.layers(top),
        ratios=root.ratios(top, reading.findings),
        file=file,
        sha256=sha256,
    )
    walk.unused()
    references.check(template, reading)
    sense.check(template, reading)
    sense.unused(template, reading)
    return template


def _is_sequence(s: SourceElement) -> bool:
    return s.space == NAMESPACE and s.name == "sequence"


def load(path: Path) -> Template:
    """The template in a file. InputError names every error in it at once."""
    template, findings = compile_text(source.read(path), path.stem, str(path))
    findings.raise_errors()
    return template
