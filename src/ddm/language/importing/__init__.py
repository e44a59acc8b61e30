"""An SVG drawing from Inkscape, Figma or Illustrator into a descriptive template, by the names of its layers.

`door` reads the file within limits; `scene` resolves its transforms, units, styles and references into what it shows
(`Drawn`); `grammar`, `kinds` and `words` read what layers are called (`hero | cutout; face left`); `compose` gives
each layer its place, object and operations; `template` puts it together, and has it checked like any other.
"""
