"""What cannot suit the kind of an attribute is said beforehand, with what would be right."""

import pytest
from hypothesis import given

from ddm.language.expressions import holds, mistyped, parse
from ddm.perceive.schema import ATTRIBUTES, Attribute, Value
from tests.support.conditions import RECORDS, SOUND_TEST, UNSOUND_TEST, Comparison

FLAG = Attribute("new", "flag", "Whether it is new.")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("subject.area le 12%", None),
        ("subject.area le 0.12", None),
        ("subject.area le 120%", "120% is outside the range of subject.area (0 to 1)"),
        ("subject.area le 12", "outside the range"),  # meant as per cent
        ("subject.area le 12px", "subject.area is in %, not in px"),
        ("width ge 12pt", "width is in px, not in pt"),
        ("subject.hue le 2turn", "subject.hue is in deg, not in turn"),
        ("ratio ge 2em", "ratio is in plain numbers, not in em"),
        ("subject.area in 45%..10%", "nothing lies between 45% and 10%"),
        ("subject.hue in 350deg..10deg", None),
        ("subject.hue in 350..10", "nothing lies between"),
        ("subject.area = large", "compare it with a number, not 'large'"),
        ("subject.area", "compare it with a value"),
        ("width ge 800px", None),
        ("width ge 800", None),
        ("width ge 80%", "width is in px, not in %"),
        ("ratio ge 2px", "ratio is in plain numbers, not in px"),
        ("subject.hue in 10deg..40deg", None),
        ("subject.hue = 400deg", "outside the range"),
        ("subject.facing = left", None),
        ("subject.facing = up", "one of left, front, right; not 'up'"),
        ("subject.facing in {left, up}", "not 'up'"),
        ("subject.facing = none", "not 'none'"),  # it always faces somewhere
        ("subject.facing lt 'left'", "'lt' never holds of it, but =, ne, in {…} may"),
        ("subject.facing has left", "'has' never holds of it"),
        ("subject.facing = 3", "compare it with a word, not 3"),
        ("subject.cut = none", None),
        ("subject.cut has left", None),
        ("subject.cut has middle", "not 'middle'"),
        ("subject.cut has none", "write subject.cut = none"),
        ("subject.cut contains left", "'contains' never holds of it"),
        ("subject.area has 'left'", "compare it with a number"),
        ("class.name has mug", None),
        ("class.name contains mug", None),
        ("subject.area is known", None),
        ("subject.cut is unknown", None),
    ],
)
def test_wrong_types_are_said(text: str, says: str | None) -> None:
    test = parse(text)
    assert isinstance(test, Comparison)
    found = mistyped(test, ATTRIBUTES[test.name])
    assert found is None if says is None else says in (found or "")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("subject.lightness lt background.lightness", None),
        ("border.left = border.right", None),
        ("subject.lightness lt subject.hue", "is a share, but subject.hue is a degrees"),
        ("border.left lt border.right", "'lt' never holds of it"),
        ("subject.facing lt left", "a word stands in quotes"),
        ("subject.cut = subject.facing", "'=' never holds of it and another name"),
    ],
)
def test_two_attributes_are_of_one_kind(text: str, says: str | None) -> None:
    test = parse(text)
    assert isinstance(test, Comparison)
    found = mistyped(test, ATTRIBUTES[test.name], ATTRIBUTES.get(test.other))
    assert found is None if says is None else says in (found or "")


@pytest.mark.parametrize(("text", "right"), [("new", True), ("new = yes", False), ("new is known", True)])
def test_flags(text: str, right: bool) -> None:
    test = parse(text)
    assert isinstance(test, Comparison)
    assert (mistyped(test, FLAG) is None) is right


@given(SOUND_TEST)
def test_what_suits_is_let_through(test: Comparison) -> None:
    assert mistyped(test, ATTRIBUTES[test.name], ATTRIBUTES.get(test.other)) is None


@given(RECORDS, UNSOUND_TEST)
def test_every_mismatch_is_said(record: dict[str, Value | None], test: Comparison) -> None:
    """What is let through has operands of the attribute's own kind."""
    attribute = ATTRIBUTES.get(test.name)
    if attribute is None or mistyped(test, attribute, ATTRIBUTES.get(test.other)):
        return
    numeric = attribute.kind in ("share", "number", "pixels", "degrees")
    assert not test.amounts or numeric
    assert not test.words or not numeric
    assert not test.other or ATTRIBUTES[test.other].kind == attribute.kind
    assert holds(test, record.get) in (True, False)
