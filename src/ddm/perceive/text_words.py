"""A strip of a picture with one line of text -> what it says and how sure that is; the reader of PP-OCR."""

from __future__ import annotations

from functools import cache

import numpy as np

from ddm import models
from ddm.perceive import pixels as px
from ddm.perceive.pixels import Bytes, Floats
from ddm.perceive.text_lines import MIDDLE

HEIGHT = 48
"""Rows of a strip, as the network was trained."""
LEAST, MOST = 32, 1600
"""Columns of a strip: shorter ones are filled up, longer ones squeezed."""
SQUEEZE = 0.7
"""Part of its width to which a strip is squeezed: as many letters are wrong as at full width on posters (2.5 %), 1.0
against .8 % on typed photographs (tuned halves), in 15 % less time."""


def word(strip: Bytes) -> tuple[str, float]:
    """Reading and mean probability of its letters of uint8 (h, w, 3) sRGB; ('', 0) of nothing. One by one: strips that
    are filled up to the widest of several take longer (448 ms against 527 a poster)."""
    height, width = strip.shape[:2]
    fitted = px.resize(strip, int(np.clip(round(SQUEEZE * width * HEIGHT / height), 8, MOST)), HEIGHT)
    blob = np.zeros((1, 3, HEIGHT, max(LEAST, fitted.shape[1])), np.float32)
    blob[0, ..., : fitted.shape[1]] = px.blob(fitted[..., ::-1], MIDDLE, MIDDLE)[0]
    session = models.session("text-read")
    return _decoded(session.run(None, {session.input: blob})[0][0])


def _decoded(chances: Floats) -> tuple[str, float]:
    """The likeliest letter of each step, (steps, letters); repeats and blanks (0) are left out (CTC, Graves 2006)."""
    best = chances.argmax(1)
    told = (best > 0) & np.insert(best[1:] != best[:-1], 0, True)
    letters = _letters()
    text = "".join(letters[k] for k in best[told])
    return text, float(chances.max(1)[told].mean()) if told.any() else 0.0


@cache
def _letters() -> tuple[str, ...]:
    """By index of the network's answer: blank first, then those it names itself, then a space."""
    named = models.metadata("text-read")["character"].splitlines()
    return ("", *named, " ")
