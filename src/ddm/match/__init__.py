"""Template x library -> Bindings: which material for which object, ranked, explained.

- `sources`, `numbers`, `lettering`, `shorten`, `wording`, `copies`: a product's copy and numbers;
- `shortlist`, `shelf`: candidates for one object, by condition and wishes;
- `relations`, `harmony`: how two pictures suit each other;
- `options`, `picks`, `beam`, `different`: the search for a few good and different bindings;
- `matching`, `binding`: all of it in a row, and what comes out.
"""

from ddm.match.binding import Binding, Choice, Related
from ddm.match.matching import MOST_BINDINGS, bindings, match
from ddm.match.shelf import Pool, Shelf
from ddm.match.wording import Wording

__all__ = ["MOST_BINDINGS", "Binding", "Choice", "Pool", "Related", "Shelf", "Wording", "bindings", "match"]
