"""Errors for people: what is wrong, where, and what would be right."""

from __future__ import annotations


class DdmError(Exception):
    """A problem a person can act on.

    what: one sentence that names the problem.
    where: file, line and column, or URL; empty when there is no place.
    mend: what would be right, or the command that mends it.
    """

    def __init__(self, what: str, where: str = "", mend: str = "") -> None:
        self.what, self.where, self.mend = what, where, mend
        super().__init__(what)

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head} ({self.mend})" if self.mend else head


class InputError(DdmError):
    """What came in cannot be used: a page, a feed, a template, an argument."""


class Unavailable(DdmError):
    """Something outside did not answer: a server, a time-out, robots.txt."""


class Missing(DdmError):
    """A model, font or native library is not installed; `mend` is the command that installs it."""


class Unfit(DdmError):
    """This material cannot serve this template in this format; another may."""
