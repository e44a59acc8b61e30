"""Hypothesis strategies for documents whose numbers have three decimals, as the writer rounds them."""

from __future__ import annotations

from hypothesis import strategies as st

from ddm.geometry import Box
from ddm.svg.tree import (
    Clip,
    Document,
    Ellipse,
    Group,
    Image,
    LinearGradient,
    Meta,
    Path,
    RadialGradient,
    Rect,
    Stop,
    Text,
)


def thousandths(low: float, high: float) -> st.SearchStrategy[float]:
    return st.integers(round(low * 1000), round(high * 1000)).map(lambda value: value / 1000)


NUMBER, LENGTH, FRACTION = thousandths(-2000, 4000), thousandths(0, 4000), thousandths(0, 1)
COLOUR = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")
WORDS = st.text(
    st.one_of(
        st.sampled_from(" <>&\"'$ ¥,.0123"),
        st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"),
    ),
    max_size=24,
)
META = st.builds(
    Meta,
    id=st.just(""),
    role=st.sampled_from(["background", "image", "subject", "shadow", "decoration", "copy", "scrim"]),
    object=WORDS,
)
BOX = st.builds(Box, NUMBER, NUMBER, LENGTH, LENGTH)
STOPS = st.lists(st.builds(Stop, FRACTION, COLOUR, FRACTION), max_size=3).map(tuple)
PAINT = st.one_of(
    COLOUR,
    st.builds(LinearGradient, NUMBER, NUMBER, NUMBER, NUMBER, STOPS),
    st.builds(RadialGradient, NUMBER, NUMBER, LENGTH, STOPS),
)
STROKE = {"opacity": FRACTION, "stroke": st.one_of(st.just(""), COLOUR), "stroke_width": LENGTH, "meta": META}
IMAGE = st.builds(
    Image,
    href=st.sampled_from(["a.jpg", "../library/pixels/ab/abcd.webp", "pixels/图.png"]),
    box=BOX,
    mirror=st.booleans(),
    opacity=FRACTION,
    blend=st.sampled_from(["normal", "multiply", "screen"]),
    meta=META,
)
TEXT = st.builds(
    Text,
    text=WORDS,
    x=NUMBER,
    y=NUMBER,
    family=st.sampled_from(["Inter", "Noto Sans CJK SC"]),
    size=LENGTH,
    weight=st.sampled_from([100, 400, 700, 900]),
    italic=st.booleans(),
    fill=COLOUR,
    opacity=FRACTION,
    letter_spacing=NUMBER,
    direction=st.sampled_from(["ltr", "rtl"]),
    decoration=st.sampled_from(["", "line-through", "underline"]),
    width=LENGTH,
    meta=META,
)
LEAF = st.one_of(
    IMAGE,
    TEXT,
    st.builds(Rect, BOX, PAINT, LENGTH, **STROKE),
    st.builds(Ellipse, BOX, PAINT, **STROKE),
    st.builds(Path, st.sampled_from(["M0 0L10 10Z", "m1,2 3-4 a5 5 0 0115 5z"]), st.one_of(st.none(), PAINT), **STROKE),
)
NODE = st.recursive(
    LEAF,
    lambda inner: st.builds(
        Group,
        st.lists(inner, max_size=3).map(tuple),
        FRACTION,
        st.one_of(st.none(), st.builds(Clip, BOX, LENGTH)),
        thousandths(-360, 360),
        st.tuples(NUMBER, NUMBER),
        META,
    ),
    max_leaves=6,
)
DOCUMENT = st.builds(
    Document,
    width=st.integers(1, 4000),
    height=st.integers(1, 4000),
    children=st.lists(NODE, max_size=4).map(tuple),
    title=WORDS,
    lang=st.sampled_from(["", "en", "zh-Hans"]),
)
