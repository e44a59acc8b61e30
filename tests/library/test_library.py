"""Perceptions and products come back as they went in; pixels are made once and stay."""

from __future__ import annotations

import threading
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ddm.acquire.product import Money, Picture, Product, Rejection
from ddm.errors import InputError, Unfit
from ddm.geometry import Box
from ddm.library import Library
from ddm.perceive import Cutout, Perceived
from ddm.perceive.perception import Element, Maps, Perception, Swatch
from ddm.perceive.schema import ATTRIBUTES, Value

WIDTH, HEIGHT = 120, 80


def _attributes(**changes: Value) -> dict[str, Value]:
    kinds: dict[str, Value] = {"text": "a 'word'", "words": frozenset({"left", "top"}), "flag": True}
    found = {name: kinds.get(row.kind, row.choices[0] if row.choices else 0.25) for name, row in ATTRIBUTES.items()}
    return {**found, "width": float(WIDTH), "height": float(HEIGHT), "subject.cut": frozenset(), **changes}


def _perception(id: str = "ab" * 32, product: str = "shoe", **changes: Value) -> Perception:
    rng = np.random.default_rng(3)
    plane = lambda *more: rng.integers(0, 256, (64, 96, *more), dtype=np.uint8)  # noqa: E731
    return Perception(
        id=id,
        product=product,
        attributes=_attributes(**{k.replace("__", "."): v for k, v in changes.items()}),
        maps=Maps(plane(3), plane(), plane(), plane()),
        palettes={"whole": (Swatch(0.5, 0.4, 0.1, -0.1), Swatch(0.3, 0.9, 0.0, 0.0)), "subject": ()},
        elements=(
            Element("face", Box(0.1, 0.1, 0.2, 0.2), 0.75),
            Element("text", Box(0.1, 0.2, 0.3, 0.05), 0.99, "Größe 42"),
        ),
        embedding=rng.random(1280, dtype=np.float32),
        models={"isnet": "1"},
    )


def _perceived(perception: Perception) -> Perceived:
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    matte = (((x - 60) ** 2 + (y - 40) ** 2) < 20**2).astype(np.uint8) * 255
    pixels = np.full((HEIGHT, WIDTH, 3), 200, np.uint8)
    pixels[matte > 0] = (180, 30, 40)
    part = np.dstack([pixels, matte])[20:61, 40:81]
    return Perceived(perception, pixels, matte, Cutout(part, 40, 20))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library")


def _same(one: Perception, other: Perception) -> bool:
    maps = all(
        np.array_equal(getattr(one.maps, n), getattr(other.maps, n)) for n in ("thumb", "matte", "saliency", "busy")
    )
    plain = ("id", "product", "attributes", "palettes", "elements", "models", "schema")
    return (
        maps
        and np.array_equal(one.embedding, other.embedding)
        and all(getattr(one, n) == getattr(other, n) for n in plain)
    )


def test_a_perception_comes_back_whole_in_another_process(library: Library) -> None:
    perception = library.put(_perceived(_perception()))
    again = Library(library.path)  # nothing kept in memory
    assert again.has(perception.id)
    assert _same(again.get(perception.id), perception)


def test_a_second_put_replaces(library: Library) -> None:
    library.put(_perceived(_perception()))
    library.put(_perceived(_perception(class__name="boot")))
    assert [p.attributes["class.name"] for p in Library(library.path).all()] == ["boot"]


def test_materials_by_product_in_gallery_order(library: Library) -> None:
    for rank, id in enumerate(("cc" * 32, "aa" * 32, "bb" * 32)):
        library.put(_perceived(_perception(id, rank=float(rank))))
    library.put(_perceived(_perception("dd" * 32, "", role="scene")))
    assert [p.id[:2] for p in library.of_product("shoe")] == ["cc", "aa", "bb"]
    assert [p.id[:2] for p in library.all(role="scene")] == ["dd"]
    assert len(library.all()) == 4


