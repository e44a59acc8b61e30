"""A subject and the photograph it shall stand in -> the subject as that photograph's camera would have shown it.

What camera and light do to all that is in a photograph is told by its black, its white, the colour of its greys and
its grain: two halves of one photograph differ in these far less than two photographs do (`SHARED`). A subject's own
lightness and hue tell next to nothing of it: they are as good as independent of the ground's (correlations of -.10 to
.11, `ddm bench fit shared`). So the subject is not made like the scene, but moved from its own photograph's camera and
light to the scene's, and never so far that its colour changes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ddm.colour import bytes_of_srgb, delta_e, linear_of_oklab, oklab_of_bytes, srgb_of_linear
from ddm.derive.change import View
from ddm.derive.fitting.looks import Look, look
from ddm.derive.fitting.optics import blur
from ddm.derive.fitting.toning import AS_IS
from ddm.perceive import pixels as px
from ddm.perceive.perception import Params, Perception
from ddm.perceive.pixels import Bytes, Floats

SHARED = {"black": 0.85, "white": 0.65, "a": 0.85, "b": 0.85, "grain": 0.85, "blur": 0.6}
"""Of the variance between photographs, about what two halves of one share: on 39 interiors, 54 product photographs and
60 garments at home black .83 to .94, white .52 to .71, a .78 to .93, b .68 to .92, grain .85 to .89, blur .43 to .89
(`ddm bench fit shared`)."""
USUAL = {"black": 0.03, "white": 0.03, "a": 0.002, "b": 0.003}
"""Half of what halves of one photograph differ by: so much is left as it is. On 67 photographs, none of them the
bench's, it nearly halves what is done to those that nobody spoilt, and costs a fiftieth of what is undone."""
STEEPEST = (0.75, 1.3)
"""Bounds of the change of contrast: beyond them noise and blocks come out, or relief is lost."""
CAST = 0.02
"""Bound of the change of a grey's colour, by its lightness: what cameras' white balances differ by. More is the tint of
a paper that the thing was photographed on, and a pot of fired clay became pink by it."""
MOST = 4.8
"""Median change of the subject, OKLab distance times 100, that leaves its colour known: about two and a half times what
is just seen side by side; with what rounding and sampling add it stays below 5."""
SAMPLE = 20_000
"""Pixels by which the change is judged."""
HALVINGS = 8
FULL = 0.1
"""Deviation of grain 1.0, as a part of the range: as `quality.noise` has it."""
UNSEEN = 1 / 255
"""Deviation of grain that nobody sees: none is laid on for it."""
SEED = 7
SOFTEST, LEAST_BLUR = 2.5, 0.3
"""Pixels: the most that a subject is softened by, and the least that is worth it."""
SHARPER = 0.8
"""Amount of an unsharp mask at most: beyond it edges get a bright line."""


@dataclass(frozen=True, slots=True)
class Taken:
    """How a photograph was taken. grain: as `quality.noise`. blur: of its sharpest edges in pixels, None: not told."""

    look: Look
    grain: float = 0.0
    blur: float | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """Lightness becomes rise + lightness * slope, a and b are scaled by dim, and shifted by (a, b) times lightness."""

    rise: float
    slope: float
    dim: float
    a: float
    b: float

    def __call__(self, lab: Floats, part: float = 1.0) -> Floats:
        """OKLab (..., 3) after so much of the move."""
        light = lab[..., 0]
        after = np.clip(light + part * (self.rise + (self.slope - 1) * light), 0, 1)
        dim, shift = 1 + part * (self.dim - 1), part * np.array([self.a, self.b], np.float32)
        colours = lab[..., 1:] * np.float32(dim) + after[..., None] * shift
        return np.concatenate([after[..., None], colours], -1).astype(np.float32)


def move(own: Look, scene: Look, strength: float = 1.0) -> Move:
    """From one camera and light to another's: each difference by its share, less what halves of one photograph have."""
    known = strength * (own.shows_greys and scene.shows_greys)
    a, b = (known * _due(name, getattr(own, name), getattr(scene, name)) for name in ("a", "b"))
    white = own.white
    if own.shows_white and scene.shows_white:
        white += strength * _due("white", own.white, scene.white)
    gain = white / own.white
    black = own.black * gain  # as exposure has it, where one of the two shows none
    if own.shows_black and scene.shows_black:
        black = own.black + strength * _due("black", own.black, scene.black)
    slope = float(np.clip((white - black) / (own.white - own.black), *STEEPEST))
    length = max(1.0, float(np.hypot(a, b)) / CAST)
    return Move(white - slope * own.white, slope, gain, a / length, b / length)


