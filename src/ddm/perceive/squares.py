"""Terms and values at many places -> how much of each term comes closest to the values: least squares."""

from __future__ import annotations

import numpy as np

from ddm.perceive.pixels import Floats


def least_squares(terms: Floats, values: Floats) -> Floats:
    """float64 (terms, channels): what to multiply terms (n, terms) by to come closest to values (n, channels).

    By the normal equations: a hundredth of the time of a decomposition, and exact enough for a few terms within -1..1.
    """
    found: Floats = np.linalg.pinv(terms.T @ terms, hermitian=True) @ (terms.T @ values)
    return found
