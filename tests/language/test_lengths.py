"""Lengths: what is written is what is read, and each unit has its measure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm.geometry import Box
from ddm.language.lengths import Length, parse_length, unit_of

VALUES = st.integers(-9_999_999, 9_999_999).map(lambda thousandths: thousandths / 1000)


@given(st.builds(Length, VALUES, st.sampled_from(["%", "u", "px"])))
def test_what_is_written_is_read_back(length: Length) -> None:
    assert parse_length(str(length)) == length


@pytest.mark.parametrize(
    ("text", "pixels"),
    [("12%", 48), ("-60%", -240), ("3u", 6), ("40px", 40), ("1.5u", 3), (" 2u ", 4)],
)
def test_units(text: str, pixels: float) -> None:
    canvas = Box(0, 0, 100, 400)  # its mean side is 200, so that one u is 2 pixels
    assert parse_length(text).pixels(400, canvas) == pytest.approx(pixels)


@given(st.floats(1, 5000), st.floats(0.05, 20))
def test_a_unit_keeps_its_share_of_the_area(side: float, ratio: float) -> None:
    canvas = Box(0, 0, side * ratio, side / ratio)
    assert unit_of(canvas) == pytest.approx(side / 100)


@pytest.mark.parametrize("text", ["", "12", "%", "12 %", "1e3px", "12em", "--3u", "nanpx", "auto", "3u 4u", "12345px"])
def test_what_is_no_length_is_said(text: str) -> None:
    with pytest.raises(ValueError, match="is not a length; write 12%, 3u or 40px"):
        parse_length(text)
