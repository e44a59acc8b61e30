"""Draws display lists: the only file that knows Skia.

Pictures and gradients are copied from rasters that already lie on the canvas's pixels; text is drawn from the glyphs
that the typesetter measured; solid shapes are drawn as they are.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Sequence
from functools import cache, lru_cache, partial
from typing import Any, TypeAlias

import numpy as np
import skia

from ddm import fonts
from ddm.render.cache import Cache
from ddm.render.rasters import PixelArray, Raster, Veil, cropped, lay, place, veil
from ddm.render.steps import Begin, Display, End, Letters, Outline, Picture, Shape, Step, Window
from ddm.svg.tree import Clip, LinearGradient, Paint, RadialGradient, Text
from ddm.typeset.engine import shaped

Load: TypeAlias = Callable[[str], PixelArray]

RASTER_BYTES = 256 * 2**20
"""Rasters kept: a hundred layers of 800 x 800."""
BLOBS = 4096
"""Runs of text kept ready to draw."""
_RGBA, _PREMULTIPLIED, _OPAQUE = skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType, skia.kOpaque_AlphaType
_BLENDS = {"normal": skia.BlendMode.kSrcOver, "multiply": skia.BlendMode.kMultiply, "screen": skia.BlendMode.kScreen}
_LINEAR = skia.SamplingOptions(skia.FilterMode.kLinear)


class Layer:
    """A raster as Skia draws it; holds the pixels it shares."""

    def __init__(self, raster: Raster) -> None:
        self.raster = raster
        alpha = _OPAQUE if raster.opaque else _PREMULTIPLIED
        self.image = skia.Image.fromarray(raster.pixels, _RGBA, alpha, copy=False) if raster.pixels.size else None

    @property
    def bytes(self) -> int:
        return int(self.raster.pixels.nbytes)


class _Sheet:
    """The pixels of one drawing and Skia's canvas on them.

    depth: of open groups. isolated: begun transparent, to come onto white at the end.
    """

    def __init__(self, display: Display) -> None:
        self.pixels: PixelArray = np.empty((display.height, display.width, 4), np.uint8)
        self._surface = skia.Surface(self.pixels, _RGBA, _PREMULTIPLIED)  # must outlive its canvas
        self.canvas = self._surface.getCanvas()
        self.isolated, self.depth = display.isolated, 0
        self.canvas.clear(skia.ColorTRANSPARENT if self.isolated else skia.ColorWHITE)

    @property
    def bare(self) -> bool:
        """Whether what is drawn now meets opaque pixels, and no clip, turn or layer."""
        return not (self.depth or self.isolated)


class Painter:
    """Draws on arrays. One for each process: its caches are shared by threads."""

    def __init__(self, load: Load, limit: int = RASTER_BYTES) -> None:
        self._load = load
        self._held: Cache[Layer | Veil] = Cache(limit, lambda held: held.bytes)

    def paint(self, display: Display) -> PixelArray:
        """(height, width, 4) uint8: sRGB on white, and a fourth channel of 255."""
        sheet = _Sheet(display)
        for step in display.steps:
            _DRAW[type(step)](self, sheet, step)
        if sheet.isolated:
            sheet.canvas.drawColor(skia.ColorWHITE, skia.BlendMode.kDstOver)
        return sheet.pixels

    def forget(self) -> None:
        """Empties the caches: the next picture is drawn cold."""
        self._held.clear()
        _blob.cache_clear()

    def begin(self, sheet: _Sheet, step: Begin) -> None:
        canvas = sheet.canvas
        sheet.depth += 1
        canvas.save()
        if step.rotate:
            canvas.rotate(step.rotate, *step.pivot)
        if step.clip:
            _clip(canvas, step.clip)
        if step.layered:
            canvas.saveLayer(_rect(step.layer), skia.Paint(Alphaf=step.opacity))

    def end(self, sheet: _Sheet, step: End) -> None:
        sheet.depth -= 1
        if step.layered:
            sheet.canvas.restore()
        sheet.canvas.restore()

    def picture(self, sheet: _Sheet, step: Picture) -> None:
        """A raster of the picture's visible part, pixel by pixel."""
        key = (step.href, step.box, step.window, step.mirror)
        self._lay(sheet, key, partial(self._placed, step), step.opacity, step.blend, step.turned)

    def _placed(self, step: Picture) -> Raster:
        return place(self._load(step.href), step.box, step.window, step.mirror)

    def shape(self, sheet: _Sheet, step: Shape) -> None:
        """Solid shapes as they are; gradients cost ten times a copy and are laid from a raster."""
        if isinstance(step.fill, str) or step.fill is None or step.turned:
            _draw_shape(sheet.canvas, step)
        else:
            self._lay(sheet, step, partial(_gradient_raster, step))

    def letters(self, sheet: _Sheet, step: Letters) -> None:
        run = step.run
        key = (run.text, run.family, run.weight, run.italic, run.size, run.letter_spacing, run.direction, step.language)
        if blob := _blob(*key):
            sheet.canvas.drawTextBlob(blob, run.x, run.y, _ink(run.fill, run.opacity))
        if run.decoration:
            _decorate(sheet.canvas, run, step.language, blob)

    def _lay(
        self,
        sheet: _Sheet,
        key: Hashable,
        make: Callable[[], Raster],
        opacity: float = 1.0,
        blend: str = "normal",
        turned: bool = False,
    ) -> None:
        """A raster onto the sheet: as a veil where it is bare, by Skia inside groups."""
        if sheet.bare:
            held = self._held.get((key, opacity, blend), lambda: veil(make(), opacity, blend))
            assert isinstance(held, Veil)
            lay(sheet.pixels, held)
        else:
            held = self._held.get(key, lambda: Layer(make()))
            assert isinstance(held, Layer)
            _draw_layer(sheet.canvas, held, opacity, blend, turned)


