"""What the search for bindings passes on: what one object got, and what all objects so far got together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ddm.language.template import AbstractObject
from ddm.match.binding import Related
from ddm.match.shortlist import Entry, Shortlist
from ddm.perceive.perception import Perception


@dataclass(frozen=True, slots=True)
class Pick:
    """What one object got: an entry for each of its items, none where its layers are left out.

    listed: what it was picked from. notes: what was tried before, in sentences. gone: layers that are left out with it.
    flaws: concessions that were made. used: the object whose choice was taken.
    """

    spec: AbstractObject
    entries: tuple[Entry, ...] = ()
    listed: Shortlist = field(default_factory=Shortlist)
    notes: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    flaws: int = 0
    used: str = ""
    materials: tuple[Perception, ...] = field(init=False)
    score: float = field(init=False)
    key: str = field(init=False)

    def __post_init__(self) -> None:
        """materials: of the entries; score: their mean, 0 for none; key: which they are."""
        materials = tuple(entry.material for entry in self.entries)
        mean = sum(entry.score for entry in self.entries) / len(self.entries) if self.entries else 0.0
        object.__setattr__(self, "materials", materials)
        object.__setattr__(self, "score", mean)
        object.__setattr__(self, "key", " ".join(material.id for material in materials))


@dataclass(frozen=True, slots=True)
class Partial:
    """Some objects of a template, filled. Fewer flaws win, then the higher score, then the smaller ids."""

    picks: Mapping[str, Pick] = field(default_factory=dict)
    flaws: int = 0
    score: float = 0.0
    related: tuple[Related, ...] = ()
    shown: tuple[Perception, ...] = ()

    @property
    def rank(self) -> tuple[int, float, tuple[str, ...]]:
        """Smaller is better."""
        return self.flaws, -round(self.score, 9), tuple(material.id for material in self.shown)
