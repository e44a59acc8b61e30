"""URL -> bytes, politely: by robots.txt, with a pause between requests to a host, with patience for what may pass."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime

from ddm.acquire import robots
from ddm.acquire.network import MOVED, Answer, Network, TryAgain, Waits, checked
from ddm.acquire.urls import absolute
from ddm.errors import Unavailable

AGENT = "ddm"  # the product token robots.txt knows us by
USER_AGENT = f"{AGENT}/0.1 (creative rendering; reads product pages named by their shop)"
PAGE_LIMIT = 8_000_000  # bytes of a page or sitemap, unpacked; the largest of 70 real product pages has 1.8 MB
FEED_LIMIT = 100_000_000  # bytes of a feed, unpacked: some 50,000 items; larger ones are parted by those who write them
READABLE = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5"
PICTURE_LIMIT = 20_000_000  # bytes; shops are asked for at most 16 MB by product feeds
REDIRECTS = 5
ATTEMPTS = 3
BACKOFF_SECONDS = 0.5  # doubled with each attempt
LONGEST_WAIT = 30.0  # seconds a Retry-After is honoured; a longer one ends the attempt
HOST_CONNECTIONS = 2
HOST_PAUSE = 0.2  # seconds between the starts of two requests to a host that states no crawl-delay
_TRY_AGAIN = frozenset((429, 500, 502, 503, 504))


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may cost. Defaults are the constants above."""

    waits: Waits = field(default_factory=Waits)
    attempts: int = ATTEMPTS
    backoff: float = BACKOFF_SECONDS
    longest_wait: float = LONGEST_WAIT
    pause: float = HOST_PAUSE


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
        self._network = Network(allow_private, self._limits.waits)
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._network.close()

    def page(self, url: str) -> Answer:
        """A page or sitemap, at most PAGE_LIMIT bytes."""
        return self.get(url, PAGE_LIMIT, READABLE)

    def source(self, url: str) -> Answer:
        """What someone names as a source: a page, sitemap or feed, at most FEED_LIMIT bytes."""
        return self.get(url, FEED_LIMIT, READABLE)

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
            if answer.status not in MOVED:
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
                if answer.status not in MOVED:
                    return robots.robots(answer.status, answer.body)
                url = _target(answer)
            return robots.Robots()
        except Unavailable as error:
            return robots.Robots(refused=f"robots.txt could not be read: {error.what}")

    def _patiently(self, url: str, limit: int, accept: str, keep: bool = False) -> Answer:
        """One answer, tried again with growing pauses while the failure may pass. keep: a failing status, or a body
        cut at its limit, is an answer too."""
        failure = TryAgain("no attempt was made")
        for attempt in range(self._limits.attempts):
            try:
                answer = self._once(url, limit, accept, keep)
                if answer.status not in _TRY_AGAIN:
                    return answer
                failure = TryAgain(f"the server answers with status {answer.status}", _seconds(answer.retry_after))
                last = attempt + 1 == self._limits.attempts
                if keep and last:
                    return answer
            except TryAgain as error:
                failure = error
            self._wait(failure, attempt, url)
        raise Unavailable(failure.reason, url, f"tried {self._limits.attempts} times; try again later")

    def _wait(self, failure: TryAgain, attempt: int, url: str) -> None:
        if attempt + 1 == self._limits.attempts:
            return
        wait = self._limits.backoff * 2**attempt if failure.wait is None else failure.wait
        if wait > self._limits.longest_wait:
            raise Unavailable(f"{failure.reason} and asks for {wait:.0f} s of patience", url, "try again later")
        self._sleep(wait)

    def _once(self, url: str, limit: int, accept: str, keep: bool) -> Answer:
        with self._host(url).turn(self._sleep):
            return self._network.ask(url, limit, {"User-Agent": USER_AGENT, "Accept": accept}, keep)

    def _host(self, url: str) -> _Host:
        parts = checked(url)
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
