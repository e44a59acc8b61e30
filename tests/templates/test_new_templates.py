"""What some of the shipped templates say of themselves, held against material made by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from ddm import templates
from ddm.acquire.product import Money
from ddm.errors import Unfit
from ddm.geometry import Box
from ddm.perceive.perception import Perception
from ddm.resolve import Resolved
from ddm.svg.tree import Image
from tests.support.materials import TEAL, TERRACOTTA, Look, material, product
from tests.support.resolving import images, rect, resolved, texts

OWN = material("a")
DETAIL = material("b", look=Look(1400, 1000), rank=1.0)
SMALL = material("s", look=Look(800, 800))
THIRD = material("c", look=Look(1200, 1300), rank=2.0)
JUG = material("d", "jug", look=Look(fill=TEAL, band=TERRACOTTA))
CUP = material("e", "cup", look=Look(fill="#3f7a4a", band=TERRACOTTA))
DISH = material("f", "dish", look=Look(fill="#d8a032", band=TEAL))


def made(name: str, *pool: Perception, format_: str = "square-800", **changes: Any) -> Resolved:
    return resolved(templates.find(name), format_, list(pool), product(**changes))


def shown(found: Resolved, role: str) -> list[Image]:
    return [image for image in images(found.document) if image.meta.role == role]


# ------------------------------------------------------------------------------------------------ shelf


@pytest.mark.parametrize(("others", "number"), [([JUG], 2), ([JUG, CUP], 3), ([JUG, CUP, DISH], 4)])
def test_a_shelf_holds_two_to_four_products(others: list[Perception], number: int) -> None:
    subjects = shown(made("shelf", OWN, *others, format_="link-1200x628"), "subject")
    assert len({image.href for image in subjects}) == number
    assert len({round(image.box.bottom) for image in subjects}) == 1, "on one counter"


def test_a_shelf_for_one_product_is_refused() -> None:
    with pytest.raises(Unfit, match="no cutout for 'others'"):
        made("shelf", OWN, DETAIL, THIRD)


# ------------------------------------------------------------------------------------------------ gallery


@pytest.mark.parametrize(
    ("pool", "names"),
    [
        ([OWN, DETAIL, THIRD], {"large", "upper", "lower"}),
        ([OWN, DETAIL], {"large", "upper", "close-image"}),
        ([OWN], {"large", "close-image"}),
        ([SMALL], {"large", "still-image"}),
    ],
)
def test_a_gallery_shows_a_detail_where_pictures_are_missing_else_the_product_alone(
    pool: list[Perception], names: set[str]
) -> None:
    found = images(made("gallery", *pool).document)
    assert {image.meta.id for image in found if image.meta.role != "shadow"} == names


def test_a_gallery_of_one_small_picture_that_cannot_be_cut_out_gives_it_the_whole_width() -> None:
    hung = material("h", subject__cut=frozenset({"top"}), look=Look(800, 800))
    (large,) = images(made("gallery", hung, format_="mrec-300x250").document)
    assert large.box.width == pytest.approx(300, abs=2)


# ------------------------------------------------------------------------------------------------ gloss


def test_gloss_mirrors_and_relights_the_product() -> None:
    found = made("gloss", material("a", light__side="right"))
    assert any("reflection" in image.href for image in images(found.document))
    assert any("relit" in image.href for image in shown(found, "subject"))


def test_gloss_shows_the_logo_of_a_shop_that_has_one() -> None:
    mark = material("m", "", role="logo")
    assert [i.meta.id for i in images(made("gloss", OWN, mark).document) if "mark" in i.meta.id]
    assert not [i for i in images(made("gloss", OWN).document) if "mark" in i.meta.id]


# ------------------------------------------------------------------------------------------------ duotone


def test_duotone_tints_its_photograph() -> None:
    assert all("tinted" in image.href for image in images(made("duotone", OWN).document))


@pytest.mark.parametrize(("rating", "said"), [(4.6, ["★ 4.6"]), (3.1, []), (None, [])])
def test_duotone_tells_a_good_rating_only(rating: float | None, said: list[str]) -> None:
    words = [line.text for line in texts(made("duotone", OWN, rating=rating).document)]
    assert [word for word in words if "★" in word] == said


# ------------------------------------------------------------------------------------------------ loud


@pytest.mark.parametrize("format_", ["square-800", "feed-1080x1350", "link-1200x628"])
def test_loud_sets_the_product_before_its_headline(format_: str) -> None:
    found = made("loud", OWN, format_=format_)
    (image,) = shown(found, "subject")
    headline = [text for text in texts(found.document) if text.meta.object == "headline"]
    assert any(text.y > image.box.y for text in headline), "it reaches into the last line"
    assert max(text.size for text in texts(found.document)) == headline[0].size


# ------------------------------------------------------------------------------------------------ deal


@pytest.mark.parametrize(("list_price", "figure"), [("49", "−20%"), ("41", "$39"), (None, "$39")])
def test_deal_shouts_what_is_saved_else_the_price(list_price: str | None, figure: str) -> None:
    was = Money(Decimal(list_price), "USD") if list_price else None
    said = texts(made("deal", OWN, list_price=was, price=Money(Decimal("39"), "USD")).document)
    assert max(said, key=lambda text: text.size).text == figure


@pytest.mark.parametrize("format_", ["square-800", "link-1200x628", "billboard-970x250"])
def test_the_product_breaks_out_of_the_plane_of_a_deal(format_: str) -> None:
    found = made("deal", OWN, format_=format_)
    (image,), plane = shown(found, "subject"), rect(found.document, "plane")
    inside = plane.box.intersection(image.box).area
    assert 0.1 * image.box.area < inside < 0.9 * image.box.area


# ------------------------------------------------------------------------------------------------ macro

NEAR = material("n", look=Look(1600, 1600, Box(0.2, 0.2, 0.6, 0.6)))


@pytest.mark.parametrize("format_", ["square-800", "link-1200x628", "half-300x600", "billboard-970x250"])
def test_macro_comes_so_close_that_the_frame_cuts_the_product(format_: str) -> None:
    found = made("macro", NEAR, format_=format_)
    (photo,), canvas = images(found.document), Box(0, 0, found.document.width, found.document.height)
    scale = photo.box.width / 1600
    subject = Box(photo.box.x + 320 * scale, photo.box.y + 320 * scale, 960 * scale, 960 * scale)
    assert not canvas.contains(subject, 1.0)
    assert scale <= 1.25 * 1.01


def test_macro_is_refused_where_pixels_are_few() -> None:
    few = material("f", look=Look(500, 500))
    with pytest.raises(Unfit, match="too few pixels to be shown so close"):
        made("macro", few, format_="feed-1080x1350")
