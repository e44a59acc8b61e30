"""Stacks: copy is set one after another, so what stands among it must be set like copy."""

import pytest

from tests.support.templates import PICTURE, SHOWN, TITLE, found

TEXT = '<text id="t">Sample<ddm:select object="title"/>{}</text>'


def stack(inside: str) -> str:
    return f'<g id="g"><ddm:stack/>{inside}</g>'


@pytest.mark.parametrize(
    ("layer", "code", "what"),
    [
        (stack(SHOWN), "wrong-place", "<image> cannot stand in a stack"),
        (stack("<switch/>"), "wrong-place", "<switch> cannot stand in a stack"),
        (stack('<g id="h"/>'), "wrong-place", "this group stands in a stack, but is none"),
        (stack(TEXT.format('<ddm:place top="9%"/>')), "wrong-place", "place has no effect in a stack"),
        (stack(TEXT.format('<ddm:rotate by="9"/>')), "wrong-place", "rotate has no effect in a stack"),
        (stack(TEXT.format('<ddm:align with="#g" edges="left"/>')), "wrong-place", "align has no effect in a stack"),
        ('<g id="g"><ddm:place in="calm"/></g>', "missing", "<g> has no copy to place in calm"),
    ],
)
def test_a_mistake_is_found(layer: str, code: str, what: str) -> None:
    error = found(PICTURE + TITLE, layer).errors[0]
    assert (error.code, error.what) == (code, what)


def test_stacks_may_stand_in_stacks() -> None:
    inner = '<g id="h"><ddm:stack direction="across"/>' + TEXT.format("<ddm:fit/>") + "</g>"
    assert found(TITLE, stack(inner)) == []


def test_a_text_is_a_stack_of_one() -> None:
    assert found(TITLE, TEXT.format('<ddm:place in="calm"/>')) == []
