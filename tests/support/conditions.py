"""Random conditions and records: of any names, and of the attributes of perception."""

from __future__ import annotations

from hypothesis import strategies as st

from ddm.language import expressions
from ddm.language.expressions import All, Amount, Any, Condition, Not
from ddm.perceive.schema import ATTRIBUTES, Attribute, Value

Comparison = expressions.Test  # pytest would collect it by its own name
KEYWORDS = ("and", "or", "not", "in", "is", "ne", "lt", "le", "gt", "ge", "has", "lacks", "contains")
NUMERIC = ("=", "ne", "lt", "le", "gt", "ge")


def parts(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[tuple[Condition, ...]]:
    return st.lists(inner, min_size=2, max_size=3).map(tuple)


def composed(leaves: st.SearchStrategy[Comparison]) -> st.SearchStrategy[Condition]:
    return st.recursive(
        leaves,
        lambda inner: st.one_of(st.builds(All, parts(inner)), st.builds(Any, parts(inner)), st.builds(Not, inner)),
        max_leaves=8,
    )


# ------------------------------------------------------------------------------------------------ of any names

PART = st.from_regex(r"[a-z][a-z0-9_-]{0,5}", fullmatch=True)
NAMES = st.lists(PART, min_size=1, max_size=3).map(".".join).filter(lambda name: name.partition(".")[0] not in KEYWORDS)
DOTTED = NAMES.filter(lambda name: "." in name)
AMOUNTS = st.builds(
    Amount,
    st.integers(-(10**12), 10**12).map(lambda thousandths: thousandths / 1000),
    st.sampled_from(["", "%", "px", "deg", "pt"]),
)
WORDS = st.text(st.characters(codec="utf-8"), max_size=8) | NAMES | st.sampled_from([*KEYWORDS, "known", "'", "''"])
ANY_TEST = st.one_of(
    st.builds(Comparison, NAMES, st.sampled_from(["flag", "known", "unknown"])),
    st.builds(Comparison, NAMES, st.sampled_from(NUMERIC), st.tuples(AMOUNTS)),
    st.builds(
        Comparison,
        NAMES,
        st.sampled_from([*NUMERIC, "has", "lacks", "contains"]),
        st.just(()),
        st.tuples(WORDS),
    ),
    st.builds(Comparison, NAMES, st.just("within"), st.tuples(AMOUNTS, AMOUNTS)),
    st.builds(Comparison, NAMES, st.just("among"), st.just(()), st.lists(WORDS, min_size=1, max_size=3).map(tuple)),
    st.builds(Comparison, NAMES, st.sampled_from(["=", "ne"]), st.just(()), st.just(()), DOTTED),
    st.builds(Comparison, NAMES, st.sampled_from(["lt", "le", "gt", "ge"]), st.just(()), st.just(()), NAMES),
)
ANY_CONDITION = composed(ANY_TEST)

# ------------------------------------------------------------------------------------------------ of attributes

KINDS = ("share", "number", "pixels", "degrees")
NASTY = [
    "",
    "'",
    "''",
    "%",
    "_",
    "a%",
    "\\",
    "\\'",
    "--",
    ";",
    "\x00",
    "\n\t\x1b",
    "ΣΑΣ",
    "σας",
    "İ",
    "ß",
    "SS",
    "😀",
    "a",
    "A",
]
TEXT = st.sampled_from(NASTY) | st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cn")), max_size=6)


def values(row: Attribute) -> st.SearchStrategy[Value]:
    """Values that a record may hold: in range, among the choices."""
    if row.kind in KINDS:
        marks = st.sampled_from([row.low, row.high, (row.low + row.high) / 2, row.low + (row.high - row.low) / 4])
        return marks | st.floats(row.low, row.high, allow_nan=False)
    if row.kind == "words":
        return st.frozensets(st.sampled_from(row.choices))
    if row.kind == "flag":
        return st.booleans()
    return st.sampled_from(row.choices) if row.choices else TEXT


SOME = tuple({row.kind: row for row in ATTRIBUTES.values()}.values())
"""One attribute of each kind, and a few more to compare them with."""
ROWS = (*SOME, *(ATTRIBUTES[name] for name in ("subject.area", "scene.kind", "class.name", "colour.temperature")))
RECORDS: st.SearchStrategy[dict[str, Value | None]] = st.fixed_dictionaries(
    {row.name: st.none() | values(row) for row in ROWS}
)
KNOWN_RECORDS: st.SearchStrategy[dict[str, Value]] = st.fixed_dictionaries({row.name: values(row) for row in ROWS})


def amounts(row: Attribute) -> st.SearchStrategy[Amount]:
    """Round and odd ones within the range; of shares in both units."""
    exact = st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0]).map(lambda part: row.low + part * (row.high - row.low))
    plain = (exact | st.floats(row.low, row.high, allow_nan=False)).map(Amount)
    return plain | st.integers(0, 100).map(lambda n: Amount(float(n), "%")) if row.kind == "share" else plain


