"""A drawing's elements into what they show: groups, references, clips and effects."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

from ddm.language.importing import leaves, outlines
from ddm.language.importing import style as css
from ddm.language.importing.context import LARGEST, MAX_FOLLOWED, Context, Here, nested, share
from ddm.language.importing.door import TEXT
from ddm.language.importing.drawn import Drawn, group, plain
from ddm.language.importing.matrix import Matrix
from ddm.language.importing.outlines import Outline
from ddm.language.source import SourceElement
from ddm.language.vocabulary import SVG

Read: TypeAlias = Callable[[SourceElement, Here, Context], Iterator[Drawn]]

_UNSHOWN = frozenset(
    [
        "defs",
        "style",
        "metadata",
        "title",
        "desc",
        "clipPath",
        "mask",
        "pattern",
        "linearGradient",
        "radialGradient",
        "filter",
        "symbol",
        "marker",
        "font",
        "color-profile",
        "view",
        "cursor",
    ]
)
"""They draw nothing where they stand."""

_EFFECTS = (
    ("filter", "say it in the layer's name: '; shadow drop' or '; blur'"),
    ("mask", "crop the picture, or name it '| cutout'"),
    ("mix-blend-mode", "layers are laid one over the other"),
)
WHOLE = 0.999  # of an area; what a clip leaves of it and more counts as untouched


def read(context: Context) -> tuple[Drawn, ...]:
    """All that is drawn, from the bottom to the top."""
    root = context.drawing.root
    inherited = {k: v for k, v in css.own(root, context.sheet).items() if k in css.INHERITED}
    return tuple(_children(root, Here(context.first, inherited), context))


def _children(element: SourceElement, here: Here, context: Context) -> Iterator[Drawn]:
    shown = [c for c in element.children if c.space == SVG and c.name != TEXT]
    if element.name == "switch":  # the first alternative that asks for nothing special
        shown = [c for c in shown if "requiredExtensions" not in c.attributes and c.name != "foreignObject"][:1]
    for child in shown:
        yield from _element(child, here, context)


def _element(element: SourceElement, here: Here, context: Context) -> Iterator[Drawn]:
    context.drawn(element)
    if element.name in _UNSHOWN:
        return
    reader, style = _READERS.get(element.name), css.own(element, context.sheet)
    if reader is None:
        context.warn(element, f"<{element.name}> is left out", "turn it into a shape, a text or a picture")
    elif style.get("display") == "none" or style.get("visibility") == "hidden":
        context.warn(element, "{} is hidden, and left out", "show it, or delete it")
    else:
        inside = _inside(element, style, here, context)
        for drawn in reader(element, inside, context):
            if drawn.tag != "g" and max(map(abs, drawn.box)) >= LARGEST:
                context.warn(element, "{} lies beyond any canvas, and is left out", "bring it nearer")
            else:
                yield from _with_effects(element, style, inside, context, drawn)


def _inside(element: SourceElement, style: Mapping[str, str], here: Here, context: Context) -> Here:
    inherited = {k: v for k, v in style.items() if k in css.INHERITED and v != "inherit"}
    return replace(
        here,
        matrix=context.transformed(element, here.matrix),
        style={**here.style, **inherited},
        opacity=here.opacity * share(style.get("opacity", "1")),
    )


def _group(element: SourceElement, here: Here, context: Context) -> Iterator[Drawn]:
    if element.name == "svg":
        here = replace(here, matrix=here.matrix.times(nested(element)))
    yield group(context.name(element), element.mark, tuple(_children(element, here, context)))


def _use(element: SourceElement, here: Here, context: Context) -> Iterator[Drawn]:
    target = context.reference(element)
    if target is None or here.followed >= MAX_FOLLOWED:
        context.warn(element, "{} refers to nothing, or to itself, and is left out", "unlink the clone")
        return
    moved = here.matrix.times(Matrix(e=context.length(element, "x"), f=context.length(element, "y")))
    inner = replace(here, matrix=moved, followed=here.followed + 1)
    found = _children(target, inner, context) if target.name == "symbol" else _element(target, inner, context)
    yield group(context.name(element), element.mark, tuple(found))


_READERS: Mapping[str, Read] = {
    **dict.fromkeys(("g", "a", "switch", "svg"), _group),
    **dict.fromkeys(("rect", "circle", "ellipse"), leaves.shape),
    **dict.fromkeys(("path", "polygon", "polyline", "line"), leaves.path),
    "image": leaves.image,
    "text": leaves.text,
    "use": _use,
}


# ------------------------------------------------------------------------------------------------ clips and effects


def _with_effects(
    element: SourceElement, style: Mapping[str, str], here: Here, context: Context, drawn: Drawn
) -> Iterator[Drawn]:
    for name, mend in _EFFECTS:
        if style.get(name, "none") not in ("none", "normal", ""):
            context.warn(element, f"the {name} of {{}} is left out", mend)
    clip = context.target(style.get("clip-path", ""))
    if clip is None:
        yield drawn
        return
    cut = _cut(clip, here, context)
    if cut is None:
        context.warn(element, "the clip of {} is left out", "clip with a rectangle or an ellipse")
        yield drawn
    elif left := _clipped(drawn, cut):
        yield left


def _cut(clip: SourceElement, here: Here, context: Context) -> Outline | None:
    """The clip's one shape, in units of the canvas."""
    only = context.once("clip", clip, _only_shape)
    if only is not None and only.name == "use":
        only = context.reference(only)
    if only is None:
        return None
    if only.name == "path":
        found = outlines.outline(only.attributes.get("d", ""))
    else:
        found = leaves.upright(only, context) if only.name in ("rect", "circle", "ellipse") else None
    matrix = context.transformed(only, context.transformed(clip, here.matrix))
    parts = matrix.parts()
    if found is None or parts is None or abs(parts.turn) > leaves.STILL:
        return None
    return Outline(matrix.around(found.box), found.rx * parts.width, found.ry * parts.height)


def _only_shape(clip: SourceElement) -> SourceElement | None:
    shapes = [c for c in clip.children if c.space == SVG and c.name in _READERS]
    return shapes[0] if len(shapes) == 1 else None


def _clipped(drawn: Drawn, cut: Outline) -> Drawn | None:
    """Rectangles and pictures are cut; what lies wholly outside is gone; type and round shapes stay whole."""
    left = drawn.box.intersection(cut.box)
    if drawn.tag == "g":
        children = tuple(c for child in drawn.children if (c := _clipped(child, cut)))
        return group(drawn.name, drawn.mark, children)
    if left.area <= 0 and drawn.box.area > 0:
        return None
    if drawn.tag not in ("rect", "image") or drawn.turn or left.area > WHOLE * max(drawn.box.area, cut.box.area):
        return _rounded(drawn, cut) if drawn.tag == "image" else drawn
    return _rounded(replace(drawn, box=left), cut)


def _rounded(drawn: Drawn, cut: Outline) -> Drawn:
    """With the clip's corners, where they are the picture's."""
    if not cut.rx or drawn.box.area < WHOLE * cut.box.area:
        return drawn
    return replace(drawn, attributes={**drawn.attributes, "rx": plain(min(cut.rx, cut.ry))})
