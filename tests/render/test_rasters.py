import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddm.errors import InputError
from ddm.geometry import Box
from ddm.render.display import visible
from ddm.render.rasters import place
from ddm.render.steps import Window
from tests.render.cases import load

PHOTO = load("photo.png")
CANVAS = Window(0, 0, 240, 120)


def test_a_picture_on_the_grid_is_copied():
    found = place(PHOTO, Box(20, 10, 120, 80), Window(20, 10, 140, 90), False)
    assert found.opaque
    assert (found.left, found.top) == (20, 10)
    assert (found.pixels[..., :3] == PHOTO).all()


def test_mirrored_left_to_right():
    found = place(PHOTO, Box(0, 0, 120, 80), Window(0, 0, 120, 80), True)
    assert (found.pixels[..., :3] == PHOTO[:, ::-1]).all()


def test_only_the_window_is_made():
    found = place(PHOTO, Box(-30, -20, 120, 80), Window(5, 5, 25, 15), False)
    assert (found.pixels[..., :3] == PHOTO[25:35, 35:55]).all()


def test_transparent_margins_are_cropped():
    found = place(load("cut.png"), Box(0, 0, 100, 100), Window(0, 0, 100, 100), False)
    assert found.left > 5
    assert found.pixels.shape[0] < 80
    assert not found.opaque
    assert (found.pixels[..., :3] <= found.pixels[..., 3:]).all()


def test_nothing_but_transparency_is_empty():
    assert place(np.zeros((9, 9, 4), np.uint8), Box(0, 0, 9, 9), Window(0, 0, 9, 9), False).pixels.size == 0


def test_half_a_pixel_of_an_edge_is_half_transparent():
    found = place(np.full((10, 10, 3), 200, np.uint8), Box(0.5, 0, 10, 10), Window(0, 0, 11, 10), False)
    assert found.pixels[5, 0].tolist() == [100, 100, 100, 128]
    assert found.pixels[5, 5].tolist() == [200, 200, 200, 255]
    assert not found.opaque


def test_shrinking_averages_and_does_not_alias():
    stripes = np.zeros((100, 1200, 3), np.uint8)
    stripes[:, ::2] = 255
    found = place(stripes, Box(0, 0, 120, 10), Window(0, 0, 120, 10), False)
    assert np.abs(found.pixels[..., 0].astype(int) - 127).max() <= 1


def test_grey_pictures_are_drawn():
    found = place(np.full((4, 4), 7, np.uint8), Box(0, 0, 4, 4), Window(0, 0, 4, 4), False)
    assert found.pixels[0, 0].tolist() == [7, 7, 7, 255]


@pytest.mark.parametrize("shape", [(4, 4, 2), (0, 4, 3), (4,)])
def test_other_shapes_are_refused(shape):
    with pytest.raises(InputError, match="shape"):
        place(np.zeros(shape, np.uint8), Box(0, 0, 4, 4), Window(0, 0, 4, 4), False)


SIDE = st.floats(0.3, 900)


@given(st.floats(-400, 300), st.floats(-400, 200), SIDE, SIDE, st.booleans(), st.sampled_from(["photo.png", "cut.png"]))
@settings(max_examples=150, deadline=None)
def test_any_box_gives_pixels_inside_its_window(x, y, width, height, mirror, href):
    box = Box(x, y, width, height)
    window = visible(box, CANVAS)
    if window.empty:
        return
    found = place(load(href), box, window, mirror)
    rows, columns = found.pixels.shape[:2]
    assert window.left <= found.left
    assert window.top <= found.top
    assert found.left + columns <= window.right
    assert found.top + rows <= window.bottom
    assert (found.pixels[..., :3] <= found.pixels[..., 3:]).all()


@given(st.floats(-60, 60), st.floats(-40, 40), st.floats(60, 400))
@settings(max_examples=60, deadline=None)
def test_a_ramp_stays_a_ramp_wherever_it_lies(x, y, width):
    """Positions to a hundredth of a picture's width: no half-pixel errors in shrinking, moving or enlarging."""
    ramp = np.repeat(np.linspace(0, 255, 256)[None, :, None], 64, 0).repeat(3, 2).astype(np.uint8)
    box = Box(x, y, width, 100)
    window = visible(box, CANVAS)
    found = place(ramp, box, window, False)
    centres = found.left + np.arange(found.pixels.shape[1]) + 0.5
    wanted = np.clip((centres - x) / width * 256 - 0.5, 0, 255)
    inside = (centres > x + 3) & (centres < x + width - 3)
    if not found.pixels.size:
        assert not inside.any(), "only a picture beside the canvas has no pixels"
        return
    row = found.pixels[found.pixels.shape[0] // 2, :, 0].astype(float)
    assert np.abs(row - wanted)[inside].max(initial=0) < 2
