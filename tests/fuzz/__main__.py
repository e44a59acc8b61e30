"""`python -m tests.fuzz COUNT [FIRST]`: that many mutants; JSON with their ends, the slowest and the memory.

Undocumented errors are counted by where they were raised, with one seed of each; they do not stop the run.
"""

from __future__ import annotations

import gc
import json
import resource
import signal
import sys
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field

from tests.fuzz.run import outcome

MOST_SECONDS, MOST_MB = 1.0, 200.0
HOPELESS = 20.0  # seconds after which a mutant is ended, and where it was is told
ROUND = 200  # mutants between two searches for garbage, so that none pays for what others left
WARMING = 300  # mutants before memory is counted: fonts, tables and pictures by hand are no mutant's fault


@dataclass
class Tally:
    """What became of the mutants."""

    ends: Counter[str] = field(default_factory=Counter)
    faults: dict[str, tuple[int, int]] = field(default_factory=dict)
    slow: list[tuple[float, int]] = field(default_factory=list)

    def run(self, seed: int) -> None:
        start = time.process_time()
        signal.setitimer(signal.ITIMER_VIRTUAL, HOPELESS)
        try:
            self.ends[outcome(seed)] += 1
        except Exception as error:
            self._fault(error, seed)
        self.slow = sorted([*self.slow, (round(time.process_time() - start, 3), seed)], reverse=True)[:5]

    def _fault(self, error: Exception, seed: int) -> None:
        frames = traceback.extract_tb(error.__traceback__)
        last = next((f for f in reversed(frames) if "/src/ddm/" in f.filename), frames[-1])
        told = f"{type(error).__name__} in {last.filename.rpartition('src/')[2]}:{last.lineno}: {str(error)[:100]}"
        count, first = self.faults.get(told, (0, seed))
        self.faults[told] = count + 1, first
        self.ends["undocumented"] += 1


def main(count: int, first: int = 0) -> int:
    """Seconds are those of this process, so that a busy machine is no mutant's fault."""
    signal.signal(signal.SIGVTALRM, _ended)
    for seed in range(first, first + WARMING):
        Tally().run(seed)
    tally, before = Tally(), _megabytes()
    gc.disable()
    for seed in range(first, first + count):
        tally.run(seed)
        if seed % ROUND == 0:
            gc.collect()
    grown = _megabytes() - before
    told = {"count": count, "ends": tally.ends, "faults": tally.faults, "slowest": tally.slow, "grown_mb": round(grown)}
    print(json.dumps(told, indent=1))
    return 1 if tally.faults or tally.slow[0][0] >= MOST_SECONDS or grown >= MOST_MB else 0


def _ended(*_: object) -> None:
    raise TimeoutError(f"not done in {HOPELESS:g} s")


def _megabytes() -> float:
    """Peak resident memory of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
