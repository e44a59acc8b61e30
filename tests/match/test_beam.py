"""The order in which objects are filled, and that the search is bounded."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ddm.match import Pool, match
from ddm.match.beam import BEAM, order, search
from ddm.match.options import Options
from tests.support.matching import backdrop
from tests.support.materials import material, product
from tests.support.templates import compiled


def filled(objects: str) -> list[str]:
    return [spec.id for spec in order(list(compiled(objects).objects.values()))]


@pytest.mark.parametrize(
    ("objects", "expected"),
    [
        ('<ddm:image id="a"/><ddm:image id="b"/>', ["a", "b"]),
        ('<ddm:image id="a"/><ddm:image id="b"/><ddm:image id="c" light="a"/>', ["a", "c", "b"]),
        ('<ddm:image id="a" otherwise="use b"/><ddm:image id="b"/>', ["b", "a"]),
    ],
)
def test_related_objects_follow_one_another(objects: str, expected: list[str]) -> None:
    assert filled(objects) == expected


def test_only_so_many_are_kept() -> None:
    template = compiled('<ddm:image id="x" from="scenes"/><ddm:image id="y" from="scenes"/>')
    shelf = Pool([backdrop(name) for name in "abcdefghijklmnop"])
    options = Options(product(), shelf)
    assert len(search(list(template.objects.values()), options)) == BEAM


def test_many_objects_of_many_pictures_come_to_an_end() -> None:
    """Nine objects with sixteen candidates each: 16 ** 9 combinations."""
    names = "abcdefghi"
    objects = "".join(
        f'<ddm:image id="{n}" harmony="{names[i - 1]}"/>' if i else '<ddm:image id="a"/>' for i, n in enumerate(names)
    )
    pool = [material(name, quality__sharpness=i / 16) for i, name in enumerate("abcdefghijklmnop")]
    found = match(compiled(objects), product(), Pool(pool, [product()]))
    assert len({m.id for m in map(found[0].material, names) if m}) == 9


def test_a_rarely_met_object_decides_early_ones() -> None:
    """The product whose picture has a partner is found although others rank far before it."""
    heroes = [material(chr(97 + i), f"p{i}", quality__sharpness=1 - i / 20) for i in range(8)]
    partner = replace(material("z", "p6"), attributes=material("z", "p6", ratio=9).attributes)
    template = compiled(
        '<ddm:image id="hero" from="products" prefer="quality.sharpness desc"/>'
        '<ddm:image id="detail" from="products" where="ratio ge 9" same-product="hero"/>'
    )
    found = match(template, product(), Pool([*heroes, partner]))[0]
    assert found.material("hero") is heroes[6]
