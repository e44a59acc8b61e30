"""Text into positioned runs: shaped, broken and measured by the same engine that draws them."""

from ddm.typeset.engine import typesetter
from ddm.typeset.runs import Line, Run, Style, Typesetter

__all__ = ["Line", "Run", "Style", "Typesetter", "typesetter"]
