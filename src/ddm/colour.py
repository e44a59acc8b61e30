"""Colour arithmetic: sRGB, linear light, OKLab, OKLCH, contrast and hexadecimal notation; pure values, no pictures.

Arrays end in an axis of three channels. sRGB and linear values are floats, 0..1; bytes are uint8, 0..255. OKLab is
(L 0..1, a, b); OKLCH is (L, chroma, hue in degrees 0..360). Anything numpy can turn into an array is accepted, a tuple
as well as a picture.

Sources: IEC 61966-2-1 for sRGB, B. Ottosson, "A perceptual color space for image processing" (2020) for OKLab,
W3C WCAG 2.2 for luminance and contrast.
"""

from __future__ import annotations

import math
import re
from functools import cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from ddm.errors import InputError

Floats: TypeAlias = npt.NDArray[np.floating]
Rgb: TypeAlias = tuple[float, float, float]
"""One sRGB colour, channels 0..1."""

_LMS_OF_LINEAR = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_LAB_OF_ROOTS = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_LINEAR_OF_LMS = np.linalg.inv(_LMS_OF_LINEAR)
_ROOTS_OF_LAB = np.linalg.inv(_LAB_OF_ROOTS)
_ROOTS_ROWS, _LINEAR_ROWS = _ROOTS_OF_LAB.tolist(), _LINEAR_OF_LMS.tolist()
_LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
_GAMUT_SLACK = 1e-4
"""How far outside 0..1 a linear channel may lie and still count as inside: less than a tenth of a byte step."""
_CHROMA_STEPS = 24
"""Halvings of the chroma search: 0.5 / 2**24 is far below what a byte can show."""
_BYTE_STEPS = 14
"""Enough of them where the outcome is bytes: chroma to 0.00003."""


# ------------------------------------------------------------------------------------------------ transfer function


def linear_of_srgb(srgb: npt.ArrayLike) -> Floats:
    """Linear light of sRGB values 0..1; any shape, keeps float32."""
    values = _floats(srgb)
    return np.where(values <= 0.04045, values / 12.92, ((np.maximum(values, 0.04045) + 0.055) / 1.055) ** 2.4).astype(
        values.dtype, copy=False
    )


def srgb_of_linear(linear: npt.ArrayLike) -> Floats:
    """sRGB values of linear light; negative light stays on the linear foot of the curve."""
    values = _floats(linear)
    curve = 1.055 * np.maximum(values, 0.0031308) ** (1 / 2.4) - 0.055
    return np.where(values <= 0.0031308, values * 12.92, curve).astype(values.dtype, copy=False)


