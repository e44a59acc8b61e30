"""Beneath lettering that its matte follows, a subject is foretold from its outline around."""

from __future__ import annotations

import numpy as np

from ddm.derive.erasing.spots import foretold

HIDDEN = np.zeros((60, 90), bool)
HIDDEN[20:40, 30:60] = True
LETTERS = np.zeros_like(HIDDEN)
LETTERS[23:37, 32:58:4] = True
HALF = np.broadcast_to(np.arange(90) < 45, HIDDEN.shape)


def test_a_matte_that_follows_lettering_is_not_believed() -> None:
    assert not foretold(LETTERS, HIDDEN).any()
    assert foretold(~LETTERS, HIDDEN).all()


def test_an_outline_goes_on_beneath() -> None:
    found = foretold(HALF ^ LETTERS, HIDDEN)
    assert np.abs(found[20:40].sum(1) - 45).max() <= 4
    assert (found == HALF)[~HIDDEN].all()


def test_an_outline_that_runs_on_by_itself_is_believed() -> None:
    slanted = np.add.outer(np.arange(60), np.arange(90)) < 70
    assert np.array_equal(foretold(slanted, HIDDEN), slanted)


def test_where_all_is_hidden_there_is_no_subject() -> None:
    assert not foretold(LETTERS, np.ones_like(HIDDEN)).any()
