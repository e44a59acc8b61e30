import io

import numpy as np
import pytest
from PIL import Image

from ddm.errors import InputError, Unfit
from ddm.render import encode
from tests.render.cases import photo

PHOTO = photo(300, 250)
NOISE = np.random.default_rng(1).integers(0, 255, (250, 300, 3), np.uint8)


def decoded(data):
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB")).astype(int)


@pytest.mark.parametrize("kind", ["jpg", "png", "webp"])
def test_a_file_shows_its_pixels(kind):
    assert np.abs(decoded(encode(PHOTO, kind)) - PHOTO).mean() < 4


def test_png_is_exact():
    assert (decoded(encode(PHOTO, "png")) == PHOTO).all()


@pytest.mark.parametrize(("kind", "limit"), [("jpg", 40), ("webp", 50), ("png", 60)])
def test_the_limit_is_kept_and_used(kind, limit):
    size = (
        len(encode(NOISE, kind, limit))
        if kind != "png"
        else len(encode(photo(300, 250) // 2 + NOISE // 16, kind, limit))
    )
    assert 0.6 * limit * 1000 < size <= limit * 1000


def test_room_is_used_for_quality():
    assert len(encode(PHOTO, "jpg", 1000)) > len(encode(PHOTO, "jpg"))


@pytest.mark.parametrize("kind", ["jpg", "png", "webp"])
def test_what_cannot_fit_names_the_limit(kind):
    with pytest.raises(Unfit, match="3 kB"):
        encode(NOISE, kind, 3)


def test_small_formats_keep_colour_at_full_resolution():
    stripes = np.zeros((100, 300, 3), np.uint8)
    stripes[:, ::2, 0] = 255
    assert np.abs(decoded(encode(stripes, "jpg")) - stripes).mean() < 12


def test_unknown_types_are_named():
    with pytest.raises(InputError, match="bmp"):
        encode(PHOTO, "bmp")


def test_views_are_encoded_too():
    assert decoded(encode(PHOTO[::-1, ::-1], "jpg")).shape == (250, 300, 3)
