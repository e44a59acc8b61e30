"""Beneath what hides it, a subject is foretold from its outline around."""

from __future__ import annotations

import numpy as np

from ddm.derive.erasing.spots import foretold

HIDDEN = np.zeros((60, 90), bool)
HIDDEN[20:40, 30:60] = True


def test_a_matte_that_follows_lettering_is_not_believed() -> None:
    assert not foretold(HIDDEN, HIDDEN).any()
    assert foretold(~HIDDEN, HIDDEN).all()


def test_an_outline_goes_on_beneath() -> None:
    half = np.broadcast_to(np.arange(90) < 45, HIDDEN.shape)
    found = foretold(half & ~HIDDEN, HIDDEN)
    assert np.abs(found[20:40].sum(1) - 45).max() <= 4
    assert (found == half)[~HIDDEN].all()


def test_where_all_is_hidden_there_is_no_subject() -> None:
    assert not foretold(HIDDEN, np.ones_like(HIDDEN)).any()
