"""robots.txt (RFC 9309) -> what may be fetched, and how often. The only file that knows protego."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from protego import Protego

LIMIT = 512_000  # bytes; RFC 9309 asks to read at least 500 KiB
LONGEST_DELAY = 30.0  # seconds; a longer crawl-delay means that a shop does not want to be read at all


@dataclass(frozen=True, slots=True)
class Robots:
    """One host's rules. refused: why nothing may be fetched at all; '' when the rules decide."""

    rules: Any = None
    refused: str = ""

    def allows(self, url: str, agent: str) -> bool:
        """Whether `agent` may fetch `url`."""
        return not self.refused and (self.rules is None or bool(self.rules.can_fetch(url, agent)))

    def delay(self, agent: str) -> float | None:
        """Seconds between requests the host asks for, at most LONGEST_DELAY; None when it asks for none."""
        asked = self.rules.crawl_delay(agent) if self.rules is not None else None
        return None if asked is None else min(max(float(asked), 0.0), LONGEST_DELAY)


def robots(status: int, body: bytes) -> Robots:
    """The rules in an answer to /robots.txt.

    A server error or 'too many requests' forbids everything (RFC 9309, 2.3.1.4); any other missing file allows
    everything (2.3.1.3).
    """
    if status == 429 or status >= 500:
        return Robots(refused=f"robots.txt could not be read: status {status}")
    if status >= 300:
        return Robots()
    return Robots(Protego.parse(body[:LIMIT].decode("utf-8", "replace")))