def _draw_layer(canvas: Any, layer: Layer, opacity: float, blend: str, turned: bool) -> None:
    if layer.image is None:
        return
    paint = None
    if opacity < 1 or blend != "normal" or turned:
        paint = skia.Paint(Alphaf=opacity, BlendMode=_BLENDS[blend], AntiAlias=turned)
    sampling = _LINEAR if turned else skia.SamplingOptions()
    canvas.drawImage(layer.image, layer.raster.left, layer.raster.top, sampling, paint)


def _rect(window: Window) -> Any:
    return skia.Rect.MakeLTRB(*window)


def _clip(canvas: Any, clip: Clip) -> None:
    box = skia.Rect.MakeXYWH(*clip.box)
    if clip.radius > 0:
        canvas.clipRRect(_rounded(box, clip.radius), skia.ClipOp.kIntersect, True)
    else:
        canvas.clipRect(box, skia.ClipOp.kIntersect, True)


def _rounded(box: Any, radius: float) -> Any:
    """Each axis clamps the radius by itself (SVG 2, 7.4)."""
    return skia.RRect.MakeRectXY(box, min(radius, box.width() / 2), min(radius, box.height() / 2))


@lru_cache(1024)
def _colour(colour: str) -> int:
    """#rrggbb as opaque ARGB."""
    return 0xFF000000 | int(colour[1:], 16)


def _fill(colour: str, opacity: float = 1.0) -> Any:
    return skia.Paint(Color=_colour(colour), Alphaf=opacity, AntiAlias=True)


_UNCHANGED = skia.ColorFilters.Matrix([1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0])


@lru_cache(1024)
def _ink(colour: str, opacity: float) -> Any:
    """A paint for letters. Skia thins dark and swells light letters by its paint's luminance, browsers hardly do.

    Of a filtered shader it cannot tell the luminance and takes a middle grey, which does neither.
    """
    shader = skia.Shaders.Color(_colour(colour)).makeWithColorFilter(_UNCHANGED)
    return skia.Paint(Shader=shader, Alphaf=opacity, AntiAlias=True)


def _brush(paint: Paint) -> Any:
    if isinstance(paint, str):
        return _fill(paint)
    return skia.Paint(Shader=_shader(paint), AntiAlias=True, Dither=True) if paint.stops else None


def _shader(paint: LinearGradient | RadialGradient) -> Any:
    """Colours run unpremultiplied, as SVG has it; offsets never go back (SVG 2, 14.2.4)."""
    colours = [_with_alpha(stop.colour, stop.opacity) for stop in paint.stops]
    offsets = [max(stop.offset for stop in paint.stops[: index + 1]) for index in range(len(paint.stops))]
    if len(colours) == 1:
        return skia.Shaders.Color(colours[0])
    if isinstance(paint, RadialGradient) and paint.r > 0:
        return skia.GradientShader.MakeRadial((paint.cx, paint.cy), paint.r, colours, offsets)
    if isinstance(paint, LinearGradient) and (paint.x1, paint.y1) != (paint.x2, paint.y2):
        return skia.GradientShader.MakeLinear([(paint.x1, paint.y1), (paint.x2, paint.y2)], colours, offsets)
    return skia.Shaders.Color(colours[-1])  # no extent: the last stop's colour everywhere


def _with_alpha(colour: str, opacity: float) -> int:
    return round(opacity * 255) << 24 | _colour(colour) & 0xFFFFFF


def _pen(step: Shape) -> Any:
    return skia.Paint(
        Color=_colour(step.stroke), AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeWidth=step.stroke_width
    )


def _draw_shape(canvas: Any, step: Shape) -> None:
    """Fill, then stroke; both together at one opacity."""
    brushes = [_brush(step.fill)] if step.fill is not None else []
    brushes += [_pen(step)] if step.stroke else []
    brushes = [brush for brush in brushes if brush is not None]
    if len(brushes) == 1:
        brushes[0].setAlphaf(brushes[0].getAlphaf() * step.opacity)
    together = len(brushes) > 1 and step.opacity < 1
    if together:
        canvas.saveLayer(_rect(step.window), skia.Paint(Alphaf=step.opacity))
    for brush in brushes:
        _OUTLINES[step.outline.kind](canvas, step.outline, brush)
    if together:
        canvas.restore()


