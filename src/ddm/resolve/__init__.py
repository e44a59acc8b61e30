"""Template x Binding x Format -> plain SVG.

Before any material, once for each format: `plan` settles which layers there are (`facts` answers what their conditions
ask), folds each layer's `operations` into an intent (`intents`) and has `layout` solve the frames.
For each creative: `resolver` walks the plan; `picture`, `shapes` and `copy` realise the intents on a `stage`, painting
the `ground` (`paint`) as they go, so that `window`, `calm`, `ink` and `reading` know what lies beneath.
`serving` says which formats a template cannot serve; `trace` keeps the origin of every value.
"""

from ddm.resolve.resolver import NoneFits, Resolved, Tried, best, resolve

__all__ = ["NoneFits", "Resolved", "Tried", "best", "resolve"]
