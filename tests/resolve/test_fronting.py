"""A subject before copy: it hides no more of any letter than it may, and withdraws as far as that takes."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm.formats.catalogue import Format
from ddm.geometry import Box
from ddm.resolve.fronting import STEPS, withdrawing
from ddm.svg.tree import Document, Image
from tests.support.resolving import drawn, images, texts, walk

SQUARE = Format("square", "Square", 400, 400)
OBJECTS = '<ddm:cutout id="photo"/><ddm:copy id="words" from="copy.tagline product.title"/>'
NUMBERS = st.floats(-200, 600)
BOXES = st.builds(Box, NUMBERS, NUMBERS, st.floats(1, 500), st.floats(1, 500))


@given(BOXES, BOXES)
def test_a_frame_withdraws_from_copy_until_it_is_clear_of_it(frame: Box, copy: Box) -> None:
    frames = list(withdrawing(frame, copy))
    for one, other in itertools.pairwise(frames):
        assert one.contains(other, 1e-6)
    if len(frames) > STEPS:
        assert min(frames[-1].intersection(copy).width, frames[-1].intersection(copy).height) < 1e-6


def poster(most: str, top: str = "25%") -> Document:
    text = (
        '<text id="t" font-size="160" font-family="Bebas Neue"><ddm:select object="words"/>'
        '<ddm:place left="2%" right="2%" top="5%" height="40%" rise="bottom"/><ddm:fit lines="2" least="30%"/></text>'
    )
    image = (
        f'<image id="p"><ddm:select object="photo"/><ddm:place left="10%" right="10%" top="{top}" bottom="2%"/>'
        f'<ddm:front of="#t" most="{most}"/></image>'
    )
    return drawn(OBJECTS, text + image, SQUARE)


def subject(document: Document) -> Image:
    (found,) = (image for image in images(document) if image.meta.role == "subject")
    return found


def test_the_more_it_may_hide_the_further_it_reaches_into_the_copy() -> None:
    tops = [subject(poster(most)).box.y for most in ("0%", "20%", "45%", "70%")]
    assert tops == sorted(tops, reverse=True)
    assert tops[0] > tops[-1] + 20


def test_it_is_painted_after_the_copy_and_overlaps_it() -> None:
    document = poster("45%")
    order = list(walk(document))
    last = max(texts(document), key=lambda text: text.y)
    assert order.index(subject(document)) > order.index(last)
    assert subject(document).box.y < last.y


@pytest.mark.parametrize("top", ["46%", "60%"])
def test_what_is_clear_of_the_copy_stays_where_it_was_put(top: str) -> None:
    assert subject(poster("0%", top)).box == subject(poster("70%", top)).box
