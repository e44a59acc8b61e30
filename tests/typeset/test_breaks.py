import pytest
from hypothesis import given
from hypothesis import strategies as st
from uniseg.graphemecluster import grapheme_clusters
from uniseg.linebreak import line_break_boundaries

from ddm.typeset.breaks import PRICE, clusters, opportunities

WORDS = st.text("ab1 ,-(“¥%新品。「々ー\u0301e\u200d👩🏽é", max_size=16)


def pieces(text):
    ends = opportunities(text)
    return [text[start:stop] for start, stop in zip([0, *ends], ends, strict=False)]


@given(WORDS)
def test_clusters_are_those_of_uax_29(text):
    assert clusters(text) == list(grapheme_clusters(text))


@given(WORDS)
def test_breaks_are_those_of_uax_14_but_for_prices(text):
    guarded = [found.span() for found in PRICE.finditer(text)]
    wanted = [end for end in line_break_boundaries(text) if end and not any(a < end < b for a, b in guarded)]
    assert [end for end in opportunities(text) if end] == wanted


@pytest.mark.parametrize(
    "price",
    ["$1,299.00", "¥39", "1 299,00 €", "USD 20", "R$ 1.299,90", "CHF 1'299.00", "20 USD", "￥39.9元", "US$ 5", "- 5"],
)
def test_prices_stay_whole(price):
    if price == "- 5":
        assert len(pieces(f"now {price} only")) > 3
    else:
        assert any(price in piece for piece in pieces(f"now {price} only"))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("新品上市，立减！", ["新", "品", "上", "市，", "立", "减！"]),
        ("（包邮）好", ["（包", "邮）", "好"]),
        ("5 chairs USA 3 tables", ["5 ", "chairs ", "USA 3 ", "tables"]),
        ("", [""]),
    ],
)
def test_pieces(text, wanted):
    assert pieces(text) == wanted
