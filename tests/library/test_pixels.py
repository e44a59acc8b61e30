"""Pixels are stored by what they are: once, in several sizes, and never changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ddm.derive.table import Layer
from ddm.errors import InputError
from ddm.library.codecs import packed, premultiplied, unpacked
from ddm.library.pixels import PixelStore

KEY, OTHER = "a" * 40, f"{'b' * 40}/{'c' * 40}"


def photograph(width: int = 320, height: int = 200) -> np.ndarray:
    y, x = np.mgrid[:height, :width]
    return np.dstack([x * 255 // width, y * 255 // height, (x + y) % 256]).astype(np.uint8)


@pytest.fixture
def store(tmp_path: Path) -> PixelStore:
    return PixelStore(tmp_path)


def test_a_file_is_named_by_its_bytes(store: PixelStore, tmp_path: Path) -> None:
    raster = store.put(KEY, Layer(photograph()))
    assert hashlib.sha256((tmp_path / raster.href).read_bytes()).hexdigest().startswith(Path(raster.href).stem)


def test_the_same_pixels_are_stored_once(store: PixelStore, tmp_path: Path) -> None:
    assert store.put(KEY, Layer(photograph())).href == store.put(OTHER, Layer(photograph(), 3, 4)).href
    assert len(list(tmp_path.rglob("*.jpg"))) == 1
    found = store.find(OTHER)
    assert found
    assert (found.x, found.y) == (3, 4)


@pytest.mark.parametrize(("side", "width"), [(0, 320), (320, 320), (200, 200), (160, 160), (100, 120), (1, 40)])
def test_a_photograph_in_the_smallest_size_that_will_do(store: PixelStore, side: int, width: int) -> None:
    href = store.put(KEY, Layer(photograph())).href
    assert store.load(href, side).shape[1] == width


@pytest.mark.parametrize(("side", "width"), [(0, 320), (161, 320), (160, 160), (81, 160), (80, 80), (1, 80)])
def test_a_cutout_too(store: PixelStore, side: int, width: int) -> None:
    cutout = np.dstack([photograph(), np.full((200, 320), 128, np.uint8)])
    href = store.put(KEY, Layer(cutout)).href
    found = store.load(href, side)
    assert found.shape[1:] == (width, 4)
    assert (found[..., :3] <= found[..., 3:]).all()


@given(arrays(np.uint8, st.tuples(st.integers(1, 40), st.integers(1, 40), st.just(4))))
def test_fast_forms_lose_nothing(pixels: np.ndarray) -> None:
    assert (unpacked(packed(premultiplied(pixels))) == premultiplied(pixels)).all()


@given(st.integers(0, 10_000), st.integers(0, 255))
def test_a_changed_byte_of_a_fast_form_is_seen_or_harmless(at: int, value: int) -> None:
    pixels = np.dstack([photograph(40, 30), np.full((30, 40), 255, np.uint8)])
    body = bytearray(packed(pixels))
    body[at % len(body)] = value
    try:
        found = unpacked(bytes(body))
    except Exception:
        return
    assert found.shape != pixels.shape or (found == pixels).all()


def test_a_damaged_description_is_as_none(store: PixelStore, tmp_path: Path) -> None:
    store.put(KEY, Layer(photograph()))
    next(tmp_path.rglob("*.json")).write_text("{")
    assert store.find(KEY) is None


def test_a_file_that_was_not_written_whole_is_written_again(store: PixelStore, tmp_path: Path) -> None:
    path = tmp_path / store.put(KEY, Layer(photograph())).href
    path.write_bytes(b"")
    store.put(KEY, Layer(photograph()))
    assert path.stat().st_size


def test_descriptions_and_fast_forms_are_no_pictures(store: PixelStore) -> None:
    href = store.put(KEY, Layer(np.dstack([photograph(), photograph()[..., 0]]))).href
    with pytest.raises(InputError, match="no picture of the library"):
        store.file(href.replace(".png", ".lz4"))
