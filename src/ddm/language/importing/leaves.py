"""Shapes, pictures and texts of a drawing, each into what the language draws."""

from __future__ import annotations

from collections.abc import Iterator

from ddm.geometry import Box
from ddm.language.importing import outlines, texts
from ddm.language.importing import style as css
from ddm.language.importing.context import MAX_FOLLOWED, Context, Here, href_of, share, walk
from ddm.language.importing.drawn import Drawn, plain
from ddm.language.importing.lettering import faint, lettering
from ddm.language.importing.matrix import Parts
from ddm.language.importing.names import SODIPODI
from ddm.language.importing.outlines import Outline
from ddm.language.operations import OPERATIONS
from ddm.language.source import SourceElement

ALIKE = 0.01  # of a side; closer than that an ellipse is a circle
STILL = 0.05  # degrees; less is a rounding of the program's
NOTHING = ("none", "transparent")


def shape(element: SourceElement, here: Here, context: Context) -> Iterator[Drawn]:
    """<rect>, <circle>, <ellipse>."""
    found = upright(element, context)
    if found.box.width > 0 and found.box.height > 0:
        yield from _painted(element, here, context, found, element.name != "rect")


def path(element: SourceElement, here: Here, context: Context) -> Iterator[Drawn]:
    """A path that is one of those shapes becomes it; of any other only the extent is kept."""
    text = _path_of(element)
    found = _arc(element) or outlines.outline(text)
    if found and here.style.get("fill", "black") not in NOTHING:
        yield from _painted(element, here, context, found, _oval(found))
    elif extent := outlines.extent(text):
        yield Drawn("other", element.mark, context.name(element), here.matrix.around(extent))


def _path_of(element: SourceElement) -> str:
    get = element.attributes.get
    if element.name == "line":
        return f"M{get('x1', '0')} {get('y1', '0')}L{get('x2', '0')} {get('y2', '0')}"
    return f"M{get('points', '')}Z" if element.name.startswith("poly") else get("d", "")


def _oval(found: Outline) -> bool:
    box = found.box
    return abs(2 * found.rx - box.width) < ALIKE * box.width and abs(2 * found.ry - box.height) < ALIKE * box.height


def _arc(element: SourceElement) -> Outline | None:
    """Inkscape's own word for an ellipse, which its path only traces."""
    get = element.attributes.get
    if get(f"{SODIPODI} type") != "arc" or f"{SODIPODI} start" in element.attributes:
        return None
    cx, cy, rx, ry = (css.length(get(f"{SODIPODI} {key}", "")) or 0.0 for key in ("cx", "cy", "rx", "ry"))
    return Outline(Box(cx - rx, cy - ry, 2 * rx, 2 * ry), rx, ry) if min(rx, ry) > 0 else None


def upright(element: SourceElement, context: Context) -> Outline:
    """The shape's outline in its own units."""

    def get(key: str, absent: float = 0.0) -> float:
        return context.length(element, key, absent)

    if element.name == "circle":
        r = get("r")
        return Outline(Box(get("cx") - r, get("cy") - r, 2 * r, 2 * r), r, r)
    if element.name == "ellipse":
        rx, ry = get("rx"), get("ry")
        return Outline(Box(get("cx") - rx, get("cy") - ry, 2 * rx, 2 * ry), rx, ry)
    box = Box(get("x"), get("y"), get("width"), get("height"))
    rounding = get("rx", get("ry"))
    return Outline(box, min(rounding, box.width / 2), min(get("ry", rounding), box.height / 2))


def placed(element: SourceElement, here: Here, context: Context, box: Box) -> tuple[Parts, Box, float]:
    """(scale, box before it is turned, turn); upright and a finding where a turn cannot be told."""
    parts = here.matrix.parts()
    if parts is None:
        context.warn(element, "{} is skewed; it is drawn upright", "draw it unskewed")
        around = here.matrix.around(box)
        return Parts(around.width / max(box.width, 1e-9), around.height / max(box.height, 1e-9), 0, False), around, 0.0
    if abs(parts.turn) < STILL:
        return parts, here.matrix.unturned(box, parts), 0.0
    if abs(abs(parts.turn) - 90) < STILL:  # a quarter: the sides change places
        return parts, here.matrix.around(box), 0.0
    by = OPERATIONS["rotate"].parameter("by")
    if by is not None and not (by.low or 0) <= parts.turn <= (by.high or 0):
        context.warn(element, f"{{}} is turned by {parts.turn:.0f}deg; it is drawn upright", by.meaning)
        return parts, here.matrix.unturned(box, parts), 0.0
    return parts, here.matrix.unturned(box, parts), parts.turn


