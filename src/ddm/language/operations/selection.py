"""Which material fills a layer, and which layers there are."""

from ddm.language.operations.row import LAYERS, Operation, Parameter

SELECTION = (
    Operation(
        "select",
        "selection",
        ("image", "text"),
        "Fill this element with what an object found.",
        (Parameter("object", "name", "The object's id.", required=True, refers="any"),),
    ),
    Operation(
        "pick",
        "selection",
        ("image",),
        "Take another of the object's candidates than its winner; the layer is left out where there are too few.",
        (
            Parameter("nth", "number", "Which one, counted from 1.", required=True, low=1, high=9),
            Parameter("by", "wish", "Rank the candidates by this attribute instead of by the object's wishes."),
        ),
    ),
    Operation(
        "repeat",
        "selection",
        ("g",),
        "Draw the group once for each item of an object with a count; the items share the group's frame.",
        (
            Parameter("object", "name", "The object whose items are gone through.", required=True, refers="items"),
            Parameter("most", "number", "Items at most.", "6", low=1, high=12),
            Parameter("direction", "word", "How the items are arranged.", "across", choices=("across", "down", "grid")),
            Parameter("gap", "length", "Space between neighbours.", "2u"),
        ),
        stacked=False,
    ),
    Operation(
        "keep",
        "selection",
        LAYERS,
        "Draw this layer only where the condition holds.",
        (Parameter("where", "condition", "The condition.", required=True),),
    ),
    Operation(
        "drop",
        "selection",
        LAYERS,
        "Leave this layer out where the condition holds.",
        (Parameter("where", "condition", "The condition.", required=True),),
    ),
)
