"""The gallery as a browser shows it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from ddm.produce.gallery import write_gallery
from tests.produce.test_gallery import HOSTILE, row
from tests.support.chromium import Chromium

WHY = {
    "objects": {"hero": {"material": "a" * 64, "score": 0.9, "of": 3, "why": ["ranks 1 of 2"],
                         "runners_up": [{"material": "b" * 64, "score": 0.5}], "removed": {"sharpness ge 2": 1}}},
    "relations": [{"object": "wall", "relation": "against", "other": "hero", "value": 0.71}],
    "counts": {"items": 3},
    "gone": ["button"],
    "tried": [{"materials": {"hero": "a" * 64}, "score": 0.9, "cost": 0.1, "balance": -0.8},
              {"materials": {"hero": "b" * 64}, "score": 0.5, "refused": "no calm room"}],
    "values": [{"element": "e", "property": "p", "value": HOSTILE, "origin": "because"}],
    "ms": {"draw": 3.5},
    "reserved": [{"x": 0, "y": 0, "width": 80, "height": 80, "reason": "skip button"}],
}  # fmt: skip
NEAREST = {"material": "c" * 64, "failed": [{"condition": "ratio ge 3", "instead": f"ratio is 1 {HOSTILE}"}]}
REFUSED = {
    "candidates": {
        "hero": {"fitting": 0, "of": 2, "where": "ratio ge 3", "removed": {"ratio ge 3": 2}, "nearest": [NEAREST]}
    }
}
SIZES = {"square-800": (800, 800), "story-1080x1920": (1080, 1920), "leader-728x90": (728, 90)}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gallery")
    rows = []
    for product in ("cactus", "bonsai"):
        for number, (format_, (width, height)) in enumerate(SIZES.items()):
            name = f"{product}--window--{format_}"
            cv2.imwrite(str(folder / f"{name}.png"), np.full((height // 4, width // 4, 3), 60 + 60 * number, np.uint8))
            scores = {"contrast": 9.0 - 3 * number, "read_back": 1.0}
            size = {"width": width, "height": height}
            named = {"product": product, "title": product, "format": format_, "placement": format_.split("-")[0]}
            rows.append(row(id=name, **named, file=f"{name}.png", scores=scores, **size, **WHY))
    rows.append(
        row(id=HOSTILE, title=f"{HOSTILE}<img src=x onerror=document.title='broken'>", product="z", url="javascript:1")
    )
    rows.append(
        {"product": "cactus", "template": "badge", "format": "x", "reason": f"needs 12 px {HOSTILE}", **REFUSED}
    )
    return write_gallery(folder, rows)


@pytest.fixture(scope="module")
def browser() -> Iterator[Chromium]:
    with Chromium() as found:
        yield found


def visit(browser: Chromium, page: Path, anchor: str = "") -> None:
    browser.visit("about:blank", 1200, 900)
    browser.visit(f"{page.as_uri()}{anchor}", 1200, 900)
    browser.until("document.querySelectorAll('.card').length")


def ids(browser: Chromium) -> list[str]:
    found: list[str] = browser.run("[...document.querySelectorAll('.card')].map((card) => card.dataset.id)")
    return found


def press(browser: Chromium, key: str) -> None:
    browser.run(f"document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {{key: '{key}', bubbles: true}}))")


def search(browser: Chromium, words: str) -> None:
    browser.run(
        f"(() => {{ const field = document.querySelector('#find'); field.value = '{words}';"
        " field.dispatchEvent(new Event('input')); })()"
    )


def test_every_creative_is_shown_in_its_shape_the_worst_first(browser: Chromium, page: Path) -> None:
    visit(browser, page)
    assert len(ids(browser)) == 7
    ratios = browser.run(
        "[...document.querySelectorAll('.card img')].map((i) => i.clientWidth / i.clientHeight / (i.width / i.height))"
    )
    assert ratios == pytest.approx([1] * 7, abs=0.02)
    shapes = browser.run(
        "[...document.querySelectorAll('.card')].map((card) => "
        "card.querySelector('img').clientWidth / card.querySelector('img').clientHeight)"
    )
    wanted = {f: w / h for f, (w, h) in SIZES.items()}
    for name, shape in zip(ids(browser), shapes, strict=True):
        if name.startswith(("cactus", "bonsai")) and "--window--" in name and name.split("--")[-1] in wanted:
            assert shape == pytest.approx(wanted[name.split("--")[-1]], rel=0.02)
    assert browser.run("getComputedStyle(document.querySelector('h1')).fontSize") == "20px"


def test_hostile_words_are_shown_and_do_nothing(browser: Chromium, page: Path) -> None:
    visit(browser, page)
    assert browser.run("document.title") == "7 creatives"
    assert browser.run("document.scripts.length") == 2
    assert browser.run("document.body.textContent.includes('<img src=x')")
    browser.run("[...document.querySelectorAll('.card')].find((card) => card.dataset.id.includes('script')).click()")
    assert browser.run("document.querySelector('#detail h2').textContent").endswith("onerror=document.title='broken'>")
    browser.until("document.querySelectorAll('#detail a').length")
    links = browser.run("[...document.querySelectorAll('#detail a')].map((a) => a.protocol)")
    assert set(links) == {"file:"}
    assert browser.run("document.title") == "7 creatives"


def test_search_and_filters_narrow_the_wall(browser: Chromium, page: Path) -> None:
    visit(browser, page)
    search(browser, "bonsai story")
    browser.until("document.querySelectorAll('.card').length === 1")
    assert ids(browser) == ["bonsai--window--story-1080x1920"]
    search(browser, "nothing like it")
    browser.until("document.querySelectorAll('.empty').length")


def test_keys_lead_through_the_creatives(browser: Chromium, page: Path) -> None:
    visit(browser, page, "#cactus--window--square-800")
    assert browser.until("document.querySelector('#detail').open")
    assert "cactus--window--square-800" in browser.run("location.hash")
    press(browser, "ArrowRight")
    assert "cactus--window--square-800" not in browser.run("location.hash")
    press(browser, "ArrowLeft")
    assert "cactus--window--square-800" in browser.run("location.hash")


def test_refusals_are_counted_by_reason(browser: Chromium, page: Path) -> None:
    visit(browser, page)
    assert "needs 12 px" in browser.until("document.querySelector('#report').textContent")


def choose(browser: Chromium, name: str, value: str) -> None:
    browser.run(
        f"(() => {{ const field = document.querySelector('#filters select[aria-label={name}]');"
        f" field.value = '{value}'; field.dispatchEvent(new Event('change')); }})()"
    )


def test_kinds_and_missed_targets_are_filters(browser: Chromium, page: Path) -> None:
    visit(browser, page)
    choose(browser, "Kind", "leader")
    assert ids(browser) == ["bonsai--window--leader-728x90", "cactus--window--leader-728x90"]
    choose(browser, "Targets", "met")
    assert ids(browser) == []
    choose(browser, "Targets", "contrast")
    assert len(ids(browser)) == 2
    browser.run("document.querySelector('#clear').click()")
    assert len(ids(browser)) == 7


def facts(browser: Chromium, until: str) -> str:
    found: str = browser.until(
        f"(() => {{ const t = document.querySelector('.facts').textContent; return t.includes('{until}') && t; }})()"
    )
    return found


def test_the_panel_tells_all_that_was_tried(browser: Chromium, page: Path) -> None:
    visit(browser, page, "#cactus--window--square-800")
    told = facts(browser, "Values and where they come from")
    for words in ("1 runner-up", "1 removed by conditions", "wall against hero0.71", "3 of items", "without #button",
                  "2 bindings tried", "no calm room", "Time, 3.5 ms", HOSTILE.split()[0]):  # fmt: skip
        assert words in told
    assert browser.run("document.scripts.length") == 2


def test_what_the_host_covers_can_be_seen(browser: Chromium, page: Path) -> None:
    visit(browser, page, "#cactus--window--square-800")
    facts(browser, "What the host covers")
    browser.run("document.querySelector('.links .why').click()")
    assert browser.run("document.querySelector('.stage .host').clientWidth * 10") == pytest.approx(
        browser.run("document.querySelector('.stage img').clientWidth"), abs=10
    )


def test_a_refusal_tells_the_nearest_misses(browser: Chromium, page: Path) -> None:
    visit(browser, page)
    browser.until("document.querySelectorAll('#report details').length")
    browser.run("document.querySelector('#report details').open = true")
    browser.until("document.querySelectorAll('#report .why').length")
    browser.run("document.querySelector('#report .why').click()")
    assert "ratio ge 3, but ratio is 1" in facts(browser, "nearest")


def test_of_many_each_group_shows_a_few_until_it_is_unfolded(browser: Chromium, tmp_path: Path) -> None:
    rows = [row(id=f"{p}-{i}", product=p, title=p) for p in ("a", "b") for i in range(220)]
    visit(browser, write_gallery(tmp_path, rows))
    assert len(ids(browser)) == 48
    assert browser.run("document.querySelector('.all').textContent") == "Show all 220"
    browser.run("document.querySelector('.all').click()")
    browser.until("document.querySelectorAll('.card').length > 48")
