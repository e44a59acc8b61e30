"""Text into positioned runs: shaped, broken and measured by the same engine that draws them."""
