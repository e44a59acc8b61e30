"""the rooms as one pipeline: products in, creatives with their manifest and gallery out."""