def _rectangle(canvas: Any, outline: Outline, brush: Any) -> None:
    box = skia.Rect.MakeXYWH(*outline.box)
    if outline.radius > 0:
        canvas.drawRRect(_rounded(box, outline.radius), brush)
    else:
        canvas.drawRect(box, brush)


def _ellipse(canvas: Any, outline: Outline, brush: Any) -> None:
    canvas.drawOval(skia.Rect.MakeXYWH(*outline.box), brush)


def _path(canvas: Any, outline: Outline, brush: Any) -> None:
    path = skia.Path()
    for verb, points in outline.segments:
        _VERBS[verb](path, points)
    canvas.drawPath(path, brush)


def _arc(path: Any, points: tuple[float, ...]) -> None:
    rx, ry, turn, large, sweep, x, y = points
    size = skia.Path.ArcSize.kLarge_ArcSize if large else skia.Path.ArcSize.kSmall_ArcSize
    direction = skia.PathDirection.kCW if sweep else skia.PathDirection.kCCW
    path.arcTo(rx, ry, turn, size, direction, x, y)


_OUTLINES = {"rectangle": _rectangle, "ellipse": _ellipse, "path": _path}
_VERBS: dict[str, Callable[[Any, tuple[float, ...]], Any]] = {
    "M": lambda path, points: path.moveTo(*points),
    "L": lambda path, points: path.lineTo(*points),
    "C": lambda path, points: path.cubicTo(*points),
    "Q": lambda path, points: path.quadTo(*points),
    "Z": lambda path, points: path.close(),
    "A": _arc,
}


def _gradient_raster(step: Shape) -> Raster:
    """The shape drawn once over its window."""
    window = step.window
    pixels: PixelArray = np.zeros((window.height, window.width, 4), np.uint8)
    surface = skia.Surface(pixels, _RGBA, _PREMULTIPLIED)
    canvas = surface.getCanvas()
    canvas.translate(-window.left, -window.top)
    _draw_shape(canvas, step)
    return cropped(pixels, window)


@cache
def _files() -> Any:
    """Opens the font files it is given and knows no others: the system's are never looked at."""
    return skia.FontMgr.New_Custom_Empty()


@cache
def _typeface(family: str, weight: int, italic: bool) -> Any:
    found = fonts.file(family, weight, italic)
    return _files().makeFromFile(str(found.path), found.index)


def _font(family: str, weight: int, italic: bool, size: float) -> Any:
    """Unhinted, at parts of pixels: as measured, and as browsers draw with geometric precision."""
    font = skia.Font(_typeface(family, weight, italic), size)
    font.setHinting(skia.FontHinting.kNone)
    font.setSubpixel(True)
    font.setLinearMetrics(True)
    font.setEdging(skia.Font.Edging.kAntiAlias)
    return font


@lru_cache(BLOBS)
def _blob(
    text: str, family: str, weight: int, italic: bool, size: float, spacing: float, direction: Any, language: str
) -> Any:
    """The glyphs the typesetter measured, ready to draw from the left end of the baseline; None for no glyphs."""
    glyphs = shaped(text, family, weight, italic, direction, language, spacing != 0)
    if not glyphs.ids:
        return None
    places = zip(glyphs.x, glyphs.gaps, glyphs.y, strict=True)
    points = [skia.Point(x * size + gaps * spacing, -y * size) for x, gaps, y in places]
    builder = skia.TextBlobBuilder()
    builder.allocRunPos(_font(family, weight, italic, size), glyphs.ids, points)
    return builder.make()


def _decorate(canvas: Any, run: Text, language: str, blob: Any) -> None:
    """A line through or under the whole advance, where and as thick as browsers draw it; descenders interrupt it."""
    glyphs = shaped(run.text, run.family, run.weight, run.italic, run.direction, language, run.letter_spacing != 0)
    width = glyphs.width(run.size, run.letter_spacing)
    thickness = max(1.0, run.size / 10)
    ascent = _font(run.family, run.weight, run.italic, run.size).getMetrics().fAscent
    through = run.decoration == "line-through"
    top = ascent / 3 - thickness / 2 if through else max(1, math.ceil(thickness / 2))
    crossed = [] if through or not blob else blob.getIntercepts([top, top + thickness])
    for left, right in _uncrossed(width, crossed, thickness):
        line = skia.Rect.MakeLTRB(run.x + left, run.y + top, run.x + right, run.y + top + thickness)
        canvas.drawRect(line, _fill(run.fill, run.opacity))


def _uncrossed(width: float, crossed: Sequence[float], air: float) -> list[tuple[float, float]]:
    """The parts of 0..width that keep `air` from every crossing: pairs of left and right, from left to right."""
    lefts = [0.0, *(right + air for right in crossed[1::2])]
    rights = [*(left - air for left in crossed[::2]), width]
    return [(left, right) for left, right in zip(lefts, rights, strict=True) if right > left]


_DRAW: dict[type[Step], Callable[[Painter, _Sheet, Any], None]] = {
    Begin: Painter.begin,
    End: Painter.end,
    Picture: Painter.picture,
    Shape: Painter.shape,
    Letters: Painter.letters,
}
