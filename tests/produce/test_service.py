"""Orders by name into creatives, over a real library of hand-made materials and the shipped templates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import httpx
import numpy as np
import pytest

from ddm.errors import InputError, Unfit
from ddm.formats import catalogue
from ddm.library import Library
from ddm.produce.service import Service
from ddm.serve import Order, Signer, create_app
from ddm.serve.run import signed
from ddm.serve.service import Refused
from ddm.serve.signing import KEY_FILE, secret_of
from ddm.svg.reader import read
from ddm.svg.tree import Group, Image, Node
from tests.support.http import serving
from tests.support.materials import product, shelf

ORDER = Order("vase", "air", "square-800")
SECRET = b"0123456789abcdef0123"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    return Service(shelf(Library(tmp_path_factory.mktemp("library")), product(), product("jug", title="Stoneware Jug")))


def hrefs(nodes: tuple[Node, ...]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Group):
            yield from hrefs(node.children)
        if isinstance(node, Image):
            yield node.href


def test_an_order_becomes_a_picture_of_the_format(service: Service) -> None:
    made = service.make(ORDER)
    size = catalogue.find(ORDER.format)
    assert cv2.imdecode(np.frombuffer(made.body, np.uint8), cv2.IMREAD_COLOR).shape == (size.height, size.width, 3)
    assert made.explanation["objects"]["hero"]["why"]
    assert not made.explanation["scores"]
    assert service.make(ORDER).body == made.body


def test_scores_come_when_asked_for(service: Service) -> None:
    assert service.make(replace(ORDER, explained=True)).explanation["scores"]["true_shape"] < 0.01


def test_every_picture_of_the_document_is_served(service: Service) -> None:
    found = list(hrefs(service.make(ORDER).document.children))
    assert found
    for href in found:
        assert service.pixels(href.removeprefix("pixels/"))


def test_wordings_replace_the_products_own(service: Service) -> None:
    order = replace(ORDER, copy=(("headline", "Only until Sunday"),))
    assert service.make(order).explanation["objects"]["headline"]["text"] == "Only until Sunday"
    with pytest.raises(InputError, match="'headlin'"):
        service.make(replace(ORDER, copy=(("headlin", "x"),)))


def test_the_tag_follows_all_that_decides_the_picture(service: Service) -> None:
    others = [
        replace(ORDER, product="jug"),
        replace(ORDER, template="card"),
        replace(ORDER, format="mrec-300x250"),
        replace(ORDER, type="png"),
        replace(ORDER, pixel_ratio=2),
        replace(ORDER, format="640x400"),
        replace(ORDER, copy=(("headline", "x"),)),
    ]
    tags = {service.etag(order) for order in (ORDER, *others)}
    assert len(tags) == 8
    assert service.etag(replace(ORDER, explained=True)) == service.etag(ORDER)


def test_a_size_is_a_format_and_a_finer_file_is_made_where_there_is_one(service: Service) -> None:
    size = service.make(replace(ORDER, format="640x400"))
    assert cv2.imdecode(np.frombuffer(size.body, np.uint8), cv2.IMREAD_COLOR).shape == (400, 640, 3)
    fine = service.make(replace(ORDER, format="google-rda-600x600", pixel_ratio=2))
    assert cv2.imdecode(np.frombuffer(fine.body, np.uint8), cv2.IMREAD_COLOR).shape == (1200, 1200, 3)


def test_a_file_that_the_format_refuses_is_not_made(service: Service) -> None:
    with pytest.raises(Unfit, match="takes jpg or png files, not webp"):
        service.make(replace(ORDER, type="webp"))
    with pytest.raises(Unfit, match="a pixel ratio of 1, not 2"):
        service.make(replace(ORDER, pixel_ratio=2))


def test_a_template_sent_along_is_used_and_its_mistakes_are_told(service: Service) -> None:
    text = service.source("air")
    assert service.preview(text, ORDER).body == service.make(ORDER).body
    with pytest.raises(InputError, match="recolour") as caught:
        service.preview(text.replace("ddm:recolour", "ddm:recolor"), ORDER)
    assert caught.value.where.startswith("preview:")


def test_pixels_that_are_not_there_are_an_error(service: Service) -> None:
    with pytest.raises(InputError):
        service.pixels("ab/nothing.png")


def test_signed_urls_work_over_http_and_their_svg_shows_its_pictures(service: Service) -> None:
    with serving(create_app(service, SECRET)) as base, httpx.Client(base_url=base, timeout=60) as client:
        picture = client.get(signed(service, Signer(SECRET), ORDER))
        assert picture.content == service.make(ORDER).body
        assert "immutable" in picture.headers["cache-control"]
        svg = client.get(Signer(SECRET).creative("vase", "air", "square-800", "svg"))
        for href in hrefs(read(svg.text).children):
            assert client.get(svg.url.join(href)).status_code == 200


def test_the_secret_is_drawn_once_and_kept_from_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DDM_SECRET", raising=False)
    secret = secret_of(tmp_path)
    assert secret_of(tmp_path) == secret
    assert len(secret) >= 32
    assert (tmp_path / KEY_FILE).stat().st_mode & 0o077 == 0
    monkeypatch.setenv("DDM_SECRET", "given from outside, long enough")
    assert secret_of(tmp_path) == b"given from outside, long enough"


def test_an_explanation_of_what_cannot_be_made_tells_what_was_tried(service: Service) -> None:
    narrow = service.source("air").replace("matte.usable", "ratio ge 9")
    with pytest.raises(Refused) as caught:
        service.preview(narrow, replace(ORDER, explained=True))
    (nearest, *_) = caught.value.explanation["candidates"]["hero"]["nearest"]
    assert nearest["failed"][0]["condition"] == "ratio ge 9"
    with pytest.raises(Unfit) as plain:
        service.preview(narrow, ORDER)
    assert not isinstance(plain.value, Refused)
