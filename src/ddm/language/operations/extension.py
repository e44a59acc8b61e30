"""More of a picture than there was, or less of what was laid over it."""

from ddm.language.operations.row import SIDES, Operation, Parameter

EXTENSION = (
    Operation(
        "extend",
        "extension",
        ("image",),
        "Let the picture grow where the frame is larger, as far as its borders allow; never by stretching.",
        (
            Parameter("to", "word", "What it grows to.", "frame", choices=("frame", "canvas")),
            Parameter("sides", "words", "Where it may grow.", " ".join(SIDES), choices=SIDES),
            Parameter("most", "share", "Limit of growth on each side, as part of the frame.", "60%", low=0, high=0.9),
        ),
    ),
    Operation(
        "erase",
        "extension",
        ("image",),
        "Remove what was laid over the photograph; print on the product is kept. Or the shadow its subject throws.",
        (Parameter("what", "word", "What goes.", "text", choices=("text", "logo", "all", "shadow")),),
    ),
)
