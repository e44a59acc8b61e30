"""A pool of a segment's materials and conditions, one after another -> who is left."""

from __future__ import annotations

from math import gcd

import numpy as np
import numpy.typing as npt

from ddm.language.expressions import Condition
from ddm.library.columns import ALL, Columns, Truth, truth

DENSE = 32
"""Materials are looked at by their places as soon as fewer than one in so many is left; before, all at once."""

PERIODS = 2 * 3 * 5 * 7
"""Samples are taken at steps that share no factor with it: pictures lie product by product, so many of each."""

Found = npt.NDArray[np.intp]


class Sieve:
    """What is left of some columns, narrowed part by part: a mask of all while much is left, then places."""

    def __init__(self, columns: Columns, mask: Truth | None, places: Found | None = None) -> None:
        """mask: of the pool, None for all. places: of the pool, where they are known."""
        self.columns, self.mask, self._places = columns, mask, places
        every = columns.size if mask is None else int(np.count_nonzero(mask))
        self.count = every if places is None else len(places)

    def narrow(self, part: Condition) -> None:
        if self._places is not None:
            self._places = self._places[truth(part, self.columns, self._places)]
            self.count = len(self._places)
        else:
            self.keep(truth(part, self.columns, ALL))

    def keep(self, fits: Truth) -> None:
        """Those that fit; (size,)."""
        self.mask = fits if self.mask is None else self.mask & fits
        self.count = int(np.count_nonzero(self.mask))
        if self.count * DENSE < self.columns.size:
            self._places = np.flatnonzero(self.mask)

    @property
    def dense(self) -> bool:
        """Much is left: to look at all is faster than to look at each."""
        return self._places is None

    def places(self) -> Found:
        """Ascending."""
        if self._places is not None:
            return self._places
        return np.arange(self.columns.size) if self.mask is None else np.flatnonzero(self.mask)

    def members(self) -> Truth:
        """Of all materials, which are left."""
        if self.mask is not None and self._places is None:
            return self.mask
        found = np.full(self.columns.size, self._places is None)
        found[self.places()] = True
        return found

    def some(self, number: int) -> Found:
        """About so many of the places, from all over; every one where there are fewer."""
        step = self.count // number
        if step < 2:
            return self.places()
        while gcd(step, PERIODS) > 1:
            step += 1
        return np.flatnonzero(self.mask[::step]) * step if self.mask is not None else self.places()[::step]
