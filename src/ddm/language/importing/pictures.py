"""Pictures inside a drawing: taken out into files beside the template, or left as links."""

from __future__ import annotations

import base64
import binascii
import hashlib
import posixpath
import re
from dataclasses import dataclass, field

from ddm.language.findings import Findings
from ddm.language.source import Mark

MAX_PICTURE = 8_000_000  # bytes of one; samples are for the eye
MAX_PICTURES = 40  # a poster has a handful
FOLDER = "sample"

_SIGNATURES = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"))
_LINK = re.compile(r"(?![/\\#])[^\s:\\]{1,300}")  # a path beside the template: no scheme, no root


@dataclass
class Pictures:
    """files: relative path -> bytes, gathered while the drawing is read. base: of links, seen from the template."""

    name: str
    findings: Findings
    keep: bool = True
    base: str = "."
    files: dict[str, bytes] = field(default_factory=dict)
    _seen: dict[str, str] = field(default_factory=dict)

    def href(self, written: str, mark: Mark) -> str:
        """What the template may refer to, '' for nothing; the sample only, never what creatives show."""
        if not written.startswith("data:"):
            if _LINK.fullmatch(written):
                return written if self.base == "." else posixpath.normpath(f"{self.base}/{written}")
            if written:
                self.findings.warn(mark, f"the link '{written[:60]}' is left out", "link a file beside the drawing")
            return ""
        digest = hashlib.sha256(written.encode(errors="replace")).hexdigest()
        if digest not in self._seen:
            self._seen[digest] = self._taken_out(written, mark)
        return self._seen[digest]

    def _taken_out(self, written: str, mark: Mark) -> str:
        head, _, body = written.partition(",")
        why = ""
        if not self.keep:
            why = "the template is written without files beside it"
        elif len(body) > MAX_PICTURE * 4 / 3 + 4:
            why = f"it is larger than {MAX_PICTURE:,} bytes"
        elif len(self.files) >= MAX_PICTURES:
            why = f"there are more than {MAX_PICTURES}"
        elif not head.endswith(";base64"):
            why = "it is not in base64"
        data = b"" if why else _decoded(body)
        kind = next((kind for signature, kind in _SIGNATURES if data.startswith(signature)), "")
        if why or not kind:
            self.findings.warn(mark, f"an embedded picture is left out: {why or 'neither PNG nor JPEG'}", "link it")
            return ""
        path = f"{FOLDER}/{self.name}-{len(self.files) + 1}.{kind}"
        self.files[path] = data
        return path


def _decoded(body: str) -> bytes:
    try:
        return base64.b64decode("".join(body.split()).encode("ascii"), validate=True)
    except (binascii.Error, ValueError):
        return b""
