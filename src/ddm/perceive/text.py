"""Pixels -> lines of text that can be read in them; the only file that knows the text recogniser (RapidOCR, PP-OCR)."""

from __future__ import annotations

import threading
from functools import cache
from importlib.metadata import version
from typing import Any

import numpy as np
from rapidocr import RapidOCR

from ddm.geometry import Box
from ddm.perceive import pixels as px
from ddm.perceive.perception import Element
from ddm.perceive.pixels import Bytes

SIDE = 1280
"""Longer side at which text is looked for: headlines and labels, not the small print of a package."""
CONFIDENT = 0.8
"""Readings below are foliage and keyboards more often than words."""
HUGE = 0.4
"""Part of the picture's height from which a lone letter is no letter."""

_LOCK = threading.Lock()  # the recogniser keeps state between its stages


def read(pixels: Bytes, side: int = SIDE, confident: float = CONFIDENT) -> tuple[Element, ...]:
    """Lines of text in uint8 (h, w, 3) sRGB, top to bottom as the recogniser orders them."""
    small = px.limited(pixels, side)
    height, width = small.shape[:2]
    with _LOCK:
        found = _engine()(np.ascontiguousarray(small[..., ::-1]))
    if found.boxes is None:
        return ()
    rows = zip(found.boxes, found.txts, found.scores, strict=True)
    boxes = (
        Element("text", _box(corners, width, height), round(float(score), 4), text)
        for corners, text, score in rows
        if score >= confident and text.strip()
    )
    return tuple(box for box in boxes if not _shape(box))


def _shape(found: Element) -> bool:
    """Stripes and frames pass for one or two huge letters."""
    return len(found.label.strip()) <= 2 and found.box.height > HUGE


def recogniser_version() -> str:
    return version("rapidocr")


@cache
def _engine() -> Any:
    threads = "EngineConfig.onnxruntime.intra_op_num_threads"
    return RapidOCR(
        params={"Global.log_level": "error", "Det.limit_type": "max", "Det.limit_side_len": 2048, threads: 2}
    )


def _box(corners: np.ndarray, width: int, height: int) -> Box:
    xs, ys = np.clip(corners[:, 0] / width, 0, 1), np.clip(corners[:, 1] / height, 0, 1)
    return Box.of_edges(*(round(float(v), 5) for v in (xs.min(), ys.min(), xs.max(), ys.max())))
