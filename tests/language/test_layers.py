"""Layers that name layers: which can be seen from where."""

import pytest

from ddm.language.references import circles
from tests.support.templates import TITLE, found, told


def rect(name: str, inside: str = "") -> str:
    return f'<rect id="{name}">{inside}</rect>'


def place(name: str, what: str) -> str:
    return rect(name, f"<ddm:place {what}/>")


def test_siblings_can_be_placed_by_one_another() -> None:
    layers = place("a", 'above="#b 2u"') + place("b", 'right="5%"') + rect("c", '<ddm:align with="#a" edges="left"/>')
    assert told(layers=layers) == []


def test_a_size_may_be_that_of_the_enclosing_group() -> None:
    assert told(layers='<g id="g">' + rect("a", '<ddm:size of="#g" width="50%"/>') + "</g>") == []


@pytest.mark.parametrize(
    ("layers", "code", "offending", "mend"),
    [
        (place("a", 'above="#hedline"') + rect("headline"), "unknown-reference", "#hedline", "'headline'"),
        (place("a", 'above="headline"') + rect("headline"), "wrong-value", "headline", ""),
        (place("a", 'below="#a"'), "cycle", "#a", "name another layer"),
        (
            place("a", 'below="#b"') + '<g id="g">' + rect("b") + "</g>",
            "wrong-place",
            "#b",
            "a layer of the same group",
        ),
        ('<g id="g">' + place("a", 'below="#g"') + "</g>", "wrong-place", "#g", "a layer of the same group"),
        (rect("a", '<ddm:align with="#g" edges="top"/>') + '<g id="g"/><g id="h"/>', "", "", ""),
        (
            rect("a", '<ddm:size of="#b"/>') + '<g id="g">' + rect("b") + "</g>",
            "wrong-place",
            "#b",
            "or the group itself",
        ),
        (rect("a", '<ddm:size of="#a"/>'), "cycle", "#a", "name another layer"),
    ],
)
def test_what_can_be_named(layers: str, code: str, offending: str, mend: str) -> None:
    errors = found(layers=layers).errors
    assert [(e.code, e.text) for e in errors] == ([(code, offending)] if code else [])
    assert all(mend in e.mend for e in errors)


SWITCH = '<switch id="s"><g id="wide" ddm:when="canvas.ratio ge 1"/><g id="tall">{}</g></switch>'


def test_an_arrangement_lies_where_its_switch_does() -> None:
    assert told(layers=SWITCH.format("") + place("a", 'below="#tall"')) == []


def test_a_switch_itself_has_no_frame() -> None:
    (error,) = found(layers=SWITCH.format("") + place("a", 'below="#s"')).errors
    assert error.mend == "name one of the arrangements of 's'"


def test_arrangements_do_not_lie_beside_one_another() -> None:
    assert ("wrong-place", "#wide") in told(layers=SWITCH.format('<ddm:place below="#wide"/>'))


def text(avoid: str) -> str:
    return f'<text id="t">A<ddm:select object="title"/><ddm:place in="calm" avoid="{avoid}"/></text>'


def test_what_is_drawn_earlier_can_be_avoided() -> None:
    assert told(TITLE, '<g id="g">' + rect("a") + "</g>" + text("#a #g")) == []


def test_what_is_drawn_later_cannot_be_avoided() -> None:
    assert told(TITLE, text("#a") + rect("a")) == [("too-late", "#a")]


def test_what_encloses_a_layer_cannot_be_avoided() -> None:
    assert told(TITLE, '<g id="g">' + text("#g") + "</g>") == [("too-late", "#g")]


def test_sizes_cannot_depend_on_themselves() -> None:
    sizes = "".join(rect(a, f'<ddm:size of="#{b}" width="50%"/>') for a, b in ("ab", "bc", "ca"))
    (error,) = found(layers=sizes).errors
    assert (error.code, error.what) == ("cycle", "sizes that depend on themselves: a -> b -> c -> a")


@pytest.mark.parametrize(
    ("first", "second", "axis"),
    [
        ('above="#b"', 'above="#a"', "up and down"),
        ('above="#b"', 'below="#c"', ""),
        ('below="#b"', 'below="#a"', "up and down"),
        ('before="#b"', 'before="#a"', "across"),
        ('above="#b"', 'before="#a"', ""),
        ('above="#b" when="canvas.ratio ge 1"', 'above="#a"', ""),  # one of them may not apply
    ],
)
def test_layers_cannot_come_before_themselves(first: str, second: str, axis: str) -> None:
    errors = found(layers=place("a", first) + place("b", second) + rect("c")).errors
    assert [e.what for e in errors] == (
        [f"layers that come before themselves, {axis}: {p}" for p in paths(axis, first)]
    )


def paths(axis: str, first: str) -> list[str]:
    return [] if not axis else ["b -> a -> b" if first.startswith("below") else "a -> b -> a"]


def test_circles_are_found_once() -> None:
    assert list(circles({"a": ["b"], "b": ["c", "a"], "c": ["c"]})) == [["c", "c"], ["a", "b", "a"]]
    assert list(circles({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []})) == []
    assert list(circles({"a": ["b"]})) == []


def beside(count: int) -> str:
    """Layers each below the one before."""
    return rect("r0x") + "".join(place(f"r{n}x", f'below="#r{n - 1}x"') for n in range(1, count))


def test_only_so_many_layers_can_be_placed_by_one_another() -> None:
    assert told(layers=beside(64)) == []
    assert told(layers=beside(65)) == [("too-many", "r0x")]


def test_layers_that_are_not_placed_by_one_another_may_be_many() -> None:
    assert told(layers="".join(rect(f"r{n}x") for n in range(500))) == []
