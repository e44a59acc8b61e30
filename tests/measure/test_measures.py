"""Every measure, drawn by the real renderer: a good creative passes it, a creative bad in one way fails it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from ddm.errors import InputError
from ddm.formats import catalogue
from ddm.geometry import Box
from ddm.measure import TABLE, Context, Scores, measure, reader
from ddm.measure.evidence import Evidence
from ddm.measure.material import context_of, cut_sides, matte_over, own_part
from ddm.measure.picture import subject_whole
from ddm.perceive.perception import Maps, Perception, Raster
from ddm.render import Renderer
from ddm.svg.tree import Clip, Document, Ellipse, Group, Image, LinearGradient, Meta, Node, Rect, Stop, Text

FORMAT = catalogue.find("square-800")
SIDE = 400


def _disc() -> npt.NDArray[np.uint8]:
    """A matte: a disc of radius 0.4 in the middle."""
    y, x = np.mgrid[:SIDE, :SIDE] / SIDE - 0.5
    return np.where(x * x + y * y < 0.16, 255, 0).astype(np.uint8)


MATTE = _disc()
PHOTO = np.dstack([np.full_like(MATTE, 210), 210 - MATTE // 2, 210 - MATTE // 2])
CUTOUT = np.dstack([MATTE // 4, MATTE // 2, MATTE // 3, MATTE])
STEPPED = np.where(np.arange(SIDE)[None, :, None] < SIDE // 2, 200, 212).astype(np.uint8).repeat(SIDE, 0).repeat(3, 2)
PLAIN = np.full((SIDE, SIDE, 3), 235, np.uint8)
RASTERS = {"plain.webp": PLAIN, "photo.webp": PHOTO, "cutout.webp": CUTOUT, "stepped.webp": STEPPED}

GROUND = Rect(Box(0, 0, 800, 800), "#f3efe6", meta=Meta(role="background"))
HERO = Image("cutout.webp", Box(150, 250, 500, 500), meta=Meta("hero", "subject", "hero"))


def headline(text: str = "Made by hand", x: float = 60, y: float = 130, size: float = 72, **more: object) -> Text:
    style: dict[str, object] = {"weight": 700, "fill": "#22302c", "meta": Meta("headline", "copy", "title"), **more}
    return Text(text, x, y, "Inter", size, **style)  # type: ignore[arg-type]


def creative(*nodes: Node) -> Document:
    return Document(800, 800, (GROUND, *nodes))


def judged(document: Document, **changes: object) -> Scores:
    known: Mapping[str, object] = {
        "sizes": dict.fromkeys(RASTERS, (SIDE, SIDE)),
        "mattes": dict.fromkeys(RASTERS, MATTE),
        "nbytes": 90_000,
        **changes,
    }
    pixels = Renderer(RASTERS.__getitem__).draw(document)
    return measure(document, pixels, Context(**{"format": FORMAT, **known}))  # type: ignore[arg-type]


def small(text: str = "Solid oak, from one tree", y: float = 190, **more: object) -> Text:
    return headline(text, y=y, size=26, weight=400, **more)


GOOD = creative(HERO, headline(), small())


def test_a_good_creative_meets_every_target() -> None:
    """Its subject is cut at a side that lies on the canvas's border; its photograph is grown without a trace."""
    photo = Image("plain.webp", Box(0, 0, 800, 800), meta=Meta("photo", "image"))
    low = replace(HERO, box=Box(150, 300, 500, 500))
    grown = {"plain.webp": Box(0.25, 0, 0.75, 1)}
    known = {"mattes": {"cutout.webp": MATTE}, "sizes": {"plain.webp": (800, 800)}}
    cuts = {"cutout.webp": frozenset({"bottom"})}
    few = replace(FORMAT, text="little", text_share=0.3, reserved=(Box(0, 780, 800, 20),))
    good = creative(photo, low, headline(), small())
    scores = judged(good, reader=reader(), grown=grown, cuts=cuts, format=few, **known)
    assert scores.failures == ()
    assert scores.worst == 1.0
    assert set(scores.values) == set(TABLE)


def test_what_does_not_apply_has_no_score() -> None:
    assert set(judged(creative(), nbytes=0).values) == {"fits", "safe"}


def test_a_picture_of_another_size_is_refused() -> None:
    with pytest.raises(InputError, match="uint8"):
        measure(GOOD, np.zeros((10, 10, 3), np.uint8), Context(FORMAT))


