"""Measures of copy: can it be read, does it stand out, does it keep to its place."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator
from itertools import combinations

import cv2
import numpy as np
import numpy.typing as npt

from ddm.colour import contrast_of_luminances, luminance, luminance_of_bytes, parse_hex
from ddm.geometry import Box
from ddm.measure.evidence import SCREEN_TEXT, Bytes, Evidence, Finding
from ddm.measure.picture import before
from ddm.measure.reading import Reader
from ddm.measure.scene import UPRIGHT, Line, bounds, composed, moved, rounded

SLACK = 0.75
"""Canvas pixels by which copy may pass a border: antialiasing and the rounding of baselines."""


# ------------------------------------------------------------------------------------------------ reading

_LOOKALIKES = str.maketrans(
    dict.fromkeys("‘’‚‛′`´", "'") | dict.fromkeys("“”„″«»", '"') | dict.fromkeys("‐‑‒–—−ー", "-")
)
_UNREAD = frozenset("<>‹›→←↑↓▸▶►•·")
"""Marks that lead the eye and are not read."""


def read_back(evidence: Evidence) -> Finding | None:
    """Share of characters that the recogniser reads as they were set: 1 - edit distance / length, over all lines.

    Each line is read in haste, and what came out wrong once more with care: the better reading counts.
    Compared after NFKC, without case, white space, arrows and characters the recogniser does not know (emoji, and whole
    scripts such as Arabic: lines more than half unknown are left out). Copy struck through is crossed out on purpose.
    """
    reader = evidence.context.reader
    if reader is None:
        return None
    wanted = [(line, comparable(line.text, reader.alphabet)) for line in evidence.lines if _legible(line)]
    known = [(line, text) for line, text in wanted if 2 * len(text) > len(comparable(line.text)) and text]
    if not known:
        return None
    rated = [(*_reading(reader, text, crop(evidence, line)), line) for line, text in known]
    wrong, read, line = max(rated, key=lambda row: row[0])
    note = f"'{line.text.strip()}' is read as '{read}'" if wrong else ""
    return Finding(1 - sum(row[0] for row in rated) / sum(len(text) for _, text in known), note)


_HASTE = 0.7
"""Part of its width a line is squeezed to for the first reading: a third faster, and right for 99.6 % of characters."""


def _reading(reader: Reader, text: str, picture: Bytes) -> tuple[int, str]:
    """Wrong characters and what was read, at the width that served better."""
    best = (len(text) + 1, "")
    for width in (_HASTE, 1.0):
        read = comparable(reader.read([picture], width)[0], reader.alphabet)
        best = min(best, (min(distance(text, read), len(text)), read))
        if not best[0]:
            break
    return best


def comparable(text: str, alphabet: frozenset[str] | None = None) -> str:
    """The characters of a text that count when it is read back, folded so that like looks are alike."""
    folded = unicodedata.normalize("NFKC", text).translate(_LOOKALIKES).casefold()
    return "".join(
        c for c in folded if not _ignored(c) and (alphabet is None or c in alphabet or c.upper() in alphabet)
    )


def _ignored(character: str) -> bool:
    return character.isspace() or character in _UNREAD or unicodedata.category(character) in ("So", "Cf", "Mn", "Sk")


def distance(one: str, other: str) -> int:
    """Levenshtein's edit distance, O(n m)."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1]


def _legible(line: Line) -> bool:
    return all(text.decoration != "line-through" for text in line.texts)


def crop(evidence: Evidence, line: Line) -> Bytes:
    """The line upright, with room for accents, descenders and a margin: uint8 (h, w, 3)."""
    caps, em = line.caps, max(text.size for text in line.texts)
    box = Box.of_edges(caps.x - 0.25 * em, caps.y - 0.2 * em, caps.right + 0.25 * em, caps.bottom + 0.3 * em)
    if np.array_equal(line.frame, UPRIGHT):
        return pixels_in(evidence.pixels, box)
    frame = composed(line.frame, np.array([[1.0, 0.0, box.x], [0.0, 1.0, box.y]]))
    size = (max(1, math.ceil(box.width)), max(1, math.ceil(box.height)))
    way = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(
        cv2.warpAffine(evidence.pixels, frame, size, flags=way, borderMode=cv2.BORDER_REPLICATE), np.uint8
    )


def pixels_in(pixels: Bytes, box: Box) -> Bytes:
    """The part of the picture in a box; of a box outside it, its nearest pixel."""
    height, width = pixels.shape[:2]
    left, top = min(max(0, math.floor(box.x)), width - 1), min(max(0, math.floor(box.y)), height - 1)
    right, bottom = max(left + 1, min(width, math.ceil(box.right))), max(top + 1, min(height, math.ceil(box.bottom)))
    return pixels[top:bottom, left:right]


