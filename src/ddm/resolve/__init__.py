"""Template x Binding x Format -> plain SVG.

- `window`, `ground`, `roles`, `trace`: pure values and searches, no knowledge of templates;
- `stage`: what one creative's operations share;
- `frames`, `picture`, `shapes`, `setting`, `calm`, `ink`, `copy`: the operations, by what they act on;
- `resolver`: the walk.
"""

from ddm.resolve.resolver import Resolved, best, resolve

__all__ = ["Resolved", "best", "resolve"]
