"""The application over a real socket, before a small service that keeps to the protocol."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import httpx
import pytest

from ddm.errors import InputError, Missing, Unfit
from ddm.formats import catalogue
from ddm.geometry import Box
from ddm.serve import Made, Order, Signer, create_app
from ddm.serve.routes import MAX_AD_HOC_SIDE, MAX_BODY, MAX_COPY, TABLE
from ddm.serve.service import Refused
from ddm.svg.reader import read
from ddm.svg.tree import Document, Image, Rect
from tests.support.http import serving

SECRET = b"0123456789abcdef0123"
TOKEN = "a-token-for-the-studio"
PIXELS = f"ab/{'c' * 40}.png"


@dataclass
class Sign:
    """A service of plain signs: a document that says what was ordered, its bytes a hash of the order."""

    made: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    products: ClassVar[Mapping[str, str]] = {"cactus": "Cactus", "bonsai": "Bonsai tree", "none": "Nothing"}
    templates: ClassVar[Mapping[str, str]] = {
        "window": "Window",
        "unfit": "U",
        "reasons": "R",
        "missing": "M",
        "broken": "B",
        "slow": "S",
    }

    def etag(self, order: Order) -> str:
        return hashlib.sha256(repr(order).encode()).hexdigest()

    def make(self, order: Order) -> Made:
        with self.lock:
            self.made += 1
        if order.template == "unfit":
            raise Unfit("no material for 'hero'", mend="another template")
        if order.template == "reasons":
            raise Refused(Unfit("no material for 'hero'"), {"tried": [{"refused": "too dark"}], "status": 1})
        if order.template == "missing":
            raise Missing("the model is not here", mend="ddm models fetch")
        if order.template == "broken":
            raise RuntimeError("the secret inside of a stack")
        if order.template == "slow":
            time.sleep(0.3)
        if dict(order.copy).keys() - {"headline"}:
            raise InputError("the template has no such object", mend="headline")
        size = catalogue.find(order.format)
        children = (Rect(size.canvas), Image(f"pixels/{PIXELS}", Box(0, 0, 10, 10)))
        document = Document(size.width, size.height, children, title=dict(order.copy).get("headline", order.product))
        return Made(self.etag(order).encode(), document, {"order": repr(order)})

    def pixels(self, name: str) -> bytes:
        if name != PIXELS:
            raise InputError("no such pixels")
        return b"pixels"

    def source(self, template: str) -> str:
        return f"<svg><!-- {template} --></svg>"

    def preview(self, text: str, order: Order) -> Made:
        if "wrong" in text:
            raise InputError("an unknown operation 'wrong'", "preview:3:7", "did you mean 'mirror'?")
        return self.make(order)


@dataclass
class Served:
    service: Sign
    client: httpx.Client
    signer: Signer = field(default_factory=lambda: Signer(SECRET))

    def get(
        self, template: str = "window", type_: str = "jpg", *, format_: str = "square-800", **query: str
    ) -> httpx.Response:
        return self.client.get(self.signer.creative("cactus", template, format_, type_, **query))


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    service = Sign()
    app = create_app(service, SECRET, studio=True, token=TOKEN)
    with serving(app) as base, httpx.Client(base_url=base) as client:
        yield Served(service, client)


def refused(response: httpx.Response, status: int) -> dict[str, object]:
    """The problem that a response tells; it must be one, of this status, and hold no trace."""
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["cache-control"] == "no-store"
    assert "Traceback" not in response.text
    found: dict[str, object] = response.json()
    assert found["status"] == status
    return found


# ------------------------------------------------------------------------------------------------ creatives


@pytest.mark.parametrize(("type_", "media"), [("jpg", "image/jpeg"), ("png", "image/png"), ("webp", "image/webp")])
def test_a_signed_url_yields_the_picture(served: Served, type_: str, media: str) -> None:
    response = served.get(type_=type_, headline="Grün & 手工 / 50 %")
    assert response.status_code == 200
    assert response.headers["content-type"] == media
    copy = (("headline", "Grün & 手工 / 50 %"),)
    order = Order("cactus", "window", "square-800", type_, copy)
    assert response.content == served.service.etag(order).encode()


def test_the_svg_refers_to_pixels_that_are_served(served: Served) -> None:
    response = served.get(type_="svg", headline="<b>&")
    document = read(response.text)
    (image,) = (node for node in document.children if isinstance(node, Image))
    assert document.title == "<b>&"
    assert served.client.get(response.url.join(image.href)).content == b"pixels"
    assert "sandbox" in response.headers["content-security-policy"]


def test_the_explanation_is_json(served: Served) -> None:
    assert "cactus" in served.get(type_="json").json()["order"]


def test_head_is_answered_without_a_body(served: Served) -> None:
    response = served.client.head(served.signer.creative("cactus", "window", "square-800"))
    assert (response.status_code, response.content) == (200, b"")


def test_equal_content_is_not_sent_twice(served: Served) -> None:
    first = served.get()
    tag = first.headers["etag"]
    url = served.signer.creative("cactus", "window", "square-800")
    made = served.service.made
    for given in (tag, f"W/{tag}", f'"x", {tag}', "*"):
        again = served.client.get(url, headers={"if-none-match": given})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert served.client.get(url, headers={"if-none-match": '"x"'}).status_code == 200
    assert served.get(type_="png").headers["etag"] != tag
    assert served.service.made == made + 1  # the png; all else came from what is kept


def test_only_the_right_version_may_be_kept_for_ever(served: Served) -> None:
    content = served.get().headers["etag"].strip('"').split("-")[0]
    assert "immutable" in served.get(v=content[:12]).headers["cache-control"]
    assert "immutable" not in served.get(v="0" * 12).headers["cache-control"]
    assert "immutable" not in served.get().headers["cache-control"]


def test_what_many_ask_for_at_once_is_made_once(served: Served) -> None:
    before = served.service.made
    url = served.signer.creative("cactus", "slow", "square-800")
    with ThreadPoolExecutor(8) as pool:
        responses = list(pool.map(lambda _: served.client.get(url), range(8)))
    assert {response.status_code for response in responses} == {200}
    assert served.service.made == before + 1


# ------------------------------------------------------------------------------------------------ refusals


def test_unsigned_and_altered_urls_are_refused(served: Served) -> None:
    url = served.signer.creative("cactus", "window", "square-800", headline="Ten")
    for bad in (
        url.replace("cactus", "bonsai"),
        url.replace("Ten", "Two"),
        url.replace(".jpg", ".svg"),
        url + "&cta=1",
        url + "&sig=" + "A" * 43,
        url.split("sig=")[0],
        url[:-4] + "AAAA",
        Signer(b"another secret, just as long").creative("cactus", "window", "square-800", headline="Ten"),
        url.split("sig=")[0] + "sig=%C3%A9",
    ):
        refused(served.client.get(bad), 403)


def test_the_order_of_parameters_does_not_matter(served: Served) -> None:
    path, query = served.signer.creative("cactus", "window", "square-800", headline="Ten", v="a1b2c3d4").split("?")
    assert served.client.get(f"{path}?{'&'.join(reversed(query.split('&')))}").status_code == 200


@pytest.mark.parametrize(
    ("parts", "nearest"),
    [
        (("cactos", "window", "square-800"), "cactus"),
        (("cactus", "windov", "square-800"), "window"),
        (("cactus", "window", "square-80"), "square-800"),
    ],
)
def test_unknown_names_are_told_the_nearest(served: Served, parts: tuple[str, str, str], nearest: str) -> None:
    assert nearest in str(refused(served.client.get(served.signer.creative(*parts)), 404)["mend"])


@pytest.mark.parametrize(
    "query",
    [
        {"v": "zz"},
        {"headline": "x" * (MAX_COPY + 1)},
        {"headline": "a\x00b"},
        {"headline": "a\nb"},
        {"no spaces": "x"},
        {"__proto__": "x"},
        {"tagline": "the template has none"},
        {f"copy{i}": "x" for i in range(20)},
    ],
    ids=lambda query: next(iter(query)),
)
def test_wrong_parameters_are_refused(served: Served, query: dict[str, str]) -> None:
    refused(served.get(**query), 400)


def test_a_parameter_given_twice_is_refused(served: Served) -> None:
    path = TABLE["creative"].print(product="cactus", template="window", format="square-800", type="jpg")
    pairs = [("headline", "a"), ("headline", "b")]
    signature = served.signer.signature(path, pairs)
    refused(served.client.get(path, params=[*pairs, ("sig", signature)]), 400)


def test_an_endless_query_is_refused(served: Served) -> None:
    refused(served.client.get("/v1/products", params={"x": "y" * 9000}), 400)


def test_reasons_reach_the_client_and_traces_do_not(served: Served) -> None:
    assert "hero" in str(refused(served.get("unfit"), 422)["detail"])
    assert refused(served.get("reasons"), 422)["tried"] == [{"refused": "too dark"}]
    response = served.get("missing")
    assert "ddm models fetch" in str(refused(response, 503)["mend"])
    assert response.headers["retry-after"]
    assert "secret" not in str(refused(served.get("broken"), 500))


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/v1/creative/a/b",
        "/v1/pixels/..%2f..%2fetc%2fpasswd",
        f"/v1/pixels/ab/{'d' * 40}.png",
        "/studio/x.js",
    ],
)
def test_what_does_not_exist_is_not_found(served: Served, path: str) -> None:
    assert refused(served.client.get(path), 404 if "pixels/.." not in path and "x.js" not in path else 400)


def test_other_methods_are_refused(served: Served) -> None:
    refused(served.client.post("/v1/products"), 405)


# ------------------------------------------------------------------------------------------------ formats


def ordered(response: httpx.Response) -> str:
    assert response.status_code == 200, response.text
    return str(response.json()["order"])


def test_a_size_is_a_format(served: Served) -> None:
    assert "format='640x400'" in ordered(served.get(type_="json", format_="640x400"))
    assert 'width="640"' in served.get(type_="svg", format_="640x400").text


def test_formats_of_users_are_served(served: Served, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    mine = tmp_path / "mine.json"
    mine.write_text('[{"id": "shop-window", "width": 5000, "height": 300}]', "utf-8")
    refused(served.get(format_="shop-window"), 404)
    monkeypatch.setenv(catalogue.VARIABLE, str(mine))
    assert "shop-window" in ordered(served.get(type_="json", format_="shop-window"))
    assert "shop-window" in {row["id"] for row in served.client.get("/v1/formats").json()}


@pytest.mark.parametrize("size", ["8x400", f"{MAX_AD_HOC_SIDE + 1}x400", "3000x3000", "99999x99999"])
def test_sizes_past_the_limits_are_refused(served: Served, size: str) -> None:
    assert "sides" in str(refused(served.get(format_=size), 400)["mend"])


def test_a_pixel_ratio_is_part_of_what_is_signed(served: Served) -> None:
    assert "pixel_ratio=2.0" in ordered(served.get(type_="json", pixel_ratio="2"))
    url = served.signer.creative("cactus", "window", "square-800", pixel_ratio="2")
    refused(served.client.get(url.replace("pixel_ratio=2", "pixel_ratio=3")), 403)
    for wrong in ("0", "5", "2x", "1e9", "nan", ""):
        refused(served.get(type_="json", pixel_ratio=wrong), 400)


def test_the_svg_and_the_explanation_do_not_name_a_type(served: Served) -> None:
    assert "type='auto'" in ordered(served.get(type_="json"))


# ------------------------------------------------------------------------------------------------ listings


def test_lists_say_what_there_is(served: Served) -> None:
    assert {row["id"] for row in served.client.get("/v1/products").json()} == set(served.service.products)
    assert {row["id"] for row in served.client.get("/v1/templates").json()} == set(served.service.templates)
    assert {row["id"] for row in served.client.get("/v1/formats").json()} == set(catalogue.catalogue())
    assert served.client.get("/healthz").text == "ok\n"
    assert "3 products" in served.client.get("/").text


def test_the_description_covers_the_table(served: Served) -> None:
    found = served.client.get("/openapi.json").json()
    assert found["openapi"].startswith("3.1")
    assert set(found["paths"]) == {row.path for row in TABLE.values()}
    creative = found["paths"][TABLE["creative"].path]["get"]
    assert {p["name"] for p in creative["parameters"] if p["required" if p["in"] == "path" else "in"]} >= {
        "product",
        "sig",
        "pixel_ratio",
    }


# ------------------------------------------------------------------------------------------------ the studio


def preview(served: Served, token: str = TOKEN, **fields: object) -> httpx.Response:
    body = {"text": "<svg/>", "product": "cactus", "format": "square-800", **fields}
    return served.client.post("/v1/preview", json=body, headers={"authorization": f"Bearer {token}"})


def test_previews_are_made_from_the_text_sent_along(served: Served) -> None:
    response = preview(served)
    assert (response.status_code, response.headers["content-type"]) == (200, "image/jpeg")
    assert response.headers["cache-control"] == "no-store"
    assert "pixel_ratio=2" in preview(served, type="json", pixel_ratio="2", format="640x400").json()["order"]


def test_mistakes_in_a_template_are_told_with_their_place(served: Served) -> None:
    found = refused(preview(served, text="<wrong/>"), 400)
    assert (found["where"], found["mend"]) == ("preview:3:7", "did you mean 'mirror'?")


def test_the_studio_wants_its_token(served: Served) -> None:
    refused(preview(served, token="another"), 403)
    refused(served.client.post("/v1/preview", headers={b"authorization": b"Bearer \xe9"}), 403)
    refused(served.client.get("/v1/templates/window.svg"), 403)
    assert "window" in served.client.get("/v1/templates/window.svg", headers={"authorization": f"Bearer {TOKEN}"}).text


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"[" * 100_000, b'{"text": 1, "product": "cactus", "format": "square-800"}', b"\xff"]
)
def test_bodies_that_are_no_order_are_refused(served: Served, body: bytes) -> None:
    headers = {"authorization": f"Bearer {TOKEN}"}
    refused(served.client.post("/v1/preview", content=body, headers=headers), 400)


def test_bodies_past_the_limit_are_refused(served: Served) -> None:
    refused(preview(served, text="x" * MAX_BODY), 413)


def test_the_page_and_its_parts_are_served(served: Served) -> None:
    for path in ("/studio", "/studio/studio.js", "/studio/studio.css"):
        assert served.client.get(path).status_code == 200


def test_without_the_switch_there_is_no_studio() -> None:
    app = create_app(Sign(), SECRET)
    assert not {"/studio", "/v1/preview"} & {getattr(route, "path", "") for route in app.routes}


def test_weak_secrets_are_refused() -> None:
    with pytest.raises(InputError, match="secret"):
        create_app(Sign(), b"short")
    with pytest.raises(InputError, match="token"):
        create_app(Sign(), SECRET, studio=True)
