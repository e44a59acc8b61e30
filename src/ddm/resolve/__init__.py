"""Template x Binding x Format -> plain SVG."""
