"""Pixels -> cheap measured features: borders, flatness, colours, straight edges that run from side to side.

They tell what an embedding forgets: whether white is really white, and whether an edge is straight to the last pixel.
"""

from __future__ import annotations

import numpy as np

from ddm.colour import oklab_of_bytes
from ddm.perceive import pixels as px
from ddm.perceive.pixels import Bytes, Floats, Mask
from ddm.perceive.squares import least_squares

SIDE = 256
"""Pictures are stretched to this square: seams stay straight, and figures compare."""
RIM = 8
"""Pixels of a border's strip."""
WHITE, DARK, GREY = 0.97, 0.15, 0.015
"""OKLab lightness from which it is white, up to which it is black, and chroma up to which it is either."""
FLAT, EDGE = 0.006, 0.04
"""Gradient (OKLab, per pixel) up to which it is flat, and from which there is an edge."""
LEVELS = 16
"""Steps of each channel in which colours are counted."""
BEST = 3
"""Strongest lines that are kept of each direction."""


def clues(pixels: Bytes) -> Floats:
    """float32 (n,), of uint8 (h, w, 3) sRGB; n is the same for every picture."""
    small = px.resize(pixels, SIDE, SIDE)
    lab = oklab_of_bytes(small)
    across = np.linalg.norm(np.diff(lab, axis=1), axis=-1)
    down = np.linalg.norm(np.diff(lab, axis=0), axis=-1)
    parts = (
        _borders(lab),
        _colours(small, lab),
        _gradients(across, down),
        _lines(lab, across),
        _lines(_turned(lab), down.T),
    )
    return np.concatenate(parts).astype(np.float32)


def _turned(lab: Floats) -> Floats:
    return lab.transpose(1, 0, 2)


def _is_white(lab: Floats) -> Mask:
    found: Mask = (lab[..., 0] > WHITE) & (np.hypot(lab[..., 1], lab[..., 2]) < GREY)
    return found


def _borders(lab: Floats) -> Floats:
    """Of each side: lightness, spread, share of white; and what a sloping plane through the rim leaves over."""
    strips = (lab[:RIM], lab[-RIM:], lab[:, :RIM], lab[:, -RIM:])
    each = [value for s in strips for value in (s[..., 0].mean(), s.std((0, 1)).sum(), _is_white(s).mean())]
    rim = np.ones(lab.shape[:2], bool)
    rim[RIM:-RIM, RIM:-RIM] = False
    y, x = np.nonzero(rim)
    terms = np.stack([np.ones_like(x), x / SIDE, y / SIDE, (x / SIDE) ** 2, (y / SIDE) ** 2], -1)[::5]
    values = lab[rim][::5]
    rest = values - terms @ least_squares(terms, values.astype(np.float64))
    return np.array([*each, rest.std(0).sum(), np.abs(rest).max(), values.std(0).sum()])


def _colours(small: Bytes, lab: Floats) -> Floats:
    chroma = np.hypot(lab[..., 1], lab[..., 2])
    steps = (small // (256 // LEVELS)).astype(np.int64)
    codes = (steps[..., 0] * LEVELS + steps[..., 1]) * LEVELS + steps[..., 2]
    shares = np.bincount(codes.ravel(), minlength=LEVELS**3) / codes.size
    shares = np.sort(shares[shares > 0])[::-1]
    entropy = -(shares * np.log(shares)).sum()
    dark = (lab[..., 0] < DARK).mean()
    moments = (lab[..., 0].mean(), lab[..., 0].std(), chroma.mean(), chroma.std())
    return np.array([_is_white(lab).mean(), dark, *moments, entropy, shares[0], shares[:5].sum(), np.log(len(shares))])


def _gradients(across: Floats, down: Floats) -> Floats:
    size = np.maximum(across[:-1], down[:, :-1])
    thirds = [(third < FLAT).mean() for third in np.array_split(size, 3)]
    return np.array([size.mean(), *np.quantile(size, [0.5, 0.9, 0.99]), (size > EDGE).mean(), *thirds])


def _lines(lab: Floats, across: Floats) -> Floats:
    """Of upright lines: how much of the height the best have an edge, the longest run of it, and evenness of gutters.

    Lines within a few pixels of the sides are the picture's frame, not its seams.
    """
    margin = SIDE // 20
    edge = (across > EDGE)[:, margin:-margin]
    shares = edge.mean(0)
    runs = _longest(edge)
    even = lab[:, margin:-margin].std(0).sum(-1)
    strength = across[:, margin:-margin].mean(0)
    jumps = shares - px.box_mean(shares[None].astype(np.float32), 8)[0]
    return np.concatenate(
        [_best(shares), _best(runs), _best(jumps), _best(strength), -_best(-even)[:2], [shares.mean()]]
    )


def _longest(edge: Mask) -> Floats:
    """The longest unbroken run of True in each column, in parts of its height."""
    run = best = np.zeros(edge.shape[1])
    for row in edge:
        run = (run + 1) * row
        best = np.maximum(best, run)
    return best / len(edge)


def _best(values: Floats) -> Floats:
    """The highest values that are not neighbours, highest first."""
    left, found = np.array(values, np.float64), []
    for _ in range(BEST):
        at = int(left.argmax())
        found.append(left[at])
        left[max(0, at - 4) : at + 5] = left.min()
    return np.array(found)
