"""The tables of all rooms -> docs/REFERENCE.md: what the document says, the code says too."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from ddm import fonts, models, templates
from ddm.derive.table import TABLE as DERIVATIONS
from ddm.derive.table import Derivation
from ddm.derive.table import Parameter as Asked
from ddm.formats.catalogue import CORE, VARIABLE, Format, shipped
from ddm.formats.format import CONFIDENCE
from ddm.formats.format import KINDS as PLACEMENTS
from ddm.formats.rows import FIELDS
from ddm.language import reference as language
from ddm.language import vocabulary
from ddm.language.lengths import plain
from ddm.markdown import Cells, codes, span, table
from ddm.measure.scores import TABLE as MEASURES
from ddm.perceive.perceivers import TABLE as PERCEIVERS
from ddm.perceive.schema import ATTRIBUTES
from ddm.serve.routes import STUDIO
from ddm.serve.routes import TABLE as ROUTES
from ddm.svg.check import LANGUAGE_TABLE, ROLES

PREFACE = """\
# Reference

Made by `ddm reference` from the tables in the code; do not edit it by hand. The names here are all there are: a
template that uses any other is refused, with the nearest known name. How they work together is told in
[LANGUAGE.md](LANGUAGE.md).
"""


def reference() -> str:
    """The whole document as Markdown."""
    return "\n".join([PREFACE, *(section() for section in SECTIONS)])


def _attributes() -> str:
    heads = ("name", "kind", "values", "meaning")
    givers = ((p.name, codes(p.attributes), codes(p.models)) for p in PERCEIVERS)
    return (
        "## Attributes of a material\n\n"
        "For `where` and `prefer` of objects, and in the conditions of a layer that selects a picture. Any other layer "
        "names the object first: `scene.calm.area`.\n\n"
        + table(heads, map(language.attribute, ATTRIBUTES.values()))
        + "\n## Names of the context\n\nFor conditions on layers and operations.\n\n"
        + table(heads, map(language.attribute, vocabulary.CONTEXT.values()))
        + "\n## Perceivers\n\nWhat finds which attributes, with which models.\n\n"
        + table(("perceiver", "attributes", "models"), givers)
    )


# ------------------------------------------------------------------------------------------------ the rooms


def _format(row: Format) -> Cells:
    safe = " ".join(plain(side) for side in row.safe)
    size, least, weight = f"{row.width} x {row.height}", plain(row.min_text), str(row.max_kb or "")
    text = f"at most {plain(row.text_share * 100)} %" if row.text == "little" else row.text
    return f"`{row.id}`", row.name, row.kind, size, safe, least, weight, text


def _reserved(row: Format) -> Iterable[Cells]:
    for box, reason in zip(row.reserved, row.reasons, strict=True):
        yield f"`{row.id}`", " ".join(plain(length) for length in box), reason


def _origin(row: Format) -> Cells:
    return f"`{row.id}`", row.source, row.checked, row.confidence, row.note


def _publishers(rows: Iterable[Format]) -> str:
    heads = (
        "format",
        "name",
        "kind",
        "pixels",
        "safe margins (left top right bottom)",
        "least type, px",
        "most kB",
        "text",
    )
    families = groupby(sorted(rows, key=lambda row: row.publisher.casefold()), lambda row: row.publisher)
    return "\n".join(f"### {name}\n\n{table(heads, map(_format, found))}" for name, found in families)


def _formats() -> str:
    rows, keys = shipped().formats.values(), ((f"`{key}`", field.meaning) for key, field in FIELDS.items())
    return (
        "## Formats\n\n"
        f"Those of the collection `{CORE}` are made when no format is asked for: "
        f"{codes(row.id for row in rows if CORE in row.collections)}. Margins and least type are our own where the "
        "source names none.\n\n"
        + _publishers(rows)
        + "\n### What the host covers\n\n"
        + table(("format", "left top width height", "with"), (cells for row in rows for cells in _reserved(row)))
        + "\n### Where the figures come from\n\n"
        + table(("confidence", "meaning"), CONFIDENCE.items())
        + "\n"
        + table(("format", "source", "checked", "confidence", "note"), map(_origin, rows))
        + "\n### Formats of your own\n\n"
        f"JSON files or folders of them, named by `--formats` or by `{VARIABLE}`, or lying in `formats` of `DDM_HOME`; "
        "`ddm formats check FILE` says what is wrong with them. A file holds a list of objects, or one object with "
        "`formats`, the list, and `defaults` for all in it. `id`, `width` and `height` are needed. Objects of the Ad "
        "Context Protocol (`format_kind`) are read, too.\n\n"
        + table(("key", "meaning"), keys)
        + "\nKinds:\n\n"
        + table(("kind", "what it is"), PLACEMENTS.items())
    )


def _templates() -> str:
    found = map(templates.find, templates.shipped())
    rows = ((f"`{t.id}`", t.title, t.description) for t in found)
    return "## Templates\n\n" + table(("template", "title", "idea"), rows)


def _measures() -> str:
    rows = ((f"`{m.name}`", m.meaning, f"{m.wanted} {m.written(m.target)}") for m in MEASURES.values())
    return "## Measures\n\nJudged on the finished pixels and the plain SVG of every creative.\n\n" + table(
        ("measure", "meaning", "target"), rows
    )


def _asked(row: Asked) -> str:
    return codes(row.choices) if row.choices else "`#rrggbb`" if row.colour else span(row.low, row.high)


def _derivation(row: Derivation) -> Cells:
    parameters = (f"`{p.name}` {_asked(p)} (`{p.default}`)" for p in row.parameters)
    return f"`{row.name}`", row.meaning, "; ".join(parameters)


def _derivations() -> str:
    heads = ("derivation", "meaning", "parameters, with defaults")
    return (
        "## Derivations\n\n"
        "Pixels that the perception room makes from one material on request; made once and kept in the library.\n\n"
        + table(heads, map(_derivation, DERIVATIONS.values()))
    )


def _output() -> str:
    rows = (
        (f"`{tag}`", codes(rule.inside), codes(map(_bare, rule.needs)), codes(map(_bare, rule.may)))
        for tag, rule in LANGUAGE_TABLE.items()
    )
    return (
        "## Plain SVG\n\n"
        "The output language. What is not in this table does not leave the resolver; each value must also match a "
        f"pattern. `data-role` is one of {codes(ROLES)}.\n\n"
        + table(("element", "stands in", "must have", "may have"), rows)
    )


def _bare(name: str) -> str:
    return name.replace("{http://www.w3.org/XML/1998/namespace}", "xml:")


def _routes() -> str:
    marks = {"signature": "a signature", "token": "the studio's token"}
    rows = (
        (f"{r.method} `{r.path}`", r.meaning, marks.get(r.guard, ""), "studio" if r.name in STUDIO else "")
        for r in ROUTES.values()
    )
    parameters = {p.name: p for r in ROUTES.values() for p in (*r.params, *r.query)}
    return (
        "## Addresses\n\n"
        "What `ddm serve` answers; `/openapi.json` says the same for machines.\n\n"
        + table(("address", "meaning", "needs", "only with"), rows)
        + "\n"
        + table(("part", "meaning", "such as"), ((f"`{p.name}`", p.meaning, p.example) for p in parameters.values()))
    )


# ------------------------------------------------------------------------------------------------ what is fetched


def _models() -> str:
    rows = ((f"`{m.name}`", m.purpose, str(m.origin), f"{m.size / 1e6:.1f}", m.licence) for m in models.TABLE.values())
    return (
        "## Models and pictures\n\n"
        "Fetched at set-up and checked by SHA-256; nothing of them lies in the repository.\n\n"
        + table(("name", "purpose", "from", "MB", "licence"), rows)
    )


def _fonts() -> str:
    families = {name: list(rows) for name, rows in groupby(fonts.TABLE, lambda font: font.family)}
    rows = (
        (name, _weights(found), found[0].package, found[0].licence, ", ".join(found[0].scripts))
        for name, found in families.items()
    )
    return "## Fonts\n\nFetched at set-up out of Debian packages; the system's own are never used.\n\n" + table(
        ("family", "weights", "package", "licence", "stands in for (ISO 15924)"), rows
    )


def _weights(faces: Iterable[fonts.Font]) -> str:
    return " ".join(f"{face.weight}{' italic' if face.italic else ''}" for face in faces)


SECTIONS = (
    language.objects,
    language.conditions,
    _attributes,
    language.operations,
    language.layers,
    language.findings,
    _formats,
    _templates,
    _measures,
    _derivations,
    _output,
    _routes,
    _models,
    _fonts,
)
"""Sections in their order; each gives its Markdown, heading included."""
