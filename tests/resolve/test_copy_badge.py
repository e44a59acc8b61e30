"""`badge`: a shape of its own, around its words, never over a subject."""

from __future__ import annotations

import pytest

from ddm.errors import Unfit
from ddm.geometry import Box
from ddm.resolve.ink import ratio_on
from ddm.resolve.paint import Tones
from ddm.resolve.paint.tones import luminance_of
from tests.support.copying import lines, result, stack, text
from tests.support.resolving import named, texts

PHOTO = '<image id="p"><ddm:select object="photo"/></image>'


def badged(shape: str = "pill", title: str = "cta", fit: str = "") -> str:
    return text("t", title, 40, f'<ddm:badge from="mood" shape="{shape}"/>{fit}')


@pytest.mark.parametrize("shape", ["pill", "box", "disc"])
def test_badges_hold_their_copy(shape: str) -> None:
    document = result(stack(badged(shape))).document
    (run,) = texts(document)
    box: Box = named(document, "t-badge").box  # type: ignore[union-attr]
    assert box.contains(Box(run.x, run.y - 0.75 * run.size, run.width, 0.75 * run.size))
    assert run.x + run.width / 2 == pytest.approx(box.centre[0], abs=0.6)
    assert (box.ratio == pytest.approx(1)) is (shape == "disc")


@pytest.mark.parametrize("shape", ["pill", "disc"])
def test_the_whole_badge_fits_its_place(shape: str) -> None:
    layer = stack(badged(shape, fit='<ddm:fit least="30%"/>'), place='width="120px"')
    box: Box = named(result(layer).document, "t-badge").box  # type: ignore[union-attr]
    assert box.width <= 120.5


def test_words_are_broken_so_that_a_disc_is_small() -> None:
    def disc(most: int) -> Box:
        document = result(stack(badged("disc", "tag", f'<ddm:fit lines="{most}"/>'))).document
        assert len(lines(document, "t")) == most
        box: Box = named(document, "t-badge").box  # type: ignore[union-attr]
        return box

    assert disc(3).width < disc(2).width < disc(1).width


def test_all_lines_stand_in_the_middle_of_their_badge() -> None:
    document = result(stack(badged("disc", "tag", '<ddm:fit lines="3"/>'), stack='align="start"')).document
    middle = named(document, "t-badge").box.centre[0]  # type: ignore[union-attr]
    for line in lines(document, "t"):
        assert (line[0].x + line[-1].x + line[-1].width) / 2 == pytest.approx(middle, abs=0.1)


def test_a_text_alone_may_have_one() -> None:
    layer = badged().replace("<ddm:select", '<ddm:place left="0%" top="0%" width="50%" height="20%"/><ddm:select')
    assert named(result(layer).document, "t-badge").meta.role == "decoration"


def test_a_badge_covers_no_subject() -> None:
    layer = PHOTO + stack(badged(), place='left="40%" top="45%" width="30%" height="20%"')
    with pytest.raises(Unfit, match="the badge 't' would cover the subject"):
        result(layer)


def test_words_on_a_badge_can_be_read_on_it() -> None:
    document = result(stack(badged())).document
    beneath = luminance_of(named(document, "t-badge").fill)  # type: ignore[union-attr]
    (run,) = texts(document)
    assert ratio_on(run.fill, Tones(beneath, beneath)) >= 4.5