def _due(name: str, own: float, scene: float) -> float:
    apart = scene - own
    return SHARED[name] * float(np.sign(apart)) * max(0.0, abs(apart) - USUAL[name])


def bearable(lab: Floats, moved: Move, most: float = MOST) -> float:
    """How much of the move, 0..1, changes the median of OKLab colours (n, 3) by no more than `most`."""
    some = lab[:: max(1, len(lab) // SAMPLE)]
    if not len(some) or _change(some, moved, 1.0) <= most:
        return 1.0
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if _change(some, moved, middle) <= most else (low, middle)
    return low


def _change(lab: Floats, moved: Move, part: float) -> float:
    shown = oklab_of_bytes(_pixels(moved(lab, part)))
    return float(np.median(delta_e(shown, lab)))


def fit(pixels: Bytes, weights: Floats, own: Taken, scene: Taken, strength: float = 1.0) -> Bytes:
    """uint8 (h, w, 3) sRGB from one camera's to another's; weights (h, w) 0..1: what of it is the subject."""
    lab, moved = oklab_of_bytes(pixels), move(own.look, scene.look, strength)
    toned = _pixels(moved(lab, bearable(lab[weights > 0.5], moved)))
    return _grained(_focused(toned, weights, own.blur, scene.blur, strength), own.grain, scene.grain, strength)


def _pixels(lab: Floats) -> Bytes:
    return bytes_of_srgb(srgb_of_linear(linear_of_oklab(lab)))


def _focused(pixels: Bytes, weights: Floats, own: float | None, scene: float | None, strength: float) -> Bytes:
    """As soft as the scene's sharpest edges; where it is softer than they are, a little crisper."""
    if own is None or scene is None:
        return pixels
    wished = float(np.exp(np.log(own) + strength * SHARED["blur"] * np.log(scene / own)))
    apart = float(np.sqrt(abs(wished**2 - own**2)))
    if apart < LEAST_BLUR:
        return pixels
    soft = _blurred(pixels, weights, min(apart, SOFTEST))
    changed = soft if wished > own else pixels + min(SHARPER, apart) * (pixels - soft)
    found: Bytes = np.clip(changed + 0.5, 0, 255).astype(np.uint8)
    return found


def _blurred(pixels: Bytes, weights: Floats, sigma: float) -> Floats:
    """Of the subject's own colours only, float32 (h, w, 3)."""
    weight = np.maximum(weights, 1e-3).astype(np.float32)[..., None]
    found: Floats = px.blur(pixels * weight, sigma) / px.blur(weight[..., 0], sigma)[..., None]
    return found


def _grained(pixels: Bytes, own: float, scene: float, strength: float) -> Bytes:
    """With grain where the scene has more of it; none is taken away, for that would take drawing with it."""
    missing = strength * SHARED["grain"] * max(0.0, scene**2 - own**2)
    deviation = FULL * float(np.sqrt(missing))
    if deviation < UNSEEN:
        return pixels
    noise = np.random.default_rng(SEED).standard_normal(pixels.shape[:2], np.float32)[..., None]
    found: Bytes = np.clip(pixels + 255 * deviation * noise + 0.5, 0, 255).astype(np.uint8)
    return found


def taken(perception: Perception) -> Taken:
    """Of the photograph that was perceived, the subject included."""
    thumb = perception.maps.thumb
    found = look(thumb, np.ones(thumb.shape[:2], np.float32))
    assert found is not None, "a thumbnail has pixels"
    return Taken(found, perception.number("quality.noise"))


def fitted(view: View, params: Params) -> Bytes:
    """As the scene's camera would have shown it. params: black, white, a, b, grain, blur of the scene, and strength."""
    own = taken(view.perception)
    wished = {name: float(params[name]) for name in ("black", "white", "a", "b")}
    there = replace(own.look, **{name: value for name, value in wished.items() if value != AS_IS})
    soft = float(params["blur"])
    light = np.ascontiguousarray(oklab_of_bytes(view.pixels)[..., 0]) if soft != AS_IS else None
    own = replace(own, blur=None if light is None else blur(light, view.cover))
    scene = Taken(there, float(params["grain"]), None if soft == AS_IS else soft)
    return fit(view.pixels, view.shown, own, scene, float(params["strength"]))
