"""A sized stack at its place: every piece with its corner, every line of type with its box."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from ddm.geometry import Box
from ddm.resolve.cuts import DESCENT
from ddm.resolve.pieces import SetGroup, SetShape, SetText
from ddm.typeset.breaks import clusters


class PutText(NamedTuple):
    """A text at its place. box: badge included; lines: left end and baseline of each; boxes: of each line, from the
    height of its capitals to its descent."""

    piece: SetText
    box: Box
    lines: list[tuple[float, float]]
    boxes: list[Box]

    @property
    def name(self) -> str:
        return self.piece.item.placed.id


class PutShape(NamedTuple):
    """A shape among the copy, at its place in the stack."""

    piece: SetShape
    box: Box


Put: TypeAlias = PutText | PutShape


def laid(group: SetGroup, x: float, y: float, puts: list[Put], groups: dict[str, Box]) -> None:
    """Adds all texts and shapes of a stack whose left top is at (x, y), and the boxes of it and the stacks in it."""
    groups[group.item.placed.id] = Box(x, y, group.width, group.height)
    down, align, width = group.item.down, group.align, group.width
    for index, piece in enumerate(group.pieces):
        start = group.starts[index]
        left = x + (width - piece.width) * align if down else x + start
        top = y + start if down else y + group.tops[index]
        if isinstance(piece, SetText):
            puts.append(_text(piece, left, top, align))
        elif isinstance(piece, SetShape):
            puts.append(PutShape(piece, Box(left, top, piece.width, piece.height)))
        else:
            laid(piece, left, top, puts, groups)


def _text(piece: SetText, x: float, y: float, align: float) -> PutText:
    """On a badge lines are centred, however its stack is ranged."""
    align = 0.5 if piece.item.badge else align
    size, (dx, dy), lines = piece.size, piece.cut.inset, piece.cut.way.lines
    left, room = x + dx * size, piece.width - 2 * dx * size
    base, step = y + (dy + lines[0].cap_height) * size, piece.item.measured.leading * size
    starts: list[tuple[float, float]] = []
    boxes: list[Box] = []
    for line in lines:
        width, cap = line.width * size, line.cap_height * size
        start = left + (room - width) * align
        starts.append((start, base))
        boxes.append(Box(start, base - cap, width, cap + DESCENT * size))
        base += step
    return PutText(piece, Box(x, y, piece.width, piece.height), starts, boxes)


def sliced(put: PutText) -> list[Box]:
    """About where each letter of a text without a badge is, from its foot to the height of capitals: its lines cut into
    as many equal parts as they have letters. Wide letters and narrow ones differ by less than what may be hidden."""
    if put.piece.item.badge:
        return []
    size, found = put.piece.size, list[Box]()
    for box, line in zip(put.boxes, put.piece.cut.way.lines, strict=True):
        count = sum(len(clusters(run.text.replace(" ", ""))) for run in line.runs) or 1
        width = box.width / count
        found += [Box(box.x + n * width, box.y, width, box.height - DESCENT * size) for n in range(count)]
    return found
