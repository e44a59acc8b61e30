"""the catalogue of ad formats, as data."""
