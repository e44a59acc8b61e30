"""Conditions that can never hold, or never fail, are told before any record is seen; no other is."""

import pytest
from hypothesis import given

from ddm.language.conditions.sense import MAX_WAYS
from ddm.language.expressions import Condition, always, contradiction, holds, parse
from ddm.perceive.schema import ATTRIBUTES, Attribute, Value
from tests.support.conditions import KNOWN_RECORDS, RECORDS, SOUND


def never(text: str) -> str:
    return contradiction(parse(text), ATTRIBUTES.get) or ""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "subject.area ge 50% and subject.area le 20%",
            "subject.area ge 50% and subject.area le 20% exclude each other",
        ),
        ("subject.area gt 50% and text.area = 0 and subject.area lt 50%", "exclude each other"),
        ("subject.area in 10%..20% and subject.area = 30%", "exclude each other"),
        ("subject.area = 30% and subject.area ne 30%", "exclude each other"),
        ("subject.count lt 0", "subject.count lt 0 never holds: subject.count is 0 to 100"),
        ("width lt 1px", "never holds: width is 1 to 65536"),
        ("subject.hue in 350deg..10deg and subject.hue in 20deg..40deg", "exclude each other"),
        ("scene.kind = plain and scene.kind = studio", "exclude each other"),
        ("scene.kind in {plain, studio} and scene.kind = indoor", "exclude each other"),
        ("light.side ne left and light.side ne front and light.side ne right", "exclude one another"),
        ("subject.cut = none and subject.cut has left", "exclude each other"),
        ("subject.cut = left and subject.cut has top", "exclude each other"),
        ("class.name = mug and class.name = cup", "exclude each other"),
        ("class.name has 'coffee mug' and class.name lacks mug", "exclude each other"),
        ("class.name has Mug and not class.name contains mUG", "exclude each other"),
        ("subject.area ge 5% and not subject.area ge 5%", "exclude each other"),
        ("subject.lightness lt background.lightness and not subject.lightness lt background.lightness", "exclude"),
        ("subject.lightness lt subject.lightness", "never holds"),
        ("subject.area is unknown and subject.area ge 5%", "exclude each other"),
        ("subject.area is known and subject.area is unknown", "exclude each other"),
        ("not subject.area is known and text.area lt subject.area", "exclude each other"),
        ("text.area = 0 and (subject.count lt 0 or subject.area gt 100%)", "subject.count lt 0 never holds"),
        ("text.area = 0 and (subject.count lt 0 or subject.area gt 100%)", "; subject.area gt 100% never holds"),
        ("not (subject.area le 100% or subject.area is unknown)", "exclude each other"),
    ],
)
def test_what_can_never_hold_is_told(text: str, says: str) -> None:
    assert says in never(text)


@pytest.mark.parametrize(
    "text",
    [
        "subject.area ge 20% and subject.area le 20%",
        "not subject.area ge 20% and not subject.area lt 20%",  # where it has no value
        "subject.area is unknown and not subject.area ge 5%",
        "subject.count lt 0 or text.area = 0",
        "subject.cut has left and subject.cut has top",
        "class.name has mug and class.name has cup",
        "class.name contains mug and class.name lacks mug",  # MUG
        "subject.count gt 1 and subject.count lt 2",  # is one, but nobody knows that it is whole
        "no.such = 1 and no.such = 2",  # said elsewhere
        "subject.area = large and subject.area = small",
    ],
)
def test_what_may_hold_is_not(text: str) -> None:
    assert never(text) == ""


@given(RECORDS, SOUND)
def test_what_holds_of_a_record_is_no_contradiction(record: dict[str, Value | None], condition: Condition) -> None:
    assert contradiction(condition, ATTRIBUTES.get) is None or not holds(condition, record.get)


@given(KNOWN_RECORDS, SOUND)
def test_what_fails_of_a_known_record_is_not_always_so(record: dict[str, Value], condition: Condition) -> None:
    told = always(condition, ATTRIBUTES.get)
    assert holds(condition, record.get) or told != f"{condition} always holds"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("subject.area ge 0%", "subject.area ge 0%"),
        ("text.area = 0 and width ge 1px", "width ge 1px"),
        ("light.side in {left, front, right}", "light.side in {left, front, right}"),
        ("subject.area lt 5% or subject.area ge 5%", "subject.area lt 5% or subject.area ge 5%"),
        ("not subject.count lt 0", "not subject.count lt 0"),
    ],
)
def test_what_says_nothing_is_told(text: str, part: str) -> None:
    assert always(parse(text), ATTRIBUTES.get) == f"{part} always holds"


@pytest.mark.parametrize("text", ["subject.area gt 0%", "subject.area is known", "class.name has ''", "no.such ge 0"])
def test_what_says_something_is_not(text: str) -> None:
    assert always(parse(text), ATTRIBUTES.get) is None


def test_a_flag_cannot_be_both() -> None:
    find = {"new": Attribute("new", "flag", "Whether it is new.")}.get
    assert contradiction(parse("new and not new"), find) == "new and not new exclude each other"
    assert always(parse("new or not new"), find) == "new or not new always holds"


def test_conditions_with_very_many_ways_are_not_judged() -> None:
    either = "(text.count = 1 or text.count = 2)"
    ways = " and ".join([either] * 8)  # 256
    assert MAX_WAYS < 2**8
    assert never(f"{ways} and subject.count lt 0") == ""
    assert never(f"{either} and subject.count lt 0") != ""
