"""Kinds of parameter, and the operations table that is made of them."""

import pytest

from ddm.language.lengths import Length
from ddm.language.operations import OPERATIONS
from ddm.language.parameters import PARSERS, Beside, Range, Span, Wish, Zone

RIGHT = [
    ("length", "3u", Length(3, "u")),
    ("share", "45%", 0.45),
    ("number", "-4.5", -4.5),
    ("degrees", "30deg", 30.0),
    ("degrees", "-30", -30.0),
    ("flag", "yes", True),
    ("flag", "no", False),
    ("range", "40%..60%", Range(0.4, 0.6)),
    ("range", "50%", Range(0.5, 0.5)),
    ("zones", "66% 50%", (Zone(0.66, 0.5),)),
    ("zones", "right middle | center bottom", (Zone(2 / 3, 0.5), Zone(0.5, 2 / 3))),
    ("word", " pill ", "pill"),
    ("words", "a, b c", ("a", "b", "c")),
    ("text", " or less", " or less"),
    ("layer", "#price", "price"),
    ("names", "#a, #b #c", ("a", "b", "c")),
    ("span", "5%", Span(Length(5, "%"))),
    ("span", "12u weak", Span(Length(12, "u"), None, "weak")),
    ("span", "30%..60%", Span(Length(30, "%"), Length(60, "%"), "required")),
    ("span", "30%..40px medium", Span(Length(30, "%"), Length(40, "px"), "medium")),
    ("beside", "#price", Beside("price", Length(0, "u"))),
    ("beside", "#price 2u", Beside("price", Length(2, "u"))),
    ("wish", "quality.sharpness desc", Wish("quality.sharpness", rising=False)),
    ("wish", "rank asc", Wish("rank", rising=True)),
]
WRONG = [
    ("text", "x" * 201, "'xxxxxxxxxxxxxxxxxxxx…' is longer than 200 characters"),
    ("length", "3", "is not a length"),
    ("share", "0.45", "'0.45' is not a share; write 45%"),
    ("share", "x%", "'x' is not a number"),
    ("share", "nan%", "'nan' is not a number"),  # else it passes every range
    ("number", "inf", "'inf' is not a number"),
    ("number", "", "is not a number"),
    ("degrees", "30rad", "is not a number"),
    ("flag", "true", "neither yes nor no"),
    ("range", "60%..40%", "is not a range"),
    ("range", "0%..50%", "is not a range"),  # a subject without extent
    ("range", "40..60", "is not a share"),
    ("zones", "right", "is not a place"),
    ("zones", "50% 50% |", "is not a place"),
    ("zones", "far middle", "is not a share"),
    ("condition", "a &", "cannot read the condition"),
    ("layer", "price", "'price' is no layer; write #headline"),
    ("layer", "#a #b", "is no layer"),
    ("names", "#a b", "'b' is no layer"),
    ("span", "wide", "'wide' is not a length"),
    ("span", "5% loud", "'loud' is no strength; one of required, strong, medium, weak"),
    ("span", "6%..5%", "the smaller comes first"),
    ("beside", "price 2u", "is no layer"),
    ("beside", "#price near", "'near' is not a length"),
    ("wish", "rank", "'rank' is no wish; write 'quality.sharpness desc'"),
]


@pytest.mark.parametrize(("kind", "text", "value"), RIGHT)
def test_what_is_right_is_read(kind: str, text: str, value: object) -> None:
    assert PARSERS[kind](text) == value


@pytest.mark.parametrize(("kind", "text", "says"), WRONG)
def test_what_is_wrong_is_said(kind: str, text: str, says: str) -> None:
    with pytest.raises(Exception, match=says):  # ValueError; InputError for a condition, which has a place of its own
        PARSERS[kind](text)


def test_every_kind_is_tested() -> None:
    assert {kind for kind, *_ in RIGHT + WRONG} | {"name"} == set(PARSERS)


ROWS = [(operation.name, parameter) for operation in OPERATIONS.values() for parameter in operation.parameters]


@pytest.mark.parametrize(("operation", "parameter"), ROWS, ids=[f"{o} {p.name}" for o, p in ROWS])
def test_rows_of_the_table_are_sound(operation: str, parameter) -> None:
    assert parameter.kind in PARSERS
    assert parameter.meaning.endswith(".")
    assert not (parameter.required and parameter.default is not None)
    if parameter.default is not None:
        parameter.parse(parameter.default)  # a default its own row would refuse
    for choice in parameter.choices:
        assert parameter.parse(choice) == ((choice,) if parameter.kind == "words" else choice)


@pytest.mark.parametrize(
    ("operation", "parameter", "text", "says"),
    [
        ("rotate", "by", "90", "90 is outside -45 to 45"),
        ("fit", "lines", "0", "outside 1 to 8"),
        ("crop", "margin", "41%", "41% is outside 0 to 0.4"),
        ("badge", "shape", "star", "'star' is not one of pill, box, disc"),
        ("stack", "direction", "up", "not one of down, across"),
    ],
)
def test_ranges_and_choices(operation: str, parameter: str, text: str, says: str) -> None:
    row = OPERATIONS[operation].parameter(parameter)
    assert row is not None
    with pytest.raises(ValueError, match=says):
        row.parse(text)
