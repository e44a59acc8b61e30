"""What operations do: one file for each row of `ddm.language.operations`.

Most change the intent of their layer (`ACTIONS`). Four decide which layers there are and where: `keep`, `drop` and
`repeat` are asked by `plan`, `align` by `layout`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ddm.plugins import extensions
from ddm.resolve.intents import Action
from ddm.resolve.operations.badge import badge
from ddm.resolve.operations.blur import blur
from ddm.resolve.operations.crop import crop
from ddm.resolve.operations.drop import drop
from ddm.resolve.operations.erase import erase
from ddm.resolve.operations.extend import extend
from ddm.resolve.operations.fit import fit
from ddm.resolve.operations.format import format
from ddm.resolve.operations.front import front
from ddm.resolve.operations.ink import ink
from ddm.resolve.operations.keep import keep
from ddm.resolve.operations.matte import matte
from ddm.resolve.operations.mirror import mirror
from ddm.resolve.operations.outline import outline
from ddm.resolve.operations.pick import pick
from ddm.resolve.operations.place import place
from ddm.resolve.operations.recolour import recolour
from ddm.resolve.operations.reflection import reflection
from ddm.resolve.operations.relight import relight
from ddm.resolve.operations.rotate import rotate
from ddm.resolve.operations.scrim import scrim
from ddm.resolve.operations.select import select
from ddm.resolve.operations.shadow import shadow
from ddm.resolve.operations.size import size
from ddm.resolve.operations.stack import stack
from ddm.resolve.operations.tint import tint
from ddm.resolve.operations.tone import tone

_BUILT_IN: tuple[Action, ...] = (
    *(select, pick, place, size, stack, crop, mirror, rotate, extend, erase, matte, shadow, reflection, outline),
    *(front, relight, recolour, tone, tint, blur, scrim, ink, fit, format, badge),
)

ACTIONS: Mapping[str, Action] = {
    **{action.__name__: action for action in _BUILT_IN},
    **{extension.row.name: extension.action for extension in extensions()},
}

STAYS: Mapping[str, Callable[[bool], bool]] = {"keep": keep, "drop": drop}
"""Whether a layer stays, by whether the operation's condition holds."""
