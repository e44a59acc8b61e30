"""Some real records -> as many alike as are wanted, for libraries of a size that no shop at hand has.

A grown record starts from a real one, drawn at random, so that what belongs together stays so. Its measures are moved
by a part of their real spread, within their range; its counts and words are those of real records, so often as there.
Its embedding is that of the real one plus noise, of unit length. Five pictures make a product. The same every time.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import lz4.block
import lz4.frame
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ddm.library.columns import NUMERIC
from ddm.library.records import column, digest_of
from ddm.library.store import MATERIALS
from ddm.perceive.schema import ATTRIBUTES, VERSION

DIGESTED = ("details", "maps", "embedding")
"""Columns of bytes, of which `digest_of` tells damage."""
PLANES = 6
"""Of the maps, thumb's three first."""
PICTURES = 5
"""Of each product, as shops have them."""
SPREAD = 0.25
"""Of a measure's real deviation: neighbours differ, and the distribution keeps its shape."""
CHANGED = 0.1
"""Words and counts that are drawn anew, from all real ones."""
NOISE = 0.7
"""Length of an embedding's noise against the real one's: the cosine to where it came from is about .82, as of two
photographs of one kind of thing."""
FACTORS = 96
"""Directions of the noise; those of real networks' embeddings fall off, too, see DECAY."""
DECAY = 0.75
"""The deviation along the n-th direction is n ** -DECAY, and a tenth of the noise lies in all directions alike."""
VARIANTS = 24
"""Of each plane of each real record's maps, shifted: put together anew for each record, so that no two are alike and
the tables are not smaller than they would be."""


@dataclass(frozen=True, slots=True)
class Planes:
    """Real maps, taken apart. head: their shape, and the head of an LZ4 frame of independent blocks. blocks: of each
    plane, some variants."""

    head: bytes
    blocks: tuple[tuple[bytes, ...], ...]

    def joined(self, choice: Sequence[int]) -> bytes:
        """Maps as records hold them, of one variant of each plane."""
        return b"".join((self.head, *(some[at] for some, at in zip(self.blocks, choice, strict=True)), b"\0\0\0\0"))


def planes_of(packed: bytes, rng: np.random.Generator) -> Planes:
    planes = np.frombuffer(lz4.frame.decompress(packed[4:]), np.uint8).reshape(PLANES, -1)
    frame = lz4.frame.compress(b"", block_linked=False, store_size=False)
    return Planes(packed[:4] + frame[:-4], tuple(tuple(_variants(plane, rng)) for plane in planes))


def _variants(plane: npt.NDArray[np.uint8], rng: np.random.Generator) -> Iterator[bytes]:
    """As blocks of an LZ4 frame: the length, its upper bit set where it is not compressed, then the bytes."""
    for by in rng.integers(0, len(plane), VARIANTS):
        plain = np.roll(plane, int(by)).tobytes()
        small = lz4.block.compress(plain, store_size=False)
        body, flag = (small, 0) if len(small) < len(plain) else (plain, 1 << 31)
        yield (len(body) | flag).to_bytes(4, "little") + body


@dataclass(frozen=True, slots=True)
class Seeds:
    """The real records, by columns."""

    table: pa.Table
    embeddings: npt.NDArray[np.float32]
    maps: tuple[Planes, ...]
    details: tuple[Mapping[str, Any], ...]
    factors: npt.NDArray[np.float32]


def seeds_of(table: pa.Table) -> Seeds:
    """Of rows of the table of materials that have an embedding."""
    table = table.filter(pc.greater(pc.binary_length(table["embedding"]), 0))
    embeddings = np.stack([np.frombuffer(one, np.float32) for one in table["embedding"].to_pylist()])
    rng = np.random.default_rng(1)
    basis = np.linalg.qr(rng.standard_normal((embeddings.shape[1], FACTORS)))[0].T
    scale = np.arange(1, len(basis) + 1) ** -DECAY
    factors = basis * (scale / np.linalg.norm(scale))[:, None]
    maps = tuple(planes_of(one, rng) for one in table["maps"].to_pylist())
    details = tuple(json.loads(one) for one in table["details"].to_pylist())
    return Seeds(table, embeddings, maps, details, factors.astype(np.float32))


