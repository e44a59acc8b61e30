"""What was laid over a photograph goes without a trace; what is printed on the subject stays."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ddm.derive.erasing.erase import erased
from ddm.errors import Unfit
from ddm.geometry import Box
from ddm.perceive.perception import Element
from tests.derive.views import lettered, view
from tests.support.materials import Look

CORNER, OVER, PRINT = Box(0.05, 0.06, 0.3, 0.03), Box(0.1, 0.14, 0.4, 0.03), Box(0.44, 0.55, 0.1, 0.03)
TEXT, LOGO, ALL = ({"what": what} for what in ("text", "logo", "all"))


def gap(one: np.ndarray, other: np.ndarray) -> int:
    return int(np.abs(one.astype(int) - other).max())


def test_on_a_plain_ground_nothing_is_seen_any_more() -> None:
    clean = view()
    assert gap(erased(lettered(clean, CORNER), TEXT), clean.pixels) <= 3


def test_a_gradient_goes_on_beneath() -> None:
    clean = view()
    ramp = (np.linspace(0, 60, 1200)[None, :, None] * (clean.matte == 0)[..., None]).astype(np.uint8)
    clean.pixels[:] = clean.pixels - ramp
    assert gap(erased(lettered(clean, CORNER, ink=250), TEXT), clean.pixels) <= 4


def test_a_pattern_is_copied_from_where_it_fits() -> None:
    clean = view(role="scene")
    y, x = np.mgrid[:1200, :1200]
    clean.pixels[:] = np.where(((x // 12 + y // 12) % 2 == 0)[..., None], 200, 120)
    found = erased(lettered(clean, CORNER), TEXT)
    assert np.abs(found.astype(int) - clean.pixels).mean() < 0.5
    assert found.min() > 90


def test_print_on_the_subject_is_kept() -> None:
    printed = lettered(view(), PRINT)
    assert np.array_equal(erased(printed, TEXT), printed.pixels)


def test_a_backdrop_has_no_subject_whose_print_could_be_kept() -> None:
    printed = lettered(view(role="scene"), PRINT)
    assert not np.array_equal(erased(printed, TEXT), printed.pixels)


def test_a_mark_keeps_its_words() -> None:
    mark = lettered(view(role="logo"), CORNER)
    assert np.array_equal(erased(mark, ALL), mark.pixels)


def test_only_marks_in_a_corner_are_logos() -> None:
    clean, corner, over = view(), lettered(view(), CORNER), lettered(view(), Box(0.3, 0.14, 0.4, 0.03))
    assert gap(erased(corner, LOGO), clean.pixels) <= 3
    assert np.array_equal(erased(over, LOGO), over.pixels)


def test_a_sign_beside_its_lettering_goes_with_it() -> None:
    clean = view()
    signed = lettered(clean, Box(0.15, 0.06, 0.2, 0.04))
    signed.pixels[80:110, 140:170] = (180, 0, 0)
    assert gap(erased(signed, ALL), clean.pixels) <= 3
    assert gap(erased(signed, TEXT), clean.pixels) > 100


def test_what_names_a_source_is_no_print() -> None:
    printed = lettered(view(), PRINT)
    named = replace(printed, perception=replace(printed.perception, elements=(Element("text", PRINT, 1, "www.a.com"),)))
    assert not np.array_equal(erased(named, ALL), named.pixels)


def test_copy_on_a_plate_over_the_subject_is_no_print() -> None:
    clean = view()
    plated = replace(clean, pixels=clean.pixels.copy())
    plated.pixels[648:708, 510:666] = (200, 40, 60)
    over = lettered(plated, PRINT)
    assert gap(erased(over, TEXT), plated.pixels) <= 6
    assert np.abs(erased(over, ALL).astype(int) - clean.pixels)[648:708, 510:666].mean() < 20


def test_a_plate_that_was_taken_for_a_subject_is_continued_by_its_surroundings() -> None:
    clean = view(Look(subject=Box(0.7, 0.6, 0.2, 0.3)))
    plated = replace(clean, pixels=clean.pixels.copy(), matte=clean.matte.copy())
    plated.pixels[150:222, 90:630] = (200, 40, 60)
    plated.matte[150:222, 90:630] = 255
    assert gap(erased(lettered(plated, OVER), ALL), clean.pixels) <= 6


def test_a_mark_around_a_line_that_was_read_hides_no_ground_from_it() -> None:
    clean = view()
    read = lettered(clean, CORNER)
    elements = (*read.perception.elements, Element("logo", Box(0, 0, 0.45, 0.14), 0.6))
    both = replace(read, perception=replace(read.perception, elements=elements))
    assert gap(erased(both, ALL), clean.pixels) <= 3


def test_what_cannot_be_told_stays_and_is_no_reason_to_keep_the_rest() -> None:
    noisy = view(role="scene")
    noisy.pixels[600:] = np.random.default_rng(1).integers(0, 256, (600, 1200, 3), np.uint8)
    lines, read = [Box(0.05, top, 0.6, 0.03) for top in (0.05, 0.12, 0.19)], noisy
    for box in lines:
        read = lettered(read, box)
    unseen = Element("text", Box(0.2, 0.7, 0.2, 0.03), 1, "WORD")
    elements = (*(Element("text", box, 1, "SALE") for box in lines), unseen)
    both = replace(read, perception=replace(read.perception, elements=elements))
    found = erased(both, TEXT)
    assert gap(found[:200], noisy.pixels[:200]) <= 4  # the vase begins below
    assert np.array_equal(found[600:], noisy.pixels[600:])
    alone = replace(noisy, perception=replace(noisy.perception, elements=(unseen,)))
    with pytest.raises(Unfit, match="cannot be told"):
        erased(alone, TEXT)


def test_a_mark_that_was_found_goes_with_logos_and_not_with_text() -> None:
    clean = view()
    marked = lettered(clean, CORNER)
    found = replace(marked, perception=replace(marked.perception, elements=(Element("logo", CORNER, 1),)))
    assert gap(erased(found, LOGO), clean.pixels) <= 3
    assert np.array_equal(erased(found, TEXT), found.pixels)


def test_a_button_stays_without_its_words_and_goes_with_all() -> None:
    clean = view()
    empty = replace(clean, pixels=clean.pixels.copy())
    empty.pixels[150:222, 90:630] = (200, 40, 60)
    button = lettered(empty, OVER)
    assert gap(erased(button, TEXT), empty.pixels) <= 6
    assert gap(erased(button, ALL), clean.pixels) <= 6


def test_the_subject_alone_has_nothing_laid_over_it() -> None:
    alone = view(alone=True)
    assert erased(alone, ALL) is alone.pixels


def test_too_much_is_refused() -> None:
    with pytest.raises(Unfit, match="of the picture"):
        erased(lettered(view(Look(subject=Box(0.45, 0.8, 0.1, 0.15))), Box(0.05, 0.05, 0.9, 0.7)), TEXT)


def test_what_nobody_could_make_up_is_refused() -> None:
    patched = view(role="scene")
    colours = np.random.default_rng(4).integers(0, 140, (60, 60, 3), np.uint8)
    patched.pixels[:] = np.kron(colours, np.ones((20, 20, 1), np.uint8))
    boxes = [Box(0.1, top, 0.7, 0.04) for top in (0.2, 0.4, 0.6)]
    read = patched
    for box in boxes:
        read = lettered(read, box, ink=255)
    elements = tuple(Element("text", box, 1, "SALE") for box in boxes)
    with pytest.raises(Unfit, match="sure"):
        erased(replace(read, perception=replace(read.perception, elements=elements)), TEXT)


def test_a_headline_that_is_a_subject_of_its_own_is_no_print() -> None:
    clean = view()
    headline = lettered(clean, CORNER)
    headline = replace(headline, matte=headline.matte.copy())
    headline.matte[70:110, 58:422] = 255
    assert gap(erased(headline, TEXT), clean.pixels) <= 6


def test_letters_on_a_plate_that_can_be_seen_through_go_with_it() -> None:
    clean = view(role="scene")
    y, x = np.mgrid[:1200, :1200]
    clean.pixels[:] = (130 + 60 * np.sin(x / 7) * np.sin(y / 9))[..., None]
    under = replace(clean, pixels=clean.pixels.copy())
    under.pixels[150:222, 90:630] = under.pixels[150:222, 90:630] // 2 + 120
    plated = lettered(under, OVER, ink=10)
    assert erased(plated, ALL)[150:222, 90:630].min() > 30
