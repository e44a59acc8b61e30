"""docs/REFERENCE.md is what the tables say."""

from pathlib import Path

from ddm import reference
from ddm.language import reference as language
from ddm.language.findings import KINDS as FINDINGS
from ddm.language.kinds import KINDS, OBJECTS
from ddm.language.operations import OPERATIONS
from ddm.language.parameters import PARSERS
from ddm.markdown import table
from ddm.perceive.schema import ATTRIBUTES

DOCUMENT = Path(__file__).parents[1] / "docs" / "REFERENCE.md"


def test_the_reference_is_up_to_date() -> None:
    mend = "the tables have changed: .venv/bin/ddm reference > docs/REFERENCE.md"
    assert DOCUMENT.read_text("utf-8") == reference.reference(), mend


def test_every_operation_and_attribute_is_named() -> None:
    text = reference.reference()
    assert all(f"#### `ddm:{name}`" in text for name in OPERATIONS)
    assert all(f"| `{name}` |" in text for name in ATTRIBUTES)


def test_every_kind_and_key_is_explained() -> None:
    assert set(language.VALUES) == set(PARSERS)
    assert set(KINDS) == {key.kind for row in OBJECTS.values() for key in row.keys}
    assert set(language.KINDS) == {row.kind for row in ATTRIBUTES.values()} | {"flag"}


def test_every_finding_and_object_is_named() -> None:
    text = reference.reference()
    assert all(f"| `{code}` |" in text for code in FINDINGS)
    assert all(f"### `ddm:{kind}`" in text for kind in OBJECTS)


def test_cells_stay_in_their_table() -> None:
    assert table(("a", "b"), [("x | y", "one\ntwo")]) == "| a | b |\n| --- | --- |\n| x \\| y | one two |\n"
