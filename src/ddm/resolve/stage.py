"""The stage: all that may be asked while one creative is made, and what has been painted so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ddm.acquire.product import Product
from ddm.errors import Unfit
from ddm.formats.catalogue import Format
from ddm.geometry import Box
from ddm.language.template import Template
from ddm.match.binding import Binding
from ddm.perceive.perception import Derive, Perception, Swatch
from ddm.resolve.ground import Ground
from ddm.resolve.intents import PictureIntent
from ddm.resolve.plan import Plan
from ddm.resolve.roles import colourless, dark, roles
from ddm.resolve.trace import Trace
from ddm.svg.tree import Clip
from ddm.typeset.runs import Typesetter

MOST_PALETTES = 20_000  # palettes by role that are kept: a kilobyte each
_PALETTES: dict[tuple[str, str, str], tuple[Mapping[str, str], str]] = {}


@dataclass(slots=True)
class Stage:
    """One plan, one binding. Only `ground`, `painted`, `trace`, `boxes`, `letters` and `takes` change while it is
    played.

    take: which of its windows a picture uses, 0 the cheapest; takes: how many there turned out to be.
    boxes: where each layer was drawn so far. letters: of each layer of copy that stands on no badge, about where each
    of its letters is. painted: opaque shapes and photographs so far, as what stands on them sees their edges.
    """

    plan: Plan
    binding: Binding
    product: Product
    typesetter: Typesetter
    derive: Derive
    take: int = 0
    trace: Trace = field(default_factory=Trace)
    takes: int = field(default=1, init=False)
    boxes: dict[str, Box] = field(default_factory=dict, init=False)
    painted: list[Clip] = field(default_factory=list, init=False)
    letters: dict[str, list[Box]] = field(default_factory=dict, init=False)
    ground: Ground = field(init=False)
    format: Format = field(init=False)
    canvas: Box = field(init=False)
    unit: float = field(init=False)
    _roles: dict[str, Mapping[str, str]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self.format, self.unit = self.plan.format, self.plan.unit
        self.canvas = self.format.canvas
        self.ground = Ground(self.canvas)

    @property
    def template(self) -> Template:
        return self.plan.template

    def roles(self, palette: str) -> Mapping[str, str]:
        """The colours by role of a palette object."""
        found = self._roles.get(palette)
        if found is None:
            spec = self.template.objects[palette]
            found, region = _by_role(self._material(palette), spec.region, spec.harmony)
            self._roles[palette] = found
            named = ", ".join([f"{role} {value}" for role, value in found.items()])
            self.trace.note(palette, "roles", named, f"main colours of the {region} of {spec.of}")
        return found

    def swatches(self, palette: str) -> tuple[Swatch, ...]:
        """The colours a palette object was made from."""
        return _colours(self._material(palette), self.template.objects[palette].region)[0]

    def blurred(self, object: str) -> bool:
        """Whether a layer shows the object out of focus."""
        layers = (placed.intent for layer in self.plan.layers for placed in layer.walk())
        return any(isinstance(i, PictureIntent) and i.object == object and i.blur > 0 for i in layers)

    def _material(self, palette: str) -> Perception:
        spec = self.template.objects[palette]
        material = self.binding.material(spec.of)
        if material is None:
            raise Unfit(f"the palette '{palette}' is of '{spec.of}', which was dropped", str(spec.mark))
        return material


def _by_role(material: Perception, region: str, harmony: str) -> tuple[Mapping[str, str], str]:
    """Kept by material: every format of a product asks for the same."""
    key = material.id, region, harmony
    found = _PALETTES.get(key)
    if found is None:
        if len(_PALETTES) >= MOST_PALETTES:
            _PALETTES.clear()
        swatches, told = _colours(material, region)
        found = _PALETTES[key] = (roles(swatches, harmony, dark(material.palettes.get(region, ()))), told)
    return found


def _colours(material: Perception, region: str) -> tuple[tuple[Swatch, ...], str]:
    """The region's colours; where they are no colours, those of the whole picture."""
    swatches = material.palettes.get(region, ())
    if region != "whole" and colourless(swatches):
        return material.palettes["whole"], f"whole picture (the {region} has no colour)"
    return swatches, region
