"""Where a product has no material, the refusal repeats why its pictures were left out at the door."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ddm.acquire.product import Product, Rejection
from ddm.errors import Unfit
from ddm.match import bindings
from ddm.match.doors import at_the_door
from tests.support.templates import compiled

SMALL = Rejection("a.jpg", "too small: 120x120 pixels, the shorter side must have 160")
ICON = Rejection("logo.png", "its name says that it belongs to the page: 'logo'")
BLURRED = Rejection("b.jpg", "it is blurred: sharpness 0.050, less than 0.1")
BARE = Product("a", "", "A vase")


@pytest.mark.parametrize(
    ("rejected", "told"),
    [
        ((), ""),
        ((ICON,), ""),
        ((ICON, SMALL), f"its only picture was left out: {SMALL.reason}"),
        ((SMALL, BLURRED), f"all its 2 pictures were left out: {SMALL.reason}"),
    ],
)
def test_what_the_page_is_made_of_is_no_picture_of_the_product(rejected: tuple[Rejection, ...], told: str) -> None:
    assert at_the_door(replace(BARE, rejected=rejected)) == told


@pytest.mark.parametrize(("source", "told"), [("product", "its only picture was left out: too small"), ("scenes", "")])
def test_the_refusal_repeats_it(source: str, told: str) -> None:
    template = compiled(
        f'<ddm:image id="photo" from="{source}"/>', '<image id="p"><ddm:select object="photo"/></image>'
    )
    with pytest.raises(Unfit, match=told or "there is no material"):
        bindings(template, replace(BARE, rejected=(SMALL,)), [])