def test_two_products_may_share_a_picture(library: Library) -> None:
    library.put(_perceived(_perception(product="shoe")))
    library.put(_perceived(_perception(product="boot")))
    assert len(library.of_product("shoe")) == len(library.of_product("boot")) == 1


def test_conditions_are_pushed_down(library: Library) -> None:
    library.put(_perceived(_perception("aa" * 32, subject__cut=frozenset({"left"}))))
    library.put(_perceived(_perception("bb" * 32, subject__area=0.6)))
    assert [p.id[:2] for p in library.where("subject_area > 0.5")] == ["bb"]
    assert [p.id[:2] for p in library.where("array_has(subject_cut, 'left')")] == ["aa"]


def test_a_condition_that_cannot_be_read_is_refused(library: Library) -> None:
    with pytest.raises(InputError, match="cannot answer"):
        library.where("no such thing")


def test_unknown_ids_are_told(library: Library) -> None:
    assert not library.has("x'; drop table materials")
    with pytest.raises(InputError, match="no material"):
        library.get("nothing")
    with pytest.raises(InputError, match="no product"):
        library.product("nothing")


def test_products_come_back_whole(library: Library) -> None:
    picture = Picture("ab" * 32, Path("a.jpg"), "https://shop.example/a.jpg", 10, 20, "image/jpeg", "an alt", 2)
    product = Product(
        id="shoe",
        url="https://shop.example/shoe",
        title="Schuh „Größe“",
        price=Money(Decimal("19.90"), "EUR"),
        rating=4.5,
        copy={"tagline": "Lauf!"},
        pictures=(picture,),
        rejected=(Rejection("b.jpg", "20 pixels wide"),),
    )
    library.put_product(product)
    library.put_products([replace(product, id="boot", price=None)])
    again = Library(library.path)
    assert again.product("shoe") == product
    assert [p.id for p in again.products()] == ["boot", "shoe"]


def test_cutout_is_premultiplied_for_the_renderer_and_plain_for_browsers(library: Library) -> None:
    perception = library.put(_perceived(_perception()))
    raster = library.derive(perception, "cutout", {})
    assert (raster.x, raster.y, raster.width, raster.height) == (40, 20, 41, 41)
    pixels = library.load(raster.href)
    assert pixels[0, 0].tolist() == [0, 0, 0, 0]
    assert pixels[20, 20].tolist() == [180, 30, 40, 255]
    assert np.asarray(Image.open(library.pixels_dir / raster.href))[20, 20].tolist() == [180, 30, 40, 255]
    assert not pixels.flags.writeable


def test_the_same_question_gives_the_same_pixels(library: Library) -> None:
    perception = library.put(_perceived(_perception()))
    first = library.derive(perception, "shadow", {"kind": "drop"})
    again = Library(library.path).derive(perception, "shadow", {"kind": "drop", "strength": 0.6})
    assert first == again
    assert library.derive(perception, "shadow", {"kind": "contact"}).href != first.href


def test_many_threads_get_one_answer(library: Library) -> None:
    perception = library.put(_perceived(_perception()))
    found: list[object] = []
    ask = lambda: found.append(library.derive(perception, "blurred", {"sigma": 2}))  # noqa: E731
    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1


def test_what_does_not_fit_is_said(library: Library) -> None:
    perception = library.put(_perceived(_perception(border__left="complex")))
    with pytest.raises(Unfit, match="the left border is complex"):
        library.derive(perception, "extended", {"left": 60})
    with pytest.raises(InputError, match="no derivation"):
        library.derive(perception, "melted", {})
    with pytest.raises(InputError, match="no parameter"):
        library.derive(perception, "blurred", {"radius": 2})


@pytest.mark.parametrize("href", ["../secret.png", "/etc/passwd", "pixels/ab/x.jpg", "", "pixels/ab/../../a.png"])
def test_only_own_hrefs_are_read(library: Library, href: str) -> None:
    with pytest.raises(InputError):
        library.load(href)


def test_no_half_written_files_are_left(library: Library) -> None:
    library.put(_perceived(_perception()))
    assert not list(library.path.rglob(".new-*"))
