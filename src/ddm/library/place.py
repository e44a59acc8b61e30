"""A URL -> where a library lies: a folder of this machine, or a prefix of a bucket."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn
from urllib.parse import unquote, urlsplit

from ddm.errors import InputError

REGION = "us-east-1"
"""Where none is named: stores other than Amazon's take any, but ask for one."""
ANSWER_SECONDS = 30
"""A request that takes longer is asked again: a picture of 2 MB arrives within it at 0.6 Mbit/s."""
RETRIES = 4
"""Times a request is asked again, with growing pauses, before the store counts as unavailable."""
RETRY_SECONDS = 60
"""All of them together."""


@dataclass(frozen=True, slots=True)
class Place:
    """url: as it is told to people. folder: where it is local; else bucket and prefix name it."""

    url: str
    folder: Path | None
    bucket: str = ""
    prefix: str = ""

    @property
    def tables(self) -> str:
        """The folder or URL of the tables."""
        return str(self.folder / "tables") if self.folder else f"s3://{self.bucket}/{_joined(self.prefix, 'tables')}"

    @property
    def store(self) -> Path:
        """The folder of a local library. Raises InputError for one that lies in an object store."""
        if self.folder is None:
            raise InputError("this needs a library in a folder", self.url, "copy it to a folder first")
        return self.folder


def place_of(url: Path | str) -> Place:
    """A path, file:///path or s3://bucket/prefix. Raises InputError, also for what is nearly a URL: it would be taken
    for the name of a folder."""
    if slip := _SLIP.match(str(url)):
        _refuse(url, slip["scheme"], slip["rest"])
    if isinstance(url, Path) or "://" not in url:
        return Place(str(url), Path(url))
    parts = urlsplit(url)
    if parts.scheme == "file" and parts.netloc in ("", "localhost") and parts.path:
        return Place(url, Path(unquote(parts.path)))
    if parts.scheme == "s3" and parts.netloc:
        return Place(url, None, parts.netloc, parts.path.strip("/"))
    raise InputError(f"'{url[:200]}' names no library", mend="a folder, file:///folder or s3://bucket/prefix")


_SLIP = re.compile(r"(?P<scheme>s3|file):(?!//)/?(?P<rest>.*)", re.DOTALL)


def _refuse(url: Path | str, scheme: str, rest: str) -> NoReturn:
    if isinstance(url, Path):  # of "s3://bucket", a path keeps one slash
        raise InputError("this needs a library in a folder", f"{scheme}://{rest}", "copy it to a folder first")
    right = {"s3": "s3://", "file": "file:///"}[scheme] + rest
    raise InputError(f"'{url[:200]}' names no library", mend=f"{right[:200]}; or ./{url[:200]} for a folder")


def s3_options(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """How the store is reached, by the usual AWS_* variables; keys and tokens are read by the clients themselves."""
    endpoint = environ.get("AWS_ENDPOINT_URL_S3") or environ.get("AWS_ENDPOINT_URL") or environ.get("AWS_ENDPOINT", "")
    region = environ.get("AWS_REGION") or environ.get("AWS_DEFAULT_REGION") or REGION
    reached = {"aws_endpoint": endpoint, "allow_http": str(endpoint.startswith("http://")).lower()} if endpoint else {}
    return {"aws_region": region, **reached}


def _joined(*parts: str) -> str:
    return "/".join(filter(None, parts))
