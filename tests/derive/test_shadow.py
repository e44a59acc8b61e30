"""Shadows lie where light cannot reach, away from the light, and fade to nothing before their own border."""

from __future__ import annotations

import numpy as np
import pytest

from ddm.derive.shading.shadow import KINDS, Light, Shadow, Wish, shadow
from ddm.derive.shading.standing import standing
from ddm.derive.shading.thrown import usual_height
from ddm.perceive import pixels as px

ABOVE = Light(direction=0, softness=0.5)


def _vase() -> np.ndarray:
    y, x = np.mgrid[:600, :400]
    return ((np.abs(x - 200) < 60 + 80 * np.sin(y / 600 * np.pi)) * 255).astype(np.uint8)


def _made(kind: str, strength: float = 1.0, light: Light = ABOVE, alpha: np.ndarray | None = None) -> Shadow:
    return shadow(_vase() if alpha is None else alpha, 0, 0, Wish(kind, strength), light)


def _beside(found: Shadow) -> float:
    """Where the middle of its darkness lies, in pixels right of the vase's."""
    weight = found.pixels[..., 3].astype(float)
    return float((weight.sum(0) * np.arange(weight.shape[1])).sum() / weight.sum() / found.scale + found.x - 200)


@pytest.mark.parametrize("kind", KINDS)
def test_black_and_gone_at_its_border(kind: str) -> None:
    found = shadow(_vase(), 100, 50, Wish(kind, 1.0), Light(30, 50, 0.5))
    alpha = found.pixels[..., 3]
    assert not found.pixels[..., :3].any()
    assert alpha.max() > 80
    assert max(alpha[0].max(), alpha[:, 0].max(), alpha[:, -1].max(), alpha[-1].max()) <= 3


def test_contact_is_darkest_at_the_foot() -> None:
    found = _made("contact")
    y, x = np.unravel_index(found.pixels[..., 3].argmax(), found.pixels.shape[:2])
    assert abs(y / found.scale + found.y - 600) < 30
    assert abs(x / found.scale + found.x - 200) < 110


def test_strength_is_the_darkness_where_it_is_darkest() -> None:
    weak, strong = (_made("contact", s).pixels[..., 3].max() / 255 for s in (0.2, 0.8))
    assert weak == pytest.approx(0.2, abs=0.04)
    assert strong == pytest.approx(0.8, abs=0.1)


def test_a_soft_light_throws_a_wider_shadow() -> None:
    for kind in ("drop", "cast"):
        hard, soft = (
            (p > 3).sum() / (p > 100).sum()
            for p in (_made(kind, 1, Light(60, 45, s)).pixels[..., 3] for s in (0.0, 0.8))
        )
        assert soft > 1.3 * hard


@pytest.mark.parametrize("kind", ["cast", "drop", "contact"])
def test_it_falls_away_from_the_light(kind: str) -> None:
    left, right = (_beside(_made(kind, light=Light(d, 45, 0.3))) for d in (300, 60))
    assert left > 1
    assert right == pytest.approx(-left, abs=8)


def test_a_low_light_throws_a_long_shadow() -> None:
    high, low = (_beside(_made("cast", light=Light(300, h, 0.1))) for h in (70, 35))
    assert low > 1.5 * high


def test_nothing_throws_no_shadow() -> None:
    for kind in KINDS:
        assert _made(kind, alpha=np.zeros((50, 50), np.uint8)).pixels[..., 3].max() <= 1


@pytest.mark.parametrize("side", ["top", "bottom"])
def test_what_is_not_seen_to_stand_touches_nothing(side: str) -> None:
    for kind in ("contact", "cast"):
        found = shadow(_vase(), 0, 0, Wish(kind, 1.0), ABOVE, frozenset({side}))
        assert not found.pixels[..., 3].any()


def test_its_colour_is_what_was_asked() -> None:
    found = shadow(_vase(), 0, 0, Wish("contact", 0.5, "#301804"))
    assert (found.pixels[..., :3] == (0x30, 0x18, 0x04)).all()


def test_a_thin_end_that_hangs_down_throws_no_pool_of_its_own() -> None:
    shoe = np.zeros((400, 500), np.uint8)
    shoe[100:250, 50:350] = 255
    shoe[200:390, 400:406] = shoe[200:206, 340:406] = 255  # a lace
    found = _made("contact", alpha=shoe)
    rows = np.flatnonzero((found.pixels[..., 3] > 30).any(1)) / found.scale + found.y
    assert 245 < rows.max() < 300


def test_the_same_again() -> None:
    one, other = (_made("cast", light=Light(40, 50, 0.2)) for _ in range(2))
    assert (one.pixels == other.pixels).all()


def test_a_contact_shadow_has_a_tight_dark_core_within_a_paler_pool() -> None:
    found = _made("contact")
    alpha = found.pixels[..., 3].astype(float)
    column = alpha[:, round((200 - found.x) * found.scale)]
    foot, step = round((600 - found.y) * found.scale), 600 * found.scale / 100
    core, near, pool = (column[foot + round(n * step)] for n in (0.3, 3, 7))
    assert core > 0.7 * 255, "the line where it touches is nearly as dark as was asked"
    assert near < 0.5 * core
    assert 8 < pool < 0.2 * core


def test_the_nearer_to_straight_above_a_lamp_is_seen_the_higher_it_stands() -> None:
    aside, above = (usual_height(clock, 17) for clock in (70, 10))
    assert 40 < aside < above < 75
    assert all(usual_height(a, 17) >= usual_height(a + 5, 17) for a in range(0, 175, 5))
    assert usual_height(320, 17) == pytest.approx(usual_height(40, 17))


def test_no_edge_is_seen_on_an_even_ground_where_a_pool_ends() -> None:
    box = np.full((500, 500), 255, np.uint8)
    alpha = np.pad(_made("contact", light=Light(315, 50, 0.8), alpha=box).pixels[..., 3], 8).astype(np.float32)
    rim = len(alpha) // 16
    for turned in (alpha, alpha[::-1], alpha.T, alpha.T[::-1]):
        steepest = np.abs(np.diff(px.blur(turned, 2.0)[:rim], axis=0)).max()  # without what dithers it
        assert steepest < 0.25


def test_a_ball_touches_at_one_point_alone() -> None:
    y, x = np.mgrid[:400, :400]
    ball = (np.hypot(x - 199.5, y - 199.5) < 195).astype(np.float32)
    touching = np.flatnonzero(standing(ball).touch > 0)
    assert touching[-1] - touching[0] < 0.36 * 400
