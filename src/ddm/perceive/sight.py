"""One picture while it is being perceived: what is shared by several perceivers, computed once when first asked for."""

from __future__ import annotations

import numpy as np

from ddm.acquire.product import Picture
from ddm.colour import oklab_of_bytes
from ddm.perceive import pixels as px
from ddm.perceive.busyness import busyness
from ddm.perceive.classify import Class, classify
from ddm.perceive.cutout import Cutout, cutout, extent
from ddm.perceive.decode import Decoded
from ddm.perceive.faces import faces
from ddm.perceive.heads import Judged, doubted, judge
from ddm.perceive.logo import logo_matte
from ddm.perceive.matte import Drawn, Matte, coarse, isnet, own, refined
from ddm.perceive.noise import FULL, noise
from ddm.perceive.palettes import palettes
from ddm.perceive.perception import MAP_SIDE, Element, Maps, Swatch
from ddm.perceive.pixels import Bytes, Floats, Mask
from ddm.perceive.scene import SHARP_SIDE, detail
from ddm.perceive.text import read
from ddm.perceive.things import things
from ddm.perceive.tiers import BEST, Tier
from ddm.perceive.unsafe import unsafe
from ddm.perceive.view import Viewed, view

MIDDLE_SIDE = 512
"""Longer side at which texture and colour are judged: the same for every picture, so that figures compare."""
LARGE_SIDE, ENOUGH = 896, 640
"""Longer side, at most, from which small networks take their own sizes; the heads were trained on pictures composed at
it. Halves are taken while they leave ENOUGH for the one that looks closest: they take a tenth of the time."""
INSIDE, OUTSIDE = 0.5, 0.1
"""Coverage above which a pixel is the subject's, and below which it is background."""


class Sight(Viewed):
    """A decoded picture and the views of it, as closely as the tier looks.

    `middle` is uint8 (h, w, 3), at most MIDDLE_SIDE; `lab` is its OKLab.
    """

    def __init__(self, picture: Picture, decoded: Decoded, tier: Tier = BEST) -> None:
        super().__init__()
        self.picture = picture
        self.tier = tier
        self.decoded = decoded
        self.pixels = decoded.pixels
        self.height, self.width = decoded.pixels.shape[:2]

    @view
    def found(self) -> Matte:
        if self.picture.role == "logo":
            return logo_matte(self.pixels, self.decoded.alpha)
        if self.decoded.alpha is not None:
            return own(self.decoded.alpha, self.coarse)
        return refined(self.pixels, Drawn(self.coarse, self.fine))

    @view
    def two_networks(self) -> bool:
        """Whether a second network is asked for the matte."""
        return self.tier.fine > 0 and self.decoded.alpha is None and self.picture.role != "logo"

    @view
    def fine(self) -> Floats | None:
        """What ISNet draws, where it is asked."""
        return isnet(self.pixels, self.tier.fine) if self.two_networks else None

    @view
    def coarse(self) -> Floats:
        """What U2Net draws."""
        return coarse(self.pixels, self.tier)

    @view
    def coverage(self) -> Floats:
        """float32 (h, w) 0..1 at full size."""
        return self.found.coverage

    @view
    def large(self) -> Bytes:
        """At most LARGE_SIDE, at least ENOUGH: for networks that look at 256 to 640 pixels."""
        return px.limited(px.halved_to(self.pixels, ENOUGH), LARGE_SIDE)

    @view
    def half(self) -> Bytes:
        """Half as wide and high where that leaves enough for MIDDLE_SIDE: quick to make, and to shrink further."""
        return px.reduced(self.pixels, 2) if max(self.width, self.height) >= 2 * MIDDLE_SIDE else self.pixels

    @view
    def middle(self) -> Bytes:
        return px.limited(self.half, MIDDLE_SIDE)

    @view
    def detail(self) -> Floats:
        """Where there is detail, at the size at which sharpness is judged."""
        return detail(self.pixels)

    @view
    def noise(self) -> float:
        """As `quality.noise`."""
        return noise(self.pixels)

    @view
    def grain(self) -> float:
        """Deviation of the noise where detail is judged, as a part of the range: shrinking averages it away."""
        return self.noise * FULL / 255 * min(1.0, SHARP_SIDE / float(max(self.width, self.height)))

    @view
    def unsafe(self) -> float:
        return unsafe(self.middle)

    @view
    def lab(self) -> Floats:
        return oklab_of_bytes(self.middle)

    @view
    def middle_coverage(self) -> Floats:
        return px.by_halves(self.coverage, *self.middle.shape[1::-1])

    @view
    def subject(self) -> Mask:
        """The subject at middle size."""
        return self.middle_coverage > INSIDE

    @view
    def background(self) -> Mask:
        """The background at middle size, a little away from the subject's edge."""
        return ~px.grown(self.middle_coverage > OUTSIDE, 3)

    @view
    def box(self) -> tuple[int, int, int, int]:
        """left, top, right, bottom of the subject in full-size pixels; the whole picture where there is none."""
        return extent(self.coverage > INSIDE)

    @view
    def cutout(self) -> Cutout:
        return cutout(self.decoded.colours, self.coverage, own_colours=self.decoded.alpha is not None)

    @view
    def seen_class(self) -> Class:
        return classify(self.middle)

    @view
    def texts(self) -> tuple[Element, ...]:
        return read(self.pixels, self.tier.text)

    @view
    def faces(self) -> tuple[Element, ...]:
        return faces(self.large, self.tier.faces)

    @view
    def elements(self) -> tuple[Element, ...]:
        """All that was found in the picture and has a box."""
        return (*self.things, *self.faces, *self.judged.logos, *self.texts)

    @view
    def things(self) -> tuple[Element, ...]:
        """Persons and objects, the persons doubted where nobody is in the clothes."""
        return doubted(self.detected, self.judged.scene)

    @view
    def detected(self) -> tuple[Element, ...]:
        """Persons and objects, as the detector has them."""
        return things(self.large)

    @view
    def judged(self) -> Judged:
        """What the trained heads say."""
        persons = [one for one in self.detected if one.kind == "person"]
        return judge(self.large, self.seen_class.embedding, persons, self.faces)

    @view
    def busy(self) -> Floats:
        """float32 0..255 at middle size."""
        return busyness(self.lab)

    @view
    def palettes(self) -> dict[str, tuple[Swatch, ...]]:
        return palettes(self.lab, self.subject, self.background)

    @view
    def maps(self) -> Maps:
        little = self.little
        planes = (self.middle_coverage * 255, self.found.saliency * 255, self.busy)
        return Maps(little(self.middle), *map(little, planes))

    def little(self, plane: np.ndarray) -> Bytes:
        """A plane 0..255 or picture of any size at map size, uint8."""
        shrunk = px.resize(plane, *self.map_size)
        return shrunk if shrunk.dtype == np.uint8 else np.clip(shrunk + 0.5, 0, 255).astype(np.uint8)

    @view
    def map_size(self) -> tuple[int, int]:
        """Width and height of the maps."""
        scale = MAP_SIDE / max(self.width, self.height)
        return max(1, round(self.width * scale)), max(1, round(self.height * scale))