def _painted(element: SourceElement, here: Here, context: Context, found: Outline, oval: bool) -> Iterator[Drawn]:
    """By its paint: a picture where that is a pattern of one, else in one colour."""
    paint, stroke = here.style.get("fill", "black").strip(), here.style.get("stroke", "none").strip()
    if paint in NOTHING:
        if stroke not in NOTHING:
            why = {"why": "nothing but a stroke"}
            yield Drawn("other", element.mark, context.name(element), here.matrix.around(found.box), why)
        return
    if stroke not in NOTHING:
        context.warn(element, "the stroke of {} is left out", "draw it as a shape of its own beneath")
    target = context.target(paint)
    if target is not None and target.name == "pattern":
        yield from _patterned(element, here, context, found, target)
        return
    fill, seen = _colour(element, paint, target, context)
    seen *= here.opacity * share(here.style.get("fill-opacity", "1"))
    parts, box, turn = placed(element, here, context, found.box)
    attributes = {"fill": fill, **({"opacity": plain(seen)} if seen < 0.995 else {})}
    if not oval and found.rx:
        attributes["rx"] = plain(found.rx * parts.width)
    circle = abs(box.width - box.height) < ALIKE * box.width
    yield Drawn(
        ("circle" if circle else "ellipse") if oval else "rect",
        element.mark,
        context.name(element),
        box,
        attributes,
        0.0 if oval and circle else turn,
    )


def _colour(element: SourceElement, paint: str, target: SourceElement | None, context: Context) -> tuple[str, float]:
    """A gradient becomes its middle colour."""
    if target is not None:
        middle = context.once("gradient", target, lambda gradient: _middle(gradient, context))
        context.warn(
            element, "the gradient of {} becomes one colour", "'| surface; to accent' shades from one role to another"
        )
        return middle
    found = css.colour(paint)
    if found is None:
        context.warn(element, f"the colour of {{}} cannot be read: '{paint[:40]}'; it is black", "write #rrggbb")
    return found or ("#000000", 1.0)


def _middle(gradient: SourceElement, context: Context) -> tuple[str, float]:
    stops = [stop for stop in _stops(gradient, context) if stop]
    return stops[len(stops) // 2] if stops else ("#808080", 1.0)


def _stops(gradient: SourceElement, context: Context) -> Iterator[tuple[str, float] | None]:
    """Of a gradient, or of the one it takes them from."""
    source: SourceElement | None = gradient
    for _ in range(MAX_FOLLOWED):
        stops = [child for child in source.children if child.name == "stop"] if source else []
        if stops or source is None:
            for stop in stops:
                said = stop.attributes.get("style", "").partition("stop-color:")[2].partition(";")[0]
                yield css.colour(said or stop.attributes.get("stop-color", "black"))
            return
        source = context.reference(source)


def _patterned(
    element: SourceElement, here: Here, context: Context, found: Outline, pattern: SourceElement
) -> Iterator[Drawn]:
    """A shape filled with a picture, as Figma draws one."""
    image = context.once("pattern", pattern, lambda element: _picture_in(element, context))
    if image is None:
        context.warn(element, "the pattern of {} holds no picture; the shape is left out", "fill it with one colour")
        return
    parts, box, turn = placed(element, here, context, found.box)
    rounding = {"rx": plain(found.rx * parts.width)} if found.rx else {}
    yield _photograph(element, image, here, context, Drawn("image", element.mark, "", box, rounding, turn))


def _picture_in(element: SourceElement, context: Context) -> SourceElement | None:
    for _ in range(MAX_FOLLOWED):
        inner = next((e for e in walk(element) if e.name in ("image", "use")), None)
        if inner is None or inner.name == "image":
            return inner
        target = context.reference(inner)
        if target is None or target.name == "image":
            return target
        element = target
    return None


def image(element: SourceElement, here: Here, context: Context) -> Iterator[Drawn]:
    found = upright(element, context)
    if found.box.width > 0 and found.box.height > 0:
        _, box, turn = placed(element, here, context, found.box)
        yield _photograph(element, element, here, context, Drawn("image", element.mark, "", box, {}, turn))


def _photograph(element: SourceElement, image: SourceElement, here: Here, context: Context, frame: Drawn) -> Drawn:
    href = context.pictures.href(href_of(image), image.mark)
    faint(element, here, context)
    attributes = {**({"href": href} if href else {}), **frame.attributes}
    name = context.name(element) or context.name(image)
    return Drawn("image", frame.mark, name, frame.box, attributes, frame.turn)


def text(element: SourceElement, here: Here, context: Context) -> Iterator[Drawn]:
    """Its lines, its type, and about the room it takes; exactly the room where it flows in a rectangle."""
    words = texts.read(element, here.style, context.sheet)
    if words is None:
        return
    if words.mixed:
        context.warn(element, "{} has several sizes of type; one is kept", "make it several texts")
    faint(element, here, context)
    flows = context.target(here.style.get("shape-inside", ""))
    box = upright(flows, context).box if flows is not None and flows.name == "rect" else words.box
    parts, frame, turn = placed(element, here, context, box)
    size = max(0.01, words.size * parts.height)
    x, y = (frame.x, frame.y + texts.CAP * size) if turn or flows else here.matrix.point(words.x, words.y)
    attributes = {"x": plain(x), "y": plain(y), "font-size": plain(size)}
    attributes |= lettering(element, words.style, words.size, context)
    if here.style.get("text-transform", "none") != "none":
        attributes["text-transform"] = here.style["text-transform"]
    yield Drawn("text", element.mark, context.name(element), frame, attributes, turn, words.lines)
