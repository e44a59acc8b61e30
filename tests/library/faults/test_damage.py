"""Files that are cut, changed or gone: `verify` names them, and `repair` mends what can be mended."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ddm.acquire.product import Picture
from ddm.errors import InputError
from ddm.library import Library
from ddm.library.deriving import Keys
from ddm.library.repair import repair
from ddm.library.verify import Fault, verify
from ddm.perceive.perception import Perception
from tests.support.materials import Look, perceived, product

LOOK = Look(160, 120)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library")


def put(library: Library, name: str = "a") -> Perception:
    return library.put(perceived(name, "vase", replace(LOOK, width=60 + ord(name), fill=f"#{ord(name):02x}3040")))


def file(library: Library, material: Perception, name: str) -> Path:
    return library.file(library.derive(material, name, {}).href)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def changed(path: Path) -> None:
    body = path.read_bytes()
    path.write_bytes(body[:-30] + bytes(30 - 5) + body[-5:])


def kinds(library: Library) -> list[str]:
    return [fault.kind for fault in verify(Library(library.path))]


@pytest.mark.parametrize("harm", [cut, changed, Path.unlink])
def test_a_picture(library: Library, harm: object) -> None:
    vase, _ = put(library), put(library, "b")
    harm(file(library, vase, "picture"))  # type: ignore[operator]
    found = list(verify(Library(library.path)))
    assert [(fault.kind, fault.material) for fault in found] == [("pixels", vase.id)]


def test_a_cutout_is_drawn_from_its_picture_where_the_fast_form_is_damaged(library: Library) -> None:
    vase = put(library)
    path = file(library, vase, "cutout")
    right = library.load(library.derive(vase, "cutout", {}).href)
    cut(path.with_suffix(".lz4"))
    assert (Library(library.path).load(path.relative_to(library.path).as_posix()) == right).all()
    assert kinds(library) == ["fast"]
    assert [one.lost for one in repair(library, verify(library))] == [False]
    assert kinds(library) == []


def test_damaged_pixels_are_told_where_they_are_loaded(library: Library) -> None:
    vase = put(library)
    href = library.derive(vase, "picture", {}).href
    cut(library.file(href))
    with pytest.raises(InputError, match="are damaged"):
        Library(library.path).load(href)


def test_what_is_derived_is_made_again(library: Library) -> None:
    vase = put(library)
    raster = library.derive(vase, "shadow", {"kind": "drop"})
    cut(library.file(raster.href))
    assert kinds(library) == ["derived"]
    assert all(not one.lost for one in repair(library, verify(library)))
    assert kinds(library) == []
    assert Library(library.path).derive(vase, "shadow", {"kind": "drop"}) == raster
    assert kinds(library) == []


def test_a_description(library: Library) -> None:
    vase = put(library)
    next((library.path / "asked").rglob("*.json")).write_text('{"href":')
    assert {fault.material for fault in verify(library)} == {vase.id}


def test_a_record_without_its_raw_picture_is_dropped_and_told(library: Library) -> None:
    vase, bowl = put(library), put(library, "b")
    matte = library.pixels.find(Keys(vase).of("matte"))
    assert matte
    cut(library.file(matte.href))
    done = list(repair(library, verify(library)))
    assert [one.lost for one in done] == [True]
    assert "harvest its page again" in done[0].done
    assert [one.id for one in Library(library.path).all()] == [bowl.id]


def _table_files(library: Library) -> list[Path]:
    files = (library.path / "tables" / "materials.lance" / "data").glob("*")
    return sorted(files, key=lambda path: path.stat().st_mtime_ns)


def test_a_cut_table_file_costs_the_records_in_it_only(library: Library) -> None:
    """Each write is a file of its own until they are joined; a product's lost picture is told, the rest is kept."""
    vase, bowl, jug = put(library), put(library, "b"), put(library, "c")
    missing = Picture(bowl.id, Path("gone.jpg"), "https://shop.example/b.jpg", 160, 120, "image/jpeg")
    library.put_product(product(pictures=(missing,)))
    cut(_table_files(library)[1])
    found = list(verify(Library(library.path)))
    assert [(fault.kind, fault.at) for fault in found if fault.at >= 0] == [("record", 1)]
    done = list(repair(library, found))
    assert any(one.lost for one in done)
    again = Library(library.path)
    assert {one.id for one in again.all()} == {vase.id, jug.id}
    again.put(perceived("b", "vase", LOOK))
    assert len(again.all()) == 3
    assert [fault for fault in verify(again) if fault.kind != "orphan"] == []


def test_changed_bytes_of_a_record_are_seen(library: Library) -> None:
    put(library)
    path = _table_files(library)[0]
    body = bytearray(path.read_bytes())
    at = body.find(b'"palettes"')
    body[at + 3 : at + 6] = b"XYZ"
    path.write_bytes(bytes(body))
    assert [fault.kind for fault in verify(Library(library.path))][:1] == ["record"]


def test_kinds_say_what_mends_them() -> None:
    assert all(Fault(kind, "", "").mend for kind in ("record", "pixels", "derived", "fast", "orphan"))
