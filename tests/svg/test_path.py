import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm.errors import InputError
from ddm.svg.path import Segment, parse


def test_relative_becomes_absolute_and_shorthands_are_spelt_out():
    assert parse("m1 2 3 4h5v-6z l1 1") == (
        Segment("M", (1, 2)),
        Segment("L", (4, 6)),
        Segment("L", (9, 6)),
        Segment("L", (9, 0)),
        Segment("Z", ()),
        Segment("L", (2, 3)),
    )


def test_smooth_curves_mirror_the_last_control_point():
    assert parse("M0 0C0 1 2 3 4 4S8 8 9 9")[-1] == Segment("C", (6, 5, 8, 8, 9, 9))
    assert parse("M0 0Q1 2 4 4T9 9")[-1] == Segment("Q", (7, 6, 9, 9))
    assert parse("M1 1S8 8 9 9")[-1] == Segment("C", (1, 1, 8, 8, 9, 9))


def test_arc_flags_need_no_separators():
    assert parse("M0 0a5 5 0 0115 5")[-1] == Segment("A", (5, 5, 0, 0, 1, 15, 5))


@pytest.mark.parametrize("d", ["L1 1", "M0", "M0 0 L", "M0 0 X", "M0 0Z1 1", "1 1", "M0 0a1 1 0 2 0 1 1"])
def test_mistakes_are_input_errors(d):
    with pytest.raises(InputError):
        parse(d)


@given(st.text("MmLlHhVvCcSsQqTtAaZz0123456789.,- e", max_size=60))
def test_any_text_is_read_or_refused(d):
    with contextlib.suppress(InputError):
        assert all(len(segment.points) in (0, 2, 4, 6, 7) for segment in parse(d))
