"""The demo shop: its catalogue, and the way from its pages to products."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image

from ddm.acquire import Client, Product, Rejection, acquire
from ddm.demo.shop import catalogue, serve_shop
from ddm.demo.shop.pages import STOREFRONTS, Storefront
from ddm.errors import Unavailable
from tests.acquire.pictures import scene

PRODUCTS = catalogue()["products"]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The shop with pictures made here in the place of its photographs."""
    folder = tmp_path_factory.mktemp("photographs")
    (folder / "images").mkdir()
    for number, product in enumerate(PRODUCTS):
        scene(400, 320, number).resize((1600, 1280)).save(folder / "images" / product["photo"])
    with serve_shop(folder) as base:
        yield base


@pytest.fixture
def client() -> Iterator[Client]:
    with Client(allow_private=True) as made:
        yield made


@pytest.mark.parametrize("store", STOREFRONTS)
@pytest.mark.parametrize("product", PRODUCTS, ids=lambda product: str(product["slug"]))
def test_the_copy_fits_an_advertisement(product: dict[str, dict[str, str]], store: str) -> None:
    words = product[store]
    assert 0 < len(words["title"]) <= (24 if store == "en" else 10)
    assert 0 < len(words["tagline"]) <= (40 if store == "en" else 12)
    assert words["cta"]
    assert len(words.get("badge", "")) <= 14


@pytest.mark.parametrize("store", STOREFRONTS)
def test_a_reduction_is_promised_only_where_there_is_one(store: str) -> None:
    for words in (product[store] for product in PRODUCTS):
        reduced = any(mark in words.get("badge", "") for mark in ("%", "折", "Save", "立减"))
        assert reduced == ("list_price" in words)
        assert Decimal(words["price"]) < Decimal(words.get("list_price", "1e9"))


def test_percentages_are_true() -> None:
    for words in (product["en"] for product in PRODUCTS if product["en"].get("badge", "").endswith("%")):
        saved = 100 * (1 - Decimal(words["price"]) / Decimal(words["list_price"]))
        assert abs(saved - Decimal(words["badge"].strip("-%"))) < Decimal("0.6")


def test_slugs_are_unique() -> None:
    assert len({product["slug"] for product in PRODUCTS}) == len(PRODUCTS) >= 24


@pytest.mark.parametrize("store", STOREFRONTS.values(), ids=list(STOREFRONTS))
def test_a_storefront_is_acquired_as_it_was_written(
    shop: str, client: Client, tmp_path: Path, store: Storefront
) -> None:
    name, language, currency = store.name, store.language, store.currency
    found = list(acquire(f"{shop}/{name}/", cache=tmp_path, client=client))
    assert [each.title for each in found if isinstance(each, Product)] == [each[name]["title"] for each in PRODUCTS]
    for written, product in zip(PRODUCTS, found, strict=True):
        assert isinstance(product, Product)
        words = written[name]
        assert (product.language, product.sku, product.description) == (language, written["sku"], words["description"])
        assert product.price is not None
        assert (product.price.amount, product.price.currency) == (Decimal(words["price"]), currency)
        assert (str(product.list_price.amount) if product.list_price else "") == words.get("list_price", "")
        assert product.copy == {key: words[key] for key in ("tagline", "cta", "badge") if key in words}
        roles = [picture.role for picture in product.pictures]
        assert roles == ["product"] * (1 + len(written.get("crops", ()))) + ["logo"]


def test_all_products_carry_the_same_mark(shop: str, client: Client, tmp_path: Path) -> None:
    found = list(acquire(f"{shop}/en/", cache=tmp_path, client=client, limit=3))
    marks = {p.sha256 for each in found if isinstance(each, Product) for p in each.pictures if p.role == "logo"}
    assert len(marks) == 1


def test_what_a_real_page_carries_besides_is_left_out(shop: str, client: Client, tmp_path: Path) -> None:
    (cactus,) = acquire(f"{shop}/en/p/spiky-cactus.html", cache=tmp_path, client=client)
    assert isinstance(cactus, Product)
    reasons = {each.source.rsplit("/", 1)[1].split("?")[0]: each.reason for each in cactus.rejected}
    assert set(reasons) == {"sprite-payments.png", "pixel.gif", "spiky-cactus-back.jpg", "spiky-cactus.jpg"}
    assert "404" in reasons["spiky-cactus-back.jpg"]
    assert "shows the same" in reasons["spiky-cactus.jpg"]


def test_the_search_is_closed_to_programs(shop: str, client: Client, tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=r"robots\.txt forbids"):
        list(acquire(f"{shop}/en/search/", cache=tmp_path, client=client))


def test_the_sitemap_leads_to_both_storefronts(shop: str, client: Client, tmp_path: Path) -> None:
    found = list(acquire(f"{shop}/sitemap.xml", cache=tmp_path, client=client, limit=len(PRODUCTS) + 1))
    assert not [each for each in found if isinstance(each, Rejection)]
    assert [each.language for each in found if isinstance(each, Product)][-2:] == ["en-US", "zh-CN"]


@pytest.mark.models
def test_the_photographs_are_those_of_the_catalogue() -> None:
    from ddm.models import pictures

    folder = pictures("vendure")
    for product in PRODUCTS:
        with Image.open(folder / "images" / product["photo"]) as photograph:
            assert min(photograph.size) >= 800
