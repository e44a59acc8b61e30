"""The type of a drawn text into the attributes that templates know."""

from __future__ import annotations

from collections.abc import Mapping

from ddm.language.importing import families
from ddm.language.importing import style as css
from ddm.language.importing.context import Context, Here
from ddm.language.importing.drawn import plain
from ddm.language.source import SourceElement


def lettering(element: SourceElement, style: Mapping[str, str], size: float, context: Context) -> dict[str, str]:
    """size: in the text's own units. A family we have not is replaced by the one nearest to it, and said."""
    asked = families.first(style.get("font-family", ""))
    family, same = families.nearest(asked) if asked else (families.FALLBACK, False)
    if not same:
        context.warn(element, f"the type of {{}} is set in {family}, not in '{asked[:40] or 'no family'}'")
    weight = families.weight_of(asked, style.get("font-weight", ""))
    anchor = {"middle": "middle", "end": "end"}.get(style.get("text-anchor", ""), "")
    spacing = (css.length(style.get("letter-spacing", "0"), size=size) or 0.0) / size
    rows = {
        "font-family": families.listed(family),
        "font-weight": str(weight) if weight != 400 else "",
        "font-style": "italic" if families.italic(asked, style.get("font-style", "")) else "",
        "letter-spacing": f"{plain(spacing)}em" if -0.2 < spacing <= -0.005 or 0.005 <= spacing < 10 else "",
        "text-anchor": anchor,
        "text-decoration": _decoration(element, style, context),
        "fill": fill(element, style, context),
    }
    return {key: value for key, value in rows.items() if value}


def _decoration(element: SourceElement, style: Mapping[str, str], context: Context) -> str:
    asked = style.get("text-decoration", "none")
    if "underline" in asked or "overline" in asked:
        context.warn(element, "the line under or over {} is left out", "only line-through is set")
    return "line-through" if "line-through" in asked else ""


def fill(element: SourceElement, style: Mapping[str, str], context: Context) -> str:
    found = css.colour(style.get("fill", "black"))
    if found is None:
        context.warn(element, "the paint of {} is no plain colour; it is black", "creatives ink it as can be read")
    return found[0] if found else "#000000"


def faint(element: SourceElement, here: Here, context: Context) -> None:
    """Pictures and type are never drawn half-seen."""
    if here.opacity < 0.995:
        context.warn(element, f"{{}} is drawn whole, not at {here.opacity:.0%}", "make a lighter picture or ink")
