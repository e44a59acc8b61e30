"""`python -m tests.fuzz COUNT [FIRST]`: that many mutants; JSON with their ends, the slowest and the memory."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections import Counter

from tests.fuzz.run import outcome

MOST_SECONDS, MOST_MB = 1.0, 200.0


def main(count: int, first: int = 0) -> int:
    outcome(first)  # fonts and tables are no mutant's fault
    before = _megabytes()
    ends: Counter[str] = Counter()
    slowest, seed_of_it = 0.0, first
    for seed in range(first, first + count):
        start = time.perf_counter()
        ends[outcome(seed)] += 1
        spent = time.perf_counter() - start
        if spent > slowest:
            slowest, seed_of_it = spent, seed
    grown = _megabytes() - before
    told = {"count": count, "slowest_s": round(slowest, 3), "seed": seed_of_it, "grown_mb": round(grown), **ends}
    print(json.dumps(told))
    return 0 if slowest < MOST_SECONDS and grown < MOST_MB else 1


def _megabytes() -> float:
    """Peak resident memory of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


sys.exit(main(*map(int, sys.argv[1:])))
