"""What the checker finds: the place, what is wrong, what would be right; all of it at once."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from ddm.errors import InputError
from ddm.language.source import Mark

Severity: TypeAlias = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    severity: Severity
    mark: Mark
    what: str
    mend: str = ""

    def __str__(self) -> str:
        return f"{self.mark}: {self.severity}: {self.what}" + (f" ({self.mend})" if self.mend else "")


def nearest(name: str, known: Iterable[str]) -> str:
    """'did you mean …' for the closest known name, or the names there are."""
    known = list(known)
    close = difflib.get_close_matches(name, known, 1, 0.5)
    return f"did you mean '{close[0]}'?" if close else f"one of {', '.join(sorted(known))}"


class Findings(list[Finding]):
    """Findings as they are gathered."""

    def error(self, mark: Mark, what: str, mend: str = "") -> None:
        self.append(Finding("error", mark, what, mend))

    def warn(self, mark: Mark, what: str, mend: str = "") -> None:
        self.append(Finding("warning", mark, what, mend))

    @property
    def errors(self) -> list[Finding]:
        return [f for f in self if f.severity == "error"]

    def raise_errors(self) -> None:
        """One InputError that names every error."""
        if self.errors:
            first, *rest = self.errors
            more = "".join(f"\n{finding}" for finding in rest)
            raise InputError(first.what + (f" ({first.mend})" if first.mend else "") + more, str(first.mark))