BAD: dict[str, Document] = {
    "read_back": creative(HERO, headline(), Rect(Box(50, 60, 300, 80), "#f3efe6")),
    "contrast": creative(HERO, small(fill="#b9b4a8")),
    "contrast_large": creative(HERO, headline(fill="#c9c4b8")),
    "fits": creative(HERO, headline("Made by hand in a very long line")),
    "safe": creative(HERO, headline(x=4)),
    "subject_whole": creative(replace(HERO, box=Box(400, 250, 500, 500)), headline()),
    "subject_clear": creative(HERO, headline(y=500)),
    "cut_shows": creative(Image("photo.webp", Box(150, 200, 500, 500), meta=Meta("hero", "image")), headline()),
    "seam": creative(Image("stepped.webp", Box(0, 0, 800, 800), meta=Meta("photo", "image")), headline()),
    "true_shape": creative(replace(HERO, box=Box(150, 250, 500, 440)), headline()),
    "enlargement": creative(replace(HERO, box=Box(100, 200, 600, 600)), headline()),
    "subject_seen": GOOD,
    "weight": GOOD,
    "text_share": creative(HERO, headline(), small()),
}


@pytest.mark.parametrize("name", TABLE)
def test_each_measure_fails_on_what_is_bad_in_its_way(name: str) -> None:
    full = np.full((SIDE, SIDE), 255, np.uint8)
    changes: dict[str, object] = {
        "read_back": {"reader": reader()},
        "weight": {"nbytes": 600_000},
        "subject_seen": {"format": replace(FORMAT, reserved=(Box(0, 400, 800, 400),))},
        "text_share": {"format": replace(FORMAT, text="little", text_share=0.05)},
        "cut_shows": {"cuts": {"photo.webp": frozenset({"top"})}, "mattes": {"photo.webp": full}},
        "seam": {"grown": {"stepped.webp": Box(0.5, 0, 0.5, 1)}, "mattes": {}},
    }.get(name, {})
    scores = judged(BAD[name], **changes)
    assert TABLE[name].excess(scores.values[name]) > 0
    assert scores.worst < 1
    assert any(failure.startswith(f"{name} is ") for failure in scores.failures)


# ------------------------------------------------------------------------------------------------ copy


def test_what_stands_before_copy_is_no_part_of_its_contrast() -> None:
    """The disc hides the middle of a line whose ink is its own colour: what is left of it is read on the ground."""
    line = headline(fill="#3f7f55", y=300)
    behind, bare = judged(creative(line, HERO)), judged(creative(line))
    assert behind.values["contrast_large"] == pytest.approx(bare.values["contrast_large"], rel=0.05)
    on_top = judged(creative(HERO, replace(line, y=500)))
    assert on_top.values["contrast_large"] < 2


def test_small_print_is_read_too() -> None:
    lines = [
        headline(words, y=120 + 40 * i, size=18, weight=400) for i, words in enumerate(("£129.00", "Free returns"))
    ]
    assert judged(creative(*lines), reader=reader()).values["read_back"] == 1.0


def test_chinese_is_read_and_turned_copy_is_turned_back() -> None:
    chinese = replace(headline("手工制作的花瓶"), family="Noto Sans CJK SC")
    turned = Group((headline("Today only", x=300, y=400),), rotate=-12, pivot=(400, 400))
    assert judged(creative(chinese, turned), reader=reader()).values["read_back"] == 1.0


def test_struck_prices_and_scripts_the_recogniser_lacks_are_left_out() -> None:
    was = headline("£129.00", decoration="line-through")
    arabic = replace(headline("صنع يدوي", y=300), family="Noto Sans Arabic", direction="rtl")
    assert "read_back" not in judged(creative(was, arabic), reader=reader()).values


def test_contrast_is_measured_on_what_lies_beneath() -> None:
    """The ink and the ground's mean are fine; the ground turns dark under the last letters."""
    stops = (Stop(0.0, "#ffffff"), Stop(0.7, "#ffffff"), Stop(1.0, "#202020"))
    ramp = Rect(Box(0, 0, 800, 800), LinearGradient(0, 0, 560, 0, stops))
    even, uneven = judged(creative(headline())), judged(creative(ramp, headline()))
    assert even.values["contrast_large"] > 8
    assert uneven.values["contrast_large"] < 3


def test_contrast_of_even_colours_is_the_textbook_figure() -> None:
    grey_on_white = creative(Rect(Box(0, 0, 800, 800), "#ffffff"), headline(fill="#767676"))
    assert judged(grey_on_white).values["contrast_large"] == pytest.approx(4.54, abs=0.05)


