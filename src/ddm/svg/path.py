"""Path data into absolute segments (SVG 1.1, section 8.3), pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ddm.errors import InputError

MAX_CHARACTERS = 100_000
"""A traced logo has a few thousand; more is a picture and belongs in one."""

COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
_COMMAND = re.compile(r"\s*([MmLlHhVvCcSsQqTtAaZz])\s*")
_NUMBER = re.compile(r"[\s,]*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)")
_FLAG = re.compile(r"[\s,]*([01])")


class Segment(NamedTuple):
    """One drawing step. verb: M, L, C, Q, A or Z; points: its absolute arguments in the order SVG gives them."""

    verb: str
    points: tuple[float, ...]


def parse(d: str) -> tuple[Segment, ...]:
    """All segments of `d`, absolute, with H, V, S and T spelt out. InputError names the place of the first mistake."""
    if len(d) > MAX_CHARACTERS:
        raise InputError(f"path data of {len(d)} characters", mend=f"at most {MAX_CHARACTERS}")
    pen = _Pen()
    return tuple(pen.step(command, arguments) for command, arguments in _commands(d))


def _commands(d: str) -> Iterator[tuple[str, tuple[float, ...]]]:
    at, command = 0, ""
    end = len(d.rstrip())
    while at < end:
        found = _COMMAND.match(d, at)
        if found:
            command, at = found[1], found.end()
        elif command in ("", "Z", "z"):
            raise _wrong(d, at)
        elif command in "Mm":
            command = "L" if command == "M" else "l"  # further pairs after a moveto are linetos
        arguments, at = _arguments(d, at, command)
        yield command, arguments


def _arguments(d: str, at: int, command: str) -> tuple[tuple[float, ...], int]:
    values: list[float] = []
    for index in range(COUNTS[command.upper()]):
        flag = command in "Aa" and index in (3, 4)
        found = (_FLAG if flag else _NUMBER).match(d, at)
        if not found:
            raise _wrong(d, at)
        values.append(float(found[1]))
        at = found.end()
    return tuple(values), at


def _wrong(d: str, at: int) -> InputError:
    return InputError(f"path data cannot be read at character {at}: '{d[at : at + 12]}'")


class _Pen:
    """Where the pen is, where the subpath began, and the last control point (for S and T)."""

    def __init__(self) -> None:
        self.at = self.start = self.control = (0.0, 0.0)
        self.last = ""

    def step(self, command: str, values: tuple[float, ...]) -> Segment:
        if not self.last and command not in "Mm":
            raise InputError("path data must begin with a moveto")
        absolute = self._absolute(command, values)
        segment = self._spelt_out(command.upper(), absolute)
        self._moved(segment)
        self.last = command.upper()
        return segment

    def _absolute(self, command: str, values: tuple[float, ...]) -> tuple[float, ...]:
        if command.isupper():
            return values
        x, y = self.at
        if command == "a":
            return (*values[:5], values[5] + x, values[6] + y)
        if command == "v":
            return (values[0] + y,)
        return tuple(value + (x if index % 2 == 0 else y) for index, value in enumerate(values))

    def _spelt_out(self, verb: str, values: tuple[float, ...]) -> Segment:
        x, y = self.at
        if verb == "H":
            return Segment("L", (values[0], y))
        if verb == "V":
            return Segment("L", (x, values[0]))
        if verb == "S":
            return Segment("C", (*self._mirrored("CS"), *values))
        if verb == "T":
            return Segment("Q", (*self._mirrored("QT"), *values))
        return Segment(verb, values)

    def _mirrored(self, after: str) -> tuple[float, float]:
        (x, y), (cx, cy) = self.at, self.control
        return (2 * x - cx, 2 * y - cy) if self.last and self.last in after else (x, y)

    def _moved(self, segment: Segment) -> None:
        verb, points = segment
        if verb == "Z":
            self.at = self.start
            return
        self.at = (points[-2], points[-1])
        self.control = (points[-4], points[-3]) if verb in "CQ" else self.at
        if verb == "M":
            self.start = self.at
