"""Picture candidates -> stored pictures and rejections: fetched side by side, checked, filtered, kept by their hash."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from ddm.acquire.facts import Candidate
from ddm.acquire.filter import Entry, by_look, by_look_of_mark, by_name, no_picture
from ddm.acquire.picture import look
from ddm.acquire.product import Picture, Rejection
from ddm.acquire.store import Store
from ddm.errors import DdmError, Missing

WORKERS = 4  # pictures fetched at a time; the client allows two connections to one host
CANDIDATE_LIMIT = 40  # pictures looked at for one product; a page that names more is no gallery but an attack
SHOWN = 200  # characters of a source in a rejection; a data: address can have millions
MARK_LIMIT = 3  # logos looked at for one product: brand, maker, shop
PICTURE_LIMIT = 16  # pictures kept of one product; the language never shows more


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate's bytes, not yet trusted."""

    candidate: Candidate
    body: bytes
    role: str = "product"


@dataclass(frozen=True, slots=True)
class Materials:
    """Turns candidates into pictures in a store."""

    store: Store
    marks: dict[str, Picture | Rejection] = field(default_factory=dict)  # logos by address: products share them

    def mark(
        self, candidates: Sequence[Candidate], load: Callable[[Candidate], Found]
    ) -> tuple[tuple[Picture, ...], tuple[Rejection, ...]]:
        """The first of the candidates that serves as a logo, if any, and why those before it do not.

        Each is told once, however many products name it.
        """
        told: list[Rejection] = []
        for candidate in candidates[:MARK_LIMIT]:
            known = self.marks.get(candidate.url)
            found = self.marks.setdefault(candidate.url, known or self._mark(candidate, load))
            if isinstance(found, Picture):
                return (found,), tuple(told)
            told += [] if known else [found]
        return (), tuple(told)

    def _mark(self, candidate: Candidate, load: Callable[[Candidate], Found]) -> Picture | Rejection:
        if reason := no_picture(candidate):
            return Rejection(candidate.url[:SHOWN], reason)
        pair = _seen(candidate, load)
        if isinstance(pair, Rejection):
            return pair
        reason = by_look_of_mark(pair[0].seen)
        return Rejection(candidate.url, reason) if reason else self._stored(pair[0], replace(pair[1], role="logo"), 0)

    def gather(
        self, candidates: Sequence[Candidate], load: Callable[[Candidate], Found]
    ) -> tuple[tuple[Picture, ...], tuple[Rejection, ...]]:
        """The good pictures in the order of `candidates`, and why each other one was left out.

        Of pictures that show the same the largest is kept, in the place of the first.
        """
        named = [(candidate, by_name(candidate)) for candidate in candidates[:CANDIDATE_LIMIT]]
        rejected = [Rejection(candidate.url[:SHOWN], reason) for candidate, reason in named if reason]
        rejected += _beyond(candidates[CANDIDATE_LIMIT:])
        with ThreadPoolExecutor(WORKERS) as pool:
            seen = list(pool.map(lambda candidate: _seen(candidate, load), [c for c, reason in named if not reason]))
        rejected += [each for each in seen if isinstance(each, Rejection)]
        good = [each for each in seen if not isinstance(each, Rejection)]
        kept, left_out = _filtered([(entry, found) for entry, found in good])
        pictures = [self._stored(entry, found, rank) for rank, (entry, found) in enumerate(kept)]
        return tuple(pictures), (*rejected, *left_out)

    def _stored(self, entry: Entry, found: Found, rank: int) -> Picture:
        seen, candidate = entry.seen, entry.candidate
        sha256, path = self.store.put(found.body, seen.extension)
        return Picture(
            sha256, path, candidate.url, seen.width, seen.height, seen.media_type, candidate.alt, rank, found.role
        )


Pair = tuple[Entry, Found]


def _beyond(candidates: Sequence[Candidate]) -> list[Rejection]:
    """One rejection for all that were not looked at."""
    reason = f"this and the {len(candidates) - 1} after it are beyond the {CANDIDATE_LIMIT} pictures looked at"
    return [Rejection(candidates[0].url[:SHOWN], reason)] if candidates else []


def _seen(candidate: Candidate, load: Callable[[Candidate], Found]) -> Pair | Rejection:
    try:
        found = load(candidate)
        return Entry(candidate, look(found.body, candidate.url)), found
    except Missing:
        raise
    except DdmError as error:
        reason = f"{error.what} ({error.mend})" if error.mend else error.what
        return Rejection(candidate.url, reason, fault=True)


def _filtered(pairs: list[Pair]) -> tuple[list[Pair], list[Rejection]]:
    """The largest are judged first, so that of two sizes of one picture the smaller is the repetition."""
    kept: list[Pair] = []
    rejected: list[Rejection] = []
    for pair in sorted(pairs, key=lambda pair: -pair[0].seen.width * pair[0].seen.height):
        reason = by_look(pair[0], [entry for entry, _ in kept])
        if reason:
            rejected.append(Rejection(pair[0].candidate.url, reason))
        else:
            kept.append(pair)
    kept.sort(key=pairs.index)
    rejected += [
        Rejection(entry.candidate.url, f"picture {number} of its product, the limit is {PICTURE_LIMIT}")
        for number, (entry, _) in enumerate(kept[PICTURE_LIMIT:], PICTURE_LIMIT + 1)
    ]
    return kept[:PICTURE_LIMIT], rejected
