"""Files and folders of formats -> formats, and findings with line and column; the door for what users bring."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ddm.errors import InputError
from ddm.formats import adcp
from ddm.formats.checks import At, record, shown, spelled
from ddm.formats.format import Format
from ddm.formats.places import Places, places
from ddm.formats.rows import DEFAULTS, read_row
from ddm.language.findings import Findings, nearest
from ddm.language.source import Mark

MAX_BYTES = 1_000_000
"""Of a file: thousands of formats, where the whole catalogue has a hundred."""
MAX_FORMATS = 1000
"""In a file: their order in a list is for people."""
MAX_FILES = 200
"""In a folder: one for each publisher, many times over."""
HEADS = ("about", "defaults", "formats")


@dataclass
class Shelf:
    """Formats by id as they are read, and all that was found wrong on the way."""

    formats: dict[str, Format] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)
    findings: Findings = field(default_factory=Findings)

    def add_path(self, path: Path) -> None:
        """A file, or all `*.json` of a folder by name."""
        for file in _files(path, self.findings):
            text = _text(file, self.findings)
            if text is not None:
                self.add_text(text, str(file))

    def add_text(self, text: str, file: str) -> None:
        """What a file holds: a list of formats, or an object with `formats` and `defaults` for them."""
        reading = _Reading(text, file, self.findings)
        document = reading.parsed()
        for value, at in reading.rows(document):
            if (found := read_row(value, at, reading.tell)) is not None:
                self._put(found, at, reading)

    def _put(self, found: Format, at: At, reading: _Reading) -> None:
        if home := self.homes.get(found.id):
            reading.tell((*at, "id"), f"there is a format '{found.id}' already, in {home}", "rename one")
            return
        self.formats[found.id], self.homes[found.id] = found, reading.file


def _files(path: Path, findings: Findings) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(path.glob("*.json"))
    if not found:
        findings.error(Mark(str(path), 1, 1), "there is no *.json in this folder")
    if len(found) > MAX_FILES:
        findings.error(Mark(str(path), 1, 1), f"{len(found)} files of formats, at most {MAX_FILES}")
    return found[:MAX_FILES]


def _text(path: Path, findings: Findings) -> str | None:
    try:
        with path.open("rb") as file:
            body = file.read(MAX_BYTES + 1)
        if len(body) > MAX_BYTES:
            raise InputError(f"more than {MAX_BYTES} bytes")
        return body.decode("utf-8-sig")
    except OSError as error:
        findings.error(Mark(str(path), 1, 1), f"cannot read the formats: {error.strerror}")
    except UnicodeDecodeError:
        findings.error(Mark(str(path), 1, 1), "the formats are not UTF-8 text")
    except InputError as error:
        findings.error(Mark(str(path), 1, 1), error.what, "several files in a folder")
    return None


class _Reading:
    """One text on its way: parsed, taken apart, mistakes told at their lines."""

    def __init__(self, text: str, file: str, findings: Findings) -> None:
        self.text, self.file, self.findings = text, file, findings
        self.sound = True
        self._places: Places | None = None

    def parsed(self) -> Any:
        """The document; None where it is no JSON, which is told."""
        try:
            document = json.loads(self.text, parse_constant=_refuse, object_pairs_hook=self._object)
        except json.JSONDecodeError as error:
            self.findings.error(Mark(self.file, error.lineno, error.colno), f"this is no JSON: {error.msg}")
        except RecursionError:
            self.findings.error(Mark(self.file, 1, 1), "brackets within brackets within brackets: too deep")
        except ValueError as error:  # NaN, Infinity, numbers of thousands of digits
            self.findings.error(Mark(self.file, 1, 1), f"this is no JSON: {error}")
        else:
            self._tell_twice()
            return document
        self.sound = False
        return None

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            self._places = self._places or places(self.text)
        return found

    def _tell_twice(self) -> None:
        """Only where the parser has met a key twice are places known by now."""
        for at, offset in self._places.twice.items() if self._places else ():
            self.findings.error(self._mark(offset), f"{spelled(at)}: the key '{at[-1]}' stands twice")

    def rows(self, document: Any) -> Iterator[tuple[Any, At]]:
        """Each format's object with the defaults filled in, and its place."""
        if not self.sound:
            return
        listed, root, defaults = self._opened(document)
        if not isinstance(listed, list):
            self.tell(root, f"{shown(listed)} is not a list of formats")
            return
        if len(listed) > MAX_FORMATS:
            self.tell(root, f"{len(listed)} formats, at most {MAX_FORMATS}", "several files in a folder")
        for i, item in enumerate(listed[:MAX_FORMATS]):
            yield from self._each(item, (*root, i), defaults)

    def _opened(self, document: Any) -> tuple[Any, At, dict[str, Any]]:
        """What should be a list of formats, where it stands, and what is said for all of them."""
        if not isinstance(document, dict) or adcp.speaks(document):
            return [document] if isinstance(document, dict) else document, (), {}
        for key in [key for key in document if key not in HEADS]:
            self.tell((key,), f"unknown key '{key}'", nearest(key, HEADS))
        if "formats" not in document:
            self.tell((), "'formats' is missing", "a list of formats")
        defaults = document.get("defaults", {})
        told = len(self.findings)
        record(DEFAULTS)(defaults, ("defaults",), self.tell)
        return document.get("formats", []), ("formats",), defaults if len(self.findings) == told else {}

    def _each(self, item: Any, at: At, defaults: dict[str, Any]) -> Iterator[tuple[Any, At]]:
        if adcp.speaks(item):
            yield from ((row, at) for row in adcp.rows_of(item, at, self.tell))
        else:
            yield ({**defaults, **item} if isinstance(item, dict) else item), at

    def tell(self, at: At, what: str, mend: str = "") -> None:
        self._places = self._places or places(self.text)
        head = f"{spelled(at)}: " if at else ""
        self.findings.error(self._mark(self._places.offset(at)), head + what, mend)

    def _mark(self, offset: int) -> Mark:
        line = self.text.count("\n", 0, offset) + 1
        return Mark(self.file, line, offset - self.text.rfind("\n", 0, offset))


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")


def read_paths(paths: Iterable[Path], shelf: Shelf) -> Shelf:
    """`shelf` with the formats of files and folders; its findings say what is wrong."""
    for path in paths:
        shelf.add_path(path)
    return shelf
