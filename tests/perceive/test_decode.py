"""Pictures come in upright, in sRGB and within limits, or are refused with a reason."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from ddm.errors import InputError
from ddm.perceive.decode import MAX_SIDE, Decoded, decode

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpora"


def _bytes(image: Image.Image, format: str = "PNG", **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, format, **options)
    return buffer.getvalue()


def _scene() -> Image.Image:
    """Red on the left, blue on the right, wider than high."""
    pixels = np.zeros((40, 60, 3), np.uint8)
    pixels[:, :30] = (220, 20, 20)
    pixels[:, 30:] = (20, 20, 220)
    return Image.fromarray(pixels)


def test_a_plain_picture_stays_as_it_is() -> None:
    found = decode(_bytes(_scene()))
    assert np.array_equal(found.pixels, np.asarray(_scene()))
    assert found.alpha is None


def test_exif_orientation_is_applied() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned: the right side of the file is the bottom
    found = decode(_bytes(_scene(), "JPEG", exif=exif, quality=95))
    assert found.pixels.shape == (60, 40, 3)
    assert found.pixels[5, 20, 0] > 180
    assert found.pixels[55, 20, 2] > 180


@pytest.mark.parametrize("mode", ["L", "P", "CMYK", "1", "I;16", "LA", "RGBA"])
@pytest.mark.parametrize("format", ["PNG", "TIFF"])
def test_every_mode_becomes_rgb(mode: str, format: str) -> None:
    if (mode, format) in {("CMYK", "PNG")}:
        pytest.skip("PNG has no CMYK")
    grey = mode == "I;16"
    image = Image.fromarray(np.full((40, 60), 40000, np.uint16)) if grey else _scene().convert(mode)
    found = decode(_bytes(image, format))
    assert found.pixels.shape == (40, 60, 3)
    assert found.pixels.dtype == np.uint8
    if grey:
        assert abs(int(found.pixels[0, 0, 0]) - 40000 / 257) <= 1


def test_colour_profiles_are_converted() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    broken = decode(_bytes(_scene(), "PNG", icc_profile=b"no profile"))
    unfit = decode(_bytes(_scene(), "PNG", icc_profile=lab))
    assert np.array_equal(broken.pixels, np.asarray(_scene()))
    assert np.array_equal(unfit.pixels, np.asarray(_scene()))


def _cutout() -> Image.Image:
    pixels = np.zeros((100, 100, 4), np.uint8)
    pixels[30:70, 30:70] = (10, 200, 10, 255)
    pixels[30:70, 25:30] = (10, 200, 10, 128)
    return Image.fromarray(pixels)


def test_a_cutout_keeps_its_alpha_and_its_colours() -> None:
    found = decode(_bytes(_cutout()))
    assert found.alpha is not None
    assert found.alpha[50, 50] == 255
    assert found.alpha[50, 27] == 128
    assert found.colours[50, 27].tolist() == [10, 200, 10]
    assert found.pixels[0, 0].tolist() == [255, 255, 255]


def test_rounded_corners_make_no_cutout() -> None:
    image = _scene().convert("RGBA").resize((200, 200))
    image.putpixel((0, 0), (0, 0, 0, 0))
    assert decode(_bytes(image)).alpha is None


def test_wholly_transparent_pictures_are_refused() -> None:
    with pytest.raises(InputError, match="wholly transparent"):
        decode(_bytes(Image.new("RGBA", (50, 50), (0, 0, 0, 0))))


def test_large_pictures_are_shrunk() -> None:
    found = decode(_bytes(Image.new("RGB", (3000, 1000), (1, 2, 3)), "JPEG"))
    assert found.pixels.shape == (683, MAX_SIDE, 3)


@pytest.mark.parametrize("size", [(15, 400), (940, 2), (1, 1)])
def test_slivers_are_refused(size: tuple[int, int]) -> None:
    with pytest.raises(InputError, match="a side under"):
        decode(_bytes(Image.new("RGB", size)))


@given(st.binary(max_size=300))
@settings(max_examples=50)
def test_noise_is_refused_as_input(data: bytes) -> None:
    with pytest.raises(InputError):
        decode(data)


@given(st.integers(0, 2000), st.integers(0, 255))
@settings(max_examples=60, deadline=None)
def test_damaged_files_are_decoded_or_refused(position: int, value: int) -> None:
    data = bytearray(_bytes(_scene().resize((64, 64)), "JPEG"))
    data[position % len(data)] = value
    _decoded_or_refused(bytes(data))


def test_hostile_pictures_are_decoded_or_refused() -> None:
    folder = CORPUS / "hostile-pictures"
    if not folder.is_dir():
        pytest.skip("the corpus of hostile pictures is not beside this checkout")
    outcomes = {path.name: _decoded_or_refused(path.read_bytes()) for path in folder.iterdir() if path.is_file()}
    refused = {name for name, found in outcomes.items() if found is None}
    assert {"16383x16383.png", "940x2.png", "Commons-logo.svg", "BlueSquare_truncated.jpg"} <= refused
    assert {"cmyk.jpg", "256_color_palette.png", "animated.gif", "image.webp", "grayscale.jpg"} <= set(
        outcomes
    ) - refused


@pytest.mark.filterwarnings("ignore")  # Pillow warns of damage; it is judged here
def _decoded_or_refused(data: bytes) -> Decoded | None:
    try:
        found = decode(data)
    except InputError:
        return None
    assert found.pixels.ndim == 3
    assert max(found.pixels.shape) <= MAX_SIDE
    return found