# ------------------------------------------------------------------------------------------------ contrast

_WORST = 5.0
"""Per cent of a line's outline that may fall short before the line does."""
_SOFT = 8
"""Coverage, of 255, from which a subject's edge changes what is seen beneath it."""
_FEW_PIXELS = 12
"""Fewer pixels of full ink than this tell no colour; the fill is believed instead."""


def contrast(evidence: Evidence) -> Finding | None:
    """The lowest contrast of any line of ordinary size; see `line_contrast`."""
    return _least(evidence, large=False)


def contrast_large(evidence: Evidence) -> Finding | None:
    """The lowest contrast of any large line: 24 CSS pixels, 18.66 in bold, by WCAG 2.2."""
    return _least(evidence, large=True)


def _least(evidence: Evidence, large: bool) -> Finding | None:
    rated = [
        (value, line)
        for line in evidence.lines
        if is_large(line, evidence.context.format.min_text) is large
        if (value := line_contrast(evidence, line)) is not None
    ]
    if not rated:
        return None
    value, line = min(rated, key=lambda pair: pair[0])
    return Finding(value, f"'{line.text.strip()}'")


def is_large(line: Line, min_text: float) -> bool:
    bold = all(text.weight >= 700 for text in line.texts)
    return line.size * SCREEN_TEXT / min_text >= (18.66 if bold else 24.0)


def line_contrast(evidence: Evidence, line: Line) -> float | None:
    """WCAG ratio of the line's ink to the pixels close around it: the 5th percentile over its outline.

    Ink is the median of the pixels that glyphs cover wholly, as they came out; around it lies a ring as wide as a thin
    stem, just outside the softened edge. What a subject hides that stands before the line is neither: whether the rest
    can be read, `read_back` says. None where no ink lies on the canvas.
    """
    reach = max(2, round(0.08 * line.size))
    box = bounds(moved(line.frame, rounded(line.box, 0))).grown(reach).intersection(evidence.canvas)
    if not box.area:
        return None
    ink, pixels = pixels_in(evidence.ink, box), pixels_in(evidence.pixels, box)
    touched = (ink > 8).astype(np.uint8)
    ring = cv2.dilate(touched, np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)) > touched
    if not touched.any() or not ring.any():
        return None
    light, bare = luminance_of_bytes(pixels), ~_hidden(evidence, line, box, reach)
    own = _ink_luminance(light[bare & (ink > 245)], line)
    ring &= bare
    return float(np.percentile(contrast_of_luminances(light[ring], own), _WORST)) if ring.any() else None


def _hidden(evidence: Evidence, line: Line, box: Box, reach: int) -> npt.NDArray[np.bool_]:
    """Where in the box a subject that is painted after the line hides it, or its soft edge does: (h, w)."""
    last = max(evidence.items.index(run) for run in line.runs)
    hidden = pixels_in(before(evidence, last), box)
    return cv2.dilate(hidden, np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)) > _SOFT


def _ink_luminance(covered: npt.NDArray[np.float32], line: Line) -> float:
    if covered.size >= _FEW_PIXELS:
        return float(np.median(covered))
    return float(luminance(parse_hex(line.texts[0].fill)))


# ------------------------------------------------------------------------------------------------ place


def fits(evidence: Evidence) -> Finding:
    """Lines that leave the canvas, run into another line, or are set smaller than the format allows."""
    return counted([*_outside(evidence), *_colliding(evidence), *_small(evidence)])


def counted(notes: list[str]) -> Finding:
    """How many there are, the first three told."""
    return Finding(len(notes), "; ".join(notes[:3]) + (f" and {len(notes) - 3} more" if len(notes) > 3 else ""))


def _outside(evidence: Evidence) -> Iterator[str]:
    for line in evidence.lines:
        if not evidence.canvas.contains(line.bounds, SLACK):
            yield f"'{line.text.strip()}' leaves the canvas"


def _colliding(evidence: Evidence) -> Iterator[str]:
    for one, other in combinations(evidence.lines, 2):
        if meet(one.bounds, other.bounds):
            yield f"'{one.text.strip()}' and '{other.text.strip()}' collide"


def _small(evidence: Evidence) -> Iterator[str]:
    least = evidence.context.format.min_text
    for line in evidence.lines:
        if line.size < least - 0.05:
            yield f"'{line.text.strip()}' is set at {line.size:.1f}, less than {least:g}"


def meet(one: Box, other: Box) -> bool:
    """Whether two boxes overlap by more than SLACK."""
    common = one.intersection(other)
    return min(common.width, common.height) > SLACK
