"""Template x library -> Bindings: which material for which object, ranked, explained."""

from ddm.match.binding import Binding, Choice, bindings

__all__ = ["Binding", "Choice", "bindings"]
