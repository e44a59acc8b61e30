"""Pieces of copy before and after they are sized: texts, shapes, and stacks of both.

Everything is linear in the type size, so sizing a piece to a width is a division and a look into a short table.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from ddm.resolve.cuts import DESCENT, Cut, cut, table
from ddm.resolve.intents import StackIntent, TextIntent
from ddm.resolve.placed import Placed, Type
from ddm.typeset.runs import Typesetter

WORTH = 0.5  # words are kept whole if that leaves so much of their size: torn, readers stumble
RAGGED, MANY, EVEN = 0.15, 3, 0.84  # so many lines as uneven as that are set in fewer, at so much of their size
SLACK = 0.01  # pixels by which a sum may exceed the room it was divided from


class SetText(NamedTuple):
    """A text at its size. width, height: with its badge, in pixels."""

    item: TextItem
    cut: Cut
    size: float
    width: float
    height: float


class SetShape(NamedTuple):
    item: ShapeItem
    width: float
    height: float


class SetGroup(NamedTuple):
    """Pieces one after another. starts: left of each piece in a row, top of each in a column; tops: of those in a row.

    align: how what is narrower than the stack is ranged (0, 0.5, 1).
    """

    item: StackItem
    pieces: list[Piece]
    starts: list[float]
    tops: list[float]
    width: float
    height: float
    align: float


Piece: TypeAlias = SetText | SetShape | SetGroup


def spread(group: SetGroup, width: float) -> SetGroup:
    """A row as wide as that, its gaps widened alike; one piece alone stays as it is."""
    gaps = len(group.pieces) - 1
    if group.item.down or not gaps or group.width >= width:
        return group
    more = (width - group.width) / gaps
    return group._replace(starts=[start + n * more for n, start in enumerate(group.starts)], width=width)


class TextItem:
    """A text to be sized. size: as wished, least: the part of it that it may shrink to, floor: the smallest at all.

    gone: left out for want of room; `says` changes the wording.
    """

    __slots__ = (
        *("placed", "intent", "type", "floor", "typesetter", "language", "size", "least", "badge"),
        *("text", "measured", "table", "gone"),
    )

    def __init__(
        self, placed: Placed, intent: TextIntent, type: Type, floor: float, typesetter: Typesetter, language: str
    ) -> None:
        self.placed, self.intent, self.type, self.floor = placed, intent, type, floor
        self.typesetter, self.language = typesetter, language
        self.size, self.least = type.size, intent.least
        self.badge = intent.badge.shape if intent.badge else ""
        self.gone = False

    def says(self, text: str) -> None:
        """Changes the wording; one without visible letters takes no room."""
        t = self.type
        self.text = text
        self.measured = self.typesetter.measured(text, t.families, t.weight, t.italic, t.spacing, self.language)
        self.table = table(self.measured, self.intent.lines, self.badge)

    @property
    def flexible(self) -> bool:
        """Whether it takes what room is left beside its neighbours."""
        return self.intent.lines > 1

    def sized(self, width: float, scale: float) -> SetText | None:
        """At the largest size that fits the width; somewhat smaller where that keeps a phrase on one line."""
        cuts, whole, least, least_whole = self.table
        wished, floor = self._range(scale)
        size = width / least if wished * least > width else wished
        if size < floor:
            return None
        kept = min(wished, width / least_whole)
        if kept >= floor and kept >= size * WORTH:
            size, cuts = kept, whole
        room = (width + SLACK) / size
        for found in cuts:
            if found[0] <= room:
                break
        else:
            return None
        if not self.intent.balance and self.badge != "disc":
            found = self._filled(found, room)
        elif self.badge != "disc" and found.way.cost > RAGGED and len(found.way.lines) >= MANY:
            found = self._evener(found, cuts, width / max(floor, size * EVEN))
            size = min(size, width / found.width)
        return SetText(self, found, size, found[0] * size, found[1] * size)

    def _evener(self, ragged: Cut, cuts: tuple[Cut, ...], room: float) -> Cut:
        """The most even way in fewer lines, if a somewhat smaller size allows one: words should not stand alone."""
        fewer = [one for one in cuts if len(one.way.lines) < len(ragged.way.lines) and one.width <= room]
        return min([*fewer, ragged], key=lambda one: one.way.cost)

    def _range(self, scale: float) -> tuple[float, float]:
        """The size wished for, and the least; never below the floor, which has the last word."""
        wished, floor = self.size * scale, self.floor
        least = wished * self.least
        return (wished if wished > floor else floor), (least if least > floor else floor)

    def _filled(self, even: Cut, room: float) -> Cut:
        """Full lines instead of even ones, where they are as many and tear nothing that was whole."""
        full = self.measured.greedy(room - even.inset[0] * 2)
        same = len(full.lines) == len(even.way.lines) and full.torn <= even.way.torn
        made = cut(full, self.measured.leading, self.badge) if same else even
        return made if made.width <= room else even

    def needs(self, scale: float) -> float:
        """The least width it can be set to, in pixels."""
        return self.table.least * self._range(scale)[1]


class ShapeItem:
    """A shape of fixed size among the copy, such as a short rule."""

    __slots__ = ("placed",)
    flexible = gone = False

    def __init__(self, placed: Placed) -> None:
        self.placed = placed

    def sized(self, width: float, scale: float) -> SetShape | None:
        across, down = self.placed.extent
        return SetShape(self, max(1.0, across * scale), max(1.0, down * scale))


class StackItem:
    """Items one after another. gap: in pixels at full scale; align: 0, 0.5, 1 from the left; small: the least width of
    a flexible item beside others. steady: whether what fits at one scale fits at every smaller one; in a row a text may
    grow when its neighbours shrink."""

    __slots__ = ("align", "backwards", "children", "down", "gap", "placed", "small", "stack", "steady")
    flexible, gone = True, False

    def __init__(
        self, placed: Placed, stack: StackIntent, children: tuple[Item, ...], gap: float, small: float, backwards: bool
    ) -> None:
        self.placed, self.stack, self.children, self.gap, self.small = placed, stack, children, gap, small
        self.backwards, self.down = backwards, stack.direction == "down"
        self.align = 1 - stack.align if backwards else stack.align
        self.steady: bool = all(self._steady(child) for child in children)

    def _steady(self, child: Item) -> bool:
        return self.down and child.steady if isinstance(child, StackItem) else self.down or not child.flexible

    def texts(self) -> Iterator[TextItem]:
        for child in self.children:
            if isinstance(child, TextItem):
                yield child
            elif isinstance(child, StackItem):
                yield from child.texts()

    def sized(self, width: float, scale: float) -> SetGroup | None:
        """All pieces at one scale, none wider than `width`; None where one of them has no room."""
        return self._column(width, scale) if self.down else self._row(width, scale)

    def _column(self, width: float, scale: float) -> SetGroup | None:
        pieces: list[Piece] = []
        starts: list[float] = []
        gap = self.gap * scale
        extent, end = 0.0, -gap
        for child in self.children:
            piece = None if child.gone else child.sized(width, scale)
            if piece is None:
                if child.gone:
                    continue
                return None
            if piece.height:
                pieces.append(piece)
                starts.append(end + gap)
                end += gap + piece.height
                extent = piece.width if piece.width > extent else extent
        return SetGroup(self, pieces, starts, [], extent, max(0.0, end), self.align)

    def _row(self, width: float, scale: float) -> SetGroup | None:
        pieces = self._beside(width, scale)
        if pieces is None:
            return None
        ordered = pieces[::-1] if self.backwards else pieces
        starts, end = [], -self.gap * scale
        for piece in ordered:
            end += self.gap * scale
            starts.append(end)
            end += piece.width
        tops, height = standing(ordered)
        return SetGroup(self, ordered, starts, tops, max(0.0, end), height, self.align)

    def _beside(self, width: float, scale: float) -> list[Piece] | None:
        """Fixed pieces take their own width, flexible ones share the rest."""
        children = [child for child in self.children if not child.gone]
        sized = [None if child.flexible else child.sized(width, scale) for child in children]
        rest = width - self.gap * scale * (len(children) - 1) - sum([piece.width for piece in sized if piece])
        if rest < -SLACK:
            return None
        number = sum([child.flexible for child in children])
        if number:
            share = rest / number
            if share < self.small:
                return None
            each = zip(children, sized, strict=True)
            sized = [child.sized(share, scale) if child.flexible else one for child, one in each]
        pieces = [piece for piece in sized if piece is not None]
        return [piece for piece in pieces if piece.height] if len(pieces) == len(children) else None


Item: TypeAlias = TextItem | ShapeItem | StackItem


def _cap(piece: Piece) -> float:
    """The height of a bare text above its first baseline; 0 for anything else."""
    if isinstance(piece, SetText) and not piece.item.badge:
        return piece.cut.way.lines[0].cap_height * piece.size
    return 0.0


def _middle(piece: Piece) -> float:
    """From the top of a piece to the middle of what is seen: of a bare text, from its capitals to its last baseline."""
    below = DESCENT * piece.size if isinstance(piece, SetText) and not piece.item.badge else 0.0
    return (piece.height - below) / 2


def _lines(piece: Piece) -> int:
    return len(piece.cut.way.lines) if isinstance(piece, SetText) else 1


def standing(pieces: list[Piece]) -> tuple[list[float], float]:
    """The tops of pieces side by side, and their height.

    Texts of one line share their baseline, and all else is centred on the capitals of the largest. Beside a text of
    several lines everything is centred.
    """
    if max(map(_lines, pieces), default=1) > 1:
        above = [_middle(piece) for piece in pieces]
    else:
        caps = [_cap(piece) for piece in pieces]
        centre = max(caps, default=0.0) / 2
        above = [cap or piece.height / 2 + centre for cap, piece in zip(caps, pieces, strict=True)]
    most = max(above, default=0.0)
    tops = [most - one for one in above]
    return tops, max([top + piece.height for top, piece in zip(tops, pieces, strict=True)], default=0.0)
