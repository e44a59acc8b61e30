"""What the checker finds: the place, what is wrong, what would be right; all of it at once."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from ddm.errors import InputError
from ddm.language.source import Mark, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

Severity: TypeAlias = Literal["error", "warning"]

MOST = 100  # findings told of one file; nobody reads more at once, and each costs a search for the nearest name
NAMES = 12  # names listed where none is near
LONGEST = 64  # characters of a name that a nearest one is searched for


class Kind(NamedTuple):
    """One row: a stable short name, how grave it is, what it means."""

    code: str
    severity: Severity
    meaning: str


_ROWS = (
    Kind("unreadable", "error", "The file is no template: not UTF-8, not XML, no `<svg>`, or over a limit."),
    Kind("too-many", "error", "There are more findings, elements or objects than can be told or matched."),
    Kind("view-box", "error", "The `<svg>` has no `viewBox` that could be used."),
    Kind("ratios", "error", "`ddm:ratios` is no range of width over height."),
    Kind("namespace", "error", "A namespace looks like the language's, but is not."),
    Kind("stray", "error", "Something of the language stands where nothing looks for it."),
    Kind("unknown-object", "error", "There is no such kind of object."),
    Kind("unknown-operation", "error", "There is no such operation."),
    Kind("unknown-attribute", "error", "The object, operation or layer has no such attribute."),
    Kind("unknown-name", "error", "A condition or wish names something that has no value there."),
    Kind("unknown-reference", "error", "No object, layer or sequence of a fitting kind is called so."),
    Kind("unknown-element", "error", "An SVG element that does not resolve to plain SVG."),
    Kind("unknown-font", "error", "There is no such font family."),
    Kind("missing", "error", "An attribute or operation that is needed is not there."),
    Kind("wrong-value", "error", "A value cannot be read, or lies outside its range."),
    Kind("wrong-condition", "error", "A condition cannot be read."),
    Kind("wrong-type", "error", "A condition compares a name with what it never is: another type, unit or range."),
    Kind("never", "error", "A condition, alone or with those around it, can never hold."),
    Kind("wrong-element", "error", "The operation cannot act on this element."),
    Kind(
        "wrong-place",
        "error",
        "A layer or operation has no meaning where it stands: in a stack, in a repeat, inside another.",
    ),
    Kind("wrong-id", "error", "An id cannot be used: taken, reserved, too long, or like one that is generated."),
    Kind("cycle", "error", "Objects, sequences or frames lead back to themselves."),
    Kind("which-item", "error", "An object with a count is used outside the group that is repeated for its items."),
    Kind("needs-cutout", "error", "The operation acts on a subject alone, but the picture shows its surroundings."),
    Kind("too-late", "error", "The operation comes before what it depends on, or depends on what is drawn later."),
    Kind("no-effect", "warning", "An operation has no effect, because another one replaces it."),
    Kind("always", "warning", "A condition always holds, so it decides nothing."),
    Kind("not-reached", "warning", "An arrangement is never taken: earlier ones cover all it would hold for."),
    Kind("uncovered", "warning", "A switch has no arrangement for some ratios that the template serves."),
    Kind("unserved", "warning", "A format of the catalogue cannot be served."),
    Kind("unused", "warning", "An object or a sequence that nothing uses."),
    Kind("unread", "warning", "An attribute of the sample that creatives will not show."),
    Kind("unformatted", "warning", "A number is shown without being told how to write it."),
    Kind("left-out", "warning", "An import left something out."),
    Kind("not-imported", "error", "An import could not read something."),
)

KINDS: Mapping[str, Kind] = {row.code: row for row in _ROWS}


@dataclass(frozen=True, slots=True)
class Finding:
    """code: a row of KINDS. text: what stands at the mark and is meant. used: where the sequence it is in is used."""

    code: str
    mark: Mark
    what: str
    mend: str = ""
    text: str = ""
    used: Mark | None = None

    @property
    def severity(self) -> Severity:
        return KINDS[self.code].severity

    def __str__(self) -> str:
        used = f"; used at line {self.used.line}" if self.used else ""
        return f"{self.mark}: {self.severity}: {self.what}{used}" + (f" ({self.mend})" if self.mend else "")


def nearest(name: str, known: Iterable[str]) -> str:
    """'did you mean …' for the closest known name, or the names there are."""
    known = list(dict.fromkeys(known))
    close = difflib.get_close_matches(name, known, 1, 0.5) if len(name) <= LONGEST else []
    if close:
        return f"did you mean '{close[0]}'?"
    shown = sorted(known)[:NAMES]
    more = f" and {len(known) - NAMES} more" if len(known) > NAMES else ""
    return f"one of {', '.join(shown)}{more}" if known else "there is none"


def printable(text: str) -> str:
    """Nothing of a file may break lines or steer the terminal where it is told."""
    return "".join(c if c == "\t" or c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


class Findings(list[Finding]):
    """Findings as they are gathered; the same one is told once."""

    def __init__(self) -> None:
        super().__init__()
        self._seen: set[tuple[str, Mark, str]] = set()
        self._used: Mark | None = None

    @contextmanager
    def used_at(self, mark: Mark | None) -> Iterator[None]:
        """What is found meanwhile is in a sequence that is used there."""
        before, self._used = self._used, mark or self._used
        try:
            yield
        finally:
            self._used = before

    def add(
        self,
        code: str,
        place: Place | Mark,
        what: str,
        mend: str = "",
        known: Iterable[str] | None = None,
        name: str = "",
    ) -> None:
        """known: names, of which the nearest to `name`, or to the place's text, is told instead of `mend`."""
        mark, text = place if isinstance(place, Place) else (place, "")
        if len(self) > MOST or (code, mark, what) in self._seen:
            return
        self._seen.add((code, mark, what))
        if len(self) == MOST:
            self.append(Finding("too-many", mark, f"more than {MOST} findings; the others are not told", "mend these"))
            return
        if known is not None:
            mend = nearest(name or text, known)
        self.append(Finding(code, mark, printable(what), printable(mend), text, self._used))

    def error(self, mark: Mark, what: str, mend: str = "") -> None:
        self.add("not-imported", mark, what, mend)

    def warn(self, mark: Mark, what: str, mend: str = "") -> None:
        self.add("left-out", mark, what, mend)

    @property
    def full(self) -> bool:
        """Whether nothing more is told."""
        return len(self) > MOST

    @property
    def errors(self) -> list[Finding]:
        return [f for f in self if f.severity == "error"]

    def sort_by_place(self) -> None:
        self.sort(key=lambda f: (f.mark.line, f.mark.column))

    def raise_errors(self) -> None:
        """One InputError that names every error."""
        if self.errors:
            first, *rest = self.errors
            more = "".join(f"\n{finding}" for finding in rest)
            raise InputError(first.what + (f" ({first.mend})" if first.mend else "") + more, str(first.mark))
