"""What serving needs of the rooms behind it, and the values that pass between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from ddm.errors import Unfit
from ddm.svg.tree import Document


@dataclass(frozen=True, slots=True)
class Order:
    """One creative asked for. copy: wordings that replace the product's own, sorted by object id.

    type: of the file; auto for the best that the format takes. pixel_ratio: pixels for each unit of the canvas, which
    the format must have; 0 leaves it to the format. explained: scores are wanted in the explanation,
    at the cost of measuring.
    """

    product: str
    template: str
    format: str
    type: str = "jpg"
    copy: tuple[tuple[str, str], ...] = ()
    explained: bool = False
    pixel_ratio: float = 0.0


@dataclass(frozen=True)
class Made:
    """body: the encoded picture. document: plain SVG whose hrefs are 'pixels/…'. explanation: plain data for JSON."""

    body: bytes
    document: Document
    explanation: Mapping[str, Any]


class Refused(Unfit):
    """A creative that cannot be made, and all that was tried. explanation: plain data for JSON."""

    def __init__(self, unfit: Unfit, explanation: Mapping[str, Any]) -> None:
        super().__init__(unfit.what, unfit.where, unfit.mend)
        self.explanation = explanation


class Service(Protocol):
    """Called from worker threads, several at once. Raises ddm.errors as the rooms do."""

    @property
    def products(self) -> Mapping[str, str]:
        """id -> title."""
        ...

    @property
    def templates(self) -> Mapping[str, str]:
        """id -> title."""
        ...

    def etag(self, order: Order) -> str:
        """Hexadecimal hash of all that decides the picture's bytes, without making it. Cheap."""
        ...

    def make(self, order: Order) -> Made:
        """The creative. Unfit (Refused, where it is to be explained) where it cannot be made or the format takes no
        such file, InputError for wording the template has no object for."""
        ...

    def pixels(self, name: str) -> bytes:
        """The file that 'pixels/name' in plain SVG refers to. InputError where there is none."""
        ...

    def source(self, template: str) -> str:
        """The template's own text."""
        ...

    def preview(self, text: str, order: Order) -> Made:
        """As `make`, with the template in `text` instead of a known one. InputError names every mistake in it."""
        ...
