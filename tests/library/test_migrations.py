"""Libraries of older versions become today's by named steps, and stay readable on the way."""

from __future__ import annotations

import json
from pathlib import Path

import lancedb
import pyarrow as pa
import pytest

from ddm.errors import InputError
from ddm.library import Library
from ddm.library.migrations import ALL, MIGRATIONS, Added, Dropped, Keyed, Migration, Renamed, anew, due, migrate
from ddm.library.store import MATERIALS, Tables, equals
from ddm.perceive.schema import VERSION
from tests.support.materials import Look, perceived

LOOK = Look(120, 120)
CHAIN = (Migration(1, 2, "first", anew=("light",)), Migration(2, 3, "second"), Migration(3, 4, "third", anew=("text",)))


def older(folder: Path) -> Library:
    """A library as version 2 left it: no key, no table of itself, faces and texts apart, pixels by question."""
    library = Library(folder)
    library.put(perceived(look=LOOK))
    base = lancedb.connect(str(folder / "tables"))
    rows = base.open_table("materials").to_arrow().drop_columns(["digest", "light_direction"])
    details = json.loads(rows["details"][0].as_py())
    plain = {"palettes": details["palettes"], "faces": [[0.1, 0.2, 0.3, 0.4]]}
    plain["texts"] = [{"box": [0, 0, 1, 0.5], "text": "New", "score": 0.5}]
    rows = rows.set_column(rows.schema.get_field_index("details"), "details", pa.array([json.dumps(plain)]))
    rows = rows.set_column(rows.schema.get_field_index("schema"), "schema", pa.array([2], pa.int32()))
    base.drop_table("materials")
    base.drop_table("about")
    plain_key = pa.schema([pa.field(field.name, field.type) for field in rows.schema])
    base.create_table("materials", pa.table(rows.columns, schema=plain_key))
    return library


def test_an_older_library_is_brought_to_today(tmp_path: Path) -> None:
    older(tmp_path)
    library = Library(tmp_path)
    assert library.tables.schema_version == VERSION
    (vase,) = library.all()
    assert vase.schema == 2
    assert [(one.kind, one.label) for one in vase.elements] == [("face", ""), ("text", "New")]
    assert library.where("light_direction > 10") == ()
    library.put(perceived(look=LOOK))
    assert len(Library(tmp_path).all()) == 1


def test_what_would_be_done_is_said_first(tmp_path: Path) -> None:
    older(tmp_path)
    tables = Library(tmp_path, migrating=False).tables
    planned = tables.planned()
    assert {"make materials.key the primary key", "add materials.light_direction"} <= set(planned)
    assert any("perceived anew by *" in line for line in planned)
    assert tables.schema_version == 2
    assert set(tables.migrate()) <= set(planned)
    assert tables.planned() == ()


def test_a_newer_library_is_refused(tmp_path: Path) -> None:
    tables = Library(tmp_path).tables
    tables.put("about", [{"key": "schema", "json": str(VERSION + 1)}])
    with pytest.raises(InputError, match="newer than this ddm"):
        Library(tmp_path)


def test_columns_are_added_renamed_and_dropped(tmp_path: Path) -> None:
    tables = Tables(tmp_path)
    tables.put("products", [{"key": "a", "json": "[1]"}])
    opened = {"products": lancedb.connect(str(tmp_path)).open_table("products")}
    steps = (Added("products", "size", "length(json)"), Renamed("products", "json", "text"), Keyed("products"))
    chain = (Migration(3, 4, "text", steps), Migration(4, 5, "no size", (Dropped("products", "size"),)))
    done = migrate(opened, chain[:1])
    assert done == ("add products.size = length(json)", "rename products.json to text")
    assert opened["products"].to_arrow().to_pylist() == [{"key": "a", "text": "[1]", "size": 3}]
    assert migrate(opened, chain[:1]) == ()
    migrate(opened, chain[1:])
    assert opened["products"].schema.names == ["key", "text"]


def test_what_must_be_perceived_anew() -> None:
    assert [one.name for one in due(1, CHAIN, 3)] == ["first", "second"]
    assert anew(2, CHAIN, 4) == {"text"}
    assert anew(1, CHAIN, 4) == {"light", "text"}
    assert anew(4, CHAIN, 4) == frozenset()
    assert anew(0, CHAIN, 4) == {ALL}
    with pytest.raises(InputError, match="no migration"):
        due(0, CHAIN, 4)


def test_the_chain_leads_to_today() -> None:
    assert due(2) == MIGRATIONS
    assert MATERIALS.field("key").nullable is False
    assert equals({"key": "schema"}) == "key = 'schema'"
