"""One URL -> one answer, guarded. The only file that knows httpcore.

The address rule is kept where the connection is made, on the address that is really dialled, so neither DNS nor a
redirect leads around it. Byte and time limits hold while the answer streams in. Proxies of the environment are not
used: behind one, the address rule could not be kept.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from typing import Any
from urllib.parse import SplitResult, urlsplit

import httpcore

from ddm.acquire.address import is_public
from ddm.acquire.urls import absolute
from ddm.errors import DdmError, InputError, Unavailable

CONNECT_SECONDS = 10.0
READ_SECONDS = 15.0  # without a byte
TOTAL_SECONDS = 60.0  # for one answer, so that a server that drips cannot hold us
MOVED = frozenset((301, 302, 303, 307, 308))
_CHUNK = 65_536
_CONNECTIONS = 16


@dataclass(frozen=True, slots=True)
class Waits:
    """Seconds one answer may take. Defaults are the constants above."""

    connect: float = CONNECT_SECONDS
    read: float = READ_SECONDS
    total: float = TOTAL_SECONDS


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete answer: unpacked body, and the URL it came from in the end."""

    url: str
    status: int
    body: bytes
    media_type: str = ""
    charset: str = ""
    retry_after: str = ""
    location: str = ""


class TryAgain(Exception):
    """A failure that may pass. wait: seconds the server asks for, if any."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        self.reason, self.wait = reason, wait
        super().__init__(reason)


class Network:
    """Asks for URLs, one answer each; may be shared by threads. allow_private: also speak to private addresses."""

    def __init__(self, allow_private: bool, waits: Waits) -> None:
        self._waits = waits
        self._clock = threading.local()
        self._pool = httpcore.ConnectionPool(
            ssl_context=ssl.create_default_context(),
            network_backend=_GuardedBackend(allow_private, self._clock),
            max_connections=_CONNECTIONS,
            keepalive_expiry=30.0,
        )

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()

    def ask(self, url: str, limit: int, headers: dict[str, str], keep: bool = False) -> Answer:
        """The answer to one GET, whatever its status; redirects are answers too.

        limit: bytes of the unpacked body; beyond it InputError, or with `keep` the body cut there. TryAgain: a failure
        that may pass. InputError, Unavailable: one that will not.
        """
        sent = [*headers.items(), ("Accept-Encoding", "gzip, deflate")]
        waits = {"connect": self._waits.connect, "read": self._waits.read, "write": self._waits.read, "pool": 60.0}
        with (
            self._deadline(),
            _as_ours(url),
            self._pool.stream("GET", _ascii(url), headers=sent, extensions={"timeout": waits}) as response,
        ):
            fields = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
            body = b"" if response.status in MOVED else _read(response, fields, limit, url, keep)
            return _answer(url, response.status, fields, body)

    @contextmanager
    def _deadline(self) -> Iterator[None]:
        """Everything this thread reads within ends by the total time limit."""
        self._clock.end = time.monotonic() + self._waits.total
        try:
            yield
        finally:
            self._clock.end = None


class _GuardedBackend(httpcore.NetworkBackend):
    """Connects only to permitted addresses: names are resolved here, and the checked address is what is dialled."""

    def __init__(self, allow_private: bool, clock: threading.local) -> None:
        self._inner = httpcore.SyncBackend()
        self._allow_private = allow_private
        self._clock = clock

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """As httpcore's, to the first permitted address of `host`."""
        address = self._address(host, port)
        stream = self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
        return _TimedStream(stream, self._clock)

    def _address(self, host: str, port: int) -> str:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise Unavailable(f"the host '{host}' has no address", "", "check the name, or the network") from error
        addresses = [str(entry[4][0]) for entry in found]
        permitted = [each for each in addresses if self._allow_private or is_public(each)]
        if not permitted:
            raise InputError(
                f"'{host}' leads to {addresses[0]}, which is no public address", "", "allow private addresses if meant"
            )
        return permitted[0]


