"""Areas under curves, confusion, calibration: by definition."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm.bench.perceive.judging import auc, calibration, confusion


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=2, max_size=30))
def test_auc_is_the_share_of_pairs_in_order(rows: list[tuple[int, bool]]) -> None:
    scores, labels = np.array([r[0] for r in rows], float), np.array([r[1] for r in rows])
    pairs = [(a > b) + 0.5 * (a == b) for a in scores[labels] for b in scores[~labels]]
    assert auc(scores, labels) == pytest.approx(np.mean(pairs) if pairs else float("nan"), nan_ok=True)


def test_honest_chances_have_no_error() -> None:
    right = np.array([True] * 75 + [False] * 25)
    assert calibration(np.full(100, 0.75), right) == pytest.approx(0)
    assert calibration(np.full(100, 0.95), right) == pytest.approx(0.2)


def test_confusion_counts_what_was_said() -> None:
    assert confusion(["a", "a", "b"], ["a", "b", "b"], ("a", "b", "c")) == {"a": {"a": 1, "b": 1}, "b": {"b": 1}}
