"""Where a layer lies, how large it is, which way it is turned, and how much of a picture is seen."""

from ddm.language.operations.row import LAYERS, SIDES, Operation, Parameter

_EDGES = tuple(
    Parameter(side, "span", f"Distance of the {side} edge from the enclosing frame's {side} edge.") for side in SIDES
)
_BESIDE = tuple(
    Parameter(name, "beside", f"Lie {how} that layer, with at least that gap.", refers="layer")
    for name, how in (
        ("above", "above"),
        ("below", "below"),
        ("before", "to the left of"),
        ("after", "to the right of"),
    )
)
_SIZES = (
    Parameter("width", "span", "Width of the frame."),
    Parameter("height", "span", "Height of the frame."),
)
_RATIO = Parameter("ratio", "number", "Width over height; the largest such box inside the frame.", low=0.05, high=20)
_SAFE = (
    "yes: inside the format's safe area, clear of its reserved regions. bleed: lengths are measured there, and an edge "
    "that is not given runs to the enclosing frame's."
)
_CENTRE = "Where the subject's centre should be in what the host leaves free of the frame; alternatives separated by |."
_SUBJECT = "Extent of the subject along the tighter side of what the host leaves free of the frame."

_BLEED = (
    "Sides at which a cut-out may run off: where its picture cuts the subject, it reaches the enclosing frame's edge, "
    "and the cut lies on it."
)

_TO = (
    "What decides: the subject, as `place` wishes it; the picture, of which as much is shown as the frame allows; or a "
    "detail: the subject as `place` wishes it, and the frame may cut it."
)

GEOMETRY = (
    Operation(
        "place",
        "geometry",
        LAYERS,
        "Give the element its frame inside the enclosing one, and the subject its place inside that frame.",
        (
            *_EDGES,
            *_SIZES,
            *_BESIDE,
            _RATIO,
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
            Parameter("safe", "word", _SAFE, "no", choices=("no", "yes", "bleed")),
            Parameter("in", "word", "Search the frame for the calmest place.", choices=("calm",)),
            Parameter("avoid", "names", "Layers that the calm place must not touch.", refers="layer"),
            Parameter(
                "margin", "share", "Least distance from them, by the canvas's shorter side.", "2%", low=0, high=0.4
            ),
            Parameter("subject", "zones", _CENTRE),
            Parameter("subject-size", "range", _SUBJECT),
            Parameter("bleed", "words", _BLEED, choices=SIDES),
            Parameter("off", "share", "How far a whole subject runs off at the first of them.", "0%", low=0, high=0.4),
        ),
        stacked=False,
    ),
    Operation(
        "align",
        "geometry",
        LAYERS,
        "Bring edges or middles of the frame in line with those of another layer.",
        (
            Parameter("with", "layer", "The other layer.", required=True, refers="layer"),
            Parameter(
                "edges",
                "words",
                "What is brought in line.",
                required=True,
                choices=(*SIDES, "centre", "middle"),
            ),
            Parameter(
                "strength",
                "word",
                "What it may give way to.",
                "strong",
                choices=("required", "strong", "medium", "weak"),
            ),
        ),
        stacked=False,
    ),
    Operation(
        "size",
        "geometry",
        ("image", "g", "rect", "circle", "ellipse"),
        "Size the frame by another layer's, or the picture by its subject.",
        (
            Parameter(
                "of", "layer", "The layer whose frame is measured; the enclosing one if left out.", refers="layer"
            ),
            *_SIZES,
            _RATIO,
            Parameter("subject", "range", _SUBJECT),
        ),
        stacked=False,
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
            Parameter("spread", "flag", "Whether a row takes all the room there is, its gaps widened alike.", "no"),
            Parameter("least", "share", "How far all may shrink.", "55%", low=0.2, high=1),
        ),
    ),
    Operation(
        "crop",
        "geometry",
        ("image",),
        "Cut to the frame, the subject kept whole unless a detail is asked for.",
        (
            Parameter("margin", "share", "Least room between the subject and the frame's edge.", "3%", low=0, high=0.4),
            Parameter("radius", "length", "Rounding of the corners.", "0px"),
            Parameter("to", "word", _TO, "subject", choices=("subject", "picture", "detail")),
        ),
    ),
    Operation(
        "mirror",
        "geometry",
        ("image",),
        "Swap left and right; refused on material that carries text, a face or a logo.",
    ),
    Operation(
        "rotate",
        "geometry",
        LAYERS,
        "Turn about the centre.",
        (Parameter("by", "degrees", "Clockwise.", required=True, low=-45, high=45),),
        stacked=False,
    ),
)