def linear_of_bytes(pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """Linear light, float32, of uint8 sRGB: one table look-up a channel."""
    found: npt.NDArray[np.float32] = _byte_table().take(pixels)  # twice as quick as an index
    return found


def bytes_of_srgb(srgb: npt.ArrayLike) -> npt.NDArray[np.uint8]:
    """Rounded and clipped to uint8."""
    found: npt.NDArray[np.uint8] = (np.clip(_floats(srgb), 0, 1) * 255 + 0.5).astype(np.uint8)
    return found


@cache
def _byte_table() -> npt.NDArray[np.float32]:
    return linear_of_srgb(np.arange(256) / 255).astype(np.float32)


# ------------------------------------------------------------------------------------------------ OKLab and OKLCH


def oklab_of_linear(linear: npt.ArrayLike) -> Floats:
    values = _floats(linear)
    roots = np.cbrt(values @ _LMS_OF_LINEAR.T.astype(values.dtype))
    return roots @ _LAB_OF_ROOTS.T.astype(values.dtype)


def linear_of_oklab(oklab: npt.ArrayLike) -> Floats:
    """May leave 0..1 where the colour is outside sRGB."""
    values = _floats(oklab)
    roots = values @ _ROOTS_OF_LAB.T.astype(values.dtype)
    return roots**3 @ _LINEAR_OF_LMS.T.astype(values.dtype)


def oklab_of_srgb(srgb: npt.ArrayLike) -> Floats:
    return oklab_of_linear(linear_of_srgb(srgb))


def srgb_of_oklab(oklab: npt.ArrayLike) -> Floats:
    """Clipped channel by channel to 0..1; use `into_gamut` first where hue must hold."""
    return np.clip(srgb_of_linear(linear_of_oklab(oklab)), 0, 1)


def oklab_of_bytes(pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """OKLab, float32, same shape, of uint8 sRGB (..., 3)."""
    return oklab_of_linear(linear_of_bytes(pixels)).astype(np.float32, copy=False)


def lightness_of_bytes(pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """OKLab's L alone, float32 (...), of uint8 sRGB (..., 3)."""
    roots = np.cbrt(linear_of_bytes(pixels) @ _LMS_OF_LINEAR.T.astype(np.float32))
    found: npt.NDArray[np.float32] = roots @ _LAB_OF_ROOTS[0].astype(np.float32)
    return found


def oklch_of_oklab(oklab: npt.ArrayLike) -> Floats:
    values = _floats(oklab)
    light, a, b = values[..., 0], values[..., 1], values[..., 2]
    return np.stack([light, np.hypot(a, b), np.degrees(np.arctan2(b, a)) % 360], axis=-1)


def oklab_of_oklch(oklch: npt.ArrayLike) -> Floats:
    values = _floats(oklch)
    hue = np.radians(values[..., 2])
    return np.stack([values[..., 0], values[..., 1] * np.cos(hue), values[..., 1] * np.sin(hue)], axis=-1)


def oklch_of_srgb(srgb: npt.ArrayLike) -> Floats:
    return oklch_of_oklab(oklab_of_srgb(srgb))


def srgb_of_oklch(oklch: npt.ArrayLike) -> Floats:
    """sRGB 0..1; colours outside are first brought in by `into_gamut`."""
    return srgb_of_oklab(oklab_of_oklch(into_gamut(oklch)))


def in_gamut(oklch: npt.ArrayLike) -> npt.NDArray[np.bool_]:
    """Whether sRGB can show the colour; shape without the channel axis."""
    linear = linear_of_oklab(oklab_of_oklch(oklch))
    inside: npt.NDArray[np.bool_] = np.all((linear >= -_GAMUT_SLACK) & (linear <= 1 + _GAMUT_SLACK), axis=-1)
    return inside


def into_gamut(oklch: npt.ArrayLike) -> Floats:
    """The same lightness and hue with the largest chroma that sRGB can show (much as CSS Color 4 does).

    Lightness is clipped to 0..1; at its ends chroma becomes 0.
    """
    values = np.array(_floats(oklch), dtype=np.float64)
    values[..., 0] = np.clip(values[..., 0], 0, 1)
    keep = in_gamut(values)
    low, high = np.zeros(values.shape[:-1]), np.maximum(values[..., 1], 0)
    for _ in range(_CHROMA_STEPS):
        middle = (low + high) / 2
        inside = in_gamut(np.stack([values[..., 0], middle, values[..., 2]], axis=-1))
        low, high = np.where(inside, middle, low), np.where(inside, high, middle)
    values[..., 1] = np.where(keep, values[..., 1], low)
    return values


def delta_e(one: npt.ArrayLike, other: npt.ArrayLike) -> Floats:
    """Distance of OKLab colours times 100, so that about 2 is just noticeable side by side."""
    return 100 * np.asarray(np.linalg.norm(_floats(one) - _floats(other), axis=-1))


def hue_distance(one: float, other: float) -> float:
    """Degrees between two hues the short way round, 0..180."""
    return abs((one - other + 180) % 360 - 180)


# ------------------------------------------------------------------------------------------------ contrast


def luminance(srgb: npt.ArrayLike) -> Floats:
    """WCAG relative luminance 0..1 of sRGB 0..1; shape without the channel axis."""
    return luminance_of_linear(linear_of_srgb(srgb))


def luminance_of_bytes(pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """WCAG relative luminance, float32, of uint8 sRGB."""
    return luminance_of_linear(linear_of_bytes(pixels)).astype(np.float32, copy=False)


def luminance_of_linear(linear: npt.ArrayLike) -> Floats:
    values = _floats(linear)
    return np.asarray(values @ _LUMINANCE.astype(values.dtype))


def contrast_of_luminances(one: npt.ArrayLike, other: npt.ArrayLike) -> Floats:
    """WCAG contrast ratio 1..21 of relative luminances."""
    a, b = _floats(one), _floats(other)
    return np.asarray((np.maximum(a, b) + 0.05) / (np.minimum(a, b) + 0.05))


def contrast(one: npt.ArrayLike, other: npt.ArrayLike) -> Floats:
    """WCAG contrast ratio 1..21 of sRGB colours 0..1."""
    return contrast_of_luminances(luminance(one), luminance(other))


# ------------------------------------------------------------------------------------------------ notation

_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})\Z", re.IGNORECASE)


def parse_hex(text: str) -> Rgb:
    """sRGB 0..1 of '#rgb' or '#rrggbb'. Raises InputError for anything else."""
    if not _HEX.match(text):
        raise InputError(f"'{text[:40]}' is not a colour", mend="write #rgb or #rrggbb")
    digits = text[1:] if len(text) == 7 else "".join(c * 2 for c in text[1:])
    red, green, blue = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return red, green, blue


def format_hex(srgb: npt.ArrayLike) -> str:
    """'#rrggbb' in lower case of one sRGB colour 0..1, rounded and clipped."""
    return "#" + bytes_of_srgb(srgb).tobytes().hex()


def hex_of_oklch(lightness: float, chroma: float, hue: float) -> str:
    """'#rrggbb' of one OKLCH colour, its chroma reduced until sRGB can show it. Plain arithmetic: it is much asked."""
    light, angle = min(max(lightness, 0.0), 1.0), math.radians(hue)
    across, down = math.cos(angle), math.sin(angle)
    linear = _linear_of(light, chroma * across, chroma * down)
    if not _shown(linear):
        low, high = 0.0, max(chroma, 0.0)
        for _ in range(_BYTE_STEPS):
            middle = (low + high) / 2
            if _shown(_linear_of(light, middle * across, middle * down)):
                low = middle
            else:
                high = middle
        linear = _linear_of(light, low * across, low * down)
    red, green, blue = map(_byte_of_linear, linear)
    return f"#{red:02x}{green:02x}{blue:02x}"


def _linear_of(light: float, a: float, b: float) -> Rgb:
    """As `linear_of_oklab`, for one colour."""
    (l0, l1, l2), (m0, m1, m2), (s0, s1, s2) = _ROOTS_ROWS
    long, middle, short = l0 * light + l1 * a + l2 * b, m0 * light + m1 * a + m2 * b, s0 * light + s1 * a + s2 * b
    long, middle, short = long * long * long, middle * middle * middle, short * short * short
    (l0, l1, l2), (m0, m1, m2), (s0, s1, s2) = _LINEAR_ROWS
    return (
        l0 * long + l1 * middle + l2 * short,
        m0 * long + m1 * middle + m2 * short,
        s0 * long + s1 * middle + s2 * short,
    )


def _shown(linear: Rgb) -> bool:
    low, high = -_GAMUT_SLACK, 1 + _GAMUT_SLACK
    red, green, blue = linear
    return low <= red <= high and low <= green <= high and low <= blue <= high


def _byte_of_linear(linear: float) -> int:
    value = linear * 12.92 if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055
    return int(min(max(value, 0.0), 1.0) * 255 + 0.5)


def hex_of_oklab(lightness: float, a: float, b: float) -> str:
    """'#rrggbb' of one OKLab colour, its chroma reduced until sRGB can show it."""
    return format_hex(srgb_of_oklch(oklch_of_oklab((lightness, a, b))))


def oklch_of_hex(text: str) -> tuple[float, float, float]:
    light, chroma, hue = (float(v) for v in oklch_of_srgb(parse_hex(text)))
    return light, chroma, hue


def _floats(values: npt.ArrayLike) -> Floats:
    array = np.asarray(values)
    return array if array.dtype in (np.float32, np.float64) else array.astype(np.float64)
