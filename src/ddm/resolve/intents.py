"""What shall become of a layer: each operation, in document order, changes the intent; then it is realised once.

Intents are made per template and format, before any material is known, so nothing in them depends on a picture.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol, TypeAlias

from ddm.language.lengths import Length
from ddm.language.parameters import Range, Wish, Zone
from ddm.language.template import Call
from ddm.match.binding import Binding
from ddm.perceive.perception import Params, Perception, Swatch


class Surroundings(Protocol):
    """What an effect may ask of the creative it is part of."""

    binding: Binding

    def roles(self, palette: str) -> Mapping[str, str]:
        """role -> '#rrggbb'."""
        ...

    def swatches(self, palette: str) -> tuple[Swatch, ...]:
        """The main colours a palette was made from."""
        ...

    def blurred(self, object: str) -> bool:
        """Whether a layer shows the object out of focus."""
        ...


SWAPPED = {"left": "right", "right": "left"}


class Shown(NamedTuple):
    """A material as a layer shows it."""

    material: Perception
    mirror: bool

    def own(self, side: str) -> str:
        """A side of the canvas as a side of the picture."""
        return SWAPPED.get(side, side) if self.mirror else side


Asked: TypeAlias = Callable[[Shown, Surroundings], Params | None]
"""The parameters of a derivation for this material in these surroundings; None where there is nothing to do."""


@dataclass(frozen=True, slots=True)
class Effect:
    """Pixels asked for from the perception room: a row of its table of derivations, with what is known only later."""

    derivation: str
    asked: Asked
    call: Call


@dataclass(frozen=True, slots=True)
class Intent:
    """Of any layer. object: what it selects. align, rise: where content smaller than its frame sits (0, 0.5, 1).

    turn: degrees clockwise. nth, by: which of the object's candidates; nth 0 is the one it was bound to.
    """

    object: str = ""
    align: float = 0.5
    rise: float = 0.5
    turn: float = 0.0
    nth: int = 0
    by: Wish | None = None


MIDDLE = (Zone(0.5, 0.5),)
MIDDLING = Range(0.5, 0.75)
SQUARE, CLOSE = Length(0.0, "px"), Length(2.0, "u")


@dataclass(frozen=True, slots=True)
class PictureIntent(Intent):
    """Of an `<image>`. cutout: the subject alone. zones, size: where and how large the subject is wished.

    grow: limit of growth by side (left, top, right, bottom), as part of the frame. before: changes of the pixels
    themselves, in order. beneath: layers laid under the subject. blur: sigma as part of the longer side.
    whole: as much of the picture as its frame allows, wherever its subject is. close: a part of the subject.
    bleed: sides at which the subject may run off the enclosing frame; off: how far a whole one does at the first.
    before_copy: the layer of copy that it stands before; hides: how much of any letter it may cover there.
    """

    cutout: bool = False
    zones: tuple[Zone, ...] = MIDDLE
    size: Range = MIDDLING
    mirror: Call | None = None
    margin: float = 0.0
    radius: Length = SQUARE
    grow: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    to_canvas: bool = False
    whole: bool = False
    close: bool = False
    bleed: tuple[str, ...] = ()
    off: float = 0.0
    before_copy: str = ""
    hides: float = 0.0
    blur: float = 0.0
    before: tuple[Effect, ...] = ()
    beneath: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class ShapeIntent(Intent):
    """Of a shape. palette '' leaves the fill as written; to: the role it shades towards, in the direction `angle`."""

    palette: str = ""
    role: str = ""
    to: str = ""
    angle: float = 90.0


@dataclass(frozen=True, slots=True)
class InkIntent:
    """The colour of copy: read on what lies beneath with `contrast`; role '' takes what reads best."""

    palette: str
    contrast: float = 4.5
    role: str = ""


@dataclass(frozen=True, slots=True)
class BadgeIntent:
    shape: str
    role: str
    palette: str


@dataclass(frozen=True, slots=True)
class Written:
    """How a number is written. style: currency, number, percent, date or compact; digits -1 for as many as needed."""

    style: str
    digits: int = -1
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class TextIntent(Intent):
    """Of a `<text>`. min_size: in units of the viewBox. priority: higher is dropped sooner, 0 never."""

    lines: int = 1
    least: float = 1.0
    min_size: float = 0.0
    balance: bool = True
    shorter: bool = True
    ellipsis: bool = False
    priority: int = 0
    ink: InkIntent | None = None
    scrim: float = 0.0
    badge: BadgeIntent | None = None
    written: Written | None = None
    calm: bool = False
    avoid: tuple[str, ...] = ()
    apart: float = 0.02


@dataclass(frozen=True, slots=True)
class StackIntent:
    """direction: down or across. least: how far all may shrink together. spread: whether a row takes all its room."""

    direction: str = "down"
    gap: Length = CLOSE
    align: float = 0.0
    least: float = 0.55
    spread: bool = False


@dataclass(frozen=True, slots=True)
class GroupIntent(Intent):
    """Of a `<g>`. stack: None for a mere frame. calm: its copy searches the frame for the calmest place, clear of
    `avoid` by `apart` (of the canvas's shorter side). ink, scrim: of the copy in it."""

    stack: StackIntent | None = None
    calm: bool = False
    avoid: tuple[str, ...] = ()
    apart: float = 0.02
    ink: InkIntent | None = None
    scrim: float = 0.0


Action: TypeAlias = Callable[[Any, Call], Any]
"""What an operation does: the intent so far and the call -> the intent from here on. Pure."""
