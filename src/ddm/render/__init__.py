"""plain SVG -> pixels -> JPEG, PNG or WebP."""
