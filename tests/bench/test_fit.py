"""The bench of fitting in measures what it says: spoiling is known, and rivals do what they are named for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ddm.bench import fit
from ddm.bench.fit.back import WAYS, Shot, figure
from ddm.bench.fit.edged import edged
from ddm.bench.fit.edges import Cut, by_coverage, by_light, by_numbers
from ddm.bench.fit.photographs import Photograph, taken
from ddm.bench.fit.rivals import matched, reinhard
from ddm.bench.fit.shared import NAMES, shared
from ddm.bench.fit.spoiling import SPOILT, spoilt
from ddm.colour import delta_e, linear_of_bytes, oklab_of_bytes
from ddm.errors import InputError
from ddm.perceive.pixels import Bytes, blur

SIZE = 96


@pytest.fixture(scope="module")
def photograph() -> Photograph:
    """Blots with black, white and grey, a disc of them being the subject."""
    rng = np.random.default_rng(4)
    blots = blur(rng.normal(140, 1500, (SIZE, SIZE, 3)).astype(np.float32), 4)
    grey = blots.mean(-1, keepdims=True)
    y, x = np.mgrid[:SIZE, :SIZE] - SIZE / 2
    cover = np.clip(SIZE / 4 - np.hypot(x + 10, y), 0, 1).astype(np.float32)
    return Photograph("disc", np.clip(grey + 0.1 * (blots - grey), 2, 253).astype(np.uint8), cover)


def test_what_is_not_spoilt_stays_and_what_is_is_seeded(photograph: Photograph) -> None:
    assert (spoilt(photograph.pixels, "as_it_was", "x") == photograph.pixels).all()
    assert (spoilt(photograph.pixels, "grainy", "x") == spoilt(photograph.pixels, "grainy", "x")).all()
    assert (spoilt(photograph.pixels, "grainy", "x") != spoilt(photograph.pixels, "grainy", "y")).any()


def test_exposure_is_a_gain_in_linear_light(photograph: Photograph) -> None:
    darker = linear_of_bytes(spoilt(photograph.pixels, "darker", "x")).mean()
    assert darker == pytest.approx(linear_of_bytes(photograph.pixels).mean() * 2**-0.7, rel=0.03)


def test_harm_is_nothing_where_nothing_is_done(photograph: Photograph) -> None:
    shot = Shot(photograph, "as_it_was", photograph.pixels)
    assert figure(shot, WAYS["before"](shot)) == 0


@pytest.mark.parametrize("kind", sorted(SPOILT))
def test_each_way_gives_a_picture_and_a_figure(photograph: Photograph, kind: str) -> None:
    shot = Shot(photograph, kind, spoilt(photograph.pixels, kind, "x"))
    for way in WAYS.values():
        found = way(shot)
        assert found.shape == photograph.pixels.shape
        assert figure(shot, found) >= 0


def test_the_first_half_holds_the_subject(photograph: Photograph) -> None:
    near, far = photograph.halves
    assert photograph.cover[near].sum() > photograph.cover[far].sum()


def test_rivals_force_the_scene_s_statistics_on_the_subject(photograph: Photograph) -> None:
    scene = np.random.default_rng(1).integers(90, 130, (500, 3)).astype(np.uint8)
    inside = photograph.cover > 0.5
    lab, there = oklab_of_bytes(reinhard(photograph.pixels, photograph.cover, scene)[inside]), oklab_of_bytes(scene)
    assert lab.mean(0) == pytest.approx(there.mean(0), abs=0.02)
    assert matched(photograph.pixels, photograph.cover, scene)[inside].mean() == pytest.approx(scene.mean(), abs=3)


def disc(colour: int) -> Cut:
    y, x = np.mgrid[:SIZE, :SIZE] - SIZE / 2
    cover = np.clip((SIZE / 3 - np.hypot(x, y)) / 6 + 0.5, 0, 1).astype(np.float32)
    return Cut(np.full((SIZE, SIZE, 3), colour, np.uint8), cover)


@pytest.mark.parametrize(("thing", "ground"), [(20, 240), (235, 30), (128, 130)])
def test_coverage_for_a_ground_makes_numbers_mix_as_light_does(thing: int, ground: int) -> None:
    cut, below = disc(thing), np.full((SIZE, SIZE, 3), ground, np.uint8)
    truth = oklab_of_bytes(by_light(cut, below))
    plain, mended = (delta_e(oklab_of_bytes(mix(cut, below)), truth).max() for mix in (by_numbers, by_coverage))
    assert mended <= max(0.6, 0.2 * plain)


def test_only_edges_get_another_coverage() -> None:
    cut = disc(20)
    pixels = np.dstack([cut.colours, (cut.alpha * 255 + 0.5).astype(np.uint8)])
    found = edged(pixels, (0.9, 0.9, 0.9))
    whole = (pixels[..., 3] == 0) | (pixels[..., 3] == 255)
    assert (found[whole] == pixels[whole]).all()
    assert (found[..., :3] == pixels[..., :3]).all()


def test_halves_that_are_alike_share_everything() -> None:
    rng = np.random.default_rng(2)
    rows = [np.repeat(rng.normal(size=(1, len(NAMES))), 2, 0) for _ in range(12)]
    assert shared(rows) == pytest.approx(dict.fromkeys(NAMES, 1.0))


def test_a_photograph_tells_how_it_was_taken(photograph: Photograph) -> None:
    dim: Bytes = (photograph.pixels * 0.8).astype(np.uint8)
    assert taken(dim).look.white < taken(photograph.pixels).look.white


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no section 'seams'"):
        fit.run(tmp_path, ("seams",))
    with pytest.raises(InputError, match="not there"):
        fit.run(tmp_path / "none")
