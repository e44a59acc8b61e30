"""One small document for each thing the output language can say."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from ddm.geometry import Box
from ddm.svg.tree import (
    Clip,
    Document,
    Ellipse,
    Group,
    Image,
    LinearGradient,
    Node,
    Path,
    RadialGradient,
    Rect,
    Stop,
    Text,
)
from ddm.typeset import Style, typesetter

WIDTH, HEIGHT = 240, 120


def photo(width: int, height: int) -> np.ndarray:
    """A smooth picture with edges, (height, width, 3): different in every corner."""
    y, x = np.mgrid[0 : 1 : height * 1j, 0 : 1 : width * 1j]
    rgb = np.stack([255 * x, 255 * y, 128 + 100 * np.sin(6 * x + 4 * y)], -1)
    picture = np.ascontiguousarray(rgb.astype(np.uint8))
    cv2.rectangle(picture, (width // 8, height // 8), (width // 3, height // 2), (240, 240, 230), -1)
    return picture


def cutout(side: int) -> np.ndarray:
    """A soft disc with a flag to one side, (side, side, 4), not premultiplied."""
    picture = np.zeros((side, side, 4), np.uint8)
    cv2.circle(picture, (side // 2, side // 2), side // 3, (200, 40, 30, 255), -1)
    cv2.rectangle(picture, (side // 2, side // 4), (side * 9 // 10, side // 2), (30, 90, 200, 255), -1)
    picture[..., 3] = cv2.GaussianBlur(picture[..., 3], (0, 0), side / 60)
    picture[..., :3][picture[..., 3] == 0] = 0
    return picture


FILES = {"photo.png": photo(120, 80), "wide.png": photo(240, 120), "large.png": photo(720, 480), "cut.png": cutout(100)}
"""Pictures by href."""


def load(href: str) -> np.ndarray:
    """As a library gives them: RGB, or RGBA premultiplied."""
    pixels = FILES[href]
    if pixels.shape[2] == 3:
        return pixels
    alpha = pixels[..., 3:].astype(np.float32) / 255
    return np.dstack([np.rint(pixels[..., :3] * alpha).astype(np.uint8), pixels[..., 3]])


def copy(text: str, x: float, y: float, size: float = 32, family: str = "Inter", **options: Any) -> tuple[Text, ...]:
    """Text nodes of a line as the resolver makes them."""
    style_of = {key: options.pop(key) for key in ("weight", "italic", "letter_spacing") if key in options}
    style = Style((family,), size, **style_of)
    return tuple(
        Text(run.text, round(x + run.x, 3), y, run.family, size, direction=run.direction, **style_of, **options)
        for run in typesetter().line(text, style).runs
    )


def page(*nodes: Node, lang: str = "en") -> Document:
    return Document(WIDTH, HEIGHT, nodes, lang=lang)


_WIDE = Image("wide.png", Box(0, 0, WIDTH, HEIGHT))
_PHOTO = Image("photo.png", Box(20, 20, 120, 80))
_FIRE = (Stop(0, "#ff2200"), Stop(0.4, "#ffdd00", 0.8), Stop(1, "#0033ff", 0.1))
_SCRIM = LinearGradient(0, 20, 0, 110, (Stop(0, "#000000", 0), Stop(1, "#000000", 0.8)))
_SLANT = LinearGradient(20, 10, 200, 100, _FIRE)
_GLOW = RadialGradient(100, 60, 70, _FIRE)

CASES: dict[str, Document] = {
    "latin": page(*copy("AVATAR Tofu,", 10, 50, weight=700), *copy("office “Ty”", 10, 95, 24)),
    "garamond": page(
        *copy("Offices fi", 10, 50, family="EB Garamond"), *copy("Affinity", 10, 95, family="EB Garamond", italic=True)
    ),
    "other families": page(
        *copy("SALE 50%", 10, 45, family="Bebas Neue"),
        *copy("Lounge", 120, 45, family="Manrope", weight=800),
        *copy("Spartan", 10, 100, family="League Spartan", weight=700),
    ),
    "a weight the family lacks": page(
        *copy("Bebas", 10, 50, family="Bebas Neue", weight=700),
        *copy("Gara", 10, 100, family="EB Garamond", weight=700),
    ),
    "small type": page(
        *copy("The quick brown fox jumps over 1,299.00", 10, 40, 11),
        *copy("the lazy dog, at 12.5 pixels", 10.3, 60.4, 12.5),
    ),
    "large type": page(*copy("Ag", 10, 105, 140, weight=800)),
    "chinese": page(*copy("新品上市，立减", 10, 50, 30), *copy("“限时”50%！", 10, 95, 30, weight=700)),
    "chinese in japanese": page(*copy("直角骨令", 10, 60, 40, family="Noto Sans CJK SC"), lang="ja"),
    "chinese serif": page(*copy("家居生活", 10, 60, 40, family="Noto Serif CJK SC", weight=700)),
    "arabic": page(*copy("سعر خاص اليوم", 10, 60, 36)),
    "mixed directions": page(*copy("سعر (50%) now 12", 5, 60, 26, weight=700)),
    "emoji": page(*copy("🎉 Hot ☺ 👨‍👩‍👧", 10, 60)),
    "letter spacing": page(*copy("SPACED", 10, 50, letter_spacing=6), *copy("Tight fi", 10, 100, letter_spacing=-1.5)),
    "letter spacing in arabic": page(*copy("سعر خاص", 10, 60, letter_spacing=6)),
    "line through": page(
        *copy("$1,299.00", 10, 50, decoration="line-through"),
        *copy("¥39.90", 10, 100, 20, decoration="line-through", fill="#cc0000"),
    ),
    "underline": page(
        *copy("Shop Apq", 10, 50, decoration="underline"), *copy("now Hxn", 10, 100, 20, decoration="underline")
    ),
    "light on dark": page(
        Rect(Box(0, 0, 240, 120), "#112233"),
        *copy("Light on dark", 10, 50, fill="#ffffff"),
        *copy("small and faint", 10, 90, 14, fill="#ffee88", opacity=0.7),
    ),
    "turned text": page(Group(copy("Turned 20", 40, 70), rotate=-20, pivot=(120, 60))),
    "picture": page(_PHOTO),
    "mirrored picture": page(Image("photo.png", Box(20, 20, 120, 80), mirror=True)),
    "picture between pixels": page(Image("photo.png", Box(20.4, 20.7, 120, 80))),
    "shrunk picture": page(Image("large.png", Box(0, 0, 240, 120))),
    "shrunk by a third": page(Image("wide.png", Box(10, 10, 180, 90))),
    "enlarged picture": page(Image("photo.png", Box(0, 0, 240, 160))),
    "picture beyond the canvas": page(Image("large.png", Box(-60, -40, 360, 240))),
    "faded picture": page(_WIDE, Image("cut.png", Box(70, 10, 100, 100), opacity=0.5)),
    "cutout": page(Rect(Box(0, 0, 240, 120), "#88aa77"), Image("cut.png", Box(70, 10, 100, 100))),
    "multiply": page(_WIDE, Image("cut.png", Box(70, 10, 100, 100), blend="multiply")),
    "screen": page(_WIDE, Image("cut.png", Box(70, 10, 100, 100), blend="screen", opacity=0.8)),
    "multiply in a clip": page(
        _WIDE,
        Group(
            (Rect(Box(60, 0, 60, 120), "#ffaa00"), Image("cut.png", Box(70, 10, 100, 100), blend="multiply")),
            clip=Clip(Box(50, 20, 150, 80)),
        ),
    ),
    "multiply in a turned group": page(
        _WIDE, Group((Image("cut.png", Box(70, 10, 100, 100), blend="multiply"),), rotate=30, pivot=(120, 60))
    ),
    "multiply in a faded group": page(
        _WIDE, Group((Image("cut.png", Box(70, 10, 100, 100), blend="multiply"), Rect(Box(0, 0, 50, 50))), opacity=0.6)
    ),
    "screen on nothing": page(Image("cut.png", Box(70, 10, 100, 100), blend="screen")),
    "multiply on nothing": page(Image("cut.png", Box(70, 10, 100, 100), blend="multiply")),
    "clip": page(Group((_WIDE,), clip=Clip(Box(30.5, 20, 150, 80)))),
    "round clip": page(Group((_WIDE, *copy("Clipped", 20, 70, fill="#ffffff")), clip=Clip(Box(30, 20, 150, 80), 25))),
    "clip all round": page(Group((_WIDE,), clip=Clip(Box(30, 20, 150, 80), 999), opacity=0.7)),
    "opacity of a group": page(
        _WIDE, Group((Rect(Box(20, 20, 80, 80), "#ff0000"), Rect(Box(60, 40, 80, 60), "#00ff00")), opacity=0.5)
    ),
    "opacity of one child": page(
        _WIDE, Group((Rect(Box(20, 20, 80, 80), "#ff0000", stroke="#0000ff", stroke_width=9),), opacity=0.5)
    ),
    "scrim": page(_WIDE, Rect(Box(0, 0, 240, 120), _SCRIM)),
    "linear gradient": page(Rect(Box(10, 10, 220, 100), _SLANT)),
    "radial gradient": page(Rect(Box(10, 10, 220, 100), _GLOW, radius=20)),
    "gradient on an ellipse": page(
        Ellipse(Box(10, 10, 220, 100), _GLOW, opacity=0.8, stroke="#222222", stroke_width=4)
    ),
    "gradient on a turned path": page(Group((Path("M40 20L200 40L120 100Z", _SLANT),), rotate=15, pivot=(120, 60))),
    "gradients without extent": page(
        Rect(Box(10, 10, 90, 90), LinearGradient(5, 5, 5, 5, _FIRE)),
        Rect(Box(120, 10, 90, 90), RadialGradient(150, 50, 0, _FIRE)),
    ),
    "stops that go back": page(
        Rect(
            Box(10, 10, 220, 100),
            LinearGradient(
                10, 0, 230, 0, (Stop(0.2, "#ff0000"), Stop(0.8, "#00ff00"), Stop(0.5, "#0000ff"), Stop(0.9, "#ffffff"))
            ),
        )
    ),
    "round rectangles": page(
        Rect(Box(10, 10, 100, 60), "#ff8800", radius=12.5),
        Rect(Box(130, 10, 100, 60), "#0088ff", radius=999),
        Rect(Box(10.5, 80.5, 220, 20), "#00aa55", radius=4, stroke="#000000", stroke_width=1),
    ),
    "ellipse": page(
        Ellipse(Box(20.5, 10, 80, 100), "#aa00ff"),
        Ellipse(Box(120, 30, 100, 60), "#ffff00", stroke="#ff0000", stroke_width=6),
    ),
    "path": page(
        Path("M20 60q40-80 80 0t80 0a20 20 0 1 1-40 40z", "#3355ff", stroke="#ffaa00", stroke_width=4),
        Path("M150 20h60v30", None, stroke="#000000", stroke_width=5),
    ),
    "arcs": page(
        Path("M40 60A30 20 30 0 1 100 60A10 10 0 0 0 140 60a5 30 -20 1 0 60 10", None, stroke="#117733", stroke_width=3)
    ),
    "hole": page(Path("M20 10h200v100h-200zM60 30v60h100v-60z", "#774411")),
    "faded path with stroke": page(_WIDE, Path("M30 30L200 40L100 100Z", "#ff0000", 0.5, "#ffffff", 10)),
    "turned picture": page(Group((_PHOTO,), rotate=12, pivot=(80, 60))),
    "turned clip": page(Group((_WIDE,), clip=Clip(Box(60, 30, 120, 60), 15), rotate=-25, pivot=(120, 60), opacity=0.8)),
    "groups in groups": page(
        _WIDE,
        Group(
            (
                Group((Rect(Box(70, 30, 60, 60), "#ffffff"),), rotate=30, pivot=(100, 60)),
                Group(copy("in", 150, 80), opacity=0.6),
            ),
            rotate=10,
            pivot=(0, 0),
            opacity=0.7,
        ),
    ),
}
"""Documents by what they show."""
