"""The operations table: what may be done, to which elements, with which parameters.

Checking, documentation and the editor derive from it; `ddm.resolve` holds one function for each row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ddm.language.parameters import PARSERS, ParameterValue

SHAPES = ("rect", "circle", "ellipse")
ROLES = ("surface", "soft", "base", "primary", "deep", "accent", "paper", "night")


@dataclass(frozen=True, slots=True)
class Parameter:
    """kind: a row of `parameters.PARSERS`. default: as it would be written; None where it may be left out without one.

    low, high: the range of share, number and degrees. choices: the words a 'word' may be.
    """

    name: str
    kind: str
    meaning: str
    default: str | None = None
    required: bool = False
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()

    def parse(self, text: str) -> ParameterValue:
        """ValueError says what is wrong and what would be right."""
        value = PARSERS[self.kind](text)
        if self.choices and value not in self.choices:
            raise ValueError(f"'{text}' is not one of {', '.join(self.choices)}")
        if (
            isinstance(value, float)
            and self.low is not None
            and self.high is not None
            and not self.low <= value <= self.high
        ):
            raise ValueError(f"{text} is outside {self.low:g} to {self.high:g}")
        return value


@dataclass(frozen=True, slots=True)
class Operation:
    """One row. on: the elements it may act on."""

    name: str
    family: str
    on: tuple[str, ...]
    meaning: str
    parameters: tuple[Parameter, ...] = ()

    def parameter(self, name: str) -> Parameter | None:
        return next((p for p in self.parameters if p.name == name), None)


_EDGES = tuple(
    Parameter(side, "length", f"Distance of the {side} edge from the frame's {side} edge.")
    for side in ("left", "top", "right", "bottom")
)

_ROWS = (
    Operation(
        "select",
        "selection",
        ("image", "text"),
        "Fill this element with what an object found.",
        (Parameter("object", "name", "The object's id.", required=True),),
    ),
    Operation(
        "keep",
        "selection",
        ("image", "text", "g", *SHAPES),
        "Draw this layer only where the condition holds.",
        (Parameter("where", "condition", "The condition.", required=True),),
    ),
    Operation(
        "drop",
        "selection",
        ("image", "text", "g", *SHAPES),
        "Leave this layer out where the condition holds.",
        (Parameter("where", "condition", "The condition.", required=True),),
    ),
    Operation(
        "place",
        "geometry",
        ("image", "text", "g", *SHAPES),
        "Give the element its frame inside the enclosing one, and the subject its place inside that frame.",
        (
            *_EDGES,
            Parameter("width", "length", "Width of the frame."),
            Parameter("height", "length", "Height of the frame."),
            Parameter(
                "ratio", "number", "Width over height; the largest such box inside the frame.", low=0.05, high=20
            ),
            Parameter(
                "align",
                "word",
                "Where the content sits across the frame.",
                "centre",
                choices=("start", "centre", "end"),
            ),
            Parameter(
                "rise", "word", "Where the content sits up and down.", "middle", choices=("top", "middle", "bottom")
            ),
            Parameter("safe", "flag", "Keep inside the format's safe area.", "no"),
            Parameter("in", "word", "Search the frame for the calmest place.", choices=("calm",)),
            Parameter("subject", "zones", "Where the subject's centre should be; alternatives separated by |."),
            Parameter(
                "subject-size", "range", "Extent of the subject along the tighter side of the frame.", "50%..75%"
            ),
        ),
    ),
    Operation(
        "stack",
        "geometry",
        ("g",),
        "Set the children one after another; shrink them together until they fit, then drop by priority.",
        (
            Parameter("direction", "word", "Which way.", "down", choices=("down", "across")),
            Parameter("gap", "length", "Space between neighbours.", "2u"),
            Parameter("align", "word", "How children line up.", "start", choices=("start", "centre", "end")),
            Parameter("least", "share", "How far all may shrink.", "55%", low=0.2, high=1),
        ),
    ),
    Operation(
        "crop",
        "geometry",
        ("image",),
        "Cut to the frame, the subject kept whole.",
        (
            Parameter("margin", "share", "Least room between the subject and the frame's edge.", "3%", low=0, high=0.4),
            Parameter("radius", "length", "Rounding of the corners.", "0px"),
        ),
    ),
    Operation(
        "mirror", "geometry", ("image",), "Swap left and right; refused on material that carries text or a face."
    ),
    Operation(
        "rotate",
        "geometry",
        ("image", "g", "text", *SHAPES),
        "Turn about the centre.",
        (Parameter("by", "degrees", "Clockwise.", required=True, low=-45, high=45),),
    ),
    Operation(
        "extend",
        "extension",
        ("image",),
        "Let the picture grow where the frame is larger, as far as its borders allow.",
        (Parameter("most", "share", "Limit of growth on each side, as part of the frame.", "60%", low=0, high=0.9),),
    ),
    Operation("matte", "subject", ("image",), "Use the subject alone, cut out of its picture."),
    Operation(
        "shadow",
        "subject",
        ("image",),
        "Lay the subject's shadow beneath it.",
        (
            Parameter("kind", "word", "What kind.", "contact", choices=("contact", "drop", "cast")),
            Parameter("strength", "share", "How dark.", "45%", low=0, high=1),
        ),
    ),
    Operation(
        "blur",
        "colour",
        ("image",),
        "Put the picture out of focus.",
        (Parameter("sigma", "share", "Blur as part of the longer side.", "1.5%", low=0, high=0.1),),
    ),
    Operation(
        "recolour",
        "colour",
        SHAPES,
        "Fill with a role of the palette, or shade from one role to another.",
        (
            Parameter("role", "word", "The role.", required=True, choices=ROLES),
            Parameter("to", "word", "Shade towards this role.", choices=ROLES),
            Parameter(
                "angle", "degrees", "Direction of the shading, 0 to the right, 90 down.", "90", low=-360, high=360
            ),
            Parameter("from", "name", "The palette's id.", required=True),
        ),
    ),
    Operation(
        "scrim",
        "colour",
        ("g",),
        "Where no ink can be read on the ground, lay a soft veil beneath the copy; no more than is needed.",
        (Parameter("most", "share", "Limit of its opacity.", "55%", low=0, high=1),),
    ),
    Operation(
        "ink",
        "colour",
        ("g", "text"),
        "Choose the colour of the copy from the palette so that it can be read on what lies beneath.",
        (
            Parameter("from", "name", "The palette's id.", required=True),
            Parameter("contrast", "number", "Least WCAG contrast ratio.", "4.5", low=1, high=21),
            Parameter("role", "word", "The colour wished for, where it can be read.", choices=ROLES),
        ),
    ),
    Operation(
        "fit",
        "copy",
        ("text",),
        "Break and size the copy to its place.",
        (
            Parameter("lines", "number", "Most lines.", "1", low=1, high=8),
            Parameter("least", "share", "How far this text may shrink on its own.", "65%", low=0.3, high=1),
            Parameter("balance", "flag", "Make the lines even.", "yes"),
            Parameter(
                "priority", "number", "Higher is dropped sooner when there is no room; 0 never.", "0", low=0, high=9
            ),
        ),
    ),
    Operation(
        "badge",
        "copy",
        ("text",),
        "Set the text on a shape of its own.",
        (
            Parameter("shape", "word", "The shape.", "pill", choices=("pill", "box", "disc")),
            Parameter("role", "word", "Its colour's role.", "accent", choices=ROLES),
            Parameter("from", "name", "The palette's id.", required=True),
        ),
    ),
)

OPERATIONS: Mapping[str, Operation] = {row.name: row for row in _ROWS}
