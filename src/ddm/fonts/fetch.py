"""Fetches the font files of the table out of Debian packages, without installing them."""

from __future__ import annotations

from pathlib import Path

from ddm.errors import Unavailable
from ddm.fonts.store import directory, missing
from ddm.fonts.table import Font
from ddm.packages import Progress, replace, run, scratch

KINDS = (b"\x00\x01\x00\x00", b"OTTO", b"ttcf", b"true")
"""The first four bytes of TrueType, OpenType with CFF outlines, a collection, and Apple's TrueType."""


def _download(packages: list[str], into: Path) -> None:
    """Debian's client checks the archive's signature; its lists are renewed only when it does not know a package."""
    command = ["apt-get", "download", "-qq", *packages]
    try:
        run(command, into)
    except Unavailable:
        run(["apt-get", "update", "-qq"], into)
        run(command, into)


def _take(font: Font, tree: Path) -> None:
    found = next(tree.rglob(font.file), None)
    if found is None or found.read_bytes()[:4] not in KINDS:
        raise Unavailable(f"the package {font.package} has no font file {font.file}", mend="see ddm.fonts.table")
    replace(found, directory() / font.file)


def fetch(progress: Progress = lambda _: None) -> None:
    """Makes sure of every font file. Unavailable when a package cannot be had or has no such file."""
    rows = missing()
    if not rows:
        progress("fonts: all here")
        return
    packages = sorted({font.package for font in rows})
    with scratch() as folder:
        progress(f"fonts: fetching {', '.join(packages)}")
        _download(packages, folder)
        for archive in sorted(folder.glob("*.deb")):
            run(["dpkg-deb", "-x", archive.name, "tree"], folder)
        for font in rows:
            _take(font, folder / "tree")
    progress(f"fonts: ready, {len(rows)} files")
