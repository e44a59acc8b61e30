"""The drawing around the language: the root, ids, and which SVG is resolved."""

import pytest

from ddm.errors import InputError
from ddm.language.compile import compile_text
from ddm.language.root import RATIOS
from tests.support.templates import PICTURE, compiled, found, told

ROOTS = [
    ('viewBox=""', "view-box", ""),
    ('viewBox="0 0 800"', "view-box", "0 0 800"),
    ('viewBox="0 0 0 800"', "view-box", "0 0 0 800"),
    ('viewBox="0 0 nan 800"', "view-box", "0 0 nan 800"),
    ('viewBox="0 0 1e200 1e200"', "view-box", "0 0 1e200 1e200"),
    ('viewBox="0 0 8 8" ddm:ratios="wide"', "ratios", "wide"),
    ('viewBox="0 0 8 8" ddm:ratios="2..1"', "ratios", "2..1"),
    ('viewBox="0 0 8 8" ddm:ratio="1..2"', "unknown-attribute", "ddm:ratio"),
]


@pytest.mark.parametrize(("attributes", "code", "offending"), ROOTS)
def test_a_mistake_in_the_root_is_found(attributes: str, code: str, offending: str) -> None:
    text = f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:ddm="urn:ddm:1" {attributes}/>'
    (error,) = compile_text(text, "t", "t.svg")[1].errors
    assert (error.code, error.mark.line) == (code, 1)
    assert error.text == offending
    assert error.mend


def test_another_root_is_refused() -> None:
    for text in ("<html/>", '<svg viewBox="0 0 8 8"/>', '<g xmlns="http://www.w3.org/2000/svg"/>'):
        with pytest.raises(InputError, match="the root is <"):
            compile_text(text)


def test_ratios_are_those_that_are_said() -> None:
    assert compiled(root='ddm:ratios="0.5..2"').ratios == (0.5, 2)
    assert compiled().ratios == RATIOS


def test_what_stands_at_the_top() -> None:
    (error,) = found(layers="<ddm:object/>").errors
    assert (error.code, error.mend) == ("stray", "did you mean 'objects'?")


def test_another_version_of_the_language_is_refused() -> None:
    (error,) = found(layers='<x xmlns="urn:ddm:2"/>').errors
    assert (error.code, error.mend) == ("namespace", "write urn:ddm:1")


def test_elements_of_other_programs_are_left_alone() -> None:
    assert found("", '<o:thing xmlns:o="urn:other" o:when="?"/><g id="g"><o:x xmlns:o="urn:other"/></g>') == []


@pytest.mark.parametrize("tag", ["path", "polygon", "use", "tspan", "foreignObject", "script"])
def test_other_elements_do_not_resolve(tag: str) -> None:
    (error,) = found(layers=f'<{tag} id="p"/>').errors
    assert (error.code, error.text) == ("unknown-element", f"<{tag}")
    assert "use one of circle, ellipse" in error.mend


@pytest.mark.parametrize("tag", ["title", "desc", "metadata", "defs", "style"])
def test_what_is_for_viewers_is_left_alone(tag: str) -> None:
    assert told(layers=f"<{tag}><anything/></{tag}>") == []


@pytest.mark.parametrize(
    ("layer", "code", "offending"),
    [
        ('<rect id="r" width="100%"/>', "wrong-value", "100%"),
        ('<rect id="r" height="-1"/>', "wrong-value", "-1"),
        ('<rect id="r" x="1e9"/>', "wrong-value", "1e9"),
        ('<rect id="r" fill="red"/>', "wrong-value", "red"),
        ('<rect id="r" opacity="1.5"/>', "wrong-value", "1.5"),
        ('<rect id="r" ddm:wehn="canvas.ratio ge 2"/>', "unknown-attribute", "ddm:wehn"),
        ('<text id="t" font-weight="bold">A</text>', "wrong-value", "bold"),
        ('<text id="t" font-size="2em">A</text>', "wrong-value", "2em"),
        ('<text id="t" letter-spacing="2">A</text>', "wrong-value", "2"),
        ('<text id="t" letter-spacing="-0.2em">A</text>', "wrong-value", "-0.2em"),
        ('<text id="t" letter-spacing="-1em">A</text>', "wrong-value", "-1em"),
        ('<text id="t" font-family="Inter, Intre">A</text>', "unknown-font", "Intre"),
        ('<text id="t" font-family="Inter, \'\'">A</text>', "wrong-value", "Inter, ''"),
    ],
)
def test_values_that_cannot_be_read(layer: str, code: str, offending: str) -> None:
    (error,) = found(layers=layer).errors
    assert (error.code, error.text) == (code, offending)
    assert error.mend


@pytest.mark.parametrize(
    ("layers", "what"),
    [
        ('<rect id="a b"/>', "id: 'a b' cannot be read"),
        ('<g id="a"/><g id="a"/>', "the id 'a' is used twice"),
        (f'<g id="{"a" * 61}"/>', "is too long for an id"),
        ('<g id="a"/><g id="a-frame"/>', "'a-frame' could also be made for 'a'"),
        ('<g id="a-badge"/><g id="a"/>', "'a-badge' could also be made for 'a'"),
        ('<g id="a"/><g id="a-1"/>', "'a-1' could also be made for 'a'"),
        ('<g id="a"/><g id="a-1-2"/>', "'a-1-2' could also be made for 'a'"),
    ],
)
def test_ids_that_cannot_be_used(layers: str, what: str) -> None:
    (error,) = found(layers=layers).errors
    assert what in error.what
    assert error.mend


def test_ids_that_only_look_alike() -> None:
    assert told(layers='<g id="a-frame"/><g id="b-1"/><g id="a-copy"/>') == []


def test_layers_without_id_are_named_by_their_place() -> None:
    layers = '<g>\n<rect width="2" height="2"/><rect width="3" height="3"/></g>'
    assert [e.id for e in compiled(PICTURE, layers).elements()] == ["g-3", "rect-4", "rect-4-29"]
