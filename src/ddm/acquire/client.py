"""URL -> bytes, politely and within limits. The only file that knows httpcore.

What every request obeys: http and https only, no credentials in URLs, no address outside the public Internet (checked
on the address that is really connected to, so neither DNS nor a redirect leads around it), robots.txt, a pause between
requests to a host, byte and time limits that hold while the answer streams in. Proxies of the environment are not
used: behind one, the address rule could not be kept.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import httpcore

from ddm.acquire import robots
from ddm.acquire.address import is_public
from ddm.acquire.urls import absolute
from ddm.errors import DdmError, InputError, Unavailable

AGENT = "ddm"  # the product token robots.txt knows us by
USER_AGENT = f"{AGENT}/0.1 (creative rendering; reads product pages named by their shop)"
PAGE_LIMIT = 8_000_000  # bytes of a page or sitemap, unpacked; the largest of 70 real product pages has 1.8 MB
PICTURE_LIMIT = 20_000_000  # bytes; shops are asked for at most 16 MB by product feeds
CONNECT_SECONDS = 10.0
READ_SECONDS = 15.0  # without a byte
TOTAL_SECONDS = 60.0  # for one answer with its redirects, so that a server that drips cannot hold us
REDIRECTS = 5
ATTEMPTS = 3
BACKOFF_SECONDS = 0.5  # doubled with each attempt
LONGEST_WAIT = 30.0  # seconds a Retry-After is honoured; a longer one ends the attempt
HOST_CONNECTIONS = 2
HOST_PAUSE = 0.2  # seconds between the starts of two requests to a host that states no crawl-delay
_CHUNK = 65_536
_TRY_AGAIN = frozenset((429, 500, 502, 503, 504))
_MOVED = frozenset((301, 302, 303, 307, 308))


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may cost. Defaults are the constants above."""

    connect: float = CONNECT_SECONDS
    read: float = READ_SECONDS
    total: float = TOTAL_SECONDS
    attempts: int = ATTEMPTS
    backoff: float = BACKOFF_SECONDS
    longest_wait: float = LONGEST_WAIT
    pause: float = HOST_PAUSE


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


class _TryAgain(Exception):  # noqa: N818 - named for what is done next
    """A failure that may pass. wait: seconds the server asks for, if any."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        self.reason, self.wait = reason, wait
        super().__init__(reason)


class Client:
    """Fetches; may be shared by threads. allow_private: also speak to private addresses, such as a shop under test."""

    def __init__(
        self,
        *,
        allow_private: bool = False,
        limits: Limits | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._limits = limits or Limits()
        self._sleep = sleep
        self._clock = threading.local()
        backend = _GuardedBackend(allow_private, self._clock)
        self._pool = httpcore.ConnectionPool(
            ssl_context=ssl.create_default_context(), network_backend=backend, max_connections=16, keepalive_expiry=30.0
        )
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()

    def page(self, url: str) -> Answer:
        """A page, sitemap or feed, at most PAGE_LIMIT bytes."""
        return self.get(url, PAGE_LIMIT, "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5")

    def picture(self, url: str) -> Answer:
        """A picture, at most PICTURE_LIMIT bytes."""
        return self.get(url, PICTURE_LIMIT, "image/webp,image/png,image/jpeg,image/*;q=0.8")

    def get(self, url: str, limit: int, accept: str = "*/*") -> Answer:
        """The answer to a GET with status 200.

        InputError: a URL we do not speak to, or more than `limit` bytes. Unavailable: the server, the network, a
        time limit or robots.txt says no.
        """
        for _ in range(REDIRECTS + 1):
            self._ask_robots(url)
            answer = self._patiently(url, limit, accept)
            if answer.status not in _MOVED:
                return _good(answer)
            url = _target(answer)
        raise Unavailable(f"more than {REDIRECTS} redirects", url, "give the final address of the page")

    def _ask_robots(self, url: str) -> None:
        """Raise unless robots.txt of the host allows `url`."""
        host = self._host(url)
        with host.lock:
            if host.robots is None:
                host.robots = self._robots(host.origin)
        if not host.robots.allows(url, AGENT):
            reason = host.robots.refused or f"robots.txt forbids this address to '{AGENT}'"
            raise Unavailable(reason, url, "ask the shop to allow it, or acquire from a saved page or a folder")
        asked = host.robots.delay(AGENT)
        host.pause = self._limits.pause if asked is None else asked

    def _robots(self, origin: str) -> robots.Robots:
        url = f"{origin}/robots.txt"
        try:
            for _ in range(REDIRECTS + 1):
                answer = self._patiently(url, robots.LIMIT, "text/plain", keep=True)
                if answer.status not in _MOVED:
                    return robots.robots(answer.status, answer.body)
                url = _target(answer)
            return robots.Robots()
        except Unavailable as error:
            return robots.Robots(refused=f"robots.txt could not be read: {error.what}")

    def _patiently(self, url: str, limit: int, accept: str, keep: bool = False) -> Answer:
        """One answer, tried again with growing pauses while the failure may pass. keep: a failing status, or a body
        cut at its limit, is an answer too."""
        failure = _TryAgain("no attempt was made")
        for attempt in range(self._limits.attempts):
            try:
                answer = self._once(url, limit, accept, keep)
                if answer.status not in _TRY_AGAIN:
                    return answer
                failure = _TryAgain(f"the server answers with status {answer.status}", _seconds(answer.retry_after))
                last = attempt + 1 == self._limits.attempts
                if keep and last:
                    return answer
            except _TryAgain as error:
                failure = error
            self._wait(failure, attempt, url)
        raise Unavailable(failure.reason, url, f"tried {self._limits.attempts} times; try again later")

    def _wait(self, failure: _TryAgain, attempt: int, url: str) -> None:
        if attempt + 1 == self._limits.attempts:
            return
        wait = self._limits.backoff * 2**attempt if failure.wait is None else failure.wait
        if wait > self._limits.longest_wait:
            raise Unavailable(f"{failure.reason} and asks for {wait:.0f} s of patience", url, "try again later")
        self._sleep(wait)

    def _once(self, url: str, limit: int, accept: str, keep: bool) -> Answer:
        host = self._host(url)
        headers = [
            ("User-Agent", USER_AGENT),
            ("Accept", accept),
            ("Accept-Encoding", "gzip, deflate"),
        ]
        waits = {"connect": self._limits.connect, "read": self._limits.read, "write": self._limits.read, "pool": 60.0}
        with (
            host.turn(self._sleep),
            self._deadline(),
            _as_ours(url),
            self._pool.stream("GET", _ascii(url), headers=headers, extensions={"timeout": waits}) as response,
        ):
            fields = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
            body = b"" if response.status in _MOVED else _read(response, fields, limit, url, keep)
            return _answer(url, response.status, fields, body)

    @contextmanager
    def _deadline(self) -> Iterator[None]:
        """Everything this thread reads within ends by the total time limit."""
        self._clock.end = time.monotonic() + self._limits.total
        try:
            yield
        finally:
            self._clock.end = None

    def _host(self, url: str) -> _Host:
        parts = _checked(url)
        origin = f"{parts.scheme}://{parts.netloc.lower()}"
        with self._lock:
            return self._hosts.setdefault(origin, _Host(origin, self._limits.pause))


class _Host:
    """What we owe one host: a pause between requests, few connections, its robots.txt."""

    def __init__(self, origin: str, pause: float) -> None:
        self.origin, self.pause = origin, pause
        self.robots: robots.Robots | None = None
        self.lock = threading.Lock()
        self._slots = threading.BoundedSemaphore(HOST_CONNECTIONS)
        self._pace = threading.Lock()
        self._next = 0.0

    @contextmanager
    def turn(self, sleep: Callable[[float], None]) -> Iterator[None]:
        """One request's turn: waits for a free connection and for the pause since the last start."""
        with self._slots:
            with self._pace:
                wait = self._next - time.monotonic()
                self._next = max(self._next, time.monotonic()) + self.pause
            if wait > 0:
                sleep(wait)
            yield


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


