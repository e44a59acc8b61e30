"""URLs and names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ddm.acquire.urls import absolute, normal, picture_key, product_id, slug

PARTS = some.text(alphabet="abcXYZ019-_.~%é/ ?&=#", max_size=30)
SCHEMES = some.sampled_from(["http", "HTTPS"])
HOSTS = some.sampled_from(["Shop.example", "a.b", "a.b:80", "a.b:443", "a.b:8080"])
URLS = some.builds("{}://{}/{}".format, SCHEMES, HOSTS, PARTS)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://Shop.Example:80/a", "http://shop.example/a"),
        ("https://x.de/a?b=2&a=1#top", "https://x.de/a?a=1&b=2"),
        ("https://x.de/a?utm_source=mail&id=7&gclid=zz", "https://x.de/a?id=7"),
        ("https://x.de", "https://x.de/"),
    ],
)
def test_the_same_page_has_one_address(one: str, other: str) -> None:
    assert normal(one) == normal(other)


@given(URLS)
def test_normal_is_idempotent(url: str) -> None:
    assert normal(normal(url)) == normal(url)


@given(some.text(max_size=60), some.text(max_size=60))
def test_nothing_makes_them_fail(one: str, other: str) -> None:
    normal(one)
    absolute(one, other)
    picture_key(one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://x.de/a.jpg?width=100", "https://x.de/a.jpg?width=1600&quality=80"),
        ("https://x.de/shirt_600x600.jpg?v=1", "https://x.de/shirt_1200x.jpg?v=1"),
        ("http://x.de/shirt-300x300.jpg", "https://x.de/shirt.jpg"),
        ("https://x.de/shirt_grande.jpg", "https://x.de/shirt_small@2x.jpg"),
    ],
)
def test_sizes_of_one_picture_share_a_key(one: str, other: str) -> None:
    assert picture_key(one) == picture_key(other)


def test_other_pictures_do_not() -> None:
    assert picture_key("https://x.de/a.jpg?id=1") != picture_key("https://x.de/a.jpg?id=2")


def test_products_are_named_for_people_and_kept_apart() -> None:
    english, german = (product_id(["Spiky Cactus"], f"https://x.de/{place}/cactus") for place in ("en", "de"))
    assert english.startswith("spiky-cactus-")
    assert english != german
    assert english == product_id(["Spiky Cactus"], "http://X.de:8080/en/cactus#top")


def test_a_title_in_another_script_falls_back_to_the_next_name() -> None:
    assert product_id(["带刺仙人掌", "spiky-cactus", "SC1"], "https://x.cn/1").startswith("spiky-cactus-")


@given(some.lists(some.text(), max_size=3), URLS)
def test_every_product_has_a_safe_name(titles: list[str], url: str) -> None:
    name = product_id(titles, url)
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert 10 < len(name) <= 71
    assert slug(name)[:20] == name[:20]
