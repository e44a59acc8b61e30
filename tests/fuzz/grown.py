"""Whole templates by chance, from the language's own tables: most compile, so that what lies behind is reached."""

from __future__ import annotations

import random
from collections.abc import Sequence

from ddm.language.operations import OPERATIONS
from ddm.language.vocabulary import COPY_SOURCES, NUMBER_SOURCES
from tests.fuzz.values import Names, condition, operation, test

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:ddm="urn:ddm:1" viewBox="{box}" ddm:ratios="{ratios}">'
FAMILIES = ("Inter", "Manrope, Noto Sans CJK SC", "EB Garamond, Noto Serif CJK SC", "League Spartan")
SAMPLES = ("A quiet green", "一抹静谧的绿", "أخضر هادئ", "Wi\u0308de", "")
MATERIAL = ("subject.area", "rank", "matte.quality", "text.area", "subject.cut", "quality.sharpness", "light.side")
HARMONIES = ("", "", "analogous", "complementary", "triadic", "monochrome")
PICTURED = ("place", "size", "align", "crop", "mirror", "rotate", "extend", "erase", "tone", "tint", "blur", "pick")
SUBJECTS = ("shadow", "reflection", "outline", "relight")
SHAPED = ("place", "size", "align", "rotate", "recolour", "keep", "drop")
SUBJECTLESS = ("subject", "subject-size", "in", "avoid", "margin")


