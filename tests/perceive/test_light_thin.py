"""Subjects of which light can tell nothing: no figure is lost in a division by nothing."""

from __future__ import annotations

import numpy as np
import pytest

from ddm.perceive.light import light


@pytest.mark.parametrize("columns", [1, 2, 5])
def test_a_subject_too_thin_for_an_inside(columns: int) -> None:
    rng = np.random.default_rng(3)
    lab = rng.uniform(0.0, 0.1, (256, 256, 3)).astype(np.float32) + np.float32(0.4)
    coverage = np.zeros((256, 256), np.float32)
    coverage[20:230, 100 : 100 + columns] = 1.0
    found = light(lab, coverage)
    assert all(np.isfinite([found.direction, found.softness, found.sure]))


def test_steep_shade_all_over() -> None:
    lab = np.zeros((256, 256, 3), np.float32)
    lab[::2, ::2, 0] = 1.0
    coverage = np.zeros((256, 256), np.float32)
    coverage[60:200, 60:200] = 1.0
    found = light(lab, coverage)
    assert all(np.isfinite([found.direction, found.softness, found.sure]))
