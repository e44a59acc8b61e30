"""Chinese text -> where its words end: the only file that knows rjieba.

UAX 14 allows a line to end after any ideograph; readers stumble where that is inside a word.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate, pairwise

_HAN = re.compile(r"[\u4e00-\u9fff]+")


@lru_cache(4096)
def ends(text: str) -> frozenset[int]:
    """Indices between ideographs at which one word ends and the next begins.

    Words of one character lean on a neighbour, and what the dictionary does not know falls apart into such: nothing
    ends beside them.
    """
    return frozenset(found.start() + end for found in _HAN.finditer(text) for end in _ends(found.group()))


def _ends(run: str) -> list[int]:
    if len(run) < 4:
        return []
    from rjieba import cut  # its dictionary takes half a second to unpack: only who sets Chinese waits

    words = cut(run)
    stops = accumulate(map(len, words))
    return [stop for (one, other), stop in zip(pairwise(words), stops, strict=False) if min(len(one), len(other)) > 1]
