"""a whole run, from a shop that is not there to creatives that are: what `ddm demo` shows."""

from ddm.demo.run import run

__all__ = ["run"]