def grow(seeds: Seeds, start: int, stop: int) -> pa.Table:
    """Records by number, of the schema of the table of materials."""
    rng = np.random.default_rng([start, stop])
    number = stop - start
    origin = rng.integers(0, len(seeds.table), number)
    columns = {name: _attribute(seeds, name, origin, rng) for name in ATTRIBUTES}
    products, columns["rank"] = _galleries(columns["role"], start, stop)
    ids = [f"{(value * 0x9E3779B97F4A7C15 + 1) % 2**64:016x}" * 4 for value in range(start, stop)]
    choices = rng.integers(0, VARIANTS, (number, PLANES)).tolist()
    maps = [seeds.maps[at].joined(choice) for at, choice in zip(origin.tolist(), choices, strict=True)]
    details, embeddings = list(_details(seeds, origin, ids, products, columns)), _embeddings(seeds, origin, rng)
    packed = [dict(zip(DIGESTED, one, strict=True)) for one in zip(details, maps, embeddings, strict=True)]
    grown = {
        "key": [f"{product}/{id}" for product, id in zip(products, ids, strict=True)],
        "id": ids,
        "product": products,
        "schema": pa.array(np.full(number, VERSION, np.int32)),
        "models": ["{}"] * number,
        **{name: [one[name] for one in packed] for name in DIGESTED},
        "digest": list(map(digest_of, packed)),
        **{column(name): values for name, values in columns.items()},
    }
    return pa.table([pa.array(grown[field.name], field.type) for field in MATERIALS], schema=MATERIALS)


def _attribute(seeds: Seeds, name: str, origin: npt.NDArray[np.int64], rng: np.random.Generator) -> pa.Array:
    real, row = seeds.table[column(name)].combine_chunks(), ATTRIBUTES[name]
    values = real.to_numpy(zero_copy_only=False) if row.kind in NUMERIC else np.zeros(0)
    if row.kind not in NUMERIC or (values == np.round(values)).all():
        kept = np.where(rng.random(len(origin)) < CHANGED, rng.integers(0, len(real), len(origin)), origin)
        return real.take(pa.array(origin if name == "role" else kept))
    moved = values[origin] + rng.standard_normal(len(origin)) * (SPREAD * float(np.nanstd(values)))
    return pa.array(np.clip(moved, row.low, row.high), from_pandas=True)


def _galleries(roles: pa.Array, start: int, stop: int) -> tuple[list[str], pa.Array]:
    """product and rank of each record; a scene has none."""
    owned = [role == "product" for role in roles.to_pylist()]
    products = [f"product-{at // PICTURES}" if own else "" for at, own in zip(range(start, stop), owned, strict=True)]
    return products, pa.array([float(at % PICTURES) for at in range(start, stop)])


def _details(
    seeds: Seeds, origin: npt.NDArray[np.int64], ids: list[str], products: list[str], columns: Mapping[str, pa.Array]
) -> Iterator[str]:
    lists = [values.to_pylist() for values in columns.values()]
    dumps = json.JSONEncoder(separators=(",", ":")).encode
    for at, id, product, *values in zip(origin.tolist(), ids, products, *lists, strict=True):
        known = {name: value for name, value in zip(columns, values, strict=True) if value is not None}
        rest = {name: seeds.details[at].get(name, []) for name in ("palettes", "elements")}
        about = {"id": id, "product": product, "schema": VERSION, "models": {}, "attributes": known}
        yield dumps({**about, **rest})


def _embeddings(seeds: Seeds, origin: npt.NDArray[np.int64], rng: np.random.Generator) -> list[bytes]:
    number, size = len(origin), seeds.embeddings.shape[1]
    noise = rng.standard_normal((number, len(seeds.factors)), np.float32) @ seeds.factors
    noise += rng.standard_normal((number, size), np.float32) * np.float32(np.sqrt(0.1 / size))
    found = seeds.embeddings[origin] + NOISE * noise
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    return [one.tobytes() for one in found.astype(np.float32)]