class Growth:
    """One template in the making."""

    def __init__(self, rnd: random.Random) -> None:
        self.rnd, self.names, self.counted_copy = rnd, Names(), ""
        self.names.never = rnd.choice(("above", "below")), rnd.choice(("before", "after"))
        self.kinds: dict[str, str] = {}
        self.sequences: dict[str, bool] = {}
        self.count = 0

    def template(self) -> str:
        rnd = self.rnd
        objects = self.objects()
        layers = "\n".join(self.layers(rnd.choice((2, 4, 7))))
        box = rnd.choice((*("0 0 800 800",) * 20, *("-50 20 1200 628",) * 5, "0 0 1 1", "0 0 90000 3"))
        top = OPEN.format(box=box, ratios=rnd.choice(("0.001..9999", "0.05..20")))
        return f"{top}\n<title>Grown</title>\n<ddm:objects>\n{objects}\n</ddm:objects>\n{layers}\n</svg>"

    def objects(self) -> str:
        rnd = self.rnd
        made = [
            self.picture("hero"),
            *(self.picture(name) for name in ("photo", "scene", "mark") if rnd.random() < 0.6),
        ]
        if rnd.random() < 0.35:
            made.append(self.picture("wares", rnd.choice(("2", "1..4", "2..12", "3..3"))))
        made += [self.copy(f"line{n}") for n in range(rnd.randrange(1, 4))]
        made += [self.number(f"figure{n}") for n in range(rnd.randrange(3))]
        made += [self.palette(f"mood{n}") for n in range(rnd.randrange(1, 3))]
        if self.names.items and rnd.random() < 0.8:
            made.append(f'<ddm:copy id="each" from="product.title" of="wares" otherwise="{rnd.choice(ENDS)}"/>')
            self.counted_copy = "each"
        made += [self.sequence(name) for name in ("soft", "firm", "both") if rnd.random() < 0.4]
        return "\n".join(made)

    def picture(self, name: str, count: str = "") -> str:
        """Relations name pictures that are there already."""
        rnd, kind = self.rnd, self.rnd.choice(("image", "cutout"))
        kind = {"hero": "cutout", "scene": "image", "mark": "logo"}.get(name, kind)
        sources = {"scene": "scenes", "mark": "logos"}.get(
            name, rnd.choice(("product", "products", "product products"))
        )
        given = {"id": name, "from": sources}
        if rnd.random() < 0.3:
            given["where"] = " and ".join(test(rnd, rnd.choice(MATERIAL)) for _ in range(1))
        if rnd.random() < 0.5:
            given["prefer"] = f"rank = 0, {rnd.choice(('matte.quality desc 2', 'subject.area asc', 'rank desc'))}"
        if count:
            given["count"] = count
        for relation in ("against", "same-product", "other-than", "light", "harmony"):
            if self.names.pictures and rnd.random() < 0.12:
                given[relation] = rnd.choice(self.names.pictures)
        given["otherwise"] = self.chain(self.names.pictures if not count else (), "subject.area ge 1%")
        (self.names.items if count else self.names.pictures).append(name)
        self.kinds[name] = kind
        return _written(kind, given)

    def chain(self, others: Sequence[str], weaker: str = "") -> str:
        parts = [f"where {weaker}"] if weaker and self.rnd.random() < 0.5 else []
        parts += [f"use {self.rnd.choice(others)}"] if others and self.rnd.random() < 0.4 else []
        return " | ".join([*parts, self.rnd.choice(ENDS)])

    def copy(self, name: str) -> str:
        rnd = self.rnd
        given = {"id": name, "from": " ".join(rnd.sample(list(COPY_SOURCES), rnd.randrange(1, 5)))}
        given |= {"as": rnd.choice(("upper", "lower", "title", "sentence"))} if rnd.random() < 0.4 else {}
        given |= {"max-chars": rnd.choice(("1", "12", "48", "99999"))} if rnd.random() < 0.3 else {}
        others = [n for n in self.names.worded if n.startswith("line")]
        given["otherwise"] = self.chain(others)
        self.names.worded.append(name)
        return _written("copy", given)

    def number(self, name: str) -> str:
        given = {"id": name, "from": self.rnd.choice(list(NUMBER_SOURCES)), "otherwise": self.rnd.choice(ENDS)}
        self.names.numbers.append(name)
        return _written("number", given)

    def palette(self, name: str) -> str:
        region, harmony = self.rnd.choice(("whole", "subject", "background")), self.rnd.choice(HARMONIES)
        self.names.palettes.append(name)
        given = {"id": name, "of": self.rnd.choice(self.names.pictures), "region": region}
        return _written("palette", given | ({"harmony": harmony} if harmony else {}))

    def sequence(self, name: str) -> str:
        """Of what any picture can have; the third is made of the first two."""
        steps = [self.done(row, ("subject",)) for row in self.rnd.sample(("crop", "blur", "extend", "tone"), 2)]
        steps += [f'<ddm:use sequence="{other}"/>' for other in self.sequences]
        self.sequences[name] = True
        return f'<ddm:sequence id="{name}">{"".join(steps)}</ddm:sequence>'

    def done(self, name: str, without: Sequence[str] = (), **fixed: str) -> str:
        return operation(OPERATIONS[name], self.rnd, self.names, without, **fixed)

    def id(self, tag: str) -> str:
        self.count += 1
        return f"{tag}{chr(96 + self.count % 26)}{'x' * (self.count // 26)}"

    def layers(self, most: int, repeated: bool = False, deep: int = 0) -> list[str]:
        """Layers beside one another."""
        makers = [self.shape, self.image, self.image, self.stack, self.stack]
        makers += [self.group, self.switch] if deep < 2 else []
        makers += [self.repeat] if self.names.items and not repeated and deep < 2 else []
        outer, self.names.level, found = self.names.level, [], []
        for maker in self.rnd.choices(makers, k=most):
            name = self.id(maker.__name__)
            found.append(maker(name, repeated, deep + 1))
            if maker != self.switch:  # its arrangements lie there, not itself
                self.names.level.append(name)
            self.names.drawn.append(name)
        self.names.level = outer
        return found

    def when(self) -> str:
        return f' ddm:when="{condition(self.rnd, self.names)}"' if self.rnd.random() < 0.1 else ""

    def shape(self, name: str, repeated: bool, deep: int) -> str:
        rnd, tag = self.rnd, self.rnd.choice(("rect", "circle", "ellipse"))
        body = [self.done(row, SUBJECTLESS) for row in rnd.sample(SHAPED[:5], rnd.randrange(3)) if self.can(row)]
        body += [self.done("recolour")] if rnd.random() < 0.5 else []
        size = {"rect": 'width="300" height="200" rx="30"', "circle": 'r="90"', "ellipse": 'rx="90" ry="40"'}[tag]
        at = 'x="-5" y="40"' if tag == "rect" else 'cx="400" cy="300"'
        return f'<{tag} id="{name}" {at} {size} fill="#e0b898" opacity="0.9"{self.when()}>{"".join(body)}</{tag}>'

    def can(self, row: str) -> bool:
        return row != "align" or bool(self.names.level)

    def image(self, name: str, repeated: bool, deep: int) -> str:
        rnd = self.rnd
        item = repeated and rnd.random() < 0.8
        shown = "wares" if item else rnd.choice(self.names.pictures)
        alone = self.kinds[shown] in ("cutout",) or rnd.random() < 0.2
        rows = [row for row in rnd.sample(PICTURED, rnd.randrange(1, 6)) if self.can(row)]
        rows += rnd.sample(SUBJECTS, rnd.randrange(1, 4)) if alone else []
        without = ("in", "avoid", "margin", "subject", "subject-size") if alone else ("in", "avoid", "margin")
        body = ["<ddm:matte/>"] if alone and self.kinds[shown] != "cutout" else []
        body += [self.done(row, without if row in ("place", "size") else ()) for row in rows]
        body += [f'<ddm:use sequence="{s}"/>' for s in self.sequences if rnd.random() < 0.2]
        size = rnd.choice(('x="100" y="90" width="500" height="400"', 'width="800" height="800"'))
        return f'<image id="{name}" {size}{self.when()}><ddm:select object="{shown}"/>{"".join(body)}</image>'

    def text(self, repeated: bool = False) -> str:
        rnd, number = self.rnd, bool(self.names.numbers) and self.rnd.random() < 0.4
        shown = rnd.choice(self.names.numbers if number else self.names.worded)
        shown = self.counted_copy if repeated and self.counted_copy and rnd.random() < 0.7 else shown
        body = [f'<ddm:select object="{shown}"/>']
        body += [self.done("format")] if number and shown != self.counted_copy else []
        body += [self.done(row) for row in ("fit", "fit", "badge") if rnd.random() < 0.5]
        look = f'font-size="{rnd.choice((1, 12, 20, 28, 40, 90, 400))}" font-weight="{rnd.randrange(1, 10)}00"'
        look += f' letter-spacing="{rnd.choice(("0", "0.3em", "-0.05em"))}" font-family="{rnd.choice(FAMILIES)}"'
        return f'<text id="{self.id("text")}" x="60" y="90" {look}>{rnd.choice(SAMPLES)}{"".join(body)}</text>'

    def stack(self, name: str, repeated: bool, deep: int) -> str:
        rnd = self.rnd
        calm = {"in": "calm"} if rnd.random() < 0.3 else {}
        body = [self.done("place", SUBJECTLESS if not calm else SUBJECTLESS[:2], **calm), self.done("stack")]
        body += [self.done(row) for row in ("ink", "scrim", "rotate") if rnd.random() < 0.4]
        body += [self.text(repeated) for _ in range(rnd.randrange(1, 4))]
        if rnd.random() < 0.3:
            inner = "".join(self.text(repeated) for _ in range(2))
            body.append(f'<g id="{self.id("row")}">{self.done("stack")}{inner}</g>')
        return f'<g id="{name}"{self.when()}>{"".join(body)}</g>'

    def group(self, name: str, repeated: bool, deep: int) -> str:
        body = [self.done(row, SUBJECTLESS) for row in ("place", "size") if self.rnd.random() < 0.5]
        return f'<g id="{name}"{self.when()}>{"".join(body + self.layers(2, repeated, deep))}</g>'

    def switch(self, name: str, repeated: bool, deep: int) -> str:
        arms = [self.stack(self.id("arm"), repeated, deep) for _ in range(self.rnd.randrange(1, 3))]
        arms = [_under(condition(self.rnd, self.names), arm) for arm in arms]
        return f'<switch id="{name}">{"".join(arms)}{self.stack(self.id("arm"), repeated, deep)}</switch>'

    def repeat(self, name: str, repeated: bool, deep: int) -> str:
        body = [self.done("place", SUBJECTLESS), self.done("repeat", object="wares")]
        outer, self.names.level = self.names.level, []
        body += [self.image(self.id("item"), True, deep), *self.layers(1, True, 2)]
        self.names.level = outer
        return f'<g id="{name}">{"".join(body)}</g>'


ENDS = (*("drop",) * 9, "refuse")


def _written(kind: str, given: dict[str, str]) -> str:
    return f"<ddm:{kind} " + " ".join(f'{key}="{value}"' for key, value in given.items()) + "/>"


def _under(wanted: str, arm: str) -> str:
    head, tail = arm.split(">", 1)
    return arm if "ddm:when" in head else f'{head} ddm:when="{wanted}">{tail}'


def grown(rnd: random.Random) -> str:
    return Growth(rnd).template()
