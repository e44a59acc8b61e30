"""A library of an older version grows the columns it lacks; one that contradicts is refused."""

from __future__ import annotations

from pathlib import Path

import lancedb
import pytest

from ddm.errors import InputError
from ddm.library import Library
from tests.support.materials import Look, perceived

LOOK = Look(120, 120)


def test_new_attributes_are_empty_until_perceived_anew(tmp_path: Path) -> None:
    vase = Library(tmp_path).put(perceived(look=LOOK, light__side="left"))
    _table(tmp_path).drop_columns(["light_side"])
    older = Library(tmp_path)
    assert older.get(vase.id).attributes["light.side"] == ""
    assert older.where("light_side = 'front'") == ()
    older.put(perceived(look=LOOK, light__side="left"))
    assert Library(tmp_path).get(vase.id).attributes["light.side"] == "left"


def test_a_column_of_another_kind_is_told(tmp_path: Path) -> None:
    Library(tmp_path)
    table = _table(tmp_path)
    table.drop_columns(["light_side"])
    table.add_columns({"light_side": "cast(1 as double)"})
    with pytest.raises(InputError, match="another version"):
        Library(tmp_path)


def _table(folder: Path) -> lancedb.table.Table:
    return lancedb.connect(str(folder / "tables")).open_table("materials")
