from hypothesis import given, settings

from ddm.geometry import Box
from ddm.svg.check import check
from ddm.svg.reader import read
from ddm.svg.tree import Clip, Document, Group, Image, LinearGradient, Meta, Rect, Stop, Text
from ddm.svg.writer import number, write
from tests.support.documents import DOCUMENT


@given(DOCUMENT)
@settings(max_examples=150, deadline=None)
def test_what_is_written_reads_back_equal_and_is_output_language(document):
    text = write(document)
    check(text)
    assert read(text) == document
    assert write(read(text)) == text


def test_equal_paints_and_clips_are_shared_and_text_is_deterministic():
    scrim = LinearGradient(0, 0, 0, 100, (Stop(0, "#000000", 0.5), Stop(1, "#000000", 0)))
    rect = Rect(Box(0, 0, 10, 10), scrim)
    group = Group((rect, rect), clip=Clip(Box(0, 0, 5, 5), 2))
    text = write(Document(100, 100, (group, group)))
    assert text.count("<linearGradient") == 1
    assert text.count("<clipPath") == 1
    assert text == write(Document(100, 100, (group, group)))


def test_lengths_have_three_decimals_trimmed():
    assert [number(value) for value in (1.0, -0.0001, 0.12345, -2.5, 100)] == ["1", "0", "0.123", "-2.5", "100"]


def test_meta_is_carried():
    text = write(Document(9, 9, (Image("a.png", Box(0, 0, 9, 9), meta=Meta("hero", "subject", "product")),)))
    assert 'id="hero" data-role="subject" data-object="product"' in text


def test_right_to_left_runs_keep_x_at_their_left_end():
    text = write(Document(9, 9, (Text("سعر", 1, 2, "Noto Sans Arabic", 12, direction="rtl"),)))
    assert 'direction="rtl" unicode-bidi="bidi-override" text-anchor="end"' in text


def test_characters_xml_cannot_carry_are_left_out():
    assert ">ab<" in write(Document(9, 9, (Text("a\x00\x1bb", 1, 2, "Inter", 12),)))
