"""The language's tables -> their part of docs/REFERENCE.md."""

from __future__ import annotations

from itertools import groupby

from ddm.language import attributes, expressions, fallbacks, vocabulary
from ddm.language.elements import DRAWN
from ddm.language.findings import KINDS as FINDINGS
from ddm.language.kinds import KINDS as OBJECT_KINDS
from ddm.language.kinds import OBJECTS, Key
from ddm.language.operations import OPERATIONS, Operation, Parameter
from ddm.language.parameters import PARSERS
from ddm.language.sequences import MAX_NESTING
from ddm.markdown import Cells, codes, span, table
from ddm.perceive.schema import Attribute

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
    "words": "some of its words, separated by spaces or commas",
    "name": "the id of an object",
    "text": "any text",
    "layer": "the id of a layer, as `#headline`",
    "names": "ids of layers, as `#headline #price`",
    "beside": "a layer and the least gap to it: `#headline`, `#headline 2u`",
    "span": "a length that is wished for, or a range that must be kept, and its strength, `required`, `strong`, "
    "`medium` or `weak`: `5%`, `12u weak`, `30%..60%`; a length is `strong` and a range `required` unless said",
    "wish": "a numeric attribute and `asc` or `desc`: `quality.sharpness desc`",
    "condition": "see [Conditions](#conditions)",
}
"""Kind of a parameter -> how it is written."""


def objects() -> str:
    rows = OBJECTS.values()
    parts = (f"### `ddm:{row.kind}`\n\n{row.meaning}\n\n{_keys(row.keys)}" for row in rows)
    kinds = table(("kind", "how it is written"), OBJECT_KINDS.items())
    chain = table(("part", "what it does"), ((f"`{part}`", told) for part, told in fallbacks.PARTS.items()))
    return (
        "## Objects\n\nDeclared in `<ddm:objects>` at the top of a template: what material is wanted.\n\n"
        f"{kinds}\n" + "\n".join(parts) + f"\n### `otherwise`\n\nParts of the chain:\n\n{chain}\n"
        "### Sources\n\n" + _sources() + "\n### `ddm:sequence`\n\n"
        '`<ddm:sequence id="soft">` beside the objects holds operations under a name; `<ddm:use sequence="soft"/>` in '
        "a layer stands for them, and what its `when` says is asked of each of them, too. Sequences may use "
        f"sequences, {MAX_NESTING} deep.\n"
    )


def _keys(keys: tuple[Key, ...]) -> str:
    rows = ((f"`{k.name}`", _key_values(k), _default(k.required, k.default or None), k.meaning) for k in keys)
    return table(("attribute", "value", "default", "meaning"), rows)


def _key_values(key: Key) -> str:
    return codes(key.choices) if key.choices and len(key.choices) <= 6 else key.kind


def _default(required: bool, default: str | None) -> str:
    return "needed" if required else f"`{default}`" if default is not None else ""


def _sources() -> str:
    pictures = ((f"`{name}`", "pictures", told) for name, told in vocabulary.PICTURE_SOURCES.items())
    copy = ((f"`{name}`", "copy", told) for name, told in vocabulary.COPY_SOURCES.items())
    numbers = (
        (f"`{name}`", "numbers", f"{row.meaning} `value` is a {row.kind}.")
        for name, row in vocabulary.NUMBER_SOURCES.items()
    )
    return table(("source", "of", "what it gives"), (*pictures, *copy, *numbers))


def conditions() -> str:
    grammar = [line for line in (expressions.__doc__ or "").splitlines() if line.startswith("|")]
    return (
        "## Conditions\n\n"
        "A condition compares attributes, joined by `and`, `or`, `not` and brackets. What has no value makes its "
        "comparison false.\n\n"
        + "\n".join(grammar)
        + "\n\nEach attribute is of one kind, and is compared in its own unit only:\n\n"
        + table(("kind", "how it is written"), KINDS.items())
    )


def attribute(row: Attribute) -> Cells:
    """Name, kind, values, meaning."""
    values = codes(row.choices)
    if row.kind in ("share", "number", "pixels", "degrees"):
        values = span(row.low, row.high, row.kind == "share")
    return f"`{row.name}`", row.kind, values, row.meaning


def _parameter(row: Parameter) -> Cells:
    if row.choices:
        values = codes(row.choices)
    elif row.low is not None and row.high is not None:
        values = f"{row.kind}, {span(row.low, row.high, row.kind == 'share')}"
    else:
        values = row.kind
    return f"`{row.name}`", values, _default(row.required, row.default), row.meaning


def _operation(row: Operation) -> str:
    head = f"#### `ddm:{row.name}`\n\n{row.meaning} Acts on {codes(row.on)}{_limits(row)}.\n"
    heads = ("parameter", "value", "default", "meaning")
    return head + (f"\n{table(heads, map(_parameter, row.parameters))}" if row.parameters else "")


def _limits(row: Operation) -> str:
    return (", not in a stack" if not row.stacked else "") + (
        ", where they show a subject alone" if row.cutouts else ""
    )


def operations() -> str:
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


def layers() -> str:
    rows = ((f"`{name}`", mend) for name, (_, mend) in attributes.READ.items())
    return (
        "## SVG attributes that are read\n\n"
        f"On {codes(f'<{tag}>' for tag in DRAWN)}. "
        f"{codes(sorted(attributes.FOR_VIEWERS))} only say how the sample is shown. All others are warned of. "
        "`ddm:when` is the condition of a layer or of an arrangement in a `<switch>`; `ddm:ratios` on the `<svg>` is "
        "the range of width over height that the template serves.\n\n" + table(("attribute", "written as"), rows)
    )


def findings() -> str:
    rows = ((f"`{row.code}`", row.severity, row.meaning) for row in FINDINGS.values())
    return (
        "## Findings\n\n"
        "What `ddm check` tells; `--json` gives the code of each. Errors keep a template from being used.\n\n"
        + table(("code", "severity", "meaning"), rows)
    )
