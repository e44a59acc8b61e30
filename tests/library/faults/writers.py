"""`python -m tests.library.faults.writers URL NAME FIRST COUNT [SHARED]`: another process that fills a library.

It says each material when it is stored, so that whoever started it knows what must never be lost.
"""

from __future__ import annotations

import sys

from ddm.errors import DdmError
from ddm.library import Library
from tests.support.materials import Look, perceived

LOOK = Look(96, 96)


def main(url: str, name: str, first: int, count: int, shared: str = "") -> int:
    """Every other material is `shared` with other writers where that is named."""
    library, failed = Library(url), 0
    for number in range(first, first + count):
        owner = shared if shared and number % 2 else name
        try:
            stored = library.put(perceived(f"{owner}{number}", owner, LOOK))
        except DdmError as error:
            print(f"refused {type(error).__name__}: {error}", flush=True)
            failed += 1
        else:
            print(f"stored {stored.product}/{stored.id}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), *sys.argv[5:]))
