"""Font families as drawing programs write them, into the nearest of those that creatives are set in."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ddm.fonts.table import TABLE

KNOWN = {row.family.lower(): row.family for row in TABLE}

_LIKE = (
    ("source han serif|noto serif|songti|simsun|mincho|fangsong|kaiti|ming", "Noto Serif CJK SC"),
    (
        "source han|noto sans (cjk|sc|tc|jp|kr)|pingfang|hiragino|yahei|heiti|simhei|alibaba|gothic (sc|tc)",
        "Noto Sans CJK SC",
    ),
    ("arabic|naskh|kufi|cairo|tajawal", "Noto Sans Arabic"),
    ("emoji", "Noto Color Emoji"),
    ("bebas|oswald|anton|impact|league gothic|condensed|compressed|knockout|din", "Bebas Neue"),
    ("spartan|futura|century gothic|avant garde|josefin|jost|kumbh", "League Spartan"),
    ("manrope|montserrat|poppins|gilroy|nunito|urbanist|outfit|sora|raleway|gotham|proxima|avenir|circular", "Manrope"),
    (
        "garamond|times|georgia|serif|playfair|baskerville|bodoni|didot|caslon|merriweather|lora|minion|palatino|"
        "cormorant|cambria|book antiqua|roman|tiempos|canela|freight text",
        "EB Garamond",
    ),
)
"""What the name holds -> the family of ours that looks most like it; the first that is found counts."""

FALLBACK = "Inter"
HAN = {"EB Garamond": "Noto Serif CJK SC"}
"""Families whose Chinese is set in another than Noto Sans CJK SC."""

_FACE = re.compile(
    r"[-\s](thin|extralight|ultralight|light|book|regular|roman|medium|semibold|demi|bold|extrabold|ultrabold|"
    r"heavy|black|italic|oblique|mt|ps|it)+$",
    re.IGNORECASE,
)
_WEIGHTS: Mapping[str, int] = {
    "thin": 100,
    "extralight": 200,
    "ultralight": 200,
    "light": 300,
    "medium": 500,
    "semibold": 600,
    "demi": 600,
    "extrabold": 800,
    "ultrabold": 800,
    "bold": 700,
    "heavy": 800,
    "black": 900,
}


def first(text: str) -> str:
    """The family asked for first, without quotes; '' for none."""
    return text[:300].split(",")[0].strip(" '\"")


def nearest(family: str) -> tuple[str, bool]:
    """(our family, whether it is the one asked for). Names may carry a face: 'Manrope-Bold'."""
    bare = _FACE.sub("", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", family)).strip()
    for name in (family, bare, family.partition("-")[0]):
        if name.lower().replace("-", " ") in KNOWN:
            return KNOWN[name.lower().replace("-", " ")], True
    low = f"{bare} {family}".lower()
    if "sans" in low and "cjk" not in low and not re.search("han|noto", low):
        return FALLBACK, False
    return next((ours for words, ours in _LIKE if re.search(rf"\b(?:{words})", low)), FALLBACK), False


def listed(family: str) -> str:
    """As templates write it: the family, and the one for what it lacks."""
    han = HAN.get(family, "Noto Sans CJK SC")
    return family if family.startswith("Noto") else f"{family}, {han}"


def weight_of(family: str, asked: str) -> int:
    """100 to 900: as asked, or as the name of the face says."""
    word = asked.strip().lower()
    if re.fullmatch(r"\d{2,4}", word):
        return min(900, max(100, round(int(word) / 100) * 100))
    if word in ("bold", "bolder"):
        return 700
    face = re.sub(r"[\s_]", "", family.partition("-")[2].lower())
    return next((weight for name, weight in _WEIGHTS.items() if name in face), 400)


def italic(family: str, asked: str) -> bool:
    return asked in ("italic", "oblique") or bool(re.search(r"-\w*(italic|oblique|it)$", family, re.IGNORECASE))