def _checked(url: str) -> Any:
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
    parts = _checked(url)
    host = parts.hostname if ":" in parts.hostname else parts.hostname.encode("idna").decode("ascii")
    host = f"[{host}]" if ":" in host else host
    return absolute(parts._replace(netloc=f"{host}:{parts.port}" if parts.port else host).geturl(), url)


def _without_login(url: str) -> str:
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


@contextmanager
def _as_ours(url: str) -> Iterator[None]:
    """The network's errors as ours, with the URL; those that may pass as _TryAgain."""
    try:
        yield
    except DdmError as error:
        raise type(error)(error.what, error.where or url, error.mend) from error
    except httpcore.TimeoutException as error:
        raise _TryAgain("the server did not answer in time") from error
    except httpcore.RemoteProtocolError as error:
        raise _TryAgain(f"the server broke off or does not speak HTTP: {error}") from error
    except (httpcore.NetworkError, ssl.SSLError) as error:
        raise _TryAgain(f"no connection: {error}") from error
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
        raise _TryAgain(f"the answer is packed wrongly: {error}") from error
    if not state.eof:
        raise _TryAgain("the packed answer breaks off")


def _answer(url: str, status: int, fields: dict[str, str], body: bytes) -> Answer:
    kind = Message()
    kind["content-type"] = fields.get("content-type", "")
    charset = str(kind.get_param("charset") or "")
    location, retry_after = fields.get("location", ""), fields.get("retry-after", "")
    return Answer(url, status, body, kind.get_content_type(), charset, retry_after, location)


def _good(answer: Answer) -> Answer:
    if answer.status == 200:
        return answer
    mend = "check the address" if answer.status in (404, 410) else "the shop may refuse programs; use a saved page"
    raise Unavailable(f"the server answers with status {answer.status}", answer.url, mend)


def _target(answer: Answer) -> str:
    """Where a redirect leads; it is checked like any other URL when it is asked for."""
    if not answer.location:
        raise Unavailable(f"status {answer.status} redirects to nowhere", answer.url, "check the address")
    return absolute(answer.location, answer.url)


def _seconds(retry_after: str) -> float | None:
    """Seconds of a Retry-After header, which is a number or a date; None when it is neither."""
    text = retry_after.strip()
    if text.isdigit():
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time()) if text else None
    except ValueError:
        return None
