"""A shadow in a photograph is found where the ground is darker in all colours alike, next to the subject."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ddm.derive.shading.baked import SURE, baked, kept, unshadowed
from ddm.derive.table import derivation
from ddm.perceive import pixels as px
from tests.derive.views import view
from tests.support.materials import perceived


def photograph(shadow: float, tint: tuple[float, float, float] = (0, 0, 0)) -> tuple[np.ndarray, np.ndarray]:
    """A dark box on a warm ground with noise, and its matte; the shadow lies to the right of its foot."""
    y, x = np.mgrid[:240, :320].astype(np.float32)
    matte = ((np.abs(x - 140) < 40) & (np.abs(y - 110) < 70)).astype(np.float32)
    dark = px.blur(((np.abs(x - 190) < 40) & (np.abs(y - 172) < 14)).astype(np.float32), 6.0) * shadow
    ground = np.array([220, 200, 180]) * (1 + 0.1 * (x / 320 - 0.5))[..., None]
    ground = ground * (1 - dark[..., None] * (1 - np.array(tint)))
    ground = ground + np.random.default_rng(3).normal(0, 1.5, (240, 320, 3))
    picture = np.where(matte[..., None] > 0.5, 60, ground)
    return np.clip(picture, 0, 255).astype(np.uint8), matte


def test_a_shadow_is_found_and_measured() -> None:
    found = baked(*photograph(0.4))
    assert found.there
    seen = found.cover[round(172 * found.scale), round(200 * found.scale)]
    assert seen == pytest.approx(0.35, abs=0.08)
    assert found.cover[:40].max() < 0.02


def test_where_there_is_none_none_is_found() -> None:
    found = baked(*photograph(0.0))
    assert found.sure < SURE
    assert found.cover.max() < 0.05


def test_a_thing_of_another_colour_is_no_shadow() -> None:
    assert baked(*photograph(0.7, (1.0, 0.2, 0.0))).sure < baked(*photograph(0.7)).sure


def test_nothing_to_look_at() -> None:
    found = baked(np.full((50, 60, 3), 200, np.uint8), np.zeros((50, 60), np.float32))
    assert found.sure == 0
    assert not found.there


def test_a_kept_shadow_ends_before_the_border() -> None:
    layer = kept(baked(*photograph(0.4)), 1.0)
    assert layer.max() > 60
    assert max(layer[0].max(), layer[-1].max(), layer[:, 0].max(), layer[:, -1].max()) < 5


def test_a_removed_shadow_leaves_ground() -> None:
    pixels, matte = photograph(0.4)
    made = unshadowed(replace(view(), pixels=pixels, matte=(matte * 255).astype(np.uint8)), {"strength": 1.0})
    clear, _ = photograph(0.0)
    place = (matte < 0.5) & (np.mgrid[:240, :320][0] > 150)
    before, after = (np.abs(p.astype(float) - clear)[place].mean() for p in (pixels, made))
    assert after < 0.5 * before
    assert (made[matte > 0.5] == pixels[matte > 0.5]).all()


def test_asked_for_the_photograph_s_own_where_there_is_none_it_is_a_contact_shadow() -> None:
    row, source = derivation("shadow"), perceived()
    own, contact = (row.make(source, row.settled({"kind": kind})) for kind in ("own", "contact"))
    assert (own.pixels == contact.pixels).all()
