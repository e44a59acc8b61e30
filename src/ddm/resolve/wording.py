"""What a text says: its own words or those of its object, a number as its language writes it; and shorter wordings."""

from __future__ import annotations

from unicodedata import east_asian_width

from ddm.match.wording import Wording, formatted
from ddm.resolve.intents import TextIntent, Written
from ddm.resolve.placed import Placed
from ddm.resolve.stage import Stage


def wordings(placed: Placed, intent: TextIntent, stage: Stage) -> tuple[str, ...]:
    """The wording, then shorter ones, longest first; ('',) where there is none."""
    if not intent.object:
        return (placed.element.text,)
    choice = stage.binding.choices.get(intent.object)
    wording = choice.wording if choice else None
    if wording is None:
        return ("",)
    if intent.written:
        return (_number(wording, intent.written, stage.product.language),)
    return (wording.text, *wording.shorter) if intent.shorter else (wording.text,)


def exact(placed: Placed, intent: TextIntent, stage: Stage) -> bool:
    """Whether it states a number, which cut short would be another number."""
    choice = stage.binding.choices.get(intent.object)
    return intent.written is not None or bool(choice and choice.wording and choice.wording.amount is not None)


def _number(wording: Wording, written: Written, language: str) -> str:
    number = formatted(wording, written.style, written.digits, language)
    return set_off(written.before, number, written.after) if number else ""


def set_off(before: str, number: str, after: str) -> str:
    """Words around a number, with a space where a word touches it; Chinese, signs and brackets need none."""
    ahead = " " if _worded(before[-1:]) else ""
    behind = " " if _worded(after[:1]) else ""
    return f"{before}{ahead}{number}{behind}{after}"


def _worded(character: str) -> bool:
    return character.isalnum() and east_asian_width(character) not in "WF"