@pytest.mark.parametrize(
    "document",
    [
        creative(headline(), small(y=140)),
        creative(headline(size=16)),
        creative(headline(x=-30)),
        creative(Group((headline(),), rotate=-60, pivot=(60, 130))),
    ],
    ids=["collides", "too small", "left of the canvas", "turned out of the canvas"],
)
def test_copy_that_does_not_fit_is_counted(document: Document) -> None:
    assert judged(document).values["fits"] == 1


def test_tight_lines_and_neighbours_fit() -> None:
    close = [headline("Deep gypsy", y=130), headline("Typography", y=130 + 72)]
    assert judged(creative(*close)).values["fits"] == 0


def test_reserved_regions_are_closed_to_copy_and_badges() -> None:
    host = replace(FORMAT, reserved=(Box(600, 600, 200, 200),))
    badge = Ellipse(Box(580, 580, 100, 100), "#aa3322", meta=Meta("badge", "copy"))
    assert judged(creative(badge), format=host).values["safe"] == 1
    assert judged(creative(badge)).values["safe"] == 0


# ------------------------------------------------------------------------------------------------ the subject


def lost(*nodes: Node, **changes: object) -> float:
    return judged(creative(*nodes), **changes).values["subject_whole"]


def test_half_a_disc_off_the_canvas_is_half_lost_unless_it_may_bleed() -> None:
    out = replace(HERO, box=Box(550, 250, 500, 500))
    assert lost(out) == pytest.approx(0.5, abs=0.005)
    assert lost(out, bleed=frozenset({"hero"})) == 0


