"""`ddm import`: a file in, a template and its sample pictures out."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ddm.cli import app
from ddm.errors import InputError
from ddm.language.compile import load
from ddm.language.importing.files import import_file
from tests.language.importing.drawing import DRAWINGS, OPEN


def test_the_template_is_written_with_its_pictures_beside_it(tmp_path: Path) -> None:
    import_file(DRAWINGS / "figma.svg", tmp_path / "made" / "post.svg")
    assert {path.name for path in (tmp_path / "made").rglob("*.*")} == {"post.svg", "post-1.png"}
    template = load(tmp_path / "made" / "post.svg")
    sample = next(layer for layer in template.layers if layer.tag == "image").attributes["href"]
    assert (tmp_path / "made" / sample).is_file()


def test_links_are_told_from_where_the_template_lies(tmp_path: Path) -> None:
    (tmp_path / "drawn").mkdir()
    drawing = tmp_path / "drawn" / "a.svg"
    drawing.write_text(f'{OPEN}<image id="a | cutout" width="90" height="90" href="vase.png"/></svg>', "utf-8")
    assert 'href="../drawn/vase.png"' in import_file(drawing, tmp_path / "made" / "a.svg").template


def test_without_an_output_nothing_is_written(tmp_path: Path) -> None:
    made = import_file(DRAWINGS / "figma.svg")
    assert not made.pictures
    assert any("without files beside it" in finding.what for finding in made.findings)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="cannot read the drawing"):
        import_file(tmp_path / "a.svg")


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["import", *words])
    return result.exit_code, result.stdout


def test_the_command_prints_the_template() -> None:
    code, out = run(str(DRAWINGS / "inkscape.svg"))
    assert (code, out.startswith("<svg")) == (0, True)


def test_the_command_speaks_json(tmp_path: Path) -> None:
    code, out = run(str(DRAWINGS / "illustrator.svg"), "-o", str(tmp_path / "a.svg"), "--json")
    told = json.loads(out)
    assert (code, told["program"], told["pictures"]) == (0, "Illustrator", ["sample/a-1.png"])
    assert {finding["severity"] for finding in told["findings"]} == {"warning"}


def test_a_name_that_cannot_be_read_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text(f'{OPEN}<image id="a | cutuot" width="9" height="9" href="b.png"/></svg>', "utf-8")
    assert run(str(tmp_path / "a.svg"))[0] == 1
