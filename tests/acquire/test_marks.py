"""Marks of brands come in by their own way: named by the page's data or a product file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from ddm.acquire import Product, acquire, acquire_logo
from ddm.acquire.facts import Candidate
from ddm.acquire.materials import Found, Materials
from ddm.acquire.page import read_page
from ddm.acquire.store import Store
from ddm.errors import InputError
from tests.acquire.pictures import encoded, scene

PAGE = "https://shop.example/p/cup"


def mark(side: int = 120) -> Image.Image:
    """A disc on nothing."""
    found = Image.new("RGBA", (side, side))
    ImageDraw.Draw(found).ellipse((4, 4, side - 4, side - 4), fill="#204080")
    return found


def logos(*nodes: Mapping[str, object]) -> list[str]:
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(node)}</script>' for node in nodes)
    page = read_page(f"<html><head>{scripts}</head><body></body></html>".encode(), PAGE)
    return [each.url for each in page.facts.logos]


def cup(**more: object) -> dict[str, object]:
    offer = {"price": "3", "priceCurrency": "EUR"}
    return {"@type": "Product", "name": "Cup", "image": "/cup.jpg", "offers": offer, **more}


def test_the_brands_mark_comes_before_the_shops() -> None:
    brand = {"@type": "Brand", "name": "Ton", "logo": "/ton.png"}
    shop = {"@type": "Organization", "name": "Shop", "logo": {"@type": "ImageObject", "url": "/shop.png"}}
    found = logos(cup(brand=brand), shop)
    assert found == ["https://shop.example/ton.png", "https://shop.example/shop.png"]


def test_marks_of_others_do_not_count() -> None:
    press = {"@type": "Review", "author": {"@type": "Organization", "name": "Press", "logo": "/press.png"}}
    assert logos(cup(review=press)) == []


def shelf(folder: Path, **more: object) -> Product:
    (folder / "cup.jpg").write_bytes(encoded(scene()))
    (folder / "mark.png").write_bytes(encoded(mark(), "PNG"))
    row = {"title": "Cup", "language": "en", **more}
    (folder / "product.json").write_text(json.dumps(row), "utf-8")
    (found,) = acquire(folder, cache=folder / "cache")
    assert isinstance(found, Product)
    return found


def roles(product: Product) -> dict[str, str]:
    return {Path(each.source).name: each.role for each in product.pictures}


def test_a_product_file_names_its_mark(tmp_path: Path) -> None:
    assert roles(shelf(tmp_path, logo="mark.png")) == {"cup.jpg": "product", "mark.png": "logo"}


def test_a_picture_may_say_that_it_is_one(tmp_path: Path) -> None:
    found = shelf(tmp_path, pictures=["cup.jpg", {"file": "mark.png", "role": "logo"}])
    assert roles(found) == {"cup.jpg": "product", "mark.png": "logo"}


def test_a_role_that_is_not_known_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="role cannot be 'hero'"):
        shelf(tmp_path, pictures=[{"file": "cup.jpg", "role": "hero"}])


def test_a_mark_is_small_but_not_tiny(tmp_path: Path) -> None:
    (tmp_path / "tiny.png").write_bytes(encoded(mark(20), "PNG"))
    (tmp_path / "small.png").write_bytes(encoded(mark(60), "PNG"))
    assert acquire_logo(tmp_path / "small.png", cache=tmp_path).role == "logo"
    with pytest.raises(InputError, match="too small: 20x20"):
        acquire_logo(tmp_path / "tiny.png", cache=tmp_path)


def test_a_drawing_is_no_mark_and_the_next_is_tried(tmp_path: Path) -> None:
    (tmp_path / "mark.png").write_bytes(encoded(mark(), "PNG"))
    materials = Materials(Store(tmp_path))
    candidates = [Candidate(str(tmp_path / name)) for name in ("mark.svg", "mark.png")]
    load = lambda candidate: Found(candidate, Path(candidate.url).read_bytes(), "logo")  # noqa: E731
    found, rejected = materials.mark(candidates, load)
    assert [each.role for each in found] == ["logo"]
    assert [each.reason for each in rejected] == ["a 'svg' file is a drawing for the page, no raw material"]
    assert materials.mark(candidates, load) == (found, ())  # known by now, and told once
