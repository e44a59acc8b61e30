"""The page's conditions mean what the language means: both back ends on the same records."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddm.language.expressions import Condition, ConditionError, holds, parse
from ddm.perceive.schema import Value
from tests.support.chromium import Chromium
from tests.support.conditions import ATTRIBUTE_CONDITION, RECORDS


@pytest.fixture(scope="module")
def browser() -> Iterator[Chromium]:
    script = files("ddm.library.page").joinpath("condition.js").read_text("utf-8")
    with Chromium() as found:
        found.run(f"{script}; window.condition = condition")
        yield found


def said(browser: Chromium, asked: list[tuple[str, dict[str, Value | None]]]) -> list[bool]:
    """What the page answers to each condition about its record."""
    plain = [[text, {k: sorted(v) if isinstance(v, frozenset) else v for k, v in row.items()}] for text, row in asked]
    call = "([text, row]) => condition(text)((name) => row[name] ?? null)"
    found: list[bool] = browser.run(f"({json.dumps(plain)}).map({call})")
    return found


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(ATTRIBUTE_CONDITION, RECORDS), min_size=1, max_size=30))
def test_both_answer_alike(browser: Chromium, pairs: list[tuple[Condition, dict[str, Value | None]]]) -> None:
    asked = [(str(condition), row) for condition, row in pairs]
    assert said(browser, asked) == [holds(parse(text), row.get) for text, row in asked]


@pytest.mark.parametrize("text", ["a.b ge", "a.b in 1", "(a.b", "a.b = 'x", "a.b = 1 2", "a.b is there", "", "1 = a"])
def test_both_refuse(browser: Chromium, text: str) -> None:
    with pytest.raises(ConditionError):
        parse(text)
    call = f"condition({json.dumps(text)}); return 'read';"
    assert browser.run(f"(() => {{ try {{ {call} }} catch (slip) {{ return slip.message; }} }})()") != "read"
