"""What picture bytes really are."""

from __future__ import annotations

import contextlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from PIL import Image

from ddm.acquire.picture import PIXEL_LIMIT, look
from ddm.errors import InputError
from tests.acquire.pictures import encoded, scene, turned

HOSTILE = Path(__file__).parents[2] / ".." / "shared" / "corpora" / "hostile-pictures"


@pytest.mark.parametrize(
    ("kind", "media_type", "extension"),
    [
        ("JPEG", "image/jpeg", "jpg"),
        ("PNG", "image/png", "png"),
        ("WEBP", "image/webp", "webp"),
        ("GIF", "image/gif", "gif"),
        ("AVIF", "image/avif", "avif"),
        ("BMP", "image/bmp", "bmp"),
        ("TIFF", "image/tiff", "tif"),
    ],
)
def test_formats(kind: str, media_type: str, extension: str) -> None:
    seen = look(encoded(scene(300, 200), kind), "x")
    assert (seen.width, seen.height, seen.media_type, seen.extension, seen.frames) == (
        300,
        200,
        media_type,
        extension,
        1,
    )


@pytest.mark.parametrize(("orientation", "size"), [(1, (300, 200)), (3, (300, 200)), (6, (200, 300)), (8, (200, 300))])
def test_sizes_are_those_after_turning(orientation: int, size: tuple[int, int]) -> None:
    seen = look(turned(scene(300, 200), orientation), "x")
    assert (seen.width, seen.height) == size


def test_the_thumbnail_is_turned_too() -> None:
    upright = scene(300, 200)
    seen = look(turned(upright.transpose(Image.Transpose.ROTATE_90), 6), "x")
    assert np.abs(seen.thumb - look(encoded(upright), "x").thumb).mean() < 3


@pytest.mark.parametrize("mode", ["L", "CMYK", "P", "RGBA", "LA", "1", "I;16"])
def test_modes(mode: str) -> None:
    image = scene(300, 200).convert("RGBA" if mode == "RGBA" else "L" if mode == "I;16" else mode)
    if mode == "I;16":
        image = Image.fromarray(np.asarray(image).astype(np.uint16) * 257)
    seen = look(encoded(image, "TIFF" if mode == "CMYK" else "PNG"), "x")
    assert (seen.width, seen.height) == (300, 200)
    assert np.isfinite(seen.thumb).all()
    assert seen.thumb.std() > 10


def test_transparent_parts_are_seen_on_white() -> None:
    assert look(encoded(Image.new("RGBA", (300, 300), (0, 0, 0, 0)), "PNG"), "x").thumb.min() == 255


def test_an_animation_counts_its_frames() -> None:
    frames = [scene(220, 220, seed) for seed in range(3)]
    assert look(encoded(frames[0], "GIF", save_all=True, append_images=frames[1:]), "x").frames == 3


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_cut_off_is_refused(kind: str) -> None:
    body = encoded(scene(), kind)
    with pytest.raises(InputError, match=r"decoded to its end|no picture of a known format"):
        look(body[: len(body) // 2], "http://x.de/a.jpg")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "are empty"),
        (b"<!DOCTYPE html><p>sorry", "a web page"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "a vector drawing"),
        (b"GIF89a", "no picture"),
        (b"\x00" * 100, "no picture"),
    ],
)
def test_what_is_no_picture_is_named(body: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        look(body, "x")


def test_too_many_pixels_are_refused_before_they_are_decoded() -> None:
    huge = encoded(Image.new("1", (16_000, 16_000)), "PNG")
    assert len(huge) < 100_000
    with pytest.raises(InputError, match="too many pixels"):
        look(huge, "x")
    assert PIXEL_LIMIT < 16_000 * 16_000


@given(some.binary(max_size=300), some.sampled_from(["JPEG", "PNG", "WEBP", "GIF"]), some.integers(0, 400))
def test_damaged_bytes_are_refused_or_decoded(noise: bytes, kind: str, place: int) -> None:
    body = encoded(Image.new("RGB", (40, 40), "red"), kind)
    with contextlib.suppress(InputError):
        look(body[:place] + noise + body[place + len(noise) :], "x")


@pytest.mark.skipif(not HOSTILE.is_dir(), reason="the corpus of hostile pictures is not on this machine")
def test_hostile_pictures_are_refused_or_decoded() -> None:
    verdicts = {path.name: _verdict(path) for path in sorted(HOSTILE.iterdir()) if path.is_file()}
    assert "too many pixels" in verdicts["16383x16383.png"]
    assert "decoded" in verdicts["BlueSquare_truncated.jpg"] + verdicts["image_invalid.jpg"]
    assert verdicts["cmyk.jpg"] == verdicts["grayscale.jpg"] == verdicts["image.avif"] == verdicts["animated.gif"] == ""


def _verdict(path: Path) -> str:
    try:
        look(path.read_bytes(), path.name)
    except InputError as error:
        return error.what
    return ""
