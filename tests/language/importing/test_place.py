"""Where things were drawn becomes constraints that other ratios can serve."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm.geometry import Box
from ddm.language.importing.pins import merged, pinned, room
from ddm.language.parameters import span
from tests.language.importing.drawing import HERO, call, imported, layer, only, places, text

FRAME = Box(0, 0, 1000, 500)


def across(x: float, width: float) -> dict[str, str]:
    found = pinned(Box(x, 0, width, 500), FRAME)
    return {key: value for key, value in found.items() if key in ("left", "right", "width", "align")}


def test_what_is_nearer_to_the_left_keeps_left_and_width() -> None:
    assert across(50, 200) == {"left": "5%", "width": "20%", "align": "start"}


def test_what_is_nearer_to_the_right_keeps_right_and_width() -> None:
    assert across(750, 200) == {"right": "5%", "width": "20%", "align": "end"}


def test_what_is_centred_keeps_its_middle() -> None:
    assert across(400, 200) == {"width": "20%", "align": "centre"}


def test_what_spans_the_frame_keeps_both_edges() -> None:
    assert across(50, 900) == {"left": "5%", "right": "5%"}


def test_what_reaches_beyond_the_frame_does_so_everywhere() -> None:
    assert across(-100, 1200) == {"left": "-10%", "right": "-10%"}


def test_up_and_down_likewise() -> None:
    found = pinned(Box(0, 25, 1000, 50), FRAME)
    assert found == {"left": "0%", "right": "0%", "top": "5%", "height": "10%", "rise": "top"}


BOXES = st.builds(Box, *(st.floats(-2000, 2000) for _ in range(2)), *(st.floats(0.1, 3000) for _ in range(2)))


@given(BOXES)
def test_every_place_is_one_the_language_can_read(box: Box) -> None:
    for key, value in pinned(box, FRAME).items():
        assert key in ("align", "rise") or span(value)


def test_the_name_may_pin_and_stretch() -> None:
    square = '<rect id="a | plain; {}" x="100" y="100" width="200" height="200"/>'
    assert places(only(square.format("pin right top"))) == {
        "right": "62.5%",
        "width": "25%",
        "top": "12.5%",
        "height": "25%",
    }
    assert set(places(only(square.format("stretch across")))) == {"left", "right", "top", "height"}
    assert set(places(only(square.format("stretch")))) == {"left", "right", "top", "bottom"}
    assert set(places(only(square.format("pin centre middle")))) == {"width", "height"}


def test_the_name_may_give_numbers() -> None:
    assert places(only('<rect id="a | plain; left 3u" x="600" y="100" width="100" height="200"/>')) == {
        "left": "3u",
        "width": "12.5%",
        "top": "12.5%",
        "height": "25%",
    }


def test_an_axis_takes_two_of_its_three() -> None:
    drawn = {"left": "5%", "right": "5%"}
    assert merged(drawn, {"width": "20%"}) == {"left": "5%", "width": "20%"}
    assert merged(drawn, {"right": "9%"}) == {"left": "5%", "right": "9%"}
    assert merged({"top": "5%", "height": "10%"}, {"below": "#a"}) == {"height": "10%", "below": "#a"}


def test_copy_may_grow_up_to_its_neighbours() -> None:
    words, picture = Box(50, 50, 200, 60), Box(600, 0, 400, 500)
    grown = room(words, FRAME, [picture], "start")
    assert (grown.x, grown.y) == (50, 50)
    assert 400 < grown.right < 600
    assert 300 < grown.bottom < 500


def test_copy_on_a_card_does_not_mind_the_card() -> None:
    words = Box(50, 50, 200, 60)
    assert room(words, FRAME, [Box(20, 20, 960, 460)], "start") == room(words, FRAME, [], "start")


@given(BOXES, st.lists(BOXES, max_size=4), st.sampled_from(["start", "centre", "end"]))
def test_room_is_never_less_than_what_was_drawn(box: Box, others: list[Box], align: str) -> None:
    assert room(box, FRAME, others, align).contains(box, 1e-6)


def test_copy_and_cutouts_keep_inside_the_safe_area() -> None:
    assert call(layer(HERO + text("t | title"), "t-text"), "place").parameters["safe"] == "yes"
    assert call(only(HERO), "place").parameters["safe"] == "yes"


def test_a_picture_stays_in_the_middle_of_where_it_was_drawn() -> None:
    found = only('<image id="hero | cutout" x="500" y="300" width="200" height="400" href="a.png"/>')
    assert call(found, "place").parameters["align"] == "centre"
    assert {"right", "width"} <= set(places(found))


def test_what_bleeds_does_so_on_purpose() -> None:
    assert call(only(HERO.replace('y="300"', 'y="400"')), "place").parameters["safe"] == "no"


def test_what_is_turned_is_placed_upright_and_turned() -> None:
    found = only('<rect id="a" x="300" y="300" width="200" height="100" transform="rotate(12 400 350)"/>')
    assert places(found) == {"width": "25%", "top": "37.5%", "height": "12.5%"}
    assert call(found, "rotate").parameters["by"] == 12


@pytest.mark.parametrize(("turn", "told"), [(12, False), (80, True), (120, True), (170, False), (-90, False)])
def test_a_turn_beyond_what_rotate_allows_is_told(turn: int, told: bool) -> None:
    found = imported(f'<rect id="a" width="9" height="20" transform="rotate({turn})"/>').findings
    assert any("is drawn upright" in f.what for f in found) == told
