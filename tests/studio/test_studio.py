"""The editor in a browser, before the real rooms."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from ddm.formats import catalogue
from ddm.formats.format import KINDS
from ddm.library import Library
from ddm.produce.service import Service
from ddm.serve import create_app
from tests.support.chromium import Chromium
from tests.support.http import serving
from tests.support.materials import product, shelf

TOKEN = "a-token-for-the-studio"
CORE = sum("core" in row.collections for row in catalogue.catalogue().values())
LOADED = "[...document.querySelectorAll('.preview img')].filter((image) => image.naturalWidth).length"


@dataclass
class Studio:
    browser: Chromium
    base: str

    def edit(self, before: str, after: str) -> None:
        """Replace text in the editor as a hand would."""
        change = f"document.querySelector('#text').value.replace({json.dumps(before)}, {json.dumps(after)})"
        self.browser.run(
            f"(() => {{ const text = document.querySelector('#text'); text.value = {change};"
            " text.dispatchEvent(new Event('input')); })()"
        )


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    service = Service(shelf(Library(tmp_path_factory.mktemp("library")), product()))
    with serving(create_app(service, b"0123456789abcdef", studio=True, token=TOKEN)) as base, Chromium() as browser:
        yield Studio(browser, base)


@pytest.fixture
def page(studio: Studio) -> Studio:
    """The template 'air', untouched, with its first previews made."""
    studio.browser.visit("about:blank", 1400, 900)
    studio.browser.visit(f"{studio.base}/studio#token={TOKEN}", 1400, 900)
    studio.browser.run("localStorage.clear()")
    studio.browser.visit("about:blank", 1400, 900)
    studio.browser.visit(f"{studio.base}/studio#token={TOKEN}", 1400, 900)
    studio.browser.until(f"{LOADED} === {CORE}")
    return studio


def test_previews_of_the_core_formats_appear_and_the_token_leaves_the_address(page: Studio) -> None:
    assert page.browser.run("location.hash") == ""
    assert page.browser.run("document.querySelector('#text').value").startswith("<svg")
    assert page.browser.until(f"document.querySelector('#status').textContent.startsWith('{CORE} made')")
    gutter = page.browser.run("document.querySelector('#gutter').childElementCount")
    assert gutter == page.browser.run("document.querySelector('#text').value.split('\\n').length")
    assert page.browser.run("document.querySelector('#paint').textContent.trimEnd()") == page.browser.run(
        "document.querySelector('#text').value.trimEnd()"
    )


def test_a_mistake_is_marked_at_its_line_and_mending_it_clears_the_mark(page: Studio) -> None:
    page.edit("ddm:recolour", "ddm:recolor")
    assert "recolour" in page.browser.until("document.querySelector('#findings').textContent")
    line = int(page.browser.run("document.querySelector('#gutter .error').textContent"))
    text = page.browser.run("document.querySelector('#text').value").split("\n")
    assert "ddm:recolor " in text[line - 1]
    assert page.browser.run(LOADED) == CORE
    page.edit("ddm:recolor ", "ddm:recolour ")
    page.browser.until("!document.querySelector('#gutter .error') && !document.querySelector('#findings li')")


def test_an_edit_changes_the_pictures(page: Studio) -> None:
    before = page.browser.run("document.querySelector('.preview img').src")
    page.edit('from="copy.tagline product.title"', 'from="product.title"')
    page.browser.until(f"document.querySelector('.preview img').src !== {json.dumps(before)}")
    assert page.browser.run("document.querySelector('#changed').hidden") is False


def find(page: Studio, words: str, key: str = "") -> list[str]:
    """What the search for a format leaves; a key may follow."""
    page.browser.run(
        "(() => { const field = document.querySelector('#formats .find');"
        f" field.value = {json.dumps(words)}; field.dispatchEvent(new Event('input'));"
        f" if ('{key}') field.dispatchEvent(new KeyboardEvent('keydown', {{key: '{key}', bubbles: true}})); }})()"
    )
    found: list[str] = page.browser.run("[...document.querySelectorAll('#formats .all input')].map((i) => i.value)")
    return found


def test_a_preview_explains_itself(page: Studio) -> None:
    page.browser.run("document.querySelector('.preview').click()")
    page.browser.until("document.querySelector('.facts').textContent.includes('Values and where they come from')")
    assert " tried" in page.browser.run("document.querySelector('.facts').textContent")


def test_formats_are_found_by_words_and_grouped(page: Studio) -> None:
    assert set(find(page, "")) == set(catalogue.catalogue())
    assert find(page, "pinterest story") == ["pinterest-1080x1920"]
    heads = "[...document.querySelectorAll('#formats h4')].map((h) => h.firstChild.textContent)"
    assert page.browser.run(heads) == ["Pinterest"]
    page.browser.run("document.querySelector('#formats .by').value = 'kind'")
    find(page, "meta")
    page.browser.run("document.querySelector('#formats .by').dispatchEvent(new Event('change'))")
    assert set(page.browser.run(heads)) <= set(KINDS)


def test_a_size_can_be_added(page: Studio) -> None:
    assert find(page, "640x400") == ["640x400"]
    find(page, "640x400", "Enter")
    page.browser.until(f"{LOADED} === {CORE + 1}")


def test_what_cannot_be_made_tells_why(page: Studio) -> None:
    page.edit("subject.cut = none", "ratio ge 9")
    page.edit('otherwise="where matte.usable', 'otherwise="where ratio ge 9')
    page.browser.until("document.querySelectorAll('.preview.refused').length")
    page.browser.run("document.querySelector('.preview.refused').click()")
    page.browser.until("document.querySelector('.facts').textContent.includes('ratio ge 9, but ratio is')")


def test_without_the_token_nothing_is_made(studio: Studio) -> None:
    studio.browser.visit("about:blank", 1400, 900)
    studio.browser.run("0")
    studio.browser.visit(f"{studio.base}/studio#token=wrong-wrong-wrong", 1400, 900)
    studio.browser.until("document.querySelector('#status').textContent.includes('token')")
