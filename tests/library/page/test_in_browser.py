"""The page as a browser shows it, from a folder and without a network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ddm.library.page import write_page
from ddm.perceive.schema import ATTRIBUTES
from tests.library.page.shelf import HOSTILE, filled
from tests.support.chromium import Chromium

CARDS = "document.querySelectorAll('.card')"
ALL = ("Elements", "Text", "Matte", "Cut-out", "Saliency", "Calm", "Grid", "Borders", "Light")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    library = filled(folder / "library")
    return write_page(library, library.all(), folder / "out", fitting=1000)


@pytest.fixture(scope="module")
def browser() -> Iterator[Chromium]:
    with Chromium() as found:
        yield found


@pytest.fixture
def index(browser: Chromium, page: Path) -> Chromium:
    browser.visit("about:blank", 1400, 900)
    browser.visit(page.as_uri(), 1400, 900)
    browser.until(f"{CARDS}.length === 3")
    return browser


def press(browser: Chromium, key: str) -> None:
    browser.run(f"document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {{key: '{key}', bubbles: true}}))")


def ask(browser: Chromium, text: str) -> None:
    browser.run(f"$('find').value = {text!r}; $('find').dispatchEvent(new Event('input'))")
    browser.until(f"state.find === {text!r}")


def opened(browser: Chromium, word: str) -> None:
    """The material whose product is called like this."""
    browser.run(f"open(materials.find((row) => row.product.includes({word!r})))")


def names(browser: Chromium) -> list[str]:
    found: list[str] = browser.run(f"[...{CARDS}].map((card) => card.querySelector('b').textContent)")
    return found


def test_all_are_shown_with_their_pictures(index: Chromium) -> None:
    index.until("[...document.querySelectorAll('.card img')].every((one) => one.naturalWidth > 0)")
    assert index.run("$('summary').textContent") == "3 materials of 1,000 in the library"
    assert index.run("document.title") == "3 materials"


def test_hostile_words_are_shown_and_do_nothing(index: Chromium) -> None:
    assert HOSTILE in names(index)
    opened(index, "onerror")
    assert index.run("$('detail-title').textContent") == HOSTILE
    assert index.run("document.querySelector('.box.text span').textContent").startswith(HOSTILE)
    assert index.run("document.scripts.length") == 2
    assert index.run("document.title") == "3 materials"
    assert index.run("document.querySelectorAll('img[onerror]').length") == 0


def test_words_and_conditions_narrow_what_is_shown(index: Chromium) -> None:
    ask(index, "bowl")
    assert names(index) == ["bowl"]
    ask(index, "light.sure ge 50%")
    assert names(index) == ["vase"]
    ask(index, "not light.sure ge 50% and role = product")
    assert len(names(index)) == 2


@pytest.mark.parametrize(
    ("text", "slip"),
    [("light.sure ge", "at the end"), ("no.such = 1", "no attribute 'no.such'"), ("role = product )", "after the end")],
)
def test_slips_are_said_and_nothing_changes(index: Chromium, text: str, slip: str) -> None:
    ask(index, text)
    assert slip in index.run("$('slip').textContent")
    assert index.run("$('find').getAttribute('aria-invalid')") == "true"
    assert len(names(index)) == 3


def test_they_are_sorted_by_any_attribute(index: Chromium) -> None:
    index.run("$('sort').value = 'light.sure'; $('sort').dispatchEvent(new Event('change'))")
    assert names(index)[0] == "vase"
    assert index.run("document.querySelector('.card .value').textContent") == "90.0 %"
    index.run("$('turn').click()")
    assert names(index)[-1] == "vase"
    assert index.run("document.querySelectorAll('#sort option').length") == len(ATTRIBUTES) + 1


def test_layers_are_switched_by_buttons_and_keys(index: Chromium) -> None:
    opened(index, "onerror")
    on = "[...document.querySelectorAll('#sheet .layer')].map((one) => one.dataset.layer)"
    assert index.run(on) == ["Elements", "Text"]
    index.run("document.querySelector('.chip[data-layer=Matte]').click()")
    assert index.run(on) == ["Elements", "Text", "Matte"]
    assert index.run("document.querySelector('.chip[data-layer=Matte]').getAttribute('aria-pressed')") == "true"
    press(index, "1")
    press(index, "2")
    assert index.run(on) == ["Matte"]
    for key in "1245678":
        press(index, key)
    press(index, "9")
    assert index.run(on) == list(ALL)
    index.until("[...document.querySelectorAll('#sheet img')].every((one) => one.naturalWidth > 0)")


def test_boxes_lie_where_they_were_found(index: Chromium) -> None:
    opened(index, "onerror")
    left, top, width, height = index.run(
        "(() => { const a = document.querySelector('.box.face').getBoundingClientRect(),"
        " b = $('sheet').getBoundingClientRect();"
        " return [(a.x - b.x) / b.width, (a.y - b.y) / b.height, a.width / b.width, a.height / b.height]; })()"
    )
    assert (left, top, width, height) == pytest.approx((0.5, 0.3, 0.1, 0.12), abs=0.01)


def test_the_arrow_comes_from_the_light(index: Chromium) -> None:
    opened(index, "vase")
    press(index, "9")
    lamp = index.run("(() => { const c = document.querySelector('.lamp'); return [+c.getAttribute('cx'), +c.getAttribute('cy')]; })()")  # fmt: skip  # noqa: E501
    assert lamp[0] > 80
    assert lamp[1] < 35  # by the clock, 60 degrees are at two
    assert "60°" in index.run("document.querySelector('.note').textContent")


def test_the_cut_out_stands_on_the_ground_that_is_chosen(index: Chromium) -> None:
    opened(index, "vase")
    index.run("document.querySelector('.ground.dark').click()")
    assert index.run("$('sheet').className") == "on-dark"
    assert index.run("document.querySelectorAll('#sheet .over.picture').length") == 0
    index.run("document.querySelector('.chip[data-layer=Cut-out]').click()")
    assert index.run("document.querySelectorAll('#sheet .over.picture').length") == 1


def test_every_attribute_stands_in_the_table_with_its_meaning(index: Chromium) -> None:
    opened(index, "vase")
    rows = index.run("[...document.querySelectorAll('.values tr[data-name]')].map((row) => [row.dataset.name, row.title])")  # fmt: skip  # noqa: E501
    assert dict(rows) == {row.name: row.meaning for row in ATTRIBUTES.values()}
    assert index.run("document.querySelector('tr[data-name=\"light.direction\"] td').textContent") == "60°"
    assert index.run("document.querySelector('tr[data-name=\"light.direction\"] .sure').textContent") == ".90"


def test_keys_lead_through_the_materials(index: Chromium) -> None:
    press(index, "ArrowRight")
    assert index.run(f"document.activeElement === {CARDS}[0]")
    press(index, "ArrowRight")
    index.run("document.activeElement.click()")
    first = index.run("current.id")
    press(index, "ArrowLeft")
    assert index.run("current.id") == index.run("shown[0].id") != first
    assert index.run("location.hash.length") == 65
    index.run("$('detail').close()")
    index.until("location.hash === '' && document.activeElement === document.querySelector('.card')")


@pytest.mark.parametrize("width", [1400, 400])
def test_nothing_runs_out_of_the_window(browser: Chromium, page: Path, width: int) -> None:
    browser.visit("about:blank", width, 800)
    browser.visit(page.as_uri(), width, 800)
    browser.until(f"{CARDS}.length === 3")
    assert browser.run("document.documentElement.scrollWidth") <= width
    opened(browser, "onerror")
    sheet = browser.run("(() => { const b = $('sheet').getBoundingClientRect(); return [b.left, b.right, b.width / b.height]; })()")  # fmt: skip  # noqa: E501
    assert 0 <= sheet[0] < sheet[1] <= width
    assert sheet[2] == pytest.approx(600 / 400, rel=0.01)
    assert browser.run("$('detail').scrollWidth") <= width
