"""The names that the tutorial shows are understood."""

import re
from pathlib import Path

import pytest

from tests.language.importing.drawing import imported

TUTORIAL = (Path(__file__).parents[3] / "docs" / "LANGUAGE.md").read_text("utf-8")
SECTION = TUTORIAL.partition("## From a drawing program")[2]
NAMES = [re.split(r"\s{2,}", line)[0] for line in SECTION.split("```text\n")[1].split("```")[0].splitlines()]
PICTURE = '<image id="product | cutout" width="90" height="90" href="a.png"/>'
INSIDE = '<text id="a | price" y="40" font-size="20" font-family="Inter">A</text>'
DRAWN = {
    "picture": '<image id="{}" width="400" height="400" href="a.png"/>',
    "copy": '<text id="{}" x="60" y="300" font-size="40" font-family="Inter">A</text>',
    "shape": '<rect id="{}" width="400" height="400"/>',
    "group": f'<g id="{{}}">{INSIDE}</g>',
    "arrangement": f'<g id="{{}}">{INSIDE}</g><g id="rest | layout">{INSIDE}</g>',
}
KINDS = dict.fromkeys(("hero", "room"), "picture") | dict.fromkeys(("title", "cta"), "copy")
KINDS |= dict.fromkeys(("card", "rule"), "shape") | {"words": "group", "banner": "arrangement"}


def test_there_are_names() -> None:
    assert {name.partition(" ")[0] for name in NAMES} == set(KINDS)


@pytest.mark.parametrize("name", NAMES)
def test_names_are_understood(name: str) -> None:
    drawn = DRAWN[KINDS[name.partition(" ")[0]]].format(name)
    assert imported(PICTURE + drawn).findings == []