def test_mirrored_and_turned_pictures_are_judged_as_they_lie() -> None:
    half = np.where(np.arange(SIDE) < SIDE // 2, MATTE, 0).astype(np.uint8)
    right = replace(HERO, box=Box(550, 250, 500, 500))
    assert lost(right, mattes={"cutout.webp": half}) == pytest.approx(0, abs=0.005)
    assert lost(replace(right, mirror=True), mattes={"cutout.webp": half}) == pytest.approx(1, abs=0.005)
    turned = Group((right,), rotate=180, pivot=(800, 500))
    assert lost(turned, mattes={"cutout.webp": half}) == pytest.approx(1, abs=0.005)


def test_what_is_painted_later_hides_by_its_strength_and_shape() -> None:
    lid = Rect(Box(150, 250, 250, 500), "#ffffff")
    assert lost(HERO, lid) == pytest.approx(0.5, abs=0.005)
    assert lost(HERO, replace(lid, opacity=0.5)) == pytest.approx(0.25, abs=0.005)
    assert lost(lid, HERO) == 0
    assert lost(HERO, replace(lid, meta=Meta(role="scrim"))) == 0
    assert lost(HERO, Group((lid,), clip=Clip(Box(0, 0, 150, 800)))) == pytest.approx(0, abs=0.005)
    assert lost(HERO, replace(HERO, box=Box(560, 250, 500, 500), meta=Meta(role="subject"))) > 0.3


def test_a_clip_cuts_the_subject() -> None:
    assert lost(Group((HERO,), clip=Clip(Box(150, 250, 500, 250)))) == pytest.approx(0.5, abs=0.005)


def test_a_shadow_is_no_subject() -> None:
    scores = judged(creative(replace(HERO, box=Box(600, 600, 900, 300), meta=Meta(role="shadow"))))
    assert not {"subject_whole", "true_shape", "enlargement"} & set(scores.values)


def test_copy_beneath_or_on_a_card_is_clear_of_the_subject() -> None:
    words = headline(y=500)
    card = Rect(Box(0, 400, 800, 200), "#ffffff")
    assert judged(creative(words, HERO)).values["subject_clear"] == 0
    assert judged(creative(HERO, card, words)).values["subject_clear"] == 0
    assert judged(creative(HERO, words)).values["subject_clear"] > 0.5


def in_view(side: str, *nodes: Node) -> float:
    full = np.full((SIDE, SIDE), 255, np.uint8)
    changes = {"cuts": {"photo.webp": frozenset({side})}, "mattes": {"photo.webp": full}}
    return judged(creative(*nodes), **changes).values["cut_shows"]


def test_a_cut_edge_shows_unless_a_border_or_a_later_element_hides_it() -> None:
    photo = Image("photo.webp", Box(200, 200, 400, 400), meta=Meta("hero", "subject"))
    assert in_view("top", photo) == pytest.approx(0.5, abs=0.005)
    for y in (0, 1.5, -20):
        assert in_view("top", replace(photo, box=Box(200, y, 400, 400))) == 0
    turned = Group((replace(photo, box=Box(200, 400, 400, 400)),), rotate=180, pivot=(400, 400))
    assert in_view("top", turned) == pytest.approx(0.5, abs=0.005)
    assert in_view("bottom", turned) == 0
    assert in_view("top", Group((photo,), clip=Clip(Box(0, 201, 800, 800)))) == 0
    assert in_view("top", photo, Rect(Box(200, 100, 200, 200))) == pytest.approx(0.25, abs=0.01)
    assert in_view("left", photo) == pytest.approx(0.5, abs=0.005)
    assert in_view("left", replace(photo, box=Box(0, 200, 400, 400))) == 0
    assert in_view("left", replace(photo, box=Box(0, 200, 400, 400), mirror=True)) == pytest.approx(0.5, abs=0.005)


def step(*over: Node, **changes: object) -> float:
    photo = Image("stepped.webp", Box(0, 0, 800, 800), meta=Meta("photo", "image"))
    known = {"grown": {"stepped.webp": Box(0.5, 0, 0.5, 1)}, "mattes": {}, **changes}
    return judged(creative(photo, *over), **known).values.get("seam", 0.0)


def test_a_seam_is_seen_where_it_is_and_only_where_it_is() -> None:
    assert step() > 3
    assert step(grown={"stepped.webp": Box(0.25, 0, 0.75, 1)}) == pytest.approx(1)
    assert step(grown={"stepped.webp": Box(0, 0, 1, 1)}) == 0
    assert step(Rect(Box(300, 0, 200, 800))) == 0


def test_noise_alone_is_no_seam() -> None:
    noise = np.random.default_rng(1).integers(90, 160, (SIDE, SIDE, 3), np.uint8)
    document = creative(Image("noise.webp", Box(0, 0, 800, 800)))
    pixels = Renderer({"noise.webp": noise}.__getitem__).draw(document)
    grown = {"noise.webp": Box(0.3, 0.3, 0.4, 0.4)}
    assert measure(document, pixels, Context(FORMAT, grown=grown)).values["seam"] < 1.5


def seen_picture(*cut: str) -> Perception:
    maps = Maps(*(np.zeros((50, 100, 3), np.uint8), *(np.zeros((50, 100), np.uint8) for _ in range(3))))
    maps.matte[:, 50:] = 255
    attributes = {"width": 1000.0, "height": 500.0, "role": "product", "subject.cut": frozenset(cut)}
    return Perception("a", "p", attributes, maps, {})


def test_what_was_cut_and_what_is_the_photographs_own_follow_the_raster() -> None:
    picture = seen_picture("right", "bottom")
    whole, right = Raster("x", 1000, 500), Raster("x", 500, 500, x=500)
    wider = Raster("x", 4000, 1000, x=-500, scale=2)
    assert cut_sides(picture, whole) == cut_sides(picture, right) == {"right", "bottom"}
    assert cut_sides(picture, wider) == {"bottom"}
    assert own_part(picture, wider) == pytest.approx(Box(0.25, 0, 0.5, 1))


def test_a_context_is_made_of_what_was_used() -> None:
    picture, raster = seen_picture("top"), Raster("x", 1000, 500)
    used = {name: (picture, (name,), raster) for name in ("cutout", "extended", "shadow", "blurred")}
    context = context_of(FORMAT, used)
    assert set(context.sizes) == set(used)
    assert set(context.mattes) == set(context.cuts) == {"cutout", "extended"}
    assert (set(context.grown), context.soft) == ({"extended"}, {"blurred"})


def test_pictures_out_of_focus_may_be_enlarged() -> None:
    document = creative(Image("photo.webp", Box(0, 0, 800, 800)))
    assert judged(document).values["enlargement"] == 2
    assert "enlargement" not in judged(document, soft=frozenset({"photo.webp"})).values


def test_a_matte_follows_its_raster_over_the_source_picture() -> None:
    picture = seen_picture()
    maps = picture.maps
    whole = matte_over(picture, Raster("x", 1000, 500))
    assert np.array_equal(whole, maps.matte)
    grown = matte_over(picture, Raster("x", 2000, 500, x=-500))
    assert grown.shape == (50, 200)
    assert grown.mean() == pytest.approx(whole.mean() / 2, rel=0.02)
    right = matte_over(picture, Raster("x", 250, 250, x=500, scale=0.5))
    assert right.min() == pytest.approx(255, abs=130)
    assert right[:, 1:].min() == 255


def test_judges_work_on_evidence_alone() -> None:
    pixels = np.zeros((800, 800, 3), np.uint8)
    assert subject_whole(Evidence(GOOD, pixels, Context(FORMAT))) is None
