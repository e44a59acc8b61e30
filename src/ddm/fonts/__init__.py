"""font files by family, weight and script, fetched under open licences and never taken from the system."""

from ddm.fonts.store import directory, fallbacks, families, file, fontconfig_file
from ddm.fonts.table import TABLE, Font, FontFile

__all__ = ["TABLE", "Font", "FontFile", "directory", "fallbacks", "families", "file", "fontconfig_file"]
