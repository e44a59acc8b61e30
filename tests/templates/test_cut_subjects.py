"""What the photograph cuts hangs from the edge it is cut at, or stands out of it, in every template that can do so."""

from __future__ import annotations

import pytest

from ddm import templates
from ddm.errors import Unfit
from ddm.geometry import Box
from ddm.perceive.perception import Perception
from ddm.svg.tree import Image
from tests.support.materials import Look, material
from tests.support.resolving import images, resolved, walk
from tests.support.resolving import texts as texts_of

LAMP = Look(1600, 1200, Box(0.35, 0.0, 0.3, 0.6))
BUST = Look(1600, 1200, Box(0.3, 0.3, 0.4, 0.7))
ASIDE = Look(1600, 1200, Box(0.0, 0.3, 0.5, 0.5))
SQUARE, WIDE = "square-800", "link-1200x628"


def cut(look: Look, side: str) -> Perception:
    return material("a", look=look, subject__cut=frozenset({side}))


def subject(name: str, look: Look, side: str, format_: str) -> tuple[Image, Box]:
    found = resolved(templates.find(name), format_, [cut(look, side)])
    (image,) = (i for i in images(found.document) if i.meta.role == "subject")
    copies = [t for t in texts_of(found.document) if t.y]
    assert copies, "with its copy"
    return image, Box(0, 0, found.document.width, found.document.height)


@pytest.mark.parametrize("name", ["air", "edge", "gloss", "offer", "plinth", "sticker"])
@pytest.mark.parametrize("format_", [SQUARE, WIDE, "mrec-300x250", "feed-1080x1350"])
def test_a_lamp_hangs_from_the_top(name: str, format_: str) -> None:
    image, canvas = subject(name, LAMP, "top", format_)
    assert image.box.y < canvas.y
    assert image.box.bottom < canvas.bottom


@pytest.mark.parametrize("name", ["arch", "edge", "gloss", "offer", "plinth", "sticker"])
@pytest.mark.parametrize("format_", [SQUARE, WIDE])
def test_a_bust_stands_out_of_the_bottom(name: str, format_: str) -> None:
    image, canvas = subject(name, BUST, "bottom", format_)
    assert image.box.bottom > canvas.bottom
    assert image.box.y > canvas.y


@pytest.mark.parametrize("format_", [SQUARE, WIDE])
@pytest.mark.parametrize("name", ["air", "edge"])
def test_what_is_cut_at_the_left_comes_in_from_there(name: str, format_: str) -> None:
    image, canvas = subject(name, ASIDE, "left", format_)
    assert image.box.x < canvas.x


@pytest.mark.parametrize("name", ["air", "plinth"])
def test_copy_has_precedence(name: str) -> None:
    side, look = ("bottom", BUST) if name == "air" else ("top", LAMP)
    with pytest.raises(Unfit, match=f"cut at the {side}, so it cannot stand alone"):
        resolved(templates.find(name), "sky-160x600", [cut(look, side)])


def test_a_whole_picture_is_preferred() -> None:
    whole = material("b", rank=1.0)
    found = resolved(templates.find("air"), SQUARE, [cut(LAMP, "top"), whole])
    assert found.binding.material("hero") == whole


def test_in_a_story_a_panel_cuts_what_the_host_would_cover() -> None:
    found = resolved(templates.find("edge"), "story-1080x1920", [cut(BUST, "bottom")])
    clips = [node.clip.box for node in walk(found.document) if getattr(node, "clip", None)]
    assert len(clips) == 1
    assert 0 < clips[0].y < clips[0].bottom < 1920
