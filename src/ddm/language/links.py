"""Which layers hang together: those placed by one another, directly or by others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ddm.language.parameters import Beside
from ddm.language.template import Element


def placed_by(element: Element) -> Iterator[str]:
    """The layers whose frames have a say in this one's."""
    for call in element.calls:
        for key, value in call.parameters.items():
            if isinstance(value, Beside):
                yield value.layer
            elif key in ("of", "with"):
                yield str(value)


def linked(names: Iterable[str], links: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The names in groups, each of those that links connect; in their order. Both ends of a link are names."""
    above = {name: name for name in names}
    for one, other in links:
        above[_top(one, above)] = _top(other, above)
    groups: dict[str, list[str]] = {}
    for name in above:
        groups.setdefault(_top(name, above), []).append(name)
    return list(groups.values())


def _top(name: str, above: dict[str, str]) -> str:
    """Ways are halved as they are walked, so that long ones do not stay long (Tarjan and van Leeuwen, 1984)."""
    while above[name] != name:
        above[name] = name = above[above[name]]
    return name
