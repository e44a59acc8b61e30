"""Faces are found by nearest weight, every fetched file is the family it claims, and fontconfig sees only ours."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
import uharfbuzz

from ddm import fonts
from ddm.errors import InputError, Missing
from ddm.fonts.store import fallbacks, nearest
from ddm.fonts.table import TABLE, Font


@pytest.mark.parametrize(
    ("family", "weight", "italic", "found"),
    [
        ("Inter", 650, False, 700),
        ("Inter", 450, False, 400),
        ("Inter", 100, False, 400),
        ("Manrope", 900, False, 800),
        ("League Spartan", 800, False, 900),
        ("League Spartan", 600, False, 700),
        ("Bebas Neue", 900, False, 400),
        ("Inter", 800, True, 400),
        ("EB Garamond", 700, True, 400),
    ],
)
def test_nearest_weight(family: str, weight: int, italic: bool, found: int) -> None:
    font = nearest(family, weight, italic)
    assert (font.family, font.weight, font.italic) == (family, found, italic)


def test_slope_gives_way_where_a_family_has_none() -> None:
    assert not nearest("Manrope", 700, True).italic


def test_unknown_family_names_the_others() -> None:
    with pytest.raises(InputError, match=r"unknown font family 'Arial' \(one of Inter, Manrope"):
        fonts.file("Arial", 400, False)


def test_missing_names_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DDM_HOME", str(tmp_path))
    with pytest.raises(Missing, match=r"Inter-Bold\.otf of Inter is not fetched") as caught:
        fonts.file("Inter", 700, False)
    assert caught.value.mend == "ddm fonts fetch"


def test_fallbacks_by_script() -> None:
    assert fallbacks("Hani")[0] == "Noto Sans CJK SC"
    assert fallbacks("Arab") == ("Noto Sans Arabic",)
    assert fallbacks("Zsye") == ("Noto Color Emoji",)
    assert fallbacks("Latn") == ()


@pytest.mark.models
@pytest.mark.parametrize("font", TABLE, ids=lambda font: f"{font.family} {font.weight}{' italic' * font.italic}")
def test_file_is_the_face_it_claims(font: Font) -> None:
    found = fonts.file(font.family, font.weight, font.italic)
    assert (found.weight, found.italic, found.index) == (font.weight, font.italic, font.index)
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(found.path)), found.index)
    name = uharfbuzz.OTNameIdPredefined
    names = {face.get_name(name.FONT_FAMILY), face.get_name(name.TYPOGRAPHIC_FAMILY)}
    assert any(each and each.startswith(font.family) for each in names)
    assert uharfbuzz.Font(face).get_nominal_glyph(ord(SAMPLES.get(font.family, "é")))


SAMPLES = {"Noto Sans CJK SC": "骨", "Noto Serif CJK SC": "骨", "Noto Sans Arabic": "ع", "Noto Color Emoji": "🙂"}


@pytest.mark.models
def test_fontconfig_sees_only_ours() -> None:
    if shutil.which("fc-list") is None:
        pytest.skip("fc-list is not installed")
    environment = {**os.environ, "FONTCONFIG_FILE": str(fonts.fontconfig_file())}
    said = subprocess.run(
        ["fc-list", "--format", "%{file}\n"], env=environment, capture_output=True, text=True, check=True
    )
    listed = {Path(line) for line in said.stdout.splitlines()}
    assert listed == {fonts.directory() / font.file for font in TABLE}


def test_fontconfig_file_escapes_its_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DDM_HOME", str(tmp_path / "a & b"))
    assert "a &amp; b/fonts</dir>" in fonts.fontconfig_file().read_text("utf-8")
