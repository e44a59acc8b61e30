"""Every row of the table has an action, and every action a row."""

from pathlib import Path

from ddm.language.operations import BUILT_IN
from ddm.resolve import operations
from ddm.resolve.operations import ACTIONS, STAYS

DECIDED_EARLIER = {"keep", "drop", "repeat", "align"}
"""By `plan` and `layout`: which layers there are, and where."""


def test_rows_and_actions_are_the_same() -> None:
    assert set(ACTIONS) | DECIDED_EARLIER == set(BUILT_IN)
    assert set(STAYS) <= DECIDED_EARLIER


def test_each_has_a_file_of_its_own() -> None:
    files = {path.stem for path in Path(str(operations.__file__)).parent.glob("*.py")} - {"__init__"}
    assert files == set(BUILT_IN)
