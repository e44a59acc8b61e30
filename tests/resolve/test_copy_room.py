"""No room: copy shrinks together, then speaks in shorter words, then drops by priority, then is cut; all of it told."""

from __future__ import annotations

import pytest

from ddm.errors import Unfit
from ddm.resolve import Resolved
from ddm.resolve.concessions import beginnings
from tests.support.copying import result, said, size, stack, text, tops
from tests.support.resolving import origins

LONG = "Stoneware Vase, hand thrown in the Alps"


def test_all_shrink_together_first() -> None:
    layer = stack(text("a", "title", 90), text("b", "cta", 45, '<ddm:fit priority="3"/>'), place='height="110px"')
    found = result(layer)
    assert size(found.document, "a") < 90
    assert size(found.document, "a") / size(found.document, "b") == pytest.approx(2, rel=0.1)
    (told,) = origins(found, "g", "scale")
    assert float(told.partition(":")[0]) < 1


def tight(fit: str = "", title: str = LONG, width: str = "300px", **options: object) -> Resolved:
    layer = stack(
        text("t", "title", 60, f'<ddm:fit least="80%" {fit}/>'), place=f'width="{width}"', stack='least="80%"'
    )
    return result(layer, title=title, **options)  # type: ignore[arg-type]


def test_then_shorter_words_are_taken() -> None:
    assert said(tight("lines='2'").document, "t").replace(" / ", " ") == "Stoneware Vase"


def test_but_not_where_there_is_room() -> None:
    assert said(tight(width="100%", title="Stoneware Vase, blue").document, "t") == "Stoneware Vase, blue"


def test_nor_where_the_template_says_no() -> None:
    with pytest.raises(Unfit, match=r"'t' .*Stoneware Vase.* wide at its smallest"):
        tight('lines="2" shorter="no"')


def test_shorter_words_are_told() -> None:
    (told,) = origins(tight("lines='2'"), "t", "wording")
    assert told.startswith("Stoneware Vase: no room for the longer wording")


def test_the_highest_priority_goes_first_and_nought_never() -> None:
    def left(height: str) -> list[str]:
        layer = stack(
            text("a", "title", 60),
            text("b", "tag", 60, '<ddm:fit priority="2" least="40%"/>'),
            text("c", "cta", 60, '<ddm:fit priority="5"/>'),
            place=f'height="{height}"',
            stack='least="90%"',
        )
        return list(tops(result(layer).document))

    assert left("400px") == ["a", "b", "c"]
    assert left("140px") == ["a", "b"]
    assert left("60px") == ["a"]
    with pytest.raises(Unfit, match=r"does not fit 800x10 at 12 px: it is .* high at its smallest"):
        left("10px")


def test_nothing_is_dropped_that_has_room_after_all() -> None:
    layer = stack(
        text("a", "title", 90, '<ddm:fit priority="3" shorter="no"/>'),
        text("c", "cta", 20, '<ddm:fit priority="5"/>'),
        place='width="200px" height="60px"',
        stack='least="90%"',
    )
    assert list(tops(result(layer, title="Incomprehensibilities").document)) == ["c"]


def test_what_was_dropped_is_told_and_costs() -> None:
    def at(height: str) -> Resolved:
        offer = text("c", "cta", 60, '<ddm:fit priority="5"/>')
        return result(stack(text("a", "title"), offer, place=f'height="{height}"', stack='least="90%"'))

    assert origins(at("60px"), "c", "dropped")[0].startswith("yes: no room at the least scale")
    assert origins(at("300px"), "c", "dropped") == []
    assert at("60px").cost > at("300px").cost


def test_at_last_copy_is_cut_short_if_it_may() -> None:
    found = tight('ellipsis="yes" shorter="no" lines="2"')
    whole = said(found.document, "t").replace(" / ", " ")
    assert whole.endswith("…")
    assert LONG.startswith(whole[:-1])
    assert origins(found, "t", "wording")[0].partition(": ")[2].startswith("cut short")


def test_as_much_is_kept_as_has_room() -> None:
    def kept(width: str) -> int:
        return len(said(tight('ellipsis="yes" shorter="no"', width=width).document, "t"))

    assert kept("250px") < kept("400px") < kept("600px")


def test_copy_is_cut_after_words_and_before_odd_signs() -> None:
    assert beginnings("A vase, blue & new") == ["A vase, blue…", "A vase…", "A…"]


def test_inside_a_word_only_where_it_is_the_first() -> None:
    assert beginnings("Incredible vase")[:4] == ["Incredible…", "Incredibl…", "Incredib…", "Incredi…"]
    assert beginnings("Incredible vase")[-1] == "Incred…", "most of the word, or it says nothing"
    assert beginnings("新品上市")[:2] == ["新品上…", "新品…"]


def test_no_number_is_cut() -> None:
    assert beginnings("1299") == []
    assert beginnings("Only $1,299.00 today")[:2] == ["Only $1,299.00…", "Only…"]


def test_a_price_is_never_cut() -> None:
    price = '<ddm:number id="price" from="product.price"/>'
    layer = stack(text("t", "price", 60, '<ddm:fit ellipsis="yes"/>'), place='width="20px"')
    with pytest.raises(Unfit, match=r"'t' .* wide at its smallest"):
        result(layer, objects=price)


def test_what_another_text_says_already_goes_first() -> None:
    layer = stack(text("name", "title", 30, '<ddm:fit priority="3"/>'), text("t", "title", 60), text("b", "cta", 40))
    found = result(layer, title="Stoneware Vase").document
    assert said(found, "t") == "Stoneware Vase"
    assert said(found, "b")
    assert not said(found, "name")


def test_but_two_that_must_stay_may_say_the_same() -> None:
    found = result(stack(text("a", "title"), text("b", "title")), title="Stoneware Vase").document
    assert said(found, "a") == said(found, "b") == "Stoneware Vase"
