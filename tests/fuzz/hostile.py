"""Templates that mean harm: bombs, circles, depths and masses. Each is made when asked for, none lies in a file."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

from tests.support.templates import PICTURE, SHOWN, source

FRAGMENTS = (
    '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]>',
    "<script>1</script>",
    '<image href="file:///etc/passwd"/>',
    "<g>" * 60,
    "&#0;",
    "]]>",
    "<?php ?>",
    '<use xlink:href="#a"/>',
)
_NOT, _END, _AND, _WISH, _PART, _X = "not (", ")", " and ", "rank desc, ", "where rank = 0|", "x"
CUTOUT = '<ddm:cutout id="hero" otherwise="use photo"/><ddm:image id="photo" otherwise="use hero"/>'


def _bomb(n: int) -> str:
    named = "".join(f'<!ENTITY e{i} "' + f"&e{i - 1};" * 10 + '">' for i in range(1, n))
    return f'<!DOCTYPE svg [<!ENTITY e0 "ha">{named}]>' + source(PICTURE, f"<text>&e{n - 1};</text>")


def _boxes(relation: str) -> Callable[[int], str]:
    """Layers each placed by the next, the last by the first."""

    def made(n: int) -> str:
        rows = (f'<rect id="r{i}x" width="9" height="9">{relation.format(f"r{(i + 1) % n}x")}</rect>' for i in range(n))
        return source(PICTURE, SHOWN + "".join(rows))

    return made


def _chained(n: int) -> str:
    """As many layers, each below the one before: no circle."""
    below = '<ddm:place below="#r{}x 1px" height="1px"/>'
    rows = (f'<rect id="r{i}x">{below.format(i - 1) if i else ""}</rect>' for i in range(n))
    return source(PICTURE, SHOWN + "".join(rows))


def _sequences(n: int) -> str:
    """Each uses the next twice, the last the first: doubling, and a circle."""
    use = '<ddm:use sequence="s{}"/>'
    rows = (f'<ddm:sequence id="s{i}">{use.format((i + 1) % n) * 2}<ddm:blur/></ddm:sequence>' for i in range(n))
    layer = f'<image id="p"><ddm:select object="photo"/>{use.format(0)}</image>'
    return source(PICTURE + "".join(rows), layer * 3)


def _doubling(n: int) -> str:
    """Each sequence uses the next as often as there are uses."""
    use = '<ddm:use sequence="s{}"/>'
    rows = (f'<ddm:sequence id="s{i}">{use.format(i + 1) * n}</ddm:sequence>' for i in range(4))
    last = '<ddm:sequence id="s4"><ddm:blur/></ddm:sequence>'
    layer = '<image><ddm:select object="photo"/><ddm:use sequence="s0"/></image>'
    return source(PICTURE + "".join(rows) + last, layer * n)


def _repeats(n: int) -> str:
    wares = f'<ddm:image id="wares" count="1..{n}" from="products"/>'
    one = '<image><ddm:select object="wares"/><ddm:pick nth="9"/></image>'
    return source(wares, f'<g><ddm:repeat object="wares" most="12"/>{one * min(n, 400)}</g>' * 10)


def _condition(n: int) -> str:
    return source(PICTURE, f'<rect ddm:when="{_NOT * n}canvas.ratio gt 1{_END * n}"/>' + SHOWN)


def _wide(n: int) -> str:
    test = "canvas.ratio gt 1 or canvas.ratio lt 2 and not canvas.width in 1px..9px"
    return source(PICTURE, f'<rect width="9" height="9" ddm:when="{_AND.join([test] * n)}"/>' + SHOWN)


def _objects(n: int) -> str:
    rows = (f'<ddm:image id="o{i}" from="product products scenes" harmony="o{i and i - 1}"/>' for i in range(n))
    return source("".join(rows), "".join(f'<image><ddm:select object="o{i}"/></image>' for i in range(n)))


def _written(n: int) -> str:
    copy = '<ddm:copy id="line" from="product.title product.description"/>'
    text = '<text font-size="20"><ddm:select object="line"/><ddm:fit lines="8" least="30%" priority="3"/></text>'
    return source(PICTURE + copy, f'{SHOWN}<g><ddm:stack least="20%"/>{text * n}</g>')


TEXTS: Mapping[str, tuple[Callable[[int], str], tuple[int, ...]]] = {
    "entities": (_bomb, (3, 12, 60)),
    "above": (_boxes('<ddm:place above="#{}"/>'), (2, 50, 900)),
    "sizes": (_boxes('<ddm:size of="#{}" width="50%"/>'), (2, 50, 900)),
    "aligned": (_boxes('<ddm:align with="#{}" edges="left top"/>'), (2, 50, 900)),
    "apart": (_boxes('<ddm:place above="#{0}" below="#{0}"/>'), (2, 60)),
    "chained": (_chained, (50, 400, 2000)),
    "sequences": (_sequences, (1, 5, 300)),
    "doubling": (_doubling, (3, 40)),
    "repeats": (_repeats, (12, 99, 400)),
    "nots": (_condition, (25, 200, 500)),
    "ands": (_wide, (4, 20, 27)),
    "objects": (_objects, (9, 64, 900)),
    "written": (_written, (40, 300)),
    "uses": (lambda n: source(CUTOUT, '<image><ddm:select object="hero"/></image>' * n), (1, 9)),
    "deep": (lambda n: source(PICTURE, "<g>" * n + "</g>" * n), (30, 45, 100_000)),
    "many": (lambda n: source(PICTURE, "<g/>" * n), (4000, 200_000, 1_000_000)),
    "broad": (lambda n: source(PICTURE, "<g " + " ".join(f'a{i}="1"' for i in range(n)) + "/>"), (60, 90_000)),
    "long": (lambda n: source(PICTURE, f'<g id="{_X * n}"/>'), (300, 900_000)),
    "spoken": (lambda n: source(PICTURE, f"<text>{_X * n}</text>"), (9, 300_000)),
    "wishes": (lambda n: source(f'<ddm:image id="p" prefer="{_WISH * n}rank = 0"/>', ""), (15, 300)),
    "chains": (lambda n: source(f'<ddm:image id="p" otherwise="{_PART * n}drop"/>', ""), (7, 200)),
}
"""What it is made of -> (a template of that size, sizes on both sides of the limits)."""


def hostile(rnd: random.Random) -> str:
    made, sizes = TEXTS[rnd.choice(list(TEXTS))]
    return made(rnd.choice(sizes))