def sound_tests(row: Attribute) -> st.SearchStrategy[Comparison]:
    """Comparisons that suit the attribute."""
    name, asked = st.just(row.name), st.sampled_from(["known", "unknown"])
    alike = [other.name for other in ROWS if other.kind == row.kind]
    options = [st.builds(Comparison, name, asked)]
    if row.kind in KINDS:
        unit = "deg" if row.kind == "degrees" else ""
        pair = st.tuples(amounts(row), amounts(row)).map(lambda two: tuple(sorted(two, key=lambda a: a.plain)))
        turned = pair.map(lambda two: (Amount(two[1].value, unit), Amount(two[0].value, unit)))
        options += [
            st.builds(Comparison, name, st.sampled_from(NUMERIC), st.tuples(amounts(row))),
            st.builds(Comparison, name, st.just("within"), pair | turned if unit else pair),
            st.builds(Comparison, name, st.sampled_from(NUMERIC), st.just(()), st.just(()), st.sampled_from(alike)),
        ]
    elif row.kind == "flag":
        options.append(st.builds(Comparison, name, st.just("flag")))
    else:
        options += _worded(row, alike)
    return st.one_of(options).filter(writable)


def writable(test: Comparison) -> bool:
    """After = and ne a name without a dot would be read as a word."""
    return not test.other or "." in test.other or test.operator not in ("=", "ne")


def _worded(row: Attribute, alike: list[str]) -> list[st.SearchStrategy[Comparison]]:
    none = ["none"] if row.kind == "words" else []
    word = st.sampled_from([*row.choices, *none]) if row.choices else TEXT
    more = {"words": ["has", "lacks"], "text": ["has", "lacks", "contains"]}.get(row.kind, [])
    plain = word.filter(lambda w: w != "none") if none else word
    name, nothing = st.just(row.name), st.just(())
    options = [
        st.builds(Comparison, name, st.sampled_from(["=", "ne"]), nothing, st.tuples(word)),
        st.builds(Comparison, name, st.just("among"), nothing, st.lists(word, min_size=1, max_size=3).map(tuple)),
    ]
    if more:
        options.append(st.builds(Comparison, name, st.sampled_from(more), nothing, st.tuples(plain)))
    if row.kind != "words":
        options.append(
            st.builds(Comparison, name, st.sampled_from(["=", "ne"]), nothing, nothing, st.sampled_from(alike))
        )
    return options


SOUND_TEST = st.sampled_from(ROWS).flatmap(sound_tests)
UNSOUND_TEST = st.builds(
    lambda test, name: Comparison(name, test.operator, test.amounts, test.words, test.other),
    SOUND_TEST,
    st.sampled_from([*(row.name for row in ROWS), "no.such"]),
)
"""Operators and operands of one kind, put to an attribute of any other."""
SOUND = composed(SOUND_TEST)
ATTRIBUTE_CONDITION = composed(SOUND_TEST | UNSOUND_TEST)
