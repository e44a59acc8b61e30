"""Sources of every kind, end to end, from a real server and from real files."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ddm.acquire import Client, Money, Product, Rejection, acquire, acquire_scenes
from ddm.acquire.client import Limits
from ddm.acquire.network import Waits
from ddm.errors import InputError, Unavailable
from tests.acquire.pictures import encoded, scene
from tests.acquire.server import Route, Site, answer, serve

MAIN, SIDE = encoded(scene(800, 600, 1)), encoded(scene(600, 600, 2), "PNG")


def product_page(name: str, *pictures: str, price: str = "12.50") -> str:
    data = {
        "@type": "Product",
        "name": name,
        "image": list(pictures),
        "offers": {"price": price, "priceCurrency": "EUR"},
    }
    return f'<html lang="en"><script type="application/ld+json">{json.dumps(data)}</script><h1>{name}</h1></html>'


def picture(body: bytes) -> Route:
    return answer(body, content_type="image/jpeg")


@pytest.fixture
def site() -> Iterator[Site]:
    routes = {
        "/p/cup": answer(product_page("Cup", "/main.jpg", "/side.png")),
        "/p/plate": answer(product_page("Plate", "/main.jpg")),
        "/about": answer("<h1>About us</h1>"),
        "/main.jpg": picture(MAIN),
        "/side.png": picture(SIDE),
    }
    with serve(routes) as running:
        yield running


@pytest.fixture
def client() -> Iterator[Client]:
    with Client(
        allow_private=True, limits=Limits(Waits(read=0.5, total=2), attempts=2, backoff=0.01, pause=0.0)
    ) as made:
        yield made


def run(source: str | Path, cache: Path, client: Client, **options: Any) -> list[Product | Rejection]:
    return list(acquire(source, cache=cache, client=client, **options))


def one(source: str | Path, cache: Path, client: Client) -> Product:
    (found,) = run(source, cache, client)
    assert isinstance(found, Product)
    return found


def test_a_product_page(site: Site, client: Client, tmp_path: Path) -> None:
    cup = one(f"{site.url}/p/cup", tmp_path, client)
    assert (cup.title, cup.price, cup.language) == ("Cup", Money(Decimal("12.50"), "EUR"), "en")
    assert cup.id.startswith("cup-")
    assert [(each.width, each.height, each.media_type, each.rank) for each in cup.pictures] == [
        (800, 600, "image/jpeg", 0),
        (600, 600, "image/png", 1),
    ]


def test_raw_bytes_are_kept_unchanged_under_their_hash(site: Site, client: Client, tmp_path: Path) -> None:
    first = one(f"{site.url}/p/cup", tmp_path, client).pictures[0]
    sha256 = hashlib.sha256(MAIN).hexdigest()
    assert first.sha256 == sha256
    assert first.path == tmp_path / "raw" / sha256[:2] / f"{sha256}.jpg"
    assert first.path.read_bytes() == MAIN
    assert {path.suffix for path in tmp_path.rglob("*") if path.is_file()} == {".jpg", ".png"}


def test_twice_is_the_same(site: Site, client: Client, tmp_path: Path) -> None:
    assert one(f"{site.url}/p/cup", tmp_path, client) == one(f"{site.url}/p/cup", tmp_path, client)


def test_bad_pictures_are_rejections_and_the_product_stays(site: Site, client: Client, tmp_path: Path) -> None:
    bad = {
        "/cut.jpg": (picture(MAIN[:9000]), "decoded to its end"),
        "/fake.jpg": (picture(b"<!doctype html><p>sorry"), "a web page, no picture"),
        "/huge.jpg": (answer(b"", content_length="999999999"), "too big"),
        "/gone.jpg": (answer("", 404), "status 404"),
        "/small.jpg": (picture(encoded(scene(100, 100))), "too small"),
        "/again.jpg": (picture(encoded(scene(400, 300, 1))), "shows the same as"),
        "/away.jpg": (answer("", 302, location="ftp://x.de/a.jpg"), "not fetched"),
    }
    site.routes |= {path: route for path, (route, _) in bad.items()}
    site.routes["/p/cup"] = answer(product_page("Cup", "/main.jpg", *bad, "/logo.svg"))
    cup = one(f"{site.url}/p/cup", tmp_path, client)
    reasons = {each.source.removeprefix(site.url): each.reason for each in cup.rejected}
    assert [each.source for each in cup.pictures] == [f"{site.url}/main.jpg"]
    assert set(reasons) == {*bad, "/logo.svg"}
    for path, (_, said) in bad.items():
        assert said in reasons[path]


def test_of_two_sizes_the_larger_is_kept_in_the_place_of_its_own(site: Site, client: Client, tmp_path: Path) -> None:
    site.routes["/thumb.jpg"] = picture(encoded(scene(400, 300, 1)))
    site.routes["/p/cup"] = answer(product_page("Cup", "/thumb.jpg", "/main.jpg"))
    assert [each.width for each in one(f"{site.url}/p/cup", tmp_path, client).pictures] == [800]


def test_an_endless_gallery_is_not_fetched(site: Site, client: Client, tmp_path: Path) -> None:
    site.routes["/p/cup"] = answer(product_page("Cup", "/main.jpg", *(f"/no-{n}.jpg" for n in range(500))))
    cup = one(f"{site.url}/p/cup", tmp_path, client)
    assert len(cup.pictures) == 1
    assert len([path for path in site.asked if path.startswith("/no-")]) == 39
    assert any("the 460 after it" in each.reason for each in cup.rejected)


def test_pictures_inside_the_page_are_named_briefly(site: Site, client: Client, tmp_path: Path) -> None:
    site.routes["/p/cup"] = answer(product_page("Cup", "data:image/png;base64," + "A" * 9000))
    (rejected,) = one(f"{site.url}/p/cup", tmp_path, client).rejected
    assert len(rejected.source) == 200
    assert "inside the page" in rejected.reason


def test_a_page_without_a_product_is_a_rejection(site: Site, client: Client, tmp_path: Path) -> None:
    (found,) = run(f"{site.url}/about", tmp_path, client)
    assert isinstance(found, Rejection)
    assert "no product in the page" in found.reason


def test_a_missing_page_is_unavailable(site: Site, client: Client, tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="404"):
        run(f"{site.url}/p/nothing", tmp_path, client)


def test_a_listing_yields_its_products_and_goes_on_after_failures(site: Site, client: Client, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    elements = [{"@type": "ListItem", "url": path} for path in ("/p/cup", "/p/nothing", "/about", "/p/plate")]
    data = json.dumps({"@type": "ItemList", "itemListElement": elements})
    site.routes["/all"] = answer(f'<script type="application/ld+json">{data}</script>')
    found = run(f"{site.url}/all", tmp_path, client, progress=lambda *step: told.append(step))
    assert [type(each) for each in found] == [Product, Rejection, Rejection, Product]
    assert told[-1] == (f"{site.url}/p/plate", 4, 4)


def test_the_limit_counts_products_asked_for(site: Site, client: Client, tmp_path: Path) -> None:
    site.routes["/all"] = answer('<a href="/p/cup">a</a><a href="/p/plate">b</a>')
    assert len(run(f"{site.url}/all", tmp_path, client, limit=1)) == 1
    assert "/p/plate" not in site.asked


def test_a_sitemap_of_sitemaps(site: Site, client: Client, tmp_path: Path) -> None:
    head = '<?xml version="1.0"?><{} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    index = head.format("sitemapindex") + f"<sitemap><loc>{site.url}/products.xml.gz</loc></sitemap></sitemapindex>"
    urls = f"<url><loc>{site.url}/p/cup</loc></url><url><loc>http://else.example/p/x</loc></url>"
    site.routes["/sitemap.xml"] = answer(index, content_type="application/xml")
    packed = gzip.compress((head.format("urlset") + urls + "</urlset>").encode())
    site.routes["/products.xml.gz"] = answer(packed, content_type="application/gzip")
    assert one(f"{site.url}/sitemap.xml", tmp_path, client).title == "Cup"


def test_a_sitemap_loads_no_entities(site: Site, client: Client, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("http://127.0.0.1/secret")
    body = f'<!DOCTYPE urlset [<!ENTITY x SYSTEM "{secret.as_uri()}">]><urlset><url><loc>&x;</loc></url></urlset>'
    site.routes["/sitemap.xml"] = answer(body, content_type="application/xml")
    assert run(f"{site.url}/sitemap.xml", tmp_path, client) == []


def save(folder: Path, name: str = "cup.html") -> Path:
    (folder / "cup_files").mkdir(parents=True)
    (folder / "cup_files" / "main.jpg").write_bytes(MAIN)
    (folder / "side.png").write_bytes(SIDE)
    body = product_page("Cup", "https://shop.invalid/images/main.jpg", "side.png", "../../../etc/passwd.png").encode()
    path = folder / name
    path.write_bytes(gzip.compress(body) if name.endswith(".gz") else body)
    return path


@pytest.mark.parametrize("name", ["cup.html", "cup.html.gz", "cup.htm"])
def test_a_saved_page_with_its_pictures(client: Client, tmp_path: Path, name: str) -> None:
    cup = one(save(tmp_path / "saved", name), tmp_path / "cache", client)
    assert [each.width for each in cup.pictures] == [800, 600]
    (rejected,) = cup.rejected
    assert "outside of the folder" in rejected.reason


def test_a_folder_of_saved_pages(client: Client, tmp_path: Path) -> None:
    save(tmp_path / "saved")
    assert one(tmp_path / "saved", tmp_path / "cache", client).title == "Cup"


def fill(folder: Path, **files: Any) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "a.jpg").write_bytes(MAIN)
    (folder / "b.png").write_bytes(SIDE)
    for name, content in files.items():
        (folder / name.replace("_", ".")).write_text(
            content if isinstance(content, str) else json.dumps(content), "utf-8"
        )
    return folder


def test_a_folder_with_a_product_file(client: Client, tmp_path: Path) -> None:
    data = {
        "title": "Cup", "language": "zh_cn", "price": "99 CNY", "list_price": {"amount": 120, "currency": "CNY"},
        "availability": "in stock", "rating": 4.5, "copy": {"tagline": "暖手", "note": ""},
        "pictures": [{"file": "b.png", "alt": "Side", "role": "scene"}, "a.jpg"],
    }  # fmt: skip
    cup = one(fill(tmp_path / "cup", product_json=data), tmp_path / "cache", client)
    assert (cup.price, cup.list_price) == (Money(Decimal(99), "CNY"), Money(Decimal(120), "CNY"))
    assert (cup.language, cup.availability, cup.rating, dict(cup.copy)) == (
        "zh-CN",
        "InStock",
        4.5,
        {"tagline": "暖手"},
    )
    assert [(each.alt, each.role) for each in cup.pictures] == [("Side", "scene"), ("", "product")]


@pytest.mark.parametrize("rating", ["4²", "9" * 400, "nan", "-1", "6.5", "1.2.3"])
def test_a_rating_that_is_none_is_left_out(client: Client, tmp_path: Path, rating: str) -> None:
    cup = one(fill(tmp_path / "cup", product_json={"title": "Cup", "rating": rating}), tmp_path / "cache", client)
    assert cup.rating is None


def test_a_single_product_takes_all_pictures(client: Client, tmp_path: Path) -> None:
    cup = one(fill(tmp_path / "cup", product_json={"title": "Cup"}), tmp_path / "cache", client)
    assert [each.path.suffix for each in cup.pictures] == [".jpg", ".png"]


def test_a_table_of_products(client: Client, tmp_path: Path) -> None:
    table = "title,price,currency,pictures,tagline\nCup,12.50,EUR,a.jpg|b.png,Warm hands\nPlate,8,EUR,a.jpg,\n"
    cup, plate = run(fill(tmp_path / "all", products_csv=table), tmp_path / "cache", client)
    assert isinstance(cup, Product)
    assert isinstance(plate, Product)
    assert (len(cup.pictures), dict(cup.copy), cup.price) == (
        2,
        {"tagline": "Warm hands"},
        Money(Decimal("12.50"), "EUR"),
    )
    assert cup.id != plate.id


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("{", "this is no JSON"),
        ([1], "a product is no object"),
        ({"name": "Cup"}, "has no title"),
        ({"title": "Cup", "colour": "red"}, "unknown field 'colour'"),
        ({"title": "Cup", "price": "cheap"}, "'cheap' is no price"),
        ({"title": "Cup", "copy": "x"}, "copy is no object"),
        ({"title": "Cup", "pictures": ["../secret.jpg"]}, "outside of the folder"),
    ],
)
def test_a_product_file_that_is_wrong(client: Client, tmp_path: Path, data: Any, said: str) -> None:
    with pytest.raises(InputError, match=said):
        run(fill(tmp_path / "cup", product_json=data), tmp_path / "cache", client)


def test_a_picture_that_is_not_there_is_a_rejection(client: Client, tmp_path: Path) -> None:
    cup = one(fill(tmp_path / "cup", product_json={"title": "Cup", "pictures": ["a.jpg", "c.jpg"]}), tmp_path, client)
    assert (len(cup.pictures), len(cup.rejected)) == (1, 1)


@pytest.mark.parametrize("source", ["/no/such/place", "cup.pdf"])
def test_what_is_no_source(client: Client, tmp_path: Path, source: str) -> None:
    (tmp_path / "cup.pdf").write_text("x")
    with pytest.raises(InputError):
        run(tmp_path / source if source == "cup.pdf" else source, tmp_path, client)


def test_a_folder_of_backdrops(tmp_path: Path) -> None:
    pictures, rejected = acquire_scenes(fill(tmp_path / "rooms", c_jpg="no picture"), cache=tmp_path / "cache")
    assert [each.role for each in pictures] == ["scene", "scene"]
    assert len(rejected) == 1
