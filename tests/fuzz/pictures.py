"""`python -m tests.fuzz.pictures COUNT [FIRST] [--corpora DIR]`: that many spoilt pictures at the door of perception.

JSON with their ends, the slowest and the memory. A picture is drawn here or, where the corpora lie beside the
repository, one of the hostile ones; it is cut, flipped, spliced or told to be of another size. What comes out is pixels
within the limits of `ddm.perceive.decode`, or InputError.
"""

from __future__ import annotations

import argparse
import gc
import io
import json
import random
import resource
import struct
import sys
import time
import warnings
import zlib
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image

from ddm.acquire.picture import look
from ddm.errors import InputError
from ddm.perceive.decode import MAX_SIDE, decode

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
MOST_SECONDS, MOST_MB = 5.0, 1500.0
"""A picture of 64 million pixels, the limit, takes 2 s and 800 MB to decode and shrink, whatever was done to it."""
MOST_MUTATED = 2_000_000
"""Bytes of a picture that is spoilt: larger ones only take longer to spoil."""
ROUND = 100

KINDS: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("JPEG", "RGB", {"quality": 85}),
    ("JPEG", "RGB", {"progressive": True}),
    ("JPEG", "CMYK", {}),
    ("JPEG", "L", {}),
    ("PNG", "RGBA", {}),
    ("PNG", "P", {}),
    ("PNG", "I;16", {}),
    ("WEBP", "RGBA", {}),
    ("WEBP", "RGB", {"lossless": True}),
    ("GIF", "P", {}),
    ("BMP", "RGB", {}),
    ("TIFF", "RGB", {"compression": "tiff_lzw"}),
    ("TIFF", "L", {"compression": "tiff_deflate"}),
    ("AVIF", "RGB", {"speed": 10}),
)


@cache
def _seed(kind: int, corpora: Path) -> bytes:
    """A whole picture, of which mutants are made."""
    hostile = _hostile(corpora)
    if kind >= len(KINDS):
        return hostile[(kind - len(KINDS)) % len(hostile)].read_bytes()
    format_, mode, options = KINDS[kind]
    rng = np.random.default_rng(kind)
    soft = np.kron(rng.integers(0, 256, (8, 12, 4), dtype=np.uint8), np.ones((12, 12, 1), np.uint8))
    image = Image.fromarray(soft)
    plane = (
        Image.fromarray(soft[..., 0].astype(np.uint16) * 257) if mode == "I;16" else image.convert("RGB").convert(mode)
    )
    if mode == "RGBA":
        plane = image
    buffer = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = rng.integers(1, 9).item()
    plane.save(buffer, format_, **({"exif": exif} if format_ in ("JPEG", "WEBP", "PNG") else {}), **options)
    return buffer.getvalue()


@cache
def _hostile(corpora: Path) -> tuple[Path, ...]:
    return tuple(sorted(path for path in (corpora / "hostile-pictures").glob("*") if path.is_file()))


Change = Callable[[bytes, random.Random], bytes]


def _cut(data: bytes, rnd: random.Random) -> bytes:
    return data[: rnd.randrange(len(data))]


def _flipped(data: bytes, rnd: random.Random) -> bytes:
    found = bytearray(data)
    for _ in range(rnd.choice((1, 2, 8, 64))):
        found[rnd.randrange(len(found))] ^= 1 << rnd.randrange(8)
    return bytes(found)


def _head_flipped(data: bytes, rnd: random.Random) -> bytes:
    """Where sizes, tables and offsets stand."""
    head = min(len(data), 200)
    return _overwritten(data[:head], rnd) + data[head:]


def _overwritten(data: bytes, rnd: random.Random) -> bytes:
    at = rnd.randrange(len(data))
    new = rnd.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff", rnd.randbytes(rnd.randint(1, 32))))
    return data[:at] + new + data[at + len(new) :]


def _dropped(data: bytes, rnd: random.Random) -> bytes:
    at = rnd.randrange(len(data))
    return data[:at] + data[at + rnd.randint(1, 200) :]


def _doubled(data: bytes, rnd: random.Random) -> bytes:
    at, length = rnd.randrange(len(data)), rnd.randint(1, 400)
    return data[: at + length] + data[at:]


def _resized(data: bytes, rnd: random.Random) -> bytes:
    """A PNG that claims another size, its sum made right; other pictures as `_head_flipped`."""
    if data[12:16] != b"IHDR":
        return _head_flipped(data, rnd)
    size = struct.pack(">II", *(rnd.choice((0, 1, 15, 16, 4096, 7999, 8001, 65535, 2**31 - 1)) for _ in range(2)))
    chunk = b"IHDR" + size + data[24:29]
    return data[:12] + chunk + struct.pack(">I", zlib.crc32(chunk)) + data[33:]


CHANGES: tuple[Change, ...] = (_cut, _flipped, _head_flipped, _overwritten, _dropped, _doubled, _resized)


def mutant(seed: int, corpora: Path = CORPORA) -> bytes:
    """One spoilt picture; the same seed gives the same one where the same corpora are there."""
    rnd = random.Random(seed)
    data = _seed(rnd.randrange(len(KINDS) + len(_hostile(corpora))), corpora)
    for _ in range(rnd.choice((1, 1, 2, 3))):
        if data and len(data) <= MOST_MUTATED:
            data = rnd.choice(CHANGES)(data, rnd)
    return data


def outcome(data: bytes) -> str:
    """decoded or refused, at both doors: of acquisition and of perception. Anything undocumented is raised."""
    try:
        look(data, "mutant")
    except InputError:
        kind = "refused"
    else:
        kind = "looked at"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of odd metadata; what counts is what comes out
        try:
            found = decode(data, "mutant")
        except InputError:
            return f"{kind}, refused"
    height, width = found.pixels.shape[:2]
    assert found.pixels.dtype == np.uint8
    assert found.pixels.shape[2] == 3
    assert min(height, width) >= 1
    assert max(height, width) <= MAX_SIDE
    assert found.alpha is None or found.alpha.shape == (height, width)
    return f"{kind}, decoded"


def megabytes() -> float:
    """Peak resident memory of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(count: int, first: int, corpora: Path) -> int:
    """Seconds are those of this process, so that a busy machine is no picture's fault."""
    ends: Counter[str] = Counter()
    faults: dict[str, tuple[int, int]] = {}
    slow: list[tuple[float, int]] = []
    for seed in range(first, first + count):
        data, start = mutant(seed, corpora), time.process_time()
        try:
            ends[outcome(data)] += 1
        except Exception as error:
            what = f"{type(error).__name__}: {str(error)[:120]}"
            faults[what] = faults.get(what, (0, seed))[0] + 1, seed
        slow = sorted([*slow, (round(time.process_time() - start, 3), seed)], reverse=True)[:5]
        if seed % ROUND == 0:
            gc.collect()
    peak = megabytes()
    print(
        json.dumps({"count": count, "ends": ends, "faults": faults, "slowest": slow, "peak_mb": round(peak)}, indent=1)
    )
    return 1 if faults or slow[0][0] >= MOST_SECONDS or peak >= MOST_MB else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("first", type=int, nargs="?", default=0)
    parser.add_argument("--corpora", type=Path, default=CORPORA)
    chosen = parser.parse_args()
    sys.exit(main(chosen.count, chosen.first, chosen.corpora))
