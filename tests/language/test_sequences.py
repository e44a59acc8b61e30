"""Sequences: operations written once under a name, and used in many layers."""

import pytest

from ddm.language.findings import Finding
from ddm.language.sequences import MAX_CALLS, MAX_NESTING
from ddm.language.template import Call
from tests.support.templates import PICTURE, compiled, found, told

SOFT = '<ddm:sequence id="soft"><ddm:blur sigma="1%"/><ddm:crop margin="4%" when="canvas.ratio ge 1"/></ddm:sequence>'


def used(inside: str = '<ddm:use sequence="soft"/>') -> str:
    return f'<image id="i"><ddm:select object="photo"/>{inside}</image>'


def calls(sequences: str, layer: str) -> tuple[Call, ...]:
    return compiled(PICTURE + sequences, layer).layers[0].calls


def errors(sequences: str, layer: str = used()) -> list[Finding]:
    return found(PICTURE + sequences, layer).errors


def test_a_use_stands_for_the_operations_of_its_sequence() -> None:
    assert [call.name for call in calls(SOFT, used('<ddm:use sequence="soft"/><ddm:matte/>'))] == [
        "select",
        "blur",
        "crop",
        "matte",
    ]


def test_parameters_have_their_defaults() -> None:
    _, blur, crop = calls(SOFT, used())
    assert (blur.parameters["sigma"], crop.parameters["margin"]) == (0.01, 0.04)
    assert "radius" in crop.parameters


def test_a_use_may_have_a_condition_of_its_own() -> None:
    _, blur, crop = calls(SOFT, used('<ddm:use sequence="soft" when="photo.ratio le 2"/>'))
    assert str(blur.when) == "photo.ratio le 2"
    assert str(crop.when) == "photo.ratio le 2 and canvas.ratio ge 1"


def test_sequences_may_use_sequences() -> None:
    both = (
        SOFT + '<ddm:sequence id="both"><ddm:matte/><ddm:use sequence="soft" when="photo.ratio le 2"/></ddm:sequence>'
    )
    _, matte, blur, crop = calls(both, used('<ddm:use sequence="both" when="canvas.width ge 600"/>'))
    assert (matte.name, str(matte.when)) == ("matte", "canvas.width ge 600")
    assert str(blur.when) == "canvas.width ge 600 and photo.ratio le 2"
    assert str(crop.when) == "canvas.width ge 600 and photo.ratio le 2 and canvas.ratio ge 1"


def test_operations_are_marked_where_they_are_written() -> None:
    assert {call.mark.line for call in calls(SOFT, used()) if call.name != "select"} == {2}


def test_an_unused_sequence_is_a_warning() -> None:
    (warning,) = found(SOFT)
    assert (warning.code, warning.what) == ("unused", "the sequence 'soft' is never used")


def test_an_unused_sequence_is_read_all_the_same() -> None:
    assert ("unknown-operation", "<ddm:stak") in told('<ddm:sequence id="a"><ddm:stak/></ddm:sequence>')


def test_a_mistake_in_a_sequence_says_where_it_is_used() -> None:
    (error,) = errors('<ddm:sequence id="soft"><ddm:stack/></ddm:sequence>')
    assert str(error).startswith("t.svg:2:61: error: stack cannot act on <image>; used at line 3 (")
    assert error.used is not None


def test_a_mistake_in_a_sequence_is_told_once() -> None:
    text = used() + used().replace('"i"', '"j"')
    assert len(errors('<ddm:sequence id="soft"><ddm:crop margn="1%"/></ddm:sequence>', text)) == 1


def test_conditions_in_a_sequence_are_of_the_layer_that_uses_it() -> None:
    sequence = '<ddm:sequence id="s"><ddm:keep where="subject.area ge 9%"/></ddm:sequence>'
    assert told(PICTURE + sequence, used('<ddm:use sequence="s"/>')) == []
    group = '<g id="g"><ddm:use sequence="s"/></g>'
    assert ("unknown-name", "subject.area") in told(sequence, group)


@pytest.mark.parametrize(
    ("sequences", "layer", "code", "what"),
    [
        ("", used(), "unknown-reference", "no sequence is called 'soft'"),
        (SOFT, used('<ddm:use sequence="sotf"/>'), "unknown-reference", "no sequence is called 'sotf'"),
        (SOFT, used("<ddm:use/>"), "missing", "use needs 'sequence'"),
        (SOFT, used('<ddm:use sequence="soft" x="1"/>'), "unknown-attribute", "use has no attribute 'x'"),
        (SOFT, used('<ddm:use sequence="soft"><ddm:matte/></ddm:use>'), "wrong-place", "use holds nothing"),
        (SOFT, used('<ddm:use sequence="soft" when="a b"/>'), "wrong-condition", "cannot read the condition 'a b'"),
        ("<ddm:sequence/>", "", "missing", "this sequence has no id"),
        (SOFT + SOFT, used(), "wrong-id", "'soft' is declared twice"),
        ('<ddm:sequence id="photo"/>', "", "wrong-id", "'photo' is declared twice"),
        (
            '<ddm:sequence id="s" when="canvas.ratio ge 1"/>',
            "",
            "unknown-attribute",
            "sequence has no attribute 'when'",
        ),
    ],
)
def test_a_mistake_is_found(sequences: str, layer: str, code: str, what: str) -> None:
    (error,) = errors(sequences, layer)
    assert error.code == code
    assert what in error.what


def test_a_circle_is_refused_with_its_path() -> None:
    circle = "".join(f'<ddm:sequence id="{a}"><ddm:use sequence="{b}"/></ddm:sequence>' for a, b in ("ab", "bc", "ca"))
    (error,) = errors(circle, used('<ddm:use sequence="a"/>'))
    assert (error.code, error.what) == ("cycle", "the sequence 'a' leads back to itself: a -> b -> c -> a")


def nested(depth: int) -> str:
    inner = f'<ddm:sequence id="s{depth}"><ddm:matte/></ddm:sequence>'
    return inner + "".join(
        f'<ddm:sequence id="s{n}"><ddm:use sequence="s{n + 1}"/></ddm:sequence>' for n in range(1, depth)
    )


def test_nesting_has_a_limit() -> None:
    layer = used('<ddm:use sequence="s1"/>')
    assert errors(nested(MAX_NESTING), layer) == []
    (error,) = errors(nested(MAX_NESTING + 1), layer)
    assert (error.code, error.what) == ("too-many", "sequences nested deeper than 4")


def test_operations_on_one_element_have_a_limit() -> None:
    many = '<ddm:sequence id="soft">' + '<ddm:keep where="photo.ratio ge 1"/>' * MAX_CALLS + "</ddm:sequence>"
    assert [error.code for error in errors(many)] == ["too-many"]
