"""Chains of derivations: steps in order, each made once, each question answered once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ddm.errors import InputError, Unfit
from ddm.library import Library
from ddm.perceive.perception import Perception
from tests.support.materials import Look, perceived

TONED, TINTED = ("toned", {"warmth": 1.0}), ("tinted", {"colour": "#1f6f78"})
LOOK = Look(300, 300)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library")


@pytest.fixture
def vase(library: Library) -> Perception:
    return library.put(perceived(look=LOOK, role="scene"))


def files(library: Library) -> int:
    return len(list(library.path.rglob("*.json")))


def test_steps_are_carried_out_in_their_order(library: Library, vase: Perception) -> None:
    one = library.derive(vase, "picture", {}, (TONED, TINTED))
    other = library.derive(vase, "picture", {}, (TINTED, TONED))
    assert not np.array_equal(library.load(one.href), library.load(other.href))


def test_a_picture_after_steps_is_its_last_step(library: Library, vase: Perception) -> None:
    assert library.derive(vase, "picture", {}, (TONED,)) == library.derive(vase, *TONED)


def test_what_two_chains_share_is_made_once(library: Library, vase: Perception) -> None:
    library.derive(vase, "blurred", {"sigma": 1}, (TONED,))
    before = files(library)
    library.derive(vase, "blurred", {"sigma": 2}, (TONED,))
    assert files(library) == before + 1


def test_the_subject_alone_takes_the_steps_and_keeps_its_edge(library: Library, vase: Perception) -> None:
    plain, tinted = (library.derive(vase, "cutout", {}, before) for before in ((), (TINTED,)))
    one, other = library.load(plain.href), library.load(tinted.href)
    assert (plain.box, np.array_equal(one[..., 3], other[..., 3])) == (tinted.box, True)
    middle = tuple(n // 2 for n in one.shape[:2])
    assert int(other[middle][2]) > int(one[middle][2]) + 20  # from terracotta towards teal


def test_what_depends_on_the_matte_alone_is_the_same_after_any_step(library: Library, vase: Perception) -> None:
    assert library.derive(vase, "shadow", {}, (TONED,)) == library.derive(vase, "shadow", {})
    assert library.derive(vase, "outline", {}, (TONED,)) == library.derive(vase, "outline", {})
    assert library.derive(vase, "reflection", {}, (TONED,)) != library.derive(vase, "reflection", {})


def test_growing_comes_after_what_stands_before(library: Library, vase: Perception) -> None:
    grown = library.derive(vase, "extended", {"left": 60}, (TINTED,))
    tinted = library.load(library.derive(vase, *TINTED).href)
    assert (grown.x, grown.width) == (-60, 360)
    assert np.abs(library.load(grown.href)[:, 60:].astype(int) - tinted).mean() < 1


def test_only_what_keeps_place_and_size_may_stand_before(library: Library, vase: Perception) -> None:
    with pytest.raises(InputError, match="'extended' cannot stand before"):
        library.derive(vase, "picture", {}, (("extended", {"left": 10}),))
    with pytest.raises(InputError, match="7 steps"):
        library.derive(vase, "picture", {}, (TONED,) * 7)


@pytest.mark.parametrize("colour", ["red", "#12345", "#1234567", "url(x)", 3.0])
def test_a_colour_is_written_in_six_digits(library: Library, vase: Perception, colour: str | float) -> None:
    with pytest.raises(InputError, match="colour cannot be"):
        library.derive(vase, "tinted", {"colour": colour})


def test_numbers_lie_within_their_range(library: Library, vase: Perception) -> None:
    with pytest.raises(InputError, match="strength cannot be nan"):
        library.derive(vase, "toned", {"strength": float("nan")})


def test_a_refusal_is_remembered_as_it_was(library: Library) -> None:
    vase = library.put(perceived(look=LOOK, border__left="complex"))
    reasons = set()
    for _ in range(2):
        with pytest.raises(Unfit, match="the left border is complex") as caught:
            library.derive(vase, "extended", {"left": 200})
        reasons.add((caught.value.what, caught.value.mend))
    assert len(reasons) == 1


def test_what_was_perceived_anew_is_derived_anew(library: Library, vase: Perception) -> None:
    before = library.derive(vase, "cutout", {})
    library.put(perceived(look=Look(300, 300, fill="#336699"), role="scene"))
    assert library.derive(vase, "cutout", {}).href != before.href
    assert library.load(before.href) is not None  # what refers to the old pixels still finds them
