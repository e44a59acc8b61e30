"""Groups: opened where they mean nothing, stacks where copy stands in them, frames, arrangements."""

import pytest

from tests.language.importing.drawing import HERO, call, layer, only, places, said, template, written


def line(name: str, x: float, y: float, size: float = 40, more: str = "") -> str:
    return f'<text id="{name}" x="{x}" y="{y}" font-size="{size}" font-family="Inter" {more}>Word</text>'


RECT = '<rect width="9" height="9"/>'
COLUMN = line("t | title", 60, 100) + line("p | price", 60, 180) + line("c | cta", 60, 260)


def test_groups_without_a_meaning_are_opened() -> None:
    inside = f"<g><g>{RECT}</g><g id='Layer_1'>{RECT}{RECT}</g></g>"
    assert [each.tag for each in template(inside).layers] == ["rect", "rect", "rect"]


def test_an_only_child_goes_by_the_name_of_its_group() -> None:
    assert only('<g id="rule"><rect width="9" height="9"/></g>').id == "rule"


def test_copy_one_under_the_other_is_a_stack() -> None:
    group = template(HERO + f"<g>{COLUMN}</g>").layers[-1]
    assert [child.id for child in group.children] == ["t-text", "p-text", "c-text"]
    assert written(group, "stack", "direction", "align") == {"direction": "down", "align": "start"}


def test_its_gap_is_the_one_drawn() -> None:
    assert written(template(HERO + f"<g>{COLUMN}</g>").layers[-1], "stack", "gap") == {"gap": "5.4u"}


def test_the_stack_inks_what_stands_in_it() -> None:
    group = template(HERO + f"<g>{COLUMN}</g>").layers[-1]
    assert group.call("ink")
    assert not any(child.call("ink") or child.call("place") for child in group.children)


def test_copy_of_one_line_stands_across() -> None:
    row = line("p | price", 60, 180) + line("w | was", 200, 180)
    group = template(HERO + f'<g id="figures | stack">{row}</g>').layers[-1]
    assert written(group, "stack", "direction") == {"direction": "across"}


def test_a_line_in_a_column_is_a_row_of_its_own() -> None:
    inside = line("t | title", 60, 100) + line("w | was", 200, 180) + line("p | price", 60, 180)
    group = template(HERO + f"<g>{inside}</g>").layers[-1]
    assert [child.tag for child in group.children] == ["text", "g"]
    assert [child.id for child in group.children[1].children] == ["p-text", "w-text"]


@pytest.mark.parametrize(("anchor", "align"), [("middle", "centre"), ("end", "end")])
def test_it_is_ranged_as_it_is_drawn(anchor: str, align: str) -> None:
    inside = COLUMN.replace("<text", f'<text text-anchor="{anchor}"').replace('x="60"', 'x="400"')
    assert written(template(HERO + f"<g>{inside}</g>").layers[-1], "stack", "align") == {"align": align}


def test_what_cannot_stand_in_a_stack_lies_beneath() -> None:
    card = '<rect id="card | surface" x="40" y="40" width="300" height="300"/>'
    found = template(HERO + f'<g id="words | stack">{card}{COLUMN}</g>').layers
    assert [each.id for each in found[1:]] == ["card", "words"]


def test_a_stack_may_look_for_a_calm_place() -> None:
    group = template(HERO + f'<g id="words | stack; calm; scrim 60%">{COLUMN}</g>').layers[-1]
    assert written(group, "place", "in") == {"in": "calm"}
    assert set(places(group).values()) == {"6%"}
    assert call(group, "scrim").parameters["most"] == 0.6


def test_what_has_no_effect_in_a_stack_is_told() -> None:
    inside = line("t | title; rotate 5", 60, 100) + line("p | price", 60, 180)
    assert any("rotate has no effect in a stack" in told for told in said(HERO + f"<g>{inside}</g>"))


def test_a_button_is_its_text_with_a_badge() -> None:
    shapes = {
        '<rect x="40" y="40" width="200" height="60" rx="30"/>': "pill",
        '<rect x="40" y="40" width="200" height="60" rx="4"/>': "box",
        '<circle cx="100" cy="100" r="60"/>': "disc",
    }
    for shape, expected in shapes.items():
        found = layer(HERO + f'<g id="buy | cta">{shape}{line("Shop now", 60, 80)}</g>', "buy-text")
        assert call(found, "badge").parameters["shape"] == expected


def test_a_frame_is_a_frame_for_what_it_holds() -> None:
    card = '<rect id="a" x="400" y="400" width="400" height="400"/>'
    dot = '<rect id="b" x="400" y="400" width="40" height="40"/>'
    group = only(f'<g id="corner | frame">{card}{dot}</g>')
    assert places(group) == {"right": "0%", "width": "50%", "bottom": "0%", "height": "50%"}
    assert places(group.children[1]) == {"left": "0%", "width": "10%", "top": "0%", "height": "10%"}


def test_arrangements_become_a_switch() -> None:
    inside = '<rect id="a" width="800" height="80"/>'
    groups = "".join(f'<g id="{name} | {name}">{inside}</g>' for name in ("tall", "strip", "wide"))
    switch = only(groups)
    assert [(child.id, str(child.when or "")) for child in switch.children] == [
        ("strip", "canvas.ratio ge 5"),
        ("wide", "canvas.ratio ge 1.4"),
        ("tall", ""),
    ]
    assert [child.children[0].id for child in switch.children] == ["strip-a", "wide-a", "tall-a"]


def test_arrangements_may_say_when() -> None:
    groups = f'<g id="rest | layout">{RECT}</g><g id="banner | strip when ratio ge 7">{RECT}</g>'
    assert [str(child.when or "") for child in only(groups).children] == ["canvas.ratio ge 7", ""]


def test_an_arrangement_may_have_a_canvas_of_its_own() -> None:
    board = '<rect id="| canvas" x="1000" y="0" width="600" height="100"/>'
    inside = '<rect id="a" x="1000" y="0" width="300" height="100"/>'
    switch = only(f'<g id="strip">{board}{inside}</g><g id="tall">{RECT}</g>')
    assert places(switch.children[0].children[0]) == {"left": "0%", "width": "50%", "top": "0%", "bottom": "0%"}
