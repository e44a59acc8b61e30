"""The tables of all rooms -> docs/REFERENCE.md: what the document says, the code says too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from ddm import fonts, models, templates
from ddm.formats.catalogue import CORE, VARIABLE, Format, shipped
from ddm.formats.format import CONFIDENCE
from ddm.formats.format import KINDS as PLACEMENTS
from ddm.formats.rows import FIELDS
from ddm.language import attributes, objects, vocabulary
from ddm.language.lengths import plain
from ddm.language.operations import OPERATIONS, Operation, Parameter
from ddm.language.parameters import PARSERS
from ddm.measure.scores import TABLE as MEASURES
from ddm.perceive.derive import TABLE as DERIVATIONS
from ddm.perceive.derive import Derivation
from ddm.perceive.derive import Parameter as Asked
from ddm.perceive.perceivers import TABLE as PERCEIVERS
from ddm.perceive.schema import ATTRIBUTES, Attribute
from ddm.serve.routes import STUDIO
from ddm.serve.routes import TABLE as ROUTES
from ddm.svg.check import LANGUAGE_TABLE, ROLES

Cells = Sequence[str]

PREFACE = """\
# Reference

Made by `ddm reference` from the tables in the code; do not edit it by hand. The names here are all there are: a
template that uses any other is refused, with the nearest known name. How they work together is told in
[LANGUAGE.md](LANGUAGE.md).
"""

GRAMMAR = (
    ("`a = x`, `a ne x`", "equal, not equal; a set equals `none` when it is empty"),
    ("`a lt n`, `a le n`, `a gt n`, `a ge n`", "less, at most, greater, at least; words, so that XML needs no escapes"),
    ("`a in n..m`", "between the two, both included"),
    ("`a in {x, y}`", "one of the words"),
    ("`a has x`, `a lacks x`", "the set, or the text, holds the word, or does not"),
    ("`a`", "a flag, by its name alone"),
    ("`not c`, `c and d`, `c or d`, `( c )`", "binding in this order, the tightest first"),
)
"""How a condition is written -> when it holds."""

KINDS = {
    "share": "0 to 1, written as a percentage: `45%`",
    "number": "a plain number: `1.5`",
    "pixels": "of the picture or the canvas: `800px`, or `800`",
    "degrees": "`30deg`, or `30`",
    "word": "one of its words",
    "words": "a set of its words; `none` is the empty set",
    "text": "any text; quoted where it is not one word: `'two words'`",
    "flag": "yes or no",
}
"""Kind of an attribute -> what it is and how it is written."""

VALUES = {
    "length": "`12%` of the enclosing frame along the axis, `3u` (hundredths of the canvas's mean side), `40px`",
    "share": "`45%`",
    "number": "`4.5`",
    "degrees": "`30` or `30deg`",
    "flag": "`yes` or `no`",
    "range": "`40%..60%`, or `50%` for exactly that",
    "zones": "`right middle`, or `66% 50%`; alternatives in order of preference, separated by `|`",
    "word": "one of its words",
    "name": "the id of an object",
    "names": "ids separated by spaces or commas",
    "condition": "see [Conditions](#conditions)",
}
"""Kind of a parameter -> how it is written."""

OBJECTS = {
    "image": "A picture with its surroundings.",
    "cutout": "The subject of a picture, alone.",
    "copy": "A wording.",
    "palette": "The colours of a picture, by role.",
}

KEYS = {
    "id": "Its name, for operations and conditions.",
    "where": "What must hold of the material: the hard part.",
    "prefer": "Wishes, separated by commas: a condition, or a numeric attribute with `asc` or `desc` and a weight.",
    "otherwise": "When nothing serves: `refuse` the creative (so unless said), or `drop` the layers that select it.",
    "from": "Where to look: `product` (so unless said) or `scenes`; for copy the sources to try, in order.",
    "against": "The picture that it must set off: apart in lightness, near in warmth.",
    "as": "`upper` sets capitals.",
    "max-chars": "Longer wordings are passed over.",
    "of": "The image or cutout whose colours these are.",
    "region": f"The part of it: {', '.join(objects.REGIONS)} (the first unless said).",
}
"""Attribute of an object -> what it says."""


def reference() -> str:
    """The whole document as Markdown."""
    return "\n".join([PREFACE, *(section() for section in SECTIONS)])


def table(heads: Cells, rows: Iterable[Cells]) -> str:
    """A Markdown table; bars and line ends inside cells are escaped."""
    lines = (heads, ["---"] * len(heads), *rows)
    return "".join("| " + " | ".join(_cell(cell) for cell in line) + " |\n" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _codes(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _span(low: float, high: float, share: bool = False) -> str:
    scale, unit = (100, " %") if share else (1, "")
    return f"{plain(low * scale)} to {plain(high * scale)}{unit}"


# ------------------------------------------------------------------------------------------------ the language


def _conditions() -> str:
    kinds = table(("kind", "how it is written"), KINDS.items())
    return (
        "## Conditions\n\n"
        "A condition compares attributes. What has no value makes its comparison false.\n\n"
        + table(("written", "holds when"), GRAMMAR)
        + "\nEach attribute is of one kind, and is compared in its own unit only:\n\n"
        + kinds
    )


def _attribute(row: Attribute) -> Cells:
    values = _codes(row.choices)
    if row.kind in ("share", "number", "pixels", "degrees"):
        values = _span(row.low, row.high, row.kind == "share")
    return f"`{row.name}`", row.kind, values, row.meaning


def _attributes() -> str:
    heads = ("name", "kind", "values", "meaning")
    givers = ((p.name, _codes(p.attributes), _codes(p.models)) for p in PERCEIVERS)
    return (
        "## Attributes of a material\n\n"
        "For `where` and `prefer` of objects, and in the conditions of a layer that selects a picture. Any other layer "
        "names the object first: `scene.calm.area`.\n\n"
        + table(heads, map(_attribute, ATTRIBUTES.values()))
        + "\n## Names of the context\n\nFor conditions on layers and operations.\n\n"
        + table(heads, map(_attribute, vocabulary.CONTEXT.values()))
        + "\n## Perceivers\n\nWhat finds which attributes, with which models.\n\n"
        + table(("perceiver", "attributes", "models"), givers)
    )


def _objects() -> str:
    rows = ((f"`ddm:{kind}`", OBJECTS[kind], _codes(keys)) for kind, keys in objects.KEYS.items())
    keys = dict.fromkeys(key for row in objects.KEYS.values() for key in row)
    return (
        "## Objects\n\nDeclared in `<ddm:objects>` at the top of a template: what material is wanted.\n\n"
        + table(("object", "what it is", "attributes"), rows)
        + "\n"
        + table(("attribute", "meaning"), ((f"`{key}`", KEYS[key]) for key in keys))
        + f"\nSources of copy: {_codes(vocabulary.COPY_SOURCES)}.\n"
    )


def _parameter(row: Parameter) -> Cells:
    if row.choices:
        values = _codes(row.choices)
    elif row.low is not None and row.high is not None:
        values = f"{row.kind}, {_span(row.low, row.high, row.kind == 'share')}"
    else:
        values = row.kind
    default = "needed" if row.required else f"`{row.default}`" if row.default is not None else ""
    return f"`{row.name}`", values, default, row.meaning


def _operation(row: Operation) -> str:
    head = f"#### `ddm:{row.name}`\n\n{row.meaning} Acts on {_codes(row.on)}.\n"
    heads = ("parameter", "value", "default", "meaning")
    return head + (f"\n{table(heads, map(_parameter, row.parameters))}" if row.parameters else "")


def _operations() -> str:
    families = groupby(OPERATIONS.values(), lambda row: row.family)
    parts = (f"### {name.capitalize()}\n\n" + "\n".join(map(_operation, rows)) for name, rows in families)
    values = table(("kind", "how it is written"), ((kind, VALUES[kind]) for kind in PARSERS))
    return (
        "## Operations\n\n"
        "Children of the element they act on. Each may carry `when`, a condition under which it applies.\n\n"
        + values
        + "\n"
        + "\n".join(parts)
    )


def _layers() -> str:
    rows = ((f"`{name}`", mend) for name, (_, mend) in attributes.READ.items())
    return (
        "## SVG attributes that are read\n\n"
        "On `<image>`, `<text>`, `<rect>`, `<circle>`, `<ellipse>`, `<g>` and `<switch>`. "
        f"{_codes(sorted(attributes.FOR_VIEWERS))} only say how the sample is shown. All others are warned of. "
        "`ddm:when` is the condition of a layer or of an arrangement in a `<switch>`; `ddm:ratios` on the `<svg>` is "
        "the range of width over height that the template serves.\n\n" + table(("attribute", "written as"), rows)
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
        f"{_codes(row.id for row in rows if CORE in row.collections)}. Margins and least type are our own where the "
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
    return _codes(row.choices) if row.choices else "`#rrggbb`" if row.colour else _span(row.low, row.high)


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
        (f"`{tag}`", _codes(rule.inside), _codes(map(_bare, rule.needs)), _codes(map(_bare, rule.may)))
        for tag, rule in LANGUAGE_TABLE.items()
    )
    return (
        "## Plain SVG\n\n"
        "The output language. What is not in this table does not leave the resolver; each value must also match a "
        f"pattern. `data-role` is one of {_codes(ROLES)}.\n\n"
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
    _objects,
    _conditions,
    _attributes,
    _operations,
    _layers,
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
