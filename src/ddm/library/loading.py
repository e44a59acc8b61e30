"""A column of a table -> the same in memory, as numbers or as words with codes."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ddm.library.columns import MOST_WORDS, NUMERIC, Column, Numbers, TooMany, Words, numbers_of
from ddm.library.kept import Arrays
from ddm.perceive.schema import ATTRIBUTES, Value

MOST_MEMBERS = 62
"""Distinct members of a column of sets; each is a bit."""


def column_of(name: str, stored: pa.ChunkedArray) -> Column:
    """Of an attribute of the vocabulary, null where there is no value. TooMany for more words than can have codes."""
    kind = ATTRIBUTES[name].kind
    if kind in NUMERIC:
        return numbers_of(stored.to_numpy())  # null becomes NaN
    return _sets(stored.combine_chunks()) if kind == "words" else _words(stored)


def arrays_of(column: Column | None) -> Arrays:
    """A column as it is kept on disk; None for too many words."""
    match column:
        case None:
            return {"many": np.ones(1, np.bool_)}
        case Words():
            said = [sorted(word) if isinstance(word, frozenset) else word for word in column.words]
            return {"codes": column.codes, "words": np.frombuffer(json.dumps(said).encode(), np.uint8)}
        case Numbers():
            exact = {} if column.values is None else {"values": column.values}
            return {"codes": column.codes, "low": column.low, "high": column.high, **exact}


def column_from(arrays: Arrays) -> Column | None:
    """What `arrays_of` was given."""
    if "many" in arrays:
        return None
    if "words" not in arrays:
        return Numbers(arrays["codes"], arrays["low"], arrays["high"], arrays.get("values"))
    said = json.loads(arrays["words"].tobytes())
    return Words(arrays["codes"], tuple(frozenset(word) if isinstance(word, list) else word for word in said))


def _words(stored: pa.ChunkedArray) -> Words:
    """Of texts and flags."""
    encoded = stored.combine_chunks().dictionary_encode()
    words = encoded.dictionary.to_pylist()
    return _coded(pc.fill_null(encoded.indices, len(words)).to_numpy(zero_copy_only=False), tuple(words))


def _sets(stored: Any) -> Words:
    """Of lists of words: each distinct set has a code."""
    members = stored.flatten().dictionary_encode()
    names = members.dictionary.to_pylist()
    if len(names) > MOST_MEMBERS:
        raise TooMany
    bits = np.zeros(len(stored), np.int64)
    parents = pc.list_parent_indices(stored).to_numpy()
    indices = members.indices.to_numpy()
    for place in range(len(names)):
        bits[parents[indices == place]] |= 1 << place
    bits[pc.is_null(stored).to_numpy(zero_copy_only=False)] = -1
    distinct, codes = np.unique(bits, return_inverse=True)
    sets = [frozenset(name for place, name in enumerate(names) if some >> place & 1) for some in distinct.tolist()]
    known = distinct[:1] != -1  # the least, where there is one
    if len(distinct) and not known[0]:
        sets, codes = sets[1:], np.where(codes == 0, len(distinct) - 1, codes - 1)
    return _coded(codes, tuple(sets))


def _coded(codes: npt.NDArray[Any], words: tuple[Value, ...]) -> Words:
    """The last code, one beyond the words, says that there is no value."""
    if len(words) > MOST_WORDS:
        raise TooMany
    small = codes.astype(np.uint8) if len(words) < 256 else codes.astype(np.uint16)
    return Words(small, (*words, None))


def embeddings_of(stored: pa.ChunkedArray) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.float32]]:
    """Which have one of the usual length, and theirs: float32 (n, d)."""
    lengths = pc.fill_null(pc.binary_length(stored), 0).to_numpy()
    counts = np.bincount(lengths)
    counts[0] = 0
    usual = int(np.argmax(counts))
    if not usual or usual % 4:
        return np.zeros(0, np.intp), np.zeros((0, 0), np.float32)
    places = np.flatnonzero(lengths == usual)
    whole = stored.take(pa.array(places)).combine_chunks().cast(pa.binary(usual))
    return places, np.frombuffer(whole.buffers()[1], np.float32)[: len(places) * usual // 4].reshape(len(places), -1)
