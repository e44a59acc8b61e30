"""Objects with a count: which of their items is meant must be known wherever one is used."""

from tests.support.templates import PICTURE, SHOWN, compiled, found, told

ITEMS = '<ddm:cutout id="item" from="products" count="2..4"/>'
NAMES = '<ddm:copy id="name" from="product.title" of="item"/>'
IMAGE = '<image id="i"><ddm:select object="item"/></image>'
TEXT = '<text id="t">A<ddm:select object="name"/></text>'


def repeated(inside: str, object: str = "item") -> str:
    return f'<g id="row"><ddm:repeat object="{object}"/>{inside}</g>'


def test_a_group_is_repeated_for_each_item() -> None:
    assert told(ITEMS + NAMES, repeated(IMAGE + TEXT)) == []


def test_layers_further_inside_have_the_same_item() -> None:
    assert told(ITEMS, repeated(f'<g id="cell">{IMAGE}</g>')) == []


def test_other_objects_may_be_used_inside() -> None:
    assert told(ITEMS + PICTURE, repeated(IMAGE + SHOWN)) == []


def test_outside_of_a_repeat_it_is_not_known_which_item_is_meant() -> None:
    error, other = found(ITEMS + NAMES, IMAGE + TEXT).errors
    assert (error.code, error.text, error.what) == ("which-item", "item", "'item' stands for several items")
    assert error.mend == 'put the layer into a group with <ddm:repeat object="item"/>'
    assert (other.code, other.text, other.mend) == ("which-item", "name", error.mend)


def test_the_repeat_must_be_of_that_object() -> None:
    others = ITEMS.replace('"item"', '"other"')
    assert told(ITEMS + others, repeated(IMAGE, "other")) == [("which-item", "item")]


def test_only_objects_with_a_count_can_be_repeated() -> None:
    (error,) = found(ITEMS + PICTURE, SHOWN + repeated(IMAGE, "photo")).errors[:1]
    assert (error.code, error.what) == ("unknown-reference", "repeat object: no object with a count is called 'photo'")


def test_copy_of_items_cannot_be_repeated_by_itself() -> None:
    assert ("unknown-reference", "name") in told(ITEMS + NAMES, repeated(TEXT, "name"))


def test_a_repeat_cannot_stand_in_a_repeat() -> None:
    inner = repeated(IMAGE).replace('"row"', '"inner"')
    assert told(ITEMS, repeated(inner)) == [("wrong-place", "<ddm:repeat")]


def test_a_condition_names_no_item() -> None:
    layer = repeated(IMAGE.replace("<image", '<image ddm:when="item.ratio ge 1"'))
    (error,) = found(ITEMS, layer).errors
    assert (error.code, error.text) == ("which-item", "item.ratio")
    assert error.mend == "on a layer that selects 'item' in its repeat, write 'ratio'"


def test_a_layer_may_speak_of_its_own_item() -> None:
    assert told(ITEMS, repeated(IMAGE.replace("<image", '<image ddm:when="ratio ge 1"'))) == []


def test_the_count_is_compiled() -> None:
    item = compiled(ITEMS, repeated(IMAGE)).objects["item"]
    assert (item.count, item.counted) == ((2, 4), True)


def test_a_palette_is_of_one_picture() -> None:
    (error,) = found(ITEMS + '<ddm:palette id="mood" of="item"/>', repeated(IMAGE)).errors
    assert (error.code, error.text, error.mend) == ("which-item", "item", "take the colours of a single one")


def test_a_picture_is_matched_to_one_picture() -> None:
    layer = SHOWN.replace("</image>", '<ddm:tone like="item"/></image>')
    (error,) = found(ITEMS + PICTURE, repeated(IMAGE) + layer).errors
    assert (error.code, error.text, error.mend) == ("which-item", "item", "name an object without a count")
