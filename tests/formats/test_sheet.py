"""Sheets for designers: plain SVG of what a format keeps free."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from ddm.errors import InputError
from ddm.formats.catalogue import find, shipped
from ddm.formats.cli import app
from ddm.formats.sheet import drawn, sheet
from ddm.svg.check import check
from ddm.svg.tree import Rect, Text
from ddm.svg.writer import write


@pytest.mark.parametrize("name", shipped().formats)
def test_every_sheet_is_plain_svg(name: str) -> None:
    check(write(sheet(find(name))))


def test_it_shows_what_is_reserved_and_why() -> None:
    row = find("tencent-splash-1080x1920")
    children = sheet(row).children
    boxes = [child.box for child in children if isinstance(child, Rect)]
    assert {row.canvas, row.safe_box, *row.reserved} <= set(boxes)
    assert set(row.reasons) <= {child.text for child in children if isinstance(child, Text)}


def test_labels_leave_out_what_has_no_room() -> None:
    assert len([child for child in sheet(find("iab-feature-120x20")).children if isinstance(child, Text)]) <= 1


def test_drawn_by_the_command(tmp_path: Path) -> None:
    path = tmp_path / "sheet.svg"
    assert CliRunner().invoke(app, ["draw", "640x400", "-o", str(path)]).exit_code == 0
    assert path.read_text("utf-8") == write(sheet(find("640x400")))


def test_drawn_as_a_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()  # the fonts lie at home
    assert drawn(find("mrec-300x250"), "png").startswith(b"\x89PNG")


def test_an_unknown_type_of_file() -> None:
    with pytest.raises(InputError, match="cannot be a 'gif' file"):
        drawn(find("mrec-300x250"), "gif")
