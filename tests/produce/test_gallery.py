"""The gallery page: whole, self-contained, and unmoved by hostile words in the manifest."""

from __future__ import annotations

import base64
import hashlib
import html.parser
import json
import re
import zlib
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ddm.measure import TABLE
from ddm.produce.gallery import gallery, write_gallery
from ddm.sealed import inert

HOSTILE = "</script><script>alert(1)</script><!-- \u2028 {{manifest}} /*script*/"


def row(**changes: Any) -> dict[str, Any]:
    plain = {
        "id": "cactus--window--square-800",
        "product": "cactus",
        "title": "Cactus",
        "language": "en",
        "template": "window",
        "format": "square-800",
        "file": "creatives/cactus--window--square-800.jpg",
        "width": 800,
        "height": 800,
        "bytes": 61234,
        "scores": {"read_back": 1.0, "contrast": 5.1},
    }
    return {**plain, **changes}


class _Page(html.parser.HTMLParser):
    """Collects script elements and every address the page names."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.addresses: list[str] = []
        self.policy = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.addresses += [found[key] or "" for key in ("src", "href") if key in found]
        if found.get("http-equiv") == "Content-Security-Policy":
            self.policy = found["content"] or ""
        if tag == "script":
            self.scripts.append((found, ""))

    def handle_data(self, data: str) -> None:
        if self.scripts and self.cdata_elem == "script":
            attributes, text = self.scripts[-1]
            self.scripts[-1] = (attributes, text + data)


def parsed(page: str) -> _Page:
    found = _Page()
    found.feed(page)
    return found


def test_the_page_is_self_contained_and_its_policy_names_its_one_script() -> None:
    page = parsed(gallery([row()]))
    assert page.addresses == []
    assert len(page.scripts) == 2
    digest = base64.b64encode(hashlib.sha256(page.scripts[1][1].encode()).digest()).decode()
    assert f"'sha256-{digest}'" in page.policy


def test_rows_refusals_and_targets_reach_the_page() -> None:
    refusal = {"product": "cactus", "template": "badge", "format": "sky-160x600", "reason": "the copy does not fit"}
    manifest = json.loads(parsed(gallery([row(), refusal])).scripts[0][1])
    assert manifest["creatives"] == [row(time=0, at=[0, 0])]
    assert manifest["refusals"] == [refusal | {"time": 0, "at": [1, 0]}]
    assert [measure["name"] for measure in manifest["measures"]] == list(TABLE)


def test_explanations_lie_in_packets_one_for_each_product_and_template() -> None:
    rows = [row(format=name, objects={"hero": name}, ms={"draw": 2.5, "match": 1}) for name in ("a", "b")]
    refusal = {"product": "cactus", "template": "window", "format": "c", "reason": "x", "tried": [{"refused": "x"}]}
    manifest = json.loads(parsed(gallery([*rows, refusal, row(product="bonsai")])).scripts[0][1])
    first, second = (unpacked(packet) for packet in manifest["packets"])
    assert [one["at"] for one in manifest["creatives"]] == [[0, 0], [0, 1], [1, 0]]
    assert manifest["refusals"][0]["at"] == [0, 2]
    assert first == [
        *({"objects": {"hero": n}, "ms": {"draw": 2.5, "match": 1}} for n in ("a", "b")),
        {"tried": [{"refused": "x"}]},
    ]
    assert second == [{}]
    assert manifest["creatives"][0]["time"] == 3.5


def unpacked(packet: str) -> Any:
    return json.loads(zlib.decompress(base64.b64decode(packet), -zlib.MAX_WBITS))


def test_the_page_grows_by_little_for_one_more_format() -> None:
    values = [{"element": f"e{i}", "property": "size", "value": i, "origin": "because " * 9} for i in range(60)]
    sizes = [len(gallery([row(format=f"f{i}", values=values) for i in range(n)])) for n in (1, 101)]
    assert (sizes[1] - sizes[0]) / 100 < 700


def test_hostile_words_stay_words() -> None:
    given_row = row(title=HOSTILE, product=HOSTILE, failures=[HOSTILE], url="javascript:alert(1)")
    page = parsed(gallery([given_row]))
    assert len(page.scripts) == 2
    (found,) = json.loads(page.scripts[0][1])["creatives"]
    assert (found["title"], found["product"], found["failures"]) == (HOSTILE, HOSTILE, [HOSTILE])


@given(st.recursive(st.text() | st.none() | st.booleans() | st.integers(), lambda inner: st.lists(inner, max_size=3)))
def test_inert_json_reads_back_and_has_no_markup(value: object) -> None:
    text = inert(value)
    assert json.loads(text) == value
    assert not re.search("[<>&\u2028\u2029]", text)


def test_the_file_is_replaced_whole(tmp_path: Path) -> None:
    path = write_gallery(tmp_path / "out", [row()])
    write_gallery(tmp_path / "out", [row(title="Second")])
    assert path == tmp_path / "out" / "index.html"
    assert "Second" in path.read_text("utf-8")
    assert list(path.parent.iterdir()) == [path]