class _TimedStream(httpcore.NetworkStream):
    """A stream that never waits beyond the deadline of the request its thread is working on."""

    def __init__(self, inner: httpcore.NetworkStream, clock: threading.local) -> None:
        self._inner, self._clock = inner, clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = self._left(timeout, httpcore.ConnectTimeout)
        return _TimedStream(self._inner.start_tls(ssl_context, server_hostname, left), self._clock)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)

    def _left(self, timeout: float | None, late: type[Exception]) -> float | None:
        end = getattr(self._clock, "end", None)
        if end is None:
            return timeout
        left = float(end) - time.monotonic()
        if left <= 0:
            raise late("the total time limit is over")
        return left if timeout is None else min(timeout, left)


def checked(url: str) -> SplitResult:
    """The parts of a URL we speak to; InputError for any other."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise InputError(f"this is no URL: {error}", url) from error
    if parts.scheme not in ("http", "https") or not host:
        raise InputError(f"'{parts.scheme}' addresses are not fetched", url, "give an http or https address")
    if parts.username is not None or parts.password is not None:
        raise InputError("the address carries a name or password", _without_login(url), "give it without them")
    return parts


def _ascii(url: str) -> str:
    """The URL as it goes over the wire: host names in their ASCII form (IDNA), everything else quoted."""
    parts = checked(url)
    name = parts.hostname or ""
    host = f"[{name}]" if ":" in name else name.encode("idna").decode("ascii")
    return absolute(parts._replace(netloc=f"{host}:{parts.port}" if parts.port else host).geturl(), url)


def _without_login(url: str) -> str:
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


@contextmanager
def _as_ours(url: str) -> Iterator[None]:
    """The network's errors as ours, with the URL; those that may pass as TryAgain."""
    try:
        yield
    except DdmError as error:
        raise type(error)(error.what, error.where or url, error.mend) from error
    except httpcore.TimeoutException as error:
        raise TryAgain("the server did not answer in time") from error
    except httpcore.RemoteProtocolError as error:
        raise TryAgain(f"the server broke off or does not speak HTTP: {error}") from error
    except (httpcore.NetworkError, ssl.SSLError) as error:
        raise TryAgain(f"no connection: {error}") from error
    except (httpcore.UnsupportedProtocol, httpcore.LocalProtocolError, httpcore.ProxyError, UnicodeError) as error:
        raise InputError(f"this address cannot be asked for: {error}", url) from error


def _read(response: httpcore.Response, fields: dict[str, str], limit: int, url: str, keep: bool) -> bytes:
    """The unpacked body, never more than `limit` bytes of it in memory. keep: cut it there instead of refusing."""
    declared = fields.get("content-length", "")
    if declared.isdigit() and int(declared) > limit and not keep:
        raise _too_big(int(declared), limit, url)
    parts, size = [], 0
    for part in _unpacked(response.iter_stream(), fields.get("content-encoding", "")):
        parts.append(part)
        size += len(part)
        if size > limit and not keep:
            raise _too_big(size, limit, url)
        if size > limit:
            break
    return b"".join(parts)[:limit]


def _too_big(size: int, limit: int, url: str) -> InputError:
    return InputError(f"the answer is too big: over {size:,} bytes, the limit is {limit:,}", url, "use a smaller file")


def _unpacked(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """The body unpacked in small steps, so that a bomb is noticed before it is large."""
    if encoding.strip().lower() not in ("gzip", "x-gzip", "deflate"):
        yield from chunks
        return
    state = zlib.decompressobj(zlib.MAX_WBITS | 32)  # reads both of the two headers
    try:
        for chunk in chunks:
            rest = chunk
            while rest and not state.eof:
                yield state.decompress(rest, _CHUNK)
                rest = state.unconsumed_tail
    except zlib.error as error:
        raise TryAgain(f"the answer is packed wrongly: {error}") from error
    if not state.eof:
        raise TryAgain("the packed answer breaks off")


def _answer(url: str, status: int, fields: dict[str, str], body: bytes) -> Answer:
    kind = Message()
    kind["content-type"] = fields.get("content-type", "")
    charset = str(kind.get_param("charset") or "")
    location, retry_after = fields.get("location", ""), fields.get("retry-after", "")
    return Answer(url, status, body, kind.get_content_type(), charset, retry_after, location)
