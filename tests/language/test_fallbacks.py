"""`otherwise`: what is done when nothing matches."""

import pytest

from ddm.language.template import Fallback
from tests.support.templates import PICTURE, SHOWN, TITLE, compiled, found, told


def chain(text: str, more: str = "") -> tuple[Fallback, ...]:
    return (
        compiled(f'<ddm:image id="a" where="ratio ge 1" otherwise="{text}"/>{more}', SHOWN if more else "")
        .objects["a"]
        .otherwise
    )


def test_without_it_the_template_refuses() -> None:
    assert compiled('<ddm:image id="a"/>').objects["a"].otherwise == (Fallback("refuse"),)


def test_layers_that_select_it_may_be_dropped() -> None:
    assert chain("drop") == (Fallback("drop"),)


def test_other_layers_may_be_dropped() -> None:
    assert chain("drop #picture", PICTURE) == (Fallback("drop", layers=("picture",)),)


def test_parts_are_tried_in_order() -> None:
    first, second, third = chain("where ratio ge 0.5 | use photo | refuse", PICTURE)
    assert (first.kind, str(first.where)) == ("where", "ratio ge 0.5")
    assert (second, third) == (Fallback("use", use="photo"), Fallback("refuse"))


@pytest.mark.parametrize(
    ("text", "code", "offending", "mend"),
    [
        ("ignore", "wrong-value", "ignore", "one of drop, refuse, use, where"),
        ("drip", "wrong-value", "drip", "did you mean 'drop'?"),
        ("drop hero", "wrong-value", "hero", "write #hero"),
        ("drop #hero", "unknown-reference", "#hero", "one of picture"),
        ("use photos", "unknown-reference", "photos", "did you mean 'photo'?"),
        ("use title", "unknown-reference", "title", "one of photo"),  # copy is no picture
        ("use a", "cycle", "a", ""),
        ("where raito ge 1", "unknown-name", "raito", "did you mean 'ratio'?"),
        ("where ratio", "wrong-type", "ratio", ""),
    ],
)
def test_a_mistake_is_found_at_its_place(text: str, code: str, offending: str, mend: str) -> None:
    objects = f'{PICTURE}{TITLE}<ddm:image id="a" otherwise="{text}"/>'
    (error,) = found(objects, SHOWN).errors
    assert (error.code, error.text) == (code, offending)
    assert mend in error.mend
    assert error.mark.column == objects.index(text) + text.index(offending) + len("<ddm:objects>") + 1


def test_nothing_is_tried_after_an_end() -> None:
    assert ("no-effect", "use photo") in told(PICTURE + '<ddm:image id="a" otherwise="drop | use photo"/>', SHOWN)


def test_objects_cannot_take_what_they_themselves_got() -> None:
    objects = '<ddm:image id="a" otherwise="use b"/><ddm:image id="b" otherwise="use a"/>'
    (error,) = found(objects).errors
    assert (error.code, error.what) == ("cycle", "objects that take what they themselves got: a -> b -> a")


def test_copy_has_no_condition_that_could_be_weaker() -> None:
    (error,) = found('<ddm:copy id="a" from="copy.cta" otherwise="where ratio ge 1"/>').errors
    assert error.what == "otherwise: copy has no condition that could be weaker"


def test_chains_have_a_limit() -> None:
    parts = " | ".join(["use photo"] * 9)
    assert ("too-many", parts) in told(PICTURE + f'<ddm:image id="a" otherwise="{parts}"/>', SHOWN)
