"""The subject alone, and what it would do to the place where it stands."""

from ddm.language.operations.row import ROLES, Operation, Parameter

_PALETTE = Parameter("from", "name", "The palette's id.", required=True, refers="palette")

SUBJECT = (
    Operation("matte", "subject", ("image",), "Use the subject alone, cut out of its picture."),
    Operation(
        "shadow",
        "subject",
        ("image",),
        "Lay the subject's shadow beneath it.",
        (
            Parameter(
                "kind",
                "word",
                "What kind; own is the one in the photograph, or contact where there is none. Clothes drop theirs.",
                "contact",
                choices=("contact", "drop", "cast", "own"),
            ),
            Parameter("strength", "share", "How dark.", "45%", low=0, high=1),
            Parameter("softness", "share", "How soft; as the light is, unless said.", low=0, high=1),
            Parameter(
                "length",
                "share",
                "How long a cast one is, by the subject's height; as the light's direction tells, unless said.",
                low=0.1,
                high=3,
            ),
            Parameter(
                "light",
                "word",
                "Where the light comes from; as perceived in the material, unless said.",
                "perceived",
                choices=("perceived", "left", "front", "right"),
            ),
        ),
        cutouts=True,
    ),
    Operation(
        "reflection",
        "subject",
        ("image",),
        "Mirror the subject in a glossy floor beneath it.",
        (
            Parameter("strength", "share", "How clear.", "30%", low=0, high=1),
            Parameter("length", "share", "How far down, by the subject's height.", "35%", low=0.05, high=1),
        ),
        cutouts=True,
    ),
    Operation(
        "outline",
        "subject",
        ("image",),
        "Run an edge around the subject, as a sticker has.",
        (
            Parameter("width", "share", "How broad, by the subject's longer side.", "2%", low=0.002, high=0.1),
            Parameter("role", "word", "Its colour's role.", "paper", choices=ROLES),
            _PALETTE,
        ),
        cutouts=True,
    ),
    Operation(
        "front",
        "subject",
        ("image",),
        "Stand before copy that was set earlier; as far from it as it must, to hide no more of a letter than allowed.",
        (
            Parameter("of", "layer", "The layer of the copy.", required=True, refers="layer"),
            Parameter("most", "share", "How much of any letter it may hide.", "40%", low=0, high=0.7),
        ),
        cutouts=True,
    ),
    Operation(
        "relight",
        "subject",
        ("image",),
        "Shade the subject as if the light came from elsewhere; its colours stay.",
        (
            Parameter("light", "word", "Where the light comes from.", choices=("left", "front", "right")),
            Parameter("like", "name", "The picture whose light it takes, where it is known.", refers="picture"),
            Parameter("strength", "share", "How far.", "40%", low=0, high=1),
        ),
        cutouts=True,
    ),
)
