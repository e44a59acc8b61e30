"""Words: how they are written, broken, sized and set off."""

from ddm.language.operations.row import ROLES, Operation, Parameter

COPY = (
    Operation(
        "fit",
        "copy",
        ("text",),
        "Break and size the copy to its place.",
        (
            Parameter("lines", "number", "Most lines.", "1", low=1, high=8),
            Parameter("least", "share", "How far this text may shrink on its own.", "65%", low=0.3, high=1),
            Parameter("min-size", "number", "Smallest type size, in units of the viewBox.", low=1, high=2000),
            Parameter("balance", "flag", "Make the lines even.", "yes"),
            Parameter("shorter", "flag", "Take a shorter wording of the object where the first has no room.", "yes"),
            Parameter("ellipsis", "flag", "Cut the copy short, with an ellipsis, where nothing else helps.", "no"),
            Parameter(
                "priority", "number", "Higher is dropped sooner when there is no room; 0 never.", "0", low=0, high=9
            ),
        ),
    ),
    Operation(
        "format",
        "copy",
        ("text",),
        "Write a number as its language does.",
        (
            Parameter(
                "as",
                "word",
                "What it is.",
                required=True,
                choices=("currency", "number", "percent", "date", "compact"),
            ),
            Parameter("digits", "number", "Decimal places; as many as needed if left out.", low=0, high=6),
            Parameter("before", "text", "Words set before it."),
            Parameter("after", "text", "Words set after it."),
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
            Parameter("from", "name", "The palette's id.", required=True, refers="palette"),
        ),
    ),
)
