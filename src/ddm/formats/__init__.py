"""Names and filters -> ad formats: canvas, weight, types, and what must stay free of copy; as data, users' own too."""
