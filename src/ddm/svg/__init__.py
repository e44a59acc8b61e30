"""Plain SVG as a typed tree: what `resolve` emits, the writer turns into text and `render` draws.

Whoever holds such a tree need no longer think about
- styles, classes, units, percentages, `use`, `switch`, nested viewports: every length is a number in canvas pixels;
- objects or operations of the descriptive language: none is left;
- line breaking, bidi order, font fallback: every `Text` is one run, one family, one direction, at its own place;
- picture aspect: `Image` has its exact box and is never letter-boxed; its href is a plain relative reference;
- paint order: children are drawn in order.
"""
